//go:build !purego

package scan

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/endpointfile/endpointfile/internal/fence"
)

// The assembly does what the portable body does: it stops at the same place, has
// written the same bytes, and touches nothing behind the ends of dst and src.
func TestUnescapeAgrees(t *testing.T) {
	if !useAVX2 {
		t.Log("this machine has no AVX2: the portable body is all there is")
		return
	}
	rng := rand.New(rand.NewPCG(23, 24))
	text, room := fence.Bytes(t, 400), fence.Bytes(t, 400)
	check := func(src, dst []byte) {
		want := bytes.Repeat([]byte{0xA5}, len(dst))
		copy(dst, want)
		n1, i1, m1 := unescapeGo(want, src)
		n2, i2, m2 := unescape(dst, src)
		if n1 != n2 || i1 != i2 || m1 != m2 || !bytes.Equal(want[:n1], dst[:n2]) {
			t.Fatalf("%q into %d: %d %d %v %q, not %d %d %v %q", src, len(dst), n2, i2, m2, dst[:n2], n1, i1, m1, want[:n1])
		}
	}
	for c := range 256 { // each byte, and each behind a backslash, at every place
		for at := range 72 {
			for i := range text {
				text[i] = 'x'
			}
			src := text[len(text)-120:]
			src[at] = byte(c)
			check(src, room)
			src[at], src[at+1] = '\\', byte(c)
			check(src, room)
		}
	}
	pieces := []string{"plain", `\"`, `\\`, `\/`, `\n`, ",", "ü", "longer text without anything in it"}
	ends := []string{`"`, `\u00e9`, "\n", "\x01", `\x`}
	for range 20_000 {
		src := text[rng.IntN(2)*rng.IntN(len(text)):]
		for i := 0; i < len(src); {
			from := pieces
			if rng.IntN(15) == 0 {
				from = ends
			}
			i += copy(src[i:], from[rng.IntN(len(from))])
		}
		check(src, room[rng.IntN(2)*rng.IntN(len(room)):])
	}
}
