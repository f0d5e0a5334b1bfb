package endpoint

import (
	"iter"

	"github.com/endpointfile/endpointfile/fault"
)

// Record is a view of one row of a batch. It borrows everything and is valid
// until the batch is reset or refilled.
type Record struct {
	b   *Batch
	row int
}

// At gives a view of a row, rejected or not.
func (b *Batch) At(row int) Record { return Record{b, row} }

// Number gives the number of the record within its input, from 1.
func (r Record) Number() int64 { return r.b.Record + int64(r.row) }

// Pos gives the place where the record starts.
func (r Record) Pos() fault.Pos { return r.b.Pos(int(r.b.Rows[r.row].Start)) }

// Raw gives the bytes of the record as they were read, with the line end if
// there was one.
func (r Record) Raw() []byte { return r.b.Raw(r.row) }

// Rejected reports whether a fault was found in the record.
func (r Record) Rejected() bool { return r.b.Rows[r.row].Flags&Rejected != 0 }

// Changed reports whether a value was repaired or dropped, so that Raw is not
// the record any more.
func (r Record) Changed() bool { return r.b.Rows[r.row].Flags&Changed != 0 }

// Get gives the first value of a column. An absent value and, in CSV, an empty
// cell give false.
func (r Record) Get(c Column) ([]byte, bool) {
	for got, value := range r.All() {
		if got == c {
			return value, true
		}
	}
	return nil, false
}

// All iterates over the values that the record has, in the order in which it
// has them. A list gives one pair a value.
func (r Record) All() iter.Seq2[Column, []byte] {
	return func(yield func(Column, []byte) bool) {
		for _, v := range r.b.Values(r.row) {
			if v.Len() == 0 && r.b.Dense {
				continue
			}
			if !yield(r.b.Columns[v.Column()], r.b.Bytes(v)) {
				return
			}
		}
	}
}

// torn is the error for a record without values. Its fault was reported when it
// was read; which it was is not known here.
func (r Record) torn() error {
	e := &fault.Error{
		Pos: r.Pos(), Record: r.Number(), Rule: fault.JSONSyntax, Severity: fault.Reject,
		Detail: "the record is torn: it has no values", Hint: "its fault was told when it was read",
	}
	if r.b.Dense {
		e.Rule = fault.CSVCells
	}
	return e
}

// Row gives the index of the record in its batch.
func (r Record) Row() int { return r.row }
