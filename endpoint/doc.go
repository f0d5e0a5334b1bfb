// Package endpoint is the flat middle of the house: the table of attributes,
// the schema, the [Batch] that codecs, validator and pipeline hand to each
// other, and the nested [Endpoint] that programs work with.
//
// An endpoint is one messaging destination: an email address, a telephone
// number, a push token. Files hold endpoints as CSV rows under dotted headers
// or as nested JSON objects, one a line. Both are read into the same flat form:
// a record is a run of [Value], each the place of some bytes and the number of
// a [Column]. A list is a repeat: two values of one name.
//
// # Memory
//
// A Batch owns the bytes; everything that is reached from it ([Record], the
// strings of an Endpoint filled by [Record.Into]) borrows from it and is valid
// until the batch is reset or refilled. [Endpoint.Clone] is the way to keep a
// record for longer. Under the build tag "invariants" a reset batch is
// overwritten, so that a stale borrow shows at once; under "purego" nothing is
// borrowed without the compiler's knowledge.
package endpoint

//go:generate go run ../internal/docgen ..
