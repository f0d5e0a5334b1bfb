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

// BenchmarkAppend measures bytes of CSV written: with the batch's own columns,
// with one column more, and from batches as JSON gives them.
func BenchmarkAppend(b *testing.B) {
	for _, name := range []string{"default", "narrow", "wide", "unicode", "multiline", "escaped"} {
		data := benchData(b, name)
		var rep fault.Report
		p := NewParser(nil)
		schema, n, err := p.Header(data, fault.Pos{}, &rep)
		require.NoError(b, err)
		var dense []*endpoint.Batch // all of them: one would be learned by heart by the processor
		for data = data[n:]; len(data) > 0; data = data[n:] {
			batch := new(endpoint.Batch)
			n, err = p.Parse(batch, data, fault.Pos{}, 1, &rep)
			require.NoError(b, err)
			dense = append(dense, batch)
		}
		more := endpoint.NewSchema(append([]endpoint.Column{{Field: endpoint.RequestID}}, schema.Columns...)...)
		if name == "wide" {
			more = endpoint.NewSchema(append([]endpoint.Column{{Field: endpoint.Metrics, Key: "more"}}, schema.Columns...)...)
		}
		run := func(name string, a *Appender, batches []*endpoint.Batch) {
			b.Run(name, func(b *testing.B) {
				var out []byte
				size := 0
				for _, batch := range batches {
					out, err = a.Append(out[:0], batch, &rep)
					require.NoError(b, err)
					size += len(out)
				}
				b.SetBytes(int64(size))
				b.ReportAllocs()
				for b.Loop() {
					for _, batch := range batches {
						if out, err = a.Append(out[:0], batch, &rep); err != nil {
							b.Fatal(err)
						}
					}
				}
				require.Empty(b, rep.Faults)
			})
		}
		var sparse []*endpoint.Batch
		own := endpoint.NewSchema()
		for _, batch := range dense {
			sparse = append(sparse, sparseOf(batch, own))
		}
		run(name+"/same", NewAppender(schema, nil), dense)
		run(name+"/more", NewAppender(more, nil), dense)
		run(name+"/sparse", NewAppender(schema, nil), sparse)
	}
}

// sparseOf makes the batch that the same endpoints would be as JSON, with
// columns of a schema that may grow.
func sparseOf(dense *endpoint.Batch, own *endpoint.Schema) *endpoint.Batch {
	s := new(endpoint.Batch)
	s.Reset(own, fault.Pos{})
	s.Data = dense.Data
	s.Aux = append(s.Aux, dense.Aux...)
	to := make([]int, dense.Len())
	for i, c := range dense.Columns {
		n, ok := s.Lookup(c)
		if !ok {
			n = s.Add(c)
		}
		to[i] = n
	}
	for i := range dense.Rows {
		first := len(s.Vals)
		for _, v := range dense.Values(i) {
			if v.Len() > 0 {
				s.Vals = append(s.Vals, endpoint.MakeValue(v.Start(), v.Len(), to[v.Column()], v.Flags()))
			}
		}
		s.Rows = append(s.Rows, endpoint.Row{First: uint32(first), N: uint32(len(s.Vals) - first)})
	}
	return s
}
