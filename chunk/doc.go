// Package chunk writes a stream of whole records as a row of bounded files, and keeps
// the ledger that says which bytes of which input each file holds.
//
// # Words
//
// A record is a run of bytes that is never torn; this package does not know its
// format. A piece is a batch of records with the place in the input that they came
// from. A chunk is one finished output file of at most [Options.Max] bytes. A [Sink]
// is where chunks go: [Dir] is a local folder, [Discard] only counts. The [Manifest]
// is the ledger of a run.
//
// # What is promised
//
//   - A chunk never exceeds its limit, the repeated header included.
//   - A cut is made only where the next record would not fit, or where the
//     header changes.
//   - There is no empty chunk: without records there are no chunks.
//   - The ranges of consecutive chunks abut: where one ends the next begins.
//   - A file stands under its final name only when it is whole.
//   - Chunks depend on the records alone, not on how they were cut into pieces.
//
// # Errors
//
// Errors of a sink and of a context are handed on as they are, so that errors.Is and
// errors.As see an *fs.PathError, an ENOSPC or a context.Canceled. What this package
// has to say itself is typed: [TooLargeError], [PieceError], [NameError], [DirError],
// [LedgerError], [VersionError].
package chunk
