package csvcodec

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/internal/corpus"
)

// structShapes are the shapes whose records are measured as structs.
var structShapes = []string{"default", "narrow", "wide", "unicode", "escaped"}

func structData(b *testing.B, name string, size int64) []byte {
	shape, ok := corpus.Lookup(name)
	require.True(b, ok)
	var buf bytes.Buffer
	_, err := shape.WriteCSV(&buf, size, 2)
	require.NoError(b, err)
	return buf.Bytes()
}

// BenchmarkInto reads records into one reused Endpoint.
func BenchmarkInto(b *testing.B) {
	for _, name := range structShapes {
		b.Run("shape="+name, func(b *testing.B) {
			data := structData(b, name, 32<<20)
			var e endpoint.Endpoint
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				for rec, err := range NewReader(bytes.NewReader(data), nil).All() {
					if err != nil {
						b.Fatal(err)
					}
					if err := rec.Into(&e); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// BenchmarkWrite writes endpoints; MB/s are those of the CSV.
func BenchmarkWrite(b *testing.B) {
	for _, name := range structShapes {
		b.Run("shape="+name, func(b *testing.B) {
			data := structData(b, name, 4<<20)
			r := NewReader(bytes.NewReader(data), nil)
			schema, err := r.Schema()
			require.NoError(b, err)
			var list []*endpoint.Endpoint
			for rec, err := range r.All() {
				require.NoError(b, err)
				var e endpoint.Endpoint
				require.NoError(b, rec.Into(&e))
				list = append(list, e.Clone())
			}
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				w := NewWriter(io.Discard, schema, nil)
				for _, e := range list {
					if err := w.Write(e); err != nil {
						b.Fatal(err)
					}
				}
				if err := w.Flush(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
