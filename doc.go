// Package endpointfile is the root of a module that streams, converts,
// validates and splits Amazon Pinpoint endpoint files. It holds no code; start
// with one of these:
//
//   - convert: a whole run in one call, files to files
//   - csvcodec, ndjson: read and write one format, record by record
//   - validate: the rules of the service
//   - endpoint: the record, flat and nested
//   - chunk: bounded files and the ledger of a run
//
// The command is in cmd/split.
package endpointfile
