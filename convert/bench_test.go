package convert_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/convert"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/source"
)

// BenchmarkRun is a whole run, CSV to JSON chunks that are thrown away or CSV that is
// only checked: clean records, and records half of which are bad. MB/s are those of
// the input.
func BenchmarkRun(b *testing.B) {
	for _, rate := range []float64{0, 0.5} {
		csv := generate(b, "default", 16<<20, rate)
		for _, check := range []bool{false, true} {
			for _, workers := range []int{1, 2} {
				b.Run(fmt.Sprintf("bad=%v/check=%v/workers=%d", rate, check, workers), func(b *testing.B) {
					b.SetBytes(int64(len(csv)))
					b.ReportAllocs()
					for b.Loop() {
						opt := &convert.Options{
							Sources: []source.Input{source.Bytes("e", csv)}, Check: check, Workers: workers, Report: &fault.Report{Keep: 20},
						}
						if !check {
							opt.Sink = &chunk.Discard{}
						}
						_, err := convert.Run(b.Context(), opt)
						require.NoError(b, err)
					}
				})
			}
		}
	}
}
