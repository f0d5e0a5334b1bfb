//go:build !purego

package csvcodec

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/internal/fence"
)

// The assembly does what the portable body does: the same place, the same value
// to stop at, the same bytes before it, and nothing behind the end of the buffer
// nor of the data.
func TestEmitAgrees(t *testing.T) {
	if !useAVX2 {
		t.Log("this machine has no AVX2: the portable body is all there is")
		return
	}
	rng := rand.New(rand.NewPCG(21, 22))
	text, buf := fence.Bytes(t, 2000), fence.Bytes(t, 4000)
	for i := range text {
		if text[i] = 'a' + byte(i%26); i%500 > 300 && rng.IntN(12) == 0 { // some stretches have all kinds of bytes
			text[i] = "\",\n\r\\\x00\xff!#"[rng.IntN(9)]
		}
	}
	aux := bytes.Clone(text[:1500])
	stops, whole := 0, 0
	for range 20_000 {
		data := text[rng.IntN(2)*rng.IntN(len(text)):]
		vals := make([]endpoint.Value, 1+rng.IntN(40))
		for i := range vals {
			flags := endpoint.Plain | endpoint.Flags(rng.IntN(2))*endpoint.Bare
			if rng.IntN(4) == 0 {
				flags = []endpoint.Flags{0, endpoint.Literal, endpoint.Plain}[rng.IntN(3)] | endpoint.Flags(rng.IntN(2))*endpoint.InAux | endpoint.Flags(rng.IntN(2))*endpoint.Bare
			}
			size := rng.IntN(20)
			switch rng.IntN(20) {
			case 0:
				size = rng.IntN(300)
			case 1, 2:
				size = 30 + rng.IntN(70)
			}
			size = min(size, len(data), len(aux))
			vals[i] = endpoint.MakeValue(rng.IntN(min(len(data), len(aux))-size+1), size, rng.IntN(endpoint.MaxColumns), flags)
			if rng.IntN(3) == 0 {
				vals[i] = absent
			}
		}
		got := buf[rng.IntN(2)*rng.IntN(len(buf)):]
		want := bytes.Repeat([]byte{0xA5}, len(got))
		copy(got, want)
		e1 := emission{buf: want, n: rng.IntN(len(got) + 1), vals: vals, k: rng.IntN(len(vals) + 1), src: [2][]byte{data, aux}}
		e2 := e1
		e2.buf = got
		emitGo(&e1)
		emit(&e2)
		require.Equal(t, e1.n, e2.n)
		require.Equal(t, e1.k, e2.k)
		require.Equal(t, string(want[:e1.n]), string(got[:e2.n]))
		if e1.k < len(vals) {
			stops++
		} else {
			whole++
		}
	}
	require.Greater(t, stops, 1000)
	require.Greater(t, whole, 1000)
}

// The assembly knows how a value is packed.
func TestEmitKnowsValues(t *testing.T) {
	require.Equal(t, endpoint.Value(0xffffff), endpoint.MakeValue(endpoint.MaxData, 0, 0, 0))
	require.Equal(t, endpoint.Value(0x3fffff<<24), endpoint.MakeValue(0, endpoint.MaxRecord, 0, 0))
	require.Equal(t, endpoint.Value(1<<60), endpoint.MakeValue(0, 0, 0, endpoint.InAux))
	require.Equal(t, absent, endpoint.MakeValue(0, 0, 0, endpoint.Plain))
}
