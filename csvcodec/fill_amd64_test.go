//go:build !purego

package csvcodec

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
)

// Both bodies make the same values, whatever the width, and write no further than
// they may.
func TestFillRowsAgree(t *testing.T) {
	if !useAVX2 {
		t.Log("this machine has no AVX2: the portable body is all there is")
		return
	}
	rng := rand.New(rand.NewPCG(3, 4))
	const untouched = endpoint.Value(0xABCD)
	for width := 1; width < 40; width++ {
		p := NewParser(nil)
		p.SetSchema(columns(width))
		for rows := range 5 {
			n, base := rows*width, rng.IntN(1<<23)
			bounds := make([]uint32, n+1+fillSlack)
			bounds[0] = 1<<32 - 1
			if rng.IntN(2) == 0 {
				bounds[0] = rng.Uint32N(1 << 22)
			}
			for i := range n {
				bounds[i+1] = bounds[i] + 1 + rng.Uint32N(100)
			}
			var got [2][]endpoint.Value
			for i := range got {
				got[i] = make([]endpoint.Value, n+fillSlack+1)
				for k := range got[i] {
					got[i][k] = untouched
				}
			}
			fillRowsGo(got[0][:n], bounds, p.tags, width, base)
			fillRows(got[1][:n], bounds, p.tags, width, base)
			require.Equal(t, got[0][:n], got[1][:n])
			require.Equal(t, untouched, got[1][n+fillSlack])
			for i, v := range got[0][:n] {
				require.Equal(t, endpoint.MakeValue(base+int(bounds[i]+1), int(bounds[i+1]-bounds[i]-1), i%width, endpoint.Plain), v)
			}
		}
	}
}
