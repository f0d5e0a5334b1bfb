package ndjson

import (
	"encoding/binary"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/internal/scan"
)

// Sizes in bytes of what is looked at as one piece.
const (
	stride    = 64                   // of text between values
	maxNumber = 32                   // the longest number that needs no care, and a byte more
	window    = batchSize + 4*stride // of the data; see [trail.look]
)

// trail is what follow works on. follow_amd64.s knows its layout.
type trail struct {
	data   []byte
	base   int // the window goes from here
	known  int // to here
	marks  *marks
	vals   []endpoint.Value // values are added as far as the capacity goes
	rows   []endpoint.Row   // so are rows; the last one is being read
	states []state
	cols   []column
	i      int // the place that was come to
	at     int // the state that it has
	col    int // colNone, or what [Parser.ahead] says
	end    int // where the record ends, or if there are more, the last of them with its line feed
	item   int // index in the list, if it stands in one
	mark   uint32
	opened groupSet
	more   bool // records follow, each on a line of its own
	escape bool // col is that of a string that has an escape or a control character
}

// look moves the window to where the trail stands. It says whether that helps:
// whether the window has two strides from there.
func (t *trail) look() bool {
	base := t.i &^ 63
	n := min(len(t.data)-base, window) &^ 63
	if base+n < t.i+2*stride {
		return false
	}
	t.base, t.known = base, base+n
	survey(t)
	return true
}

// followGo reads values as long as the texts before them are remembered ones and
// nothing needs care: the record has nothing twice; it ends where it should; a
// number is not longer than maxNumber and has no exponent; a string has no
// escape and is closed; and there are two strides of the window from where each
// value ends.
//
// This body serves every machine, and others are held against it.
func followGo(t *trail) {
	t.col = colNone
	for t.i+2*stride <= t.known && len(t.vals) < cap(t.vals) {
		l := t.states[t.at].find(t.data[t.i:])
		if l == nil {
			return
		}
		i := t.i + int(l.n)
		if l.col < 0 {
			if t.more && t.data[i] != '\n' || !t.more && i != t.end {
				return
			}
			l.hits++
			t.i, t.col = i, colEnd
			if !t.more || !t.line() {
				return
			}
			continue
		}
		c := &t.cols[l.col]
		if (c.stamp == t.mark) != l.again || t.opened&l.opens != 0 {
			return
		}
		if l.number && !(i < t.end && (t.data[i]-'0' <= 9 || t.data[i] == '-' && t.data[i+1]-'0' <= 9)) {
			return
		}
		l.hits++
		c.stamp = t.mark
		t.opened |= l.opens
		if t.item++; !l.again {
			t.item = 0
		}
		var n int
		v := l.tag
		if l.number {
			n = usualNumber(t.data[i:min(i+maxNumber, t.end)])
		} else {
			end, comma := scan.JSONString(t.data, i)
			n = end - i
			if end+2*stride > t.known || end >= t.end {
				n = -1
			} else if t.escape = t.data[end] != '"'; t.escape {
				n = -1
			}
			if comma {
				v &^= endpoint.MakeValue(0, 0, 0, endpoint.Plain&^endpoint.Literal)
			}
		}
		t.i, t.at = i, int(l.col)+1
		if n < 0 {
			t.col = int(l.col)
			return
		}
		t.vals = append(t.vals, v+endpoint.MakeValue(i, n, 0, 0))
		t.i += n
	}
}

// line finishes the row whose line ends here and begins the next one, unless
// there is none or no room for one.
func (t *trail) line() bool {
	row, n, next := &t.rows[len(t.rows)-1], uint32(len(t.vals)), t.i+1
	row.End, row.N = uint32(next), n-row.First
	if next >= t.end || len(t.rows) == cap(t.rows) || t.mark+1 == 0 {
		return false
	}
	t.rows = append(t.rows, endpoint.Row{Start: uint32(next), First: n})
	t.mark++
	t.i, t.at, t.col, t.item, t.opened = next, 0, colNone, -1, 0
	return true
}

// find gives the link that stands at the head of s, nil if none is remembered.
// There must be at least maxLink bytes.
func (st *state) find(s []byte) *link {
	w := binary.LittleEndian.Uint64(s)
	for k := range st.links[:st.n] {
		l := &st.links[k]
		if (w^binary.LittleEndian.Uint64(l.text[:]))&l.head == 0 && (l.n <= 8 || l.follows(s)) {
			return l
		}
	}
	return nil
}

// follows compares what is behind the first eight bytes.
func (l *link) follows(s []byte) bool {
	n := int(l.n)
	for i := 8; i+8 < n; i += 8 {
		if binary.LittleEndian.Uint64(s[i:]) != binary.LittleEndian.Uint64(l.text[i:]) {
			return false
		}
	}
	return binary.LittleEndian.Uint64(s[n-8:]) == binary.LittleEndian.Uint64(l.text[n-8:])
}

// usualNumber gives the size of the number at the head of s if it ends within s
// and has no exponent, or else -1: it may be a number or not.
func usualNumber(s []byte) int {
	n, ok := scan.JSONNumber(s, 0)
	if !ok || n == len(s) || s[n] == '.' || s[n]-'0' <= 9 {
		return -1
	}
	for _, c := range s[:n] {
		if c|0x20 == 'e' {
			return -1
		}
	}
	return n
}
