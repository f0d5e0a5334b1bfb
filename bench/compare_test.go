package bench

import (
	"bytes"
	"io"
	"testing"

	"github.com/endpointfile/endpointfile/bench/rivals"
	"github.com/endpointfile/endpointfile/bench/shapes"
)

// inputSize is how much CSV each benchmark converts in one go.
const inputSize = 4 << 20

// contenders are all that the tests and benchmarks of this package compare. The project's own
// path stands in own_test.go as one more rivals.Rival.
func contenders() []rivals.Rival {
	return append(rivals.All(), own())
}

// BenchmarkCSVToJSON converts CSV to NDJSON; MB/s are those of the CSV.
func BenchmarkCSVToJSON(b *testing.B) {
	for _, s := range shapes.All() {
		if s.OnlyJSON() {
			continue
		}
		file, _ := input(b, s, inputSize)
		for _, c := range contenders() {
			if c.Convert == nil || !c.Takes(s.Header()) {
				continue
			}
			b.Run("shape="+s.Name+"/by="+c.Name, func(b *testing.B) {
				b.SetBytes(int64(len(file)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := c.Convert(io.Discard, bytes.NewReader(file)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkJSONToCSV converts NDJSON to CSV; MB/s are those of the NDJSON.
func BenchmarkJSONToCSV(b *testing.B) {
	for _, s := range shapes.All() {
		_, ndjson := input(b, s, inputSize)
		for _, c := range contenders() {
			if c.Reverse == nil || !c.Takes(s.Header()) {
				continue
			}
			b.Run("shape="+s.Name+"/by="+c.Name, func(b *testing.B) {
				b.SetBytes(int64(len(ndjson)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := c.Reverse(io.Discard, bytes.NewReader(ndjson), s.Header()); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
