//go:build linux && !purego

package endpoint

import (
	"bytes"
	"math/rand/v2"
	"syscall"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// guarded gives n bytes of memory, before and behind which nothing may be read or
// written if n is a number of pages.
func guarded(t testing.TB, n int) []byte {
	page := syscall.Getpagesize()
	size := (n + page - 1) / page * page
	mem, err := syscall.Mmap(-1, 0, size+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, syscall.Munmap(mem)) })
	require.NoError(t, syscall.Mprotect(mem[:page], syscall.PROT_NONE))
	require.NoError(t, syscall.Mprotect(mem[page+size:], syscall.PROT_NONE))
	return mem[page+size-n : page+size : page+size]
}

// The assembly does what the portable body does: the same place, the same values,
// the same piece to stop at, and nothing outside of the texts and the buffer.
func TestGatherAgrees(t *testing.T) {
	if !useAVX2 {
		t.Log("this machine has no AVX2: the portable body is all there is")
		return
	}
	rng := rand.New(rand.NewPCG(31, 32))
	page := syscall.Getpagesize()
	text, buf := guarded(t, 2*page), guarded(t, 3000)
	for i := range text {
		if text[i] = 'a' + byte(i%26); rng.IntN(40) == 0 {
			text[i] = "\",\n\r\\\x00\x1f \x7f\x80\xff!#"[rng.IntN(13)]
		}
	}
	one := func(n int) string {
		if n == 0 {
			return ""
		}
		at := rng.IntN(len(text) - n + 1)
		switch rng.IntN(6) { // where the memory or a page begins or ends
		case 0:
			at = 0
		case 1:
			at = len(text) - n
		case 2:
			at = page - n
		case 3:
			at = max(0, page-rng.IntN(2*n))
		}
		return unsafe.String(&text[at], n)
	}
	stops, whole := 0, 0
	for range 50_000 {
		list := make([]piece, rng.IntN(gatherMost+1))
		for i := range list {
			n := rng.IntN(20)
			switch rng.IntN(20) {
			case 0:
				n = rng.IntN(300)
			case 1, 2:
				n = 28 + rng.IntN(70)
			}
			list[i] = piece{one(n), MakeValue(0, 0, rng.IntN(MaxColumns), Flags(rng.IntN(2))*Bare)}
		}
		got := buf[rng.IntN(2)*rng.IntN(len(buf)):]
		want := bytes.Repeat([]byte{0xA5}, len(got))
		copy(got, want)
		vals1, vals2 := make([]Value, len(list)), make([]Value, len(list))
		g1 := gathering{list: list, buf: want, at: rng.IntN(len(got) + 1), vals: vals1, k: rng.IntN(len(list) + 1)}
		g2 := g1
		g2.buf, g2.vals = got, vals2
		gatherGo(&g1)
		gather(&g2)
		require.Equal(t, g1.at, g2.at)
		require.Equal(t, g1.k, g2.k)
		require.Equal(t, g1.high, g2.high)
		require.Equal(t, vals1, vals2)
		require.Equal(t, string(want[:g1.at]), string(got[:g2.at]))
		if g1.k < len(list) {
			stops++
		} else {
			whole++
		}
	}
	require.Greater(t, stops, 1000)
	require.Greater(t, whole, 1000)
}

// A text larger than a record may be is where both stop.
func TestGatherStopsAtALargeText(t *testing.T) {
	large := string(make([]byte, MaxRecord+1))
	for _, f := range []func(*gathering){gatherGo, gather} {
		for i, n := range []int{MaxRecord, MaxRecord + 1} {
			g := gathering{list: []piece{{large[:n], 0}}, buf: make([]byte, 2*MaxRecord), vals: make([]Value, 1)}
			f(&g)
			require.Equal(t, 1-i, g.k)
		}
	}
}

// The assembly knows how a value is packed.
func TestGatherKnowsValues(t *testing.T) {
	require.Equal(t, Value(1), MakeValue(1, 0, 0, 0))
	require.Equal(t, Value(1<<24), MakeValue(0, 1, 0, 0))
	require.Equal(t, Value(1<<63), MakeValue(0, 0, 0, Literal))
	require.Equal(t, Value(1<<61), MakeValue(0, 0, 0, unitary))
}
