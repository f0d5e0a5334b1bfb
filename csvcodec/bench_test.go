package csvcodec

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/corpus"
)

// benchShapes are the shapes of data that are measured.
var benchShapes = []string{"default", "narrow", "wide", "quoted", "unicode", "crlf", "multiline", "escaped"}

func benchData(b *testing.B, name string) []byte {
	shape, ok := corpus.Lookup(name)
	require.True(b, ok)
	var buf bytes.Buffer
	_, err := shape.WriteCSV(&buf, 4<<20, 1)
	require.NoError(b, err)
	return buf.Bytes()
}

func BenchmarkCut(b *testing.B) {
	for _, name := range benchShapes {
		b.Run(name, func(b *testing.B) {
			data := benchData(b, name)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				c := NewCutter(nil)
				for rest := data; len(rest) > 0; {
					block := rest[:min(len(rest), 256<<10)]
					cut := c.Cut(block, len(block) == len(rest))
					if cut.N == 0 || cut.Fragment {
						b.Fatal(cut)
					}
					rest = rest[cut.N:]
				}
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	for _, name := range benchShapes {
		b.Run(name, func(b *testing.B) {
			data := benchData(b, name)
			var rep fault.Report
			var batch endpoint.Batch
			p := NewParser(nil)
			_, n, err := p.Header(data, fault.Pos{Line: 1, Column: 1}, &rep)
			require.NoError(b, err)
			data = data[n:]
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				for rest := data; len(rest) > 0; rest = rest[n:] {
					n, err = p.Parse(&batch, rest, fault.Pos{Line: 1}, 1, &rep)
					if err != nil || n == 0 {
						b.Fatal(n, err)
					}
				}
			}
			require.Empty(b, rep.Faults)
		})
	}
}
