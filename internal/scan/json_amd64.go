//go:build !purego

package scan

func unescape(dst, src []byte) (n, i int, marked bool) {
	if !useAVX2 {
		return unescapeGo(dst, src)
	}
	if len(dst) < textBlock || len(src) < textReach {
		return 0, 0, false
	}
	t := unescaping{dst: &dst[0], src: &src[0], room: len(dst) - textBlock, reach: len(src) - textReach}
	unescapeAVX2(&t)
	return t.n, t.i, t.marked
}

// unescaping are the arguments of unescapeAVX2, and its results in n, i and marked.
type unescaping struct {
	dst, src *byte
	room     int // the last place in dst where a block may begin
	reach    int // and in src
	n, i     int
	marked   bool
}

//go:noescape
func unescapeAVX2(t *unescaping)
