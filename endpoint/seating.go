package endpoint

// maxSeats bounds the memory that an Endpoint gets for lists before it is known
// what they hold: how many values all lists of a family may have together.
const maxSeats = 1 << 16

// seating says where the values of dense rows go in an Endpoint. It is compiled
// once for a schema. Which cells are empty changes from row to row, so nothing
// is asked about a value: an empty one is stored like any other, and the next
// one takes its place where it must not count.
type seating struct {
	schema *Schema // that it was made for
	width  int     // its columns then

	// regular says that no attribute but a list has several columns, and that
	// those of a list stand side by side.
	regular bool

	plain            []chair
	absent           []Field // attributes without a column that are not custom
	user, attributes bench
	metrics          []chair
}

// chair is the place of a column that is no list.
type chair struct {
	column uint16
	field  Field
	key    string
}

// bench is the place of the lists of a family.
type bench struct {
	lists  []span
	widest int // columns of the list that has most
}

// span is the columns of a list.
type span struct {
	first, n uint32
	key      string
}

// compile makes the seating of a schema.
func (s *seating) compile(schema *Schema) {
	*s = seating{schema: schema, width: schema.Len(), regular: true}
	for i, c := range schema.Columns {
		again := schema.Head(i) != i
		family := &s.attributes
		switch {
		case c.Field.plain():
			s.plain = append(s.plain, chair{uint16(i), c.Field, ""})
			s.regular = s.regular && !again
			continue
		case c.Field == Metrics:
			s.metrics = append(s.metrics, chair{uint16(i), c.Field, c.Key})
			continue
		case c.Field == UserAttributes:
			family = &s.user
		case c.Field != Attributes:
			continue
		}
		if again {
			s.regular = s.regular && schema.Head(i-1) == schema.Head(i)
			family.lists[len(family.lists)-1].n++
		} else {
			family.lists = append(family.lists, span{uint32(i), 1, c.Key})
		}
		family.widest = max(family.widest, int(family.lists[len(family.lists)-1].n))
	}
	for f := ID; f < Attributes; f++ {
		if _, ok := schema.lookupPlain(f); !ok {
			s.absent = append(s.absent, f)
		}
	}
	s.regular = s.regular && s.user.size() <= maxSeats && s.attributes.size() <= maxSeats
}

// size is how many values the lists of a family get memory for.
func (f *bench) size() int { return len(f.lists) * f.widest }

// fill fills e with the values of a row.
func (s *seating) fill(e *Endpoint, vals []Value, data, aux []byte) {
	from := lend(data, aux)
	for i := range s.plain {
		c := &s.plain[i]
		v := vals[c.column]
		if to := e.member(c.field); !from.put(to, v) {
			from.last(to, v)
		}
	}
	for _, f := range s.absent {
		*e.member(f) = ""
	}
	e.User.UserAttributes = s.user.fill(e.User.UserAttributes, vals, &from)
	e.Attributes = s.attributes.fill(e.Attributes, vals, &from)
	m, n := e.Metrics, 0
	if cap(m) < len(s.metrics) {
		m = make(Values, len(s.metrics))
	}
	m = m[:cap(m)]
	for i := range s.metrics {
		c := &s.metrics[i]
		v := vals[c.column]
		m[n].Name = c.key
		if to := (*string)(&m[n].Value); !from.put(to, v) {
			from.last(to, v)
		}
		if v.Len() != 0 {
			n++
		}
	}
	e.Metrics = m[:n]
}

// fill gives the lists of a row, in the memory of l.
func (f *bench) fill(l Lists, vals []Value, from *lender) Lists {
	if more := len(f.lists) - cap(l); more > 0 {
		l = append(l[:cap(l)], make(Lists, more)...) // with the memory of the lists that it had
	}
	l = l[:cap(l)]
	n := 0
	for i := range f.lists {
		s, at := &f.lists[i], &l[n]
		values := at.Values[:0]
		if cap(values) < int(s.n) {
			values = make([]string, f.widest)
		}
		values = values[:s.n]
		k := 0
		for _, v := range vals[s.first:][:s.n] {
			if to := &values[k]; !from.put(to, v) {
				from.last(to, v)
			}
			if v.Len() != 0 {
				k++
			}
		}
		at.Name, at.Values = s.key, values[:k]
		if k != 0 {
			n++
		}
	}
	return l[:n]
}
