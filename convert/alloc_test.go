package convert_test

import (
	"bytes"
	"context"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/convert"
	"github.com/endpointfile/endpointfile/source"
)

// A run allocates for itself and not for its records: four times the records
// cost nothing more than the blocks they come in.
func TestNoAllocationARecord(t *testing.T) {
	csv := generate(t, "default", 2<<20, 0)
	var json bytes.Buffer
	_, err := convert.Run(t.Context(), &convert.Options{Sources: []source.Input{source.Bytes("e", csv)}, From: convert.CSV, Stream: &json})
	require.NoError(t, err)
	header := bytes.IndexByte(csv, '\n') + 1
	for _, c := range []struct {
		from, to convert.Format
		head     []byte
		body     []byte
	}{
		{convert.CSV, convert.JSON, csv[:header], csv[header:]},
		{convert.CSV, convert.CSV, csv[:header], csv[header:]},
		{convert.JSON, convert.JSON, nil, json.Bytes()},
		{convert.JSON, convert.CSV, nil, json.Bytes()},
	} {
		allocs := func(times int) float64 {
			data := append(bytes.Clone(c.head), bytes.Repeat(c.body, times)...)
			return testing.AllocsPerRun(2, func() {
				_, err := convert.Run(t.Context(), &convert.Options{
					Sources: []source.Input{source.Bytes("e", data)}, From: c.from, To: c.to, Sink: &chunk.Discard{}, Workers: 1,
				})
				require.NoError(t, err)
			})
		}
		records := float64(bytes.Count(json.Bytes(), []byte{'\n'}))
		more := allocs(4) - allocs(1)
		require.Less(t, more/(3*records), 0.02, "%v to %v: %v allocations more for %v records", c.from, c.to, more, 3*records)
	}
}

// A fault allocates nothing but the strings that it is made of: this one has none.
// What is listed, counted and written of it takes no memory of its own.
func TestNoAllocationAFault(t *testing.T) {
	for _, check := range []bool{false, true} {
		allocs := func(n int) float64 {
			data := []byte("ChannelType,Address,Attributes.Note\n" + strings.Repeat("GCM,,a token is wanted here\n", n))
			return testing.AllocsPerRun(2, func() {
				opt := &convert.Options{Sources: []source.Input{source.Bytes("e", data)}, Workers: 1, Check: check}
				if !check {
					opt.Sink = &chunk.Discard{}
				}
				res, err := convert.Run(t.Context(), opt)
				require.NoError(t, err)
				require.Equal(t, int64(n), res.Faults)
			})
		}
		more := allocs(120_000) - allocs(40_000)
		require.Less(t, more/80_000, 0.01, "%v allocations more for 80,000 faults", more)
	}
}

// A run takes its few buffers once, in their final size, whatever the input.
func TestMemoryOfARun(t *testing.T) {
	for _, rate := range []float64{0, 0.5} {
		csv := generate(t, "default", 2<<20, rate)
		header := bytes.IndexByte(csv, '\n') + 1
		used := func(times int) float64 {
			data := append(bytes.Clone(csv[:header]), bytes.Repeat(csv[header:], times)...)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := convert.Run(t.Context(), &convert.Options{Sources: []source.Input{source.Bytes("e", data)}, Sink: &chunk.Discard{}, Workers: 2})
			require.NoError(t, err)
			runtime.ReadMemStats(&after)
			return float64(after.TotalAlloc - before.TotalAlloc)
		}
		require.Less(t, used(1), 10e6+rate*20e6, "bytes, all that is given back counted in")
		if rate == 0 {
			require.Less(t, used(8)-used(1), 2e6, "bytes that seven times the input takes more")
		}
	}
}

// writes counts what comes to a sink.
type writes struct {
	chunk.Discard
	calls, bytes int
}

func (w *writes) Create(ctx context.Context, name string) (chunk.Object, error) {
	obj, err := w.Discard.Create(ctx, name)
	return &countedObject{obj, w}, err
}

type countedObject struct {
	chunk.Object
	to *writes
}

func (o *countedObject) Write(p []byte) (int, error) {
	o.to.calls++
	o.to.bytes += len(p)
	return o.Object.Write(p)
}

// Output is written as it was made, in a call for each block.
func TestWritesAreLarge(t *testing.T) {
	csv := generate(t, "default", 8<<20, 0)
	for workers := 1; workers <= 2; workers++ {
		var w writes
		_, err := convert.Run(t.Context(), &convert.Options{Sources: []source.Input{source.Bytes("e", csv)}, Sink: &w, Workers: workers})
		require.NoError(t, err)
		require.Greater(t, w.bytes/w.calls, 250<<10, "bytes a write")
	}
}
