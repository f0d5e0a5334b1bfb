package endpoint

// Into fills e, which may be reused from record to record without allocating.
// The strings of e borrow from the batch: [Endpoint.Clone] keeps them. For a
// record whose grammar is broken it gives a *[fault.Error] and leaves e empty.
// Other records are filled in whether they are rejected or not.
func (r Record) Into(e *Endpoint) error {
	b := r.b
	if b.Rows[r.row].Flags&Torn != 0 {
		e.Reset()
		return r.torn()
	}
	vals := b.Values(r.row)
	if b.Dense {
		if b.seating.schema != b.Schema || b.seating.width != b.Len() {
			b.seating.compile(b.Schema)
		}
		if s := &b.seating; s.regular && len(vals) == s.width {
			s.fill(e, vals, b.Data, b.Aux)
			return nil
		}
	}
	b.sort(e, vals)
	return nil
}

// sort fills e with values that may come in any order.
func (b *Batch) sort(e *Endpoint, vals []Value) {
	e.Reset()
	b.seats.open(b.Len())
	data, aux, dense := b.Data, b.Aux, b.Dense
	for _, v := range vals {
		if v.Len() == 0 && dense {
			continue
		}
		i := v.Column()
		c := &b.Columns[i]
		s := text(data, aux, v)
		switch {
		case c.Field.plain():
			*e.member(c.Field) = s
		case c.Field == UserAttributes:
			e.User.UserAttributes = b.seats.add(e.User.UserAttributes, b.Head(i), c.Key, s)
		case c.Field == Attributes:
			e.Attributes = b.seats.add(e.Attributes, b.Head(i), c.Key, s)
		case c.Field == Metrics:
			e.Metrics = append(e.Metrics, Metric{c.Key, Decimal(s)})
		}
	}
}

// seats say where the lists of the record at hand are, by the head column of
// their name: a record may have thousands, too many to look for the name.
type seats struct {
	of   []seat
	mark uint32 // tells the seats of this record from those of earlier ones
}

// seat is the place of a list in an Endpoint.
type seat struct{ mark, at uint32 }

// plain reports whether f is an attribute that is not custom.
func (f Field) plain() bool { return f-ID < Attributes-ID }

// text borrows the text of a value.
func text(data, aux []byte, v Value) string {
	if v.Is(InAux) {
		data = aux
	}
	i := v.Start()
	return borrow(data[i : i+v.Len()])
}

// open makes ready for one more record.
func (s *seats) open(columns int) {
	if s.mark++; s.mark == 0 {
		clear(s.of)
		s.mark = 1
	}
	if n := columns - len(s.of); n > 0 {
		s.of = append(s.of, make([]seat, n)...)
	}
}

// add adds a value to the list of its name, or starts that list in the memory
// that the slice has held before.
func (s *seats) add(l Lists, head int, key, value string) Lists {
	p := &s.of[head]
	if p.mark == s.mark {
		n := &l[p.at]
		n.Values = append(n.Values, value)
		return l
	}
	*p = seat{s.mark, uint32(len(l))}
	if len(l) < cap(l) {
		l = l[:len(l)+1]
	} else {
		l = append(l, NamedList{})
	}
	last := &l[len(l)-1]
	last.Name = key
	last.Values = append(last.Values[:0], value)
	return l
}
