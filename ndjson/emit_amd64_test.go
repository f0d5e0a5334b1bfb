//go:build !purego

package ndjson

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
)

// The assembly does what the portable body does: the same place, the same value
// to stop at, the same bytes before it, and nothing behind the end of the buffer.
func TestEmitAgrees(t *testing.T) {
	if !useAVX2 {
		t.Log("this machine has no AVX2: the portable body is all there is")
		return
	}
	s := endpoint.NewSchema()
	for f := endpoint.ID; f < endpoint.FieldCount; f++ {
		c := endpoint.Column{Field: f}
		if f.Custom() {
			c.Key = "k"
			s.Add(endpoint.Column{Field: f, Key: "a name that is too long for a step, as some are"})
		}
		s.Add(c)
		if f == endpoint.Attributes || f == endpoint.Metrics {
			s.Add(c)
		}
	}
	a := NewAppender(nil)
	b := &endpoint.Batch{Schema: s}
	a.plan.compile(b)
	rng := rand.New(rand.NewPCG(17, 18))
	data := make([]byte, 1000)
	for i := range data {
		data[i] = 'a' + byte(i%26)
	}
	canary := bytes.Repeat([]byte{0xA5}, 64)
	stops := 0
	for range 20_000 {
		vals := make([]endpoint.Value, 1+rng.IntN(40))
		for i := range vals {
			flags := endpoint.Plain | endpoint.Bare
			if rng.IntN(30) == 0 {
				flags = endpoint.Flags(rng.IntN(16))
			}
			size := rng.IntN(40)
			if rng.IntN(20) == 0 {
				size = rng.IntN(80)
			}
			start := rng.IntN(len(data) - size)
			if rng.IntN(4) > 0 {
				start = rng.IntN(len(data) - 100)
			}
			vals[i] = endpoint.MakeValue(start, size, rng.IntN(s.Len()), flags)
			if i > 0 && rng.IntN(5) == 0 {
				vals[i] = endpoint.MakeValue(start, size, vals[i-1].Column(), flags)
			}
		}
		size := rng.IntN(3000)
		want, got := make([]byte, size, size+64), make([]byte, size, size+64)
		copy(got[size:cap(got)], canary)
		n, k := rng.IntN(size+1), rng.IntN(len(vals)+1)
		class, last := startClass, -1
		if rng.IntN(2) == 0 {
			class, last = int(a.plan.cols[3].class), int(a.plan.cols[3].head)
		}
		d := data[:len(data)-rng.IntN(2)*rng.IntN(len(data)+1)]
		for i := range vals { // values lie within data
			if v := vals[i]; v.Start()+v.Len() > len(d) {
				vals[i] = endpoint.MakeValue(0, 0, v.Column(), v.Flags())
			}
		}
		n1, k1 := emitGo(want, n, vals, k, d, a.plan.cols, &a.plan.joins, class, last)
		n2, k2 := emit(got, n, vals, k, d, a.plan.cols, &a.plan.joins, class, last)
		require.Equal(t, n1, n2)
		require.Equal(t, k1, k2)
		require.Equal(t, string(want[n:n1]), string(got[n:n2]))
		require.Equal(t, canary, got[size:cap(got)])
		if k1 < len(vals) {
			stops++
		}
	}
	require.NotZero(t, stops)
}

// The assembly knows how a value is packed.
func TestEmitKnowsValues(t *testing.T) {
	require.Equal(t, endpoint.Value(0xffffff), endpoint.MakeValue(endpoint.MaxData, 0, 0, 0))
	require.Equal(t, endpoint.Value(0x3fffff<<24), endpoint.MakeValue(0, endpoint.MaxRecord, 0, 0))
	require.Equal(t, endpoint.Value(0x3fff<<46), endpoint.MakeValue(0, 0, 0x3fff, 0))
	require.Equal(t, endpoint.Value(1<<60), endpoint.MakeValue(0, 0, 0, endpoint.InAux))
}
