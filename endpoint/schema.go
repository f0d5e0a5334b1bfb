package endpoint

// MaxColumns is how many columns a schema can number.
const MaxColumns = 16000

// Schema gives column numbers a meaning. A CSV header makes one column a cell,
// so that a list may have several columns of one name; JSON makes one column a
// name, in the order in which the names first appear. A schema only grows.
//
// A Schema that still grows belongs to one goroutine.
type Schema struct {
	Columns []Column // by column number; do not modify

	head  []uint16           // the first column of the same name
	index map[Column]int     // name to first column
	plain [Attributes]uint16 // one more than the first column of each attribute that is not custom
}

// NewSchema makes a schema of the given columns, in this order.
func NewSchema(columns ...Column) *Schema {
	s := &Schema{}
	for _, c := range columns {
		s.Add(c)
	}
	return s
}

// Len gives the number of columns.
func (s *Schema) Len() int { return len(s.Columns) }

// Add appends a column, also one whose name is there already, and gives its
// number, or -1 when the schema is full.
func (s *Schema) Add(c Column) int {
	n := len(s.Columns)
	if n >= MaxColumns {
		return -1
	}
	if s.index == nil {
		s.index = make(map[Column]int)
	}
	first, ok := s.index[c]
	if !ok {
		first = n
		s.index[c] = n
		if c.Field.plain() && c.Key == "" {
			s.plain[c.Field] = uint16(n + 1)
		}
	}
	s.Columns = append(s.Columns, c)
	s.head = append(s.head, uint16(first))
	return n
}

// Lookup finds the first column of a name.
func (s *Schema) Lookup(c Column) (int, bool) {
	n, ok := s.index[c]
	return n, ok
}

// lookupPlain finds the first column of an attribute that is not custom.
func (s *Schema) lookupPlain(f Field) (int, bool) {
	n := int(s.plain[f])
	return n - 1, n > 0
}

// LookupKey finds the first column of a custom name without allocating. Its key
// is borrowed for the time of the call only.
func (s *Schema) LookupKey(f Field, key []byte) (int, bool) {
	n, ok := s.index[Column{f, string(key)}]
	return n, ok
}

// Head gives the first column with the same name as column i: values of columns
// that share a head are one list.
func (s *Schema) Head(i int) int { return int(s.head[i]) }

// Repeated reports whether some name stands in more than one column.
func (s *Schema) Repeated() bool { return len(s.index) < len(s.Columns) }
