package scan

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLastLineFeed(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for n := range 80 {
		for range 200 {
			src := make([]byte, n)
			for i := range src {
				src[i] = "ab\n\x0b\x8a\x09"[rng.IntN(6)]
				if rng.IntN(3) > 0 {
					src[i] = 'x'
				}
			}
			require.Equal(t, bytes.LastIndexByte(src, '\n'), LastLineFeed(src), "%q", src)
		}
	}
}
