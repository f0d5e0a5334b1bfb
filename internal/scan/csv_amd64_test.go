//go:build !purego

package scan

import (
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// The assembly makes the masks that the portable body makes, for every byte at
// every place and for random blocks, and writes no further than it should.
func TestMasksAgree(t *testing.T) {
	if !useAVX2 {
		t.Log("this machine has no AVX2: the portable body is all there is")
		return
	}
	src := make([]byte, 64*maskRun)
	check := func(n int) {
		t.Helper()
		var want, got [maskRun]csvMask
		for i := range got {
			got[i] = csvMask{^uint64(0), 1, 2, 3, 4}
		}
		want = got
		masksCSVGo(&want, src, n)
		masksCSVAVX2(&got, &src[0], n)
		if want != got {
			t.Fatalf("%d blocks of %q:\n%x\n%x", n, src[:64*n], want[:n], got[:n])
		}
	}
	for b := range 256 {
		for at := range 64 {
			for _, around := range []byte{0, 'x'} {
				for i := range 64 {
					src[i] = around
				}
				src[at] = byte(b)
				check(1)
			}
		}
	}
	rng := rand.New(rand.NewPCG(7, 8))
	const special = ",\n\r\"\\\x00\x1f \x7f\x80\xff+-!"
	for range 2000 {
		for i := range src {
			if src[i] = byte(rng.Uint32()); rng.IntN(3) == 0 {
				src[i] = special[rng.IntN(len(special))]
			}
		}
		check(1 + rng.IntN(maskRun))
	}
	require.Panics(t, func() { masksCSV(new([maskRun]csvMask), src[:100], 2) }, "it does not read past the end")
}

// Both bodies write the same places, also for full and single sets, and nothing
// behind the 64 entries that they may.
func TestFlattenAgrees(t *testing.T) {
	if !useAVX2 {
		t.Log("this machine has no BMI1: the portable body is all there is")
		return
	}
	rng := rand.New(rand.NewPCG(9, 10))
	for i := range 20_000 {
		set := rng.Uint64()
		switch i % 4 {
		case 0:
			set &= rng.Uint64() & rng.Uint64()
		case 1:
			set = 1 << rng.IntN(64)
		case 2:
			set |= rng.Uint64() | rng.Uint64()
		}
		if set == 0 || i == 0 {
			set = ^uint64(0)
		}
		var want, got [IndexSlack + 8]uint32
		for k := range got {
			want[k], got[k] = 7, 7
		}
		flattenGo((*[IndexSlack]uint32)(want[:]), set, 1000)
		flattenBMI((*[IndexSlack]uint32)(got[:]), set, 1000)
		n := bits.OnesCount64(set)
		require.Equal(t, want[:n], got[:n])
		require.Equal(t, want[IndexSlack:], got[IndexSlack:])
		at := 0
		for rest := set; rest != 0; rest &= rest - 1 {
			require.EqualValues(t, 1000+bits.TrailingZeros64(rest), got[at])
			at++
		}
	}
}
