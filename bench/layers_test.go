package bench

// What each layer of endpointfile costs by itself, on every shape of data. MB/s are those of the
// input of the whole conversion, so that the times of the layers can be added up.

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/bench/shapes"
	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/convert"
	"github.com/endpointfile/endpointfile/csvcodec"
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/ndjson"
	"github.com/endpointfile/endpointfile/validate"
)

// blockSize is that of convert.
const blockSize = 256 << 10

// appender is what both codecs have for the other side.
type appender interface {
	Append(dst []byte, b *endpoint.Batch, rep *fault.Report) ([]byte, error)
}

// direction is one way to convert a file.
type direction struct {
	name     string
	from, to convert.Format
	data     []byte
	header   []string
	codec    func() endpoint.Codec
	appender func(s *endpoint.Schema) appender
}

func directions(b *testing.B, s shapes.Shape) []direction {
	file, lines := input(b, s, inputSize)
	columns := make([]endpoint.Column, len(s.Header()))
	for i, name := range s.Header() {
		c, err := endpoint.ParseColumn([]byte(name))
		require.NoError(b, err)
		columns[i] = c
	}
	list := []direction{
		{
			name: "csv2json", from: convert.CSV, to: convert.JSON, data: file, header: s.Header(),
			codec:    func() endpoint.Codec { return csvcodec.NewCodec(nil) },
			appender: func(*endpoint.Schema) appender { return ndjson.NewAppender(nil) },
		},
		{
			name: "json2csv", from: convert.JSON, to: convert.CSV, data: lines, header: s.Header(),
			codec:    func() endpoint.Codec { return ndjson.NewCodec(nil) },
			appender: func(*endpoint.Schema) appender { return csvcodec.NewAppender(endpoint.NewSchema(columns...), nil) },
		},
	}
	if s.OnlyJSON() {
		return list[1:]
	}
	return list
}

func BenchmarkLayer(b *testing.B) {
	for _, s := range shapes.All() {
		for _, d := range directions(b, s) {
			for _, layer := range []struct {
				name string
				run  func(b *testing.B, d *direction)
			}{{"cut", benchCut}, {"parse", benchParse}, {"check", benchCheck}, {"append", benchAppend}, {"convert", benchConvert}, {"split", benchSplit}} {
				b.Run("dir="+d.name+"/shape="+s.Name+"/layer="+layer.name, func(b *testing.B) {
					b.SetBytes(int64(len(d.data)))
					b.ReportAllocs()
					layer.run(b, &d)
				})
			}
		}
	}
}

// cut calls f with each block of whole records.
func (d *direction) cut(tb testing.TB, codec endpoint.Codec, f func(block []byte)) {
	for rest := d.data; len(rest) > 0; {
		block := rest[:min(len(rest), blockSize)]
		c := codec.Cut(block, len(block) == len(rest))
		if c.N == 0 || c.Fragment {
			tb.Fatal("no cut in a block", c)
		}
		f(block[:c.N])
		rest = rest[c.N:]
	}
}

// benchCut finds where records end.
func benchCut(b *testing.B, d *direction) {
	for b.Loop() {
		d.cut(b, d.codec(), func([]byte) {})
	}
}

// parser reads blocks of one input.
type parser struct {
	codec  endpoint.Codec
	schema *endpoint.Schema // nil before the first block
	rep    fault.Report
}

// parse reads a block, batch by batch: next gives the batch to fill, f takes it.
func (p *parser) parse(tb testing.TB, block []byte, next func() *endpoint.Batch, f func(*endpoint.Batch)) {
	pos := fault.Pos{Line: 1, Column: 1}
	if p.schema == nil {
		schema, n, err := p.codec.Header(block, pos, &p.rep)
		require.NoError(tb, err)
		p.schema, block = schema, block[n:]
	}
	for len(block) > 0 {
		batch := next()
		n, err := p.codec.Parse(batch, block, pos, 1, &p.rep)
		if err != nil || n == 0 {
			tb.Fatal("a block was not parsed", n, err)
		}
		block = block[n:]
		f(batch)
	}
}

// benchParse makes batches of blocks that are cut already.
func benchParse(b *testing.B, d *direction) {
	var blocks [][]byte
	d.cut(b, d.codec(), func(block []byte) { blocks = append(blocks, block) })
	batch := new(endpoint.Batch)
	for b.Loop() {
		p := &parser{codec: d.codec()}
		for _, block := range blocks {
			p.parse(b, block, func() *endpoint.Batch { return batch }, func(*endpoint.Batch) {})
		}
		require.Empty(b, p.rep.Faults)
	}
}

// batches parses everything and keeps it.
func (d *direction) batches(tb testing.TB) (list []*endpoint.Batch, schema *endpoint.Schema) {
	p := &parser{codec: d.codec()}
	d.cut(tb, d.codec(), func(block []byte) {
		p.parse(tb, block, func() *endpoint.Batch { return new(endpoint.Batch) }, func(b *endpoint.Batch) { list = append(list, b) })
	})
	return list, p.schema
}

// benchCheck judges batches by the rules of profile classic.
func benchCheck(b *testing.B, d *direction) {
	batches, schema := d.batches(b)
	rep := &fault.Report{Keep: -1} // some shapes have a warning for each record
	checker, err := validate.New(nil).For(schema, rep)
	require.NoError(b, err)
	for b.Loop() {
		for _, batch := range batches {
			if err := checker.Check(batch, rep); err != nil {
				b.Fatal(err)
			}
		}
	}
	require.Zero(b, rep.Count(fault.Reject))
}

// benchAppend writes checked batches in the other format, into memory.
func benchAppend(b *testing.B, d *direction) {
	batches, schema := d.batches(b)
	rep := &fault.Report{Keep: -1} // some shapes have a warning for each record
	checker, err := validate.New(nil).For(schema, rep)
	require.NoError(b, err)
	for _, batch := range batches {
		require.NoError(b, checker.Check(batch, rep))
	}
	a := d.appender(schema)
	var out []byte
	for b.Loop() {
		for _, batch := range batches {
			if out, err = a.Append(out[:0], batch, rep); err != nil {
				b.Fatal(err)
			}
		}
	}
	require.Zero(b, rep.Count(fault.Reject))
}

// benchConvert is a whole run with one worker, into nothing.
func benchConvert(b *testing.B, d *direction) {
	for b.Loop() {
		if _, err := ownRun(io.Discard, bytes.NewReader(d.data), d.from, d.to, d.header); err != nil {
			b.Fatal(err)
		}
	}
}

// benchSplit is a whole run into chunk files with their ledger, as many workers as processors.
func benchSplit(b *testing.B, d *direction) {
	for b.Loop() {
		opt, err := ownOptions(bytes.NewReader(d.data), d.from, d.to, d.header)
		require.NoError(b, err)
		opt.Sink, err = chunk.NewDir(b.TempDir(), nil)
		require.NoError(b, err)
		_, err = convert.Run(context.Background(), opt)
		require.NoError(b, err)
	}
}
