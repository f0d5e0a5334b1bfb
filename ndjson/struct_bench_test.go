package ndjson

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/internal/corpus"
)

// structData are the shapes and forms of data whose records are measured as structs.
var structData = []struct {
	shape string
	form  corpus.Form
}{
	{"default", corpus.JSON},
	{"default", corpus.Sparse},
	{"default", corpus.Escaped},
	{"narrow", corpus.JSON},
	{"wide", corpus.JSON},
	{"escaped", corpus.JSON},
}

func structText(b *testing.B, name string, form corpus.Form, size int64) []byte {
	shape, ok := corpus.Lookup(name)
	require.True(b, ok)
	var buf bytes.Buffer
	_, err := shape.Generate(&buf, &corpus.Options{Form: form, Bytes: size, Seed: 2})
	require.NoError(b, err)
	return buf.Bytes()
}

// BenchmarkInto reads records into one reused Endpoint.
func BenchmarkInto(b *testing.B) {
	for _, d := range structData {
		b.Run("shape="+d.shape+"/form="+d.form.String(), func(b *testing.B) {
			data := structText(b, d.shape, d.form, 32<<20)
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

// BenchmarkWrite writes endpoints; MB/s are those of the JSON.
func BenchmarkWrite(b *testing.B) {
	for _, d := range structData {
		if d.form == corpus.Escaped {
			continue // what is read from it is the same
		}
		b.Run("shape="+d.shape+"/form="+d.form.String(), func(b *testing.B) {
			data := structText(b, d.shape, d.form, 8<<20)
			var list []*endpoint.Endpoint
			for rec, err := range NewReader(bytes.NewReader(data), nil).All() {
				require.NoError(b, err)
				var e endpoint.Endpoint
				require.NoError(b, rec.Into(&e))
				list = append(list, e.Clone())
			}
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				w := NewWriter(io.Discard, nil)
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
