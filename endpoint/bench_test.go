package endpoint_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/csvcodec"
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/corpus"
)

// benchShapes are the shapes of data that are measured.
var benchShapes = []string{"default", "narrow", "wide", "escaped"}

// benchBatches parses generated records, 4 MiB of CSV, and gives their batches
// and their number. The memory of a batch is not used again.
func benchBatches(b *testing.B, shape string) (dense []*endpoint.Batch, size int64) {
	s, ok := corpus.Lookup(shape)
	require.True(b, ok)
	var buf bytes.Buffer
	_, err := s.WriteCSV(&buf, 4<<20, 1)
	require.NoError(b, err)
	p, rep := csvcodec.NewParser(nil), &fault.Report{}
	_, n, err := p.Header(buf.Bytes(), fault.Pos{Line: 1, Column: 1}, rep)
	require.NoError(b, err)
	for rest := buf.Bytes()[n:]; len(rest) > 0; rest = rest[n:] {
		batch := new(endpoint.Batch)
		n, err = p.Parse(batch, rest, fault.Pos{Line: 1}, 1, rep)
		require.NoError(b, err)
		dense = append(dense, batch)
	}
	return dense, int64(buf.Len())
}

// toSparse makes the batch that the same records would be as JSON.
func toSparse(dense *endpoint.Batch) *endpoint.Batch {
	s := new(endpoint.Batch)
	s.Reset(endpoint.NewSchema(), fault.Pos{})
	s.Data = dense.Data
	s.Aux = append(s.Aux, dense.Aux...)
	for i := range dense.Rows {
		first := len(s.Vals)
		for _, v := range dense.Values(i) {
			if v.Len() == 0 {
				continue
			}
			n, ok := s.Lookup(dense.Columns[v.Column()])
			if !ok {
				n = s.Add(dense.Columns[v.Column()])
			}
			s.Vals = append(s.Vals, endpoint.MakeValue(v.Start(), v.Len(), n, v.Flags()))
		}
		s.Rows = append(s.Rows, endpoint.Row{First: uint32(first), N: uint32(len(s.Vals) - first)})
	}
	return s
}

// BenchmarkInto fills one reused Endpoint; MB/s are those of the CSV.
func BenchmarkInto(b *testing.B) {
	for _, shape := range benchShapes {
		for _, form := range []string{"dense", "sparse"} {
			b.Run("shape="+shape+"/batch="+form, func(b *testing.B) {
				batches, size := benchBatches(b, shape)
				if form == "sparse" {
					for i := range batches {
						batches[i] = toSparse(batches[i])
					}
				}
				var e endpoint.Endpoint
				b.SetBytes(size)
				b.ReportAllocs()
				for b.Loop() {
					for _, batch := range batches {
						for rec := range batch.Records() {
							if err := rec.Into(&e); err != nil {
								b.Fatal(err)
							}
						}
					}
				}
			})
		}
	}
}

// BenchmarkAppend puts endpoints into a batch, one after the other as a Writer
// does; MB/s are those of the CSV that they came from.
func BenchmarkAppend(b *testing.B) {
	for _, shape := range benchShapes {
		b.Run("shape="+shape, func(b *testing.B) {
			batches, size := benchBatches(b, shape)
			var list []*endpoint.Endpoint
			for _, batch := range batches {
				for rec := range batch.Records() {
					var e endpoint.Endpoint
					require.NoError(b, rec.Into(&e))
					list = append(list, e.Clone())
				}
			}
			var out endpoint.Batch
			schema := endpoint.NewSchema()
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				for _, e := range list {
					out.Reset(schema, fault.Pos{})
					if err := out.Append(e); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
