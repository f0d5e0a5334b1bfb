// Package csvcodec reads and writes endpoint files in CSV form: RFC 4180 with
// commas, UTF-8, one endpoint a record, dotted attribute names in the header.
//
// It knows the grammar only. Whether a country is a country is not its
// business: see package validate.
//
// # Layers
//
// [Cutter], [Parser] and [Appender] take and give bytes and do no input or
// output; they start no goroutine, and a value of theirs belongs to one
// goroutine at a time. [Reader] and [Writer] put a source and a buffer around
// them.
//
// # What is read
//
// Records end with LF or CRLF, also mixed, and the last one may go without; a
// carriage return at the very end of the input is dropped, and one anywhere
// else outside quotes is data. Lines without content are skipped. A quote opens
// a quoted cell only as the first byte of the cell; inside, "" stands for one
// quote, and all other bytes, line breaks too, are kept as they are. A file
// that keeps to this reads as encoding/csv reads it, but for CRLF inside quotes,
// which that package turns into LF.
//
// # What is not
//
// A record that breaks the grammar is one fault and one rejected record, and
// reading goes on behind it:
//
//   - a quote inside an unquoted cell ([fault.CSVBareQuote]) and text after a
//     closing quote on the line where the cell opened ([fault.CSVQuoteText])
//     cost the record up to the next line feed;
//   - a quoted cell that is not closed ([fault.CSVQuoteOpen]: the input ends, or
//     the record grows beyond [endpoint.MaxRecord], or the next quote that could
//     close it stands on a later line with text behind it) costs the record up
//     to the end of the line on which that cell opened, so that one missing
//     quote costs one line;
//   - a record with too few or too many cells is [fault.CSVCells], one with
//     bytes that are not UTF-8 is [fault.UTF8] (and nothing else), a line longer
//     than [endpoint.MaxRecord] is [fault.RecordSize].
//
// Where a record ends and what is wrong with it depends on its own bytes and
// those behind it, never on how the input was cut into blocks.
package csvcodec
