// This file finds the spelling that is a slip or two away from what was written.

package iso

import "math/bits"

// nearest keeps the best of the spellings offered to it. A slip is a letter too
// many, too few or wrong, or two neighbours swapped. How many are forgiven goes
// by the length: in a short word two slips leave nothing of it.
type nearest struct {
	key   []byte
	limit int // slips that may still be of use
	index int // what the best spelling means
	found bool
	tie   bool // spellings of equal distance mean different things
}

func newNearest(key []byte) nearest {
	n := nearest{key: key}
	switch {
	case len(key) < 5:
		n.limit = 0
	case len(key) < 8:
		n.limit = 1
	default:
		n.limit = 2
	}
	return n
}

// spelling is a key that may be written with slips.
type spelling struct {
	text    string
	letters uint32 // as letters gives them
	index   uint16 // what it means
	depth   uint8  // of the city of a time zone: how many slashes its name has
}

// spellings makes a list of keys and what they mean.
func spellings[T uint8 | uint16](keys []string, index []T) []spelling {
	list := make([]spelling, len(keys))
	for i, key := range keys {
		list[i] = spelling{text: key, letters: letters(key), index: uint16(index[i])}
	}
	return list
}

// letters gives the set of the characters of a key, a bit each. A slip changes two of
// the bits at most, which tells nearly all keys apart that are not near.
func letters[T string | []byte](key T) uint32 {
	set := uint32(0)
	for i := range len(key) {
		set |= 1 << (key[i] & 31)
	}
	return set
}

// among considers all spellings of a list.
func (n *nearest) among(list []spelling) {
	set := letters(n.key)
	for i := range list {
		if s := &list[i]; bits.OnesCount32(s.letters^set) <= 2*n.limit {
			n.offer(s.text, int(s.index))
		}
	}
}

// offer considers a spelling of what index stands for.
func (n *nearest) offer(spelling string, index int) {
	if n.limit == 0 || spelling == "" {
		return
	}
	d := slips(n.key, spelling, n.limit)
	switch {
	case d > n.limit:
	case !n.found || d < n.limit:
		n.limit, n.index, n.found, n.tie = d, index, true, false
	case index != n.index:
		n.tie = true
	}
}

// result returns what the one nearest spelling means. Between several it does not
// choose.
func (n *nearest) result() (index int, ok bool) { return n.index, n.found && !n.tie }

// slips returns the number of slips between a and b, or a number above limit if
// there are more than limit or b is longer than maxGuess. This is the optimal string
// alignment distance, kept to the diagonal band that limit allows.
func slips(a []byte, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit || len(b) > maxGuess {
		return limit + 1
	}
	// rows holds three lines of the matrix in turn. Cells outside the band hold
	// far, which no path can come back from.
	const far = 1 << 14
	var rows [3][maxGuess + 1]int16
	for j := range rows[0][:len(b)+1] {
		rows[0][j], rows[1][j], rows[2][j] = int16(j), far, far
	}
	for i := 1; i <= len(a); i++ {
		before, above, row := &rows[(i+1)%3], &rows[(i+2)%3], &rows[i%3]
		first, last := max(1, i-limit), min(len(b), i+limit)
		row[first-1] = far
		if first == 1 {
			row[0] = int16(i)
		}
		smallest := row[first-1]
		for j := first; j <= last; j++ {
			cost := int16(1)
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(above[j-1]+cost, above[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			smallest = min(smallest, d)
		}
		if last < len(b) {
			row[last+1] = far
		}
		if int(smallest) > limit {
			return limit + 1 // later rows can only be worse, swaps included
		}
	}
	return int(rows[len(a)%3][len(b)])
}
