// Package validate says whether endpoint records mean what the service can take:
// legal channels, real countries, dates that exist, numbers that are numbers,
// names and values within their limits. It knows no file format: it reads and
// marks an [endpoint.Batch], wherever that came from.
//
// A [Validator] holds the rules of a profile and is shared. For each input, or
// each worker on an input, it makes a [Checker], which checks one batch after
// the other. What cannot be decided within a record, the number of custom names
// that an account has room for, is the matter of an [Account], which sees the
// batches of a whole run in their order.
//
//	v := validate.New(nil)
//	c, err := v.For(batch.Schema, report)
//	...
//	err = c.Check(batch, report)
//
// # Faults
//
// Every finding is a [fault.Error] with a rule of the group Meaning. Rows with a
// finding that rejects are marked as rejected; one pass tells all faults of a
// record, so rows that a codec has rejected are checked too, as long as their
// grammar let them be read whole (see [endpoint.Torn]).
//
// The findings of a batch come by record, then by their place in the record, then
// by rule in the order of the table, where surrounding spaces come first. This
// order, and every finding in it, depends on the record alone: not on the batch
// that the record lies in, nor on the records before it. Of the faults in the
// values of one name of a sparse record, the first fifty are told; a longer list is
// a fault in itself.
//
// # Repairs
//
// With [Options.Fix], what can be mended without loss is mended in the batch: the
// letter case of codes, the spaces around them, the form of numbers and country
// codes, and formatting within telephone numbers. The finding then has the
// severity [fault.Repaired] in place of [fault.Reject] and says by what the value was
// replaced; all else about it is the same. A value that has a fault besides, which
// cannot be mended, is left as it is and only that fault is told. To check a
// repaired batch again finds nothing to repair.
//
// # Empty values
//
// An empty value of a dense batch is an absent one. In a sparse batch it is an
// empty string: a warning, and absent for every other rule.
package validate
