package corpus

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"
)

// Form is how records are written. All forms of one shape and seed hold the same records, but
// for the members that [Sparse] leaves out.
type Form uint8

// The forms.
const (
	CSV     Form = iota // comma-separated cells under a header
	JSON                // an object a line, members in the order of the columns, few escapes
	Sparse              // as JSON, but members in another order in every record, and 10 to 60 % of them missing
	Escaped             // as JSON, but all that is not ASCII, and much that is, as \uXXXX or another escape
	forms               // how many there are
)

// String returns the name that the command line calls the form.
func (f Form) String() string {
	if f >= forms {
		return "unknown-form"
	}
	return [forms]string{"csv", "json", "sparse", "escaped"}[f]
}

// LookupForm returns the form of that name, and whether there is one.
func LookupForm(name string) (Form, bool) {
	for f := range forms {
		if f.String() == name {
			return f, true
		}
	}
	return 0, false
}

// member is a member of the nested object, or, as the root, the object itself.
type member struct {
	key     string // with its quotes and colon; empty for the root
	members []member
	columns []int // of the cells, for a member without members
	list    bool
	number  bool
	kept    bool // never left out
}

// encoder writes rows as JSON. What is random in it comes from luck of its own, so that the
// data does not depend on the form.
type encoder struct {
	form  Form
	root  member
	luck  *rand.PCG
	miss  int      // percentage of the record's members that are left out
	row   []byte   // the row as CSV
	cells [][]byte // its cells, undone
	text  []byte   // what the cells lie in
}

// newEncoder prepares the tree of members of a shape.
func newEncoder(s *Shape, form Form, luck *rand.PCG) *encoder {
	e := &encoder{form: form, luck: luck, cells: make([][]byte, len(s.columns))}
	for i, c := range s.columns {
		e.root.add(strings.Split(c.name, "."), i, c)
	}
	return e
}

// add adds the column at index i under a path of names.
func (m *member) add(path []string, i int, c column) {
	if len(path) == 0 {
		m.columns = append(m.columns, i)
		m.kept = c.fill == 100
		m.number = strings.HasPrefix(c.name, "Metrics.") || c.kind == latitude || c.kind == longitude
		m.list = strings.HasPrefix(c.name, "Attributes.") || strings.HasPrefix(c.name, "User.UserAttributes.")
		return
	}
	key := `"` + path[0] + `":`
	for k := range m.members {
		if m.members[k].key == key {
			m.members[k].add(path[1:], i, c)
			return
		}
	}
	m.members = append(m.members, member{key: key})
	m.members[len(m.members)-1].add(path[1:], i, c)
}

// appendRow appends the row that e.row holds as CSV.
func (e *encoder) appendRow(dst []byte) []byte {
	e.split()
	e.miss = 10 + draw(e.luck, 51)
	return append(e.object(dst, &e.root), '\n')
}

// split takes the row apart into its cells.
func (e *encoder) split() {
	e.text = slices.Grow(e.text[:0], len(e.row)) // so that it does not move under the cells
	at := 0
	for i := range e.cells {
		start, quoted := len(e.text), e.row[at] == '"'
		if quoted {
			at++
		}
		for ; ; at++ {
			c := e.row[at]
			if quoted && c == '"' {
				if at++; e.row[at] != '"' {
					break // closed
				}
			} else if !quoted && (c == ',' || c == '\r' || c == '\n') {
				break
			}
			e.text = append(e.text, c)
		}
		e.cells[i] = e.text[start:]
		at++ // over the comma
	}
}

// object appends an object of the members that are there.
func (e *encoder) object(dst []byte, m *member) []byte {
	if e.form == Sparse {
		for i := len(m.members) - 1; i > 0; i-- {
			j := draw(e.luck, i+1)
			m.members[i], m.members[j] = m.members[j], m.members[i]
		}
	}
	dst = append(dst, '{')
	for i := range m.members {
		dst = e.member(dst, &m.members[i])
	}
	return closed(dst, '}')
}

// member appends a member and a comma, or nothing if it is absent.
func (e *encoder) member(dst []byte, m *member) []byte {
	start := len(dst)
	dst = append(dst, m.key...)
	value := len(dst)
	switch {
	case m.members != nil:
		if dst = e.object(dst, m); len(dst) == value+len("{}") {
			return dst[:start]
		}
	case e.form == Sparse && !m.kept && draw(e.luck, 100) < e.miss:
		return dst[:start]
	case m.list:
		dst = append(dst, '[')
		for _, c := range m.columns {
			if cell := e.cells[c]; len(cell) > 0 {
				dst = append(e.appendText(dst, cell), ',')
			}
		}
		if dst = closed(dst, ']'); len(dst) == value+len("[]") {
			return dst[:start]
		}
	case len(e.cells[m.columns[0]]) == 0:
		return dst[:start]
	case m.number:
		dst = append(dst, e.cells[m.columns[0]]...)
	default:
		dst = e.appendText(dst, e.cells[m.columns[0]])
	}
	return append(dst, ',')
}

// closed puts end in the place of a last comma, or behind an opening bracket.
func closed(dst []byte, end byte) []byte {
	if n := len(dst) - 1; dst[n] == ',' {
		dst[n] = end
		return dst
	}
	return append(dst, end)
}

// appendText appends a string.
func (e *encoder) appendText(dst, text []byte) []byte {
	dst = append(dst, '"')
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		short := strings.IndexByte("\"\\\b\f\n\r\t", text[0])
		escape := e.form == Escaped && (r >= utf8.RuneSelf || draw(e.luck, 4) == 0)
		switch {
		case short >= 0 && !escape:
			dst = append(dst, '\\', `"\bfnrt`[short])
		case r > 0xffff && escape:
			dst = appendUnit(appendUnit(dst, 0xd800+(r-0x10000)>>10), 0xdc00+(r-0x10000)&0x3ff)
		case r == '/' && escape:
			dst = append(dst, `\/`...)
		case r < ' ' || escape:
			dst = appendUnit(dst, r)
		default:
			dst = append(dst, text[:n]...)
		}
		text = text[n:]
	}
	return append(dst, '"')
}

// appendUnit appends \u and four digits.
func appendUnit(dst []byte, u rune) []byte {
	return appendHex(append(dst, `\u`...), uint64(u), 4)
}
