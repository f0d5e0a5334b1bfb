// This file holds what goes into a splitter: its settings and the pieces of input,
// with the checks that keep a careless caller from making a wrong ledger.

package chunk

import "fmt"

// DefaultMax is the default limit of a chunk in bytes: 1 GB in its smaller reading.
const DefaultMax = 1_000_000_000

// Options are the settings of a [Splitter]; nil means the defaults.
type Options struct {
	// Max is the limit of a chunk in bytes, the header counted in. Default (0 or
	// less): DefaultMax.
	Max int64

	// Prefix and Ext stand around the number in the name of a chunk: Prefix + "00001"
	// + Ext. Defaults: PartPrefix and ".json".
	Prefix, Ext string

	// Header is repeated at the head of each chunk. Default: none.
	Header []byte

	// Committing is how many full chunks may be committed in the background at one
	// time; Write waits when there would be more. Default: 1.
	Committing int

	// SHA256 asks for the SHA-256 of each chunk next to its CRC-64/NVME.
	SHA256 bool
}

func (o *Options) limit() int64 {
	if o == nil || o.Max <= 0 {
		return DefaultMax
	}
	return o.Max
}

// MaxRecord returns the size in bytes of the largest record that a chunk with Header
// takes. Larger ones must be rejected before they reach the splitter.
func (o *Options) MaxRecord() int64 {
	if o == nil {
		return DefaultMax
	}
	return max(0, o.limit()-int64(len(o.Header)))
}

// A Point is the place in an input where a record begins or, at the end of the input,
// would begin.
type Point struct {
	Offset int64 // bytes of the decoded input before the place, from 0
	Line   int64 // line of the place, from 1
	Record int64 // number of the record that begins here, from 1
}

// A Piece is a run of whole records of one input, in order. The splitter does not keep
// Data or Ends after Write returns.
type Piece struct {
	// Data is the kept records as they shall be written, line ends included.
	Data []byte

	// Ends holds the end of each kept record in Data, ascending. The last one is
	// len(Data); without records both are empty.
	Ends []uint32

	// From and To are the part of the input that the piece covers, rejected records,
	// blank lines and all. To is the From of the input's next piece.
	From, To Point

	// File is the index of the input in the manifest. It never decreases.
	File int

	// Rejected is the number of rejected records in the range. The range holds
	// len(Ends) + Rejected records.
	Rejected int64

	// At tells where in the input kept record i (from 0) begins, and how many rejected
	// records of this piece lie before it. It is asked only where a cut falls, during
	// Write.
	At func(i int) (place Point, rejectedBefore int64)
}

// TooLargeError says that a record does not fit into a chunk, not even alone.
type TooLargeError struct {
	File   int   // the input
	At     Point // where the record begins
	Size   int64 // bytes of the record
	Header int   // bytes of the header that stands before it
	Max    int64 // limit of a chunk
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("record %d (line %d) of input %d has %d bytes and cannot fit into a chunk of %d bytes with a header of %d",
		e.At.Record, e.At.Line, e.File, e.Size, e.Max, e.Header)
}

// PieceError says that a piece contradicts itself or the piece before: a mistake of
// the caller that would make the ledger wrong.
type PieceError struct {
	File   int
	From   Point
	Reason string
}

func (e *PieceError) Error() string {
	return fmt.Sprintf("piece of input %d at record %d: %s", e.File, e.From.Record, e.Reason)
}

// checkPiece is the ledger at the gate: it holds the pieces to what their doc says.
func (s *Splitter) checkPiece(p *Piece) error {
	bad := func(reason string) error { return &PieceError{File: p.File, From: p.From, Reason: reason} }
	var last uint32
	for _, end := range p.Ends {
		if end <= last {
			return bad("record ends do not ascend")
		}
		last = end
	}
	switch {
	case int64(last) != int64(len(p.Data)):
		return bad("the last record does not end where the data ends")
	case p.File < 0 || s.started && p.File < s.file:
		return bad("inputs are out of order")
	case s.started && p.File == s.file && p.From != s.at:
		return bad("range does not begin where the last one ended")
	case p.To.Offset < p.From.Offset || p.To.Line < p.From.Line:
		return bad("range ends before it begins")
	case p.Rejected < 0 || p.To.Record-p.From.Record != int64(len(p.Ends))+p.Rejected:
		return bad("range does not hold the kept and the rejected records")
	}
	return nil
}

// cutAt asks for the place of kept record i. It must not lie before from, the place of
// the last cut, and not have fewer rejected records before it.
func (p *Piece) cutAt(i int, from Point, rejected int64) (Point, int64, error) {
	if p.At == nil {
		return Point{}, 0, &PieceError{File: p.File, From: p.From, Reason: "a cut falls into it and At is nil"}
	}
	place, before := p.At(i)
	if before < rejected || before > p.Rejected || place.Record-p.From.Record != int64(i)+before ||
		place.Offset < from.Offset || place.Offset > p.To.Offset ||
		place.Line < from.Line || place.Line > p.To.Line {
		return Point{}, 0, &PieceError{File: p.File, From: p.From, Reason: "At gives a place that does not fit the range"}
	}
	return place, before, nil
}
