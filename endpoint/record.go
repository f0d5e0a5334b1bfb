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

// Into fills e, which may be reused from record to record without allocating.
// The strings of e borrow from the batch: [Endpoint.Clone] keeps them. For a
// record whose grammar is broken it gives a *[fault.Error] and leaves e empty.
// Other records are filled in whether they are rejected or not.
func (r Record) Into(e *Endpoint) error {
	e.Reset()
	b := r.b
	if b.Rows[r.row].Flags&Torn != 0 {
		return r.torn()
	}
	b.openSeats()
	for _, v := range b.Values(r.row) {
		if v.Len() == 0 && b.Dense {
			continue
		}
		c := &b.Columns[v.Column()]
		s := borrow(b.Bytes(v))
		switch c.Field {
		case Attributes:
			e.Attributes = b.list(e.Attributes, v.Column(), s)
		case UserAttributes:
			e.User.UserAttributes = b.list(e.User.UserAttributes, v.Column(), s)
		case Metrics:
			e.Metrics = append(e.Metrics, Metric{c.Key, Decimal(s)})
		case LocationLatitude:
			e.Location.Latitude = Decimal(s)
		case LocationLongitude:
			e.Location.Longitude = Decimal(s)
		default:
			if p := e.text(c.Field); p != nil {
				*p = s
			}
		}
	}
	return nil
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

// openSeats makes b ready for the lists of one more record.
func (b *Batch) openSeats() {
	if b.mark++; b.mark == 0 {
		clear(b.seats)
		b.mark = 1
	}
	if n := b.Len() - len(b.seats); n > 0 {
		b.seats = append(b.seats, make([]seat, n)...)
	}
}

// list adds a value of a column to the list of its name. A seat for each name
// spares looking for it: a record may have thousands.
func (b *Batch) list(l Lists, column int, s string) Lists {
	p := &b.seats[b.Head(column)]
	if p.mark == b.mark {
		n := &l[p.at]
		n.Values = append(n.Values, s)
		return l
	}
	*p = seat{b.mark, uint32(len(l))}
	return l.open(b.Columns[column].Key, s)
}

// Row gives the index of the record in its batch.
func (r Record) Row() int { return r.row }
