package endpoint

import "github.com/endpointfile/endpointfile/fault"

// Cut is what a codec's Cutter says of the bytes that it was shown.
type Cut struct {
	// N is how many bytes may be handed on; 0 means that more input is needed.
	N int

	// Fragment says that the N bytes are not whole records but a piece of
	// something that cannot be read as one, such as a record larger than
	// MaxRecord. Fragments are never parsed: their bytes go to the rejects. All
	// pieces from one with First set to one with Last set are one rejected record.
	Fragment    bool
	First, Last bool

	// Rule says what is wrong; it is set on the first piece.
	Rule fault.Rule
}

// Codec is what the readers of this module need of a format: where records end,
// what the columns mean, and how text becomes a batch. Its methods do no input
// or output. A Codec belongs to one goroutine and one input.
type Codec interface {
	// Cut says where the last whole record ends in block, which starts where
	// the last cut ended. At the end of the input atEOF is set: then block is
	// all that is left. The answer must not depend on how much of the input was
	// shown, but for which record is the last.
	Cut(block []byte, atEOF bool) Cut

	// Header reads what stands before the first record (a CSV header line, the
	// opening bracket of a JSON array) from the head of the first block and
	// gives the schema and the bytes consumed. Faults go to rep; if there is one
	// that refuses the input, Header gives it as its error.
	Header(data []byte, pos fault.Pos, rep *fault.Report) (*Schema, int, error)

	// Parse resets b and fills it with whole records from the head of data, as
	// many as make a batch of good size, and gives the bytes consumed: at least
	// one record if data is not empty. pos is the place of data[0], record the
	// number of its first record. The batch borrows data. Faults go to rep and
	// mark their rows; the error is fault.ErrStop or nil.
	Parse(b *Batch, data []byte, pos fault.Pos, record int64, rep *fault.Report) (int, error)
}
