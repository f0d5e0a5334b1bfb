package ndjson

import (
	"io"
	"iter"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/block"
)

// Codec is the Cutter and the Parser of one input: an [endpoint.Codec].
type Codec struct {
	*Cutter
	*Parser
}

// NewCodec makes a Codec. Nil options are the defaults.
func NewCodec(opt *Options) *Codec { return &Codec{NewCutter(opt), NewParser(opt)} }

// Fork makes a Parser for another goroutine that reads on in an input whose
// head p has read. It has a schema of its own.
func (p *Parser) Fork() *Parser {
	q := NewParser(&Options{Fix: p.fix, DropExport: p.drop, MaxRecord: p.max})
	q.batch, q.array = p.batch, p.array
	return q
}

// Array reports whether the input is one JSON array, as [Parser.Header] has found.
func (p *Parser) Array() bool { return p.array }

// Reader reads endpoints from JSON text, one object a line or one array of objects. It belongs to one goroutine.
type Reader struct {
	shell block.Shell
	opt   Options
}

// NewReader makes a Reader of r, which must give UTF-8 text. Nil options are the
// defaults: reading stops at the first fault.
func NewReader(r io.Reader, opt *Options) *Reader {
	rd := &Reader{}
	if opt != nil {
		rd.opt = *opt
	}
	rd.Reset(r)
	return rd
}

// Reset turns to another input with the same options. Everything that was
// borrowed from the reader ends here.
func (r *Reader) Reset(src io.Reader) {
	r.shell.Codec = NewCodec(&r.opt)
	r.shell.Report, r.shell.Check = r.opt.Report, r.opt.Check
	r.shell.Reset(src, fault.Pos{File: r.opt.File, Line: 1, Column: 1}, r.opt.BlockSize)
}

// Schema gives the columns that are known so far: names become columns as they
// appear, and a batch has the schema that was made for it. The error is that of
// the source.
func (r *Reader) Schema() (*endpoint.Schema, error) { return r.shell.Schema() }

// ReadBatch gives the next batch; it has one row at least. Rejected rows are in
// it, marked. The batch is borrowed until the next call. At the end of the
// input the error is io.EOF. Without a report, the first fault is the error,
// after the records before it; with one, [fault.ErrStop] when it has had enough.
// Errors of the source come as they are.
func (r *Reader) ReadBatch() (*endpoint.Batch, error) { return r.shell.ReadBatch() }

// All iterates over the records that are not rejected. Each is borrowed until
// the next one is asked for. An error, as of [Reader.ReadBatch], comes last;
// the end of the input is none.
func (r *Reader) All() iter.Seq2[endpoint.Record, error] { return r.shell.All() }
