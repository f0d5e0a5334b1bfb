package convert

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync/atomic"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/block"
	"github.com/endpointfile/endpointfile/internal/sniff"
	"github.com/endpointfile/endpointfile/internal/unwrap"
	"github.com/endpointfile/endpointfile/source"
)

// entry is an input that the run will read, with what its head told.
type entry struct {
	in     source.Input
	index  int // in the manifest
	format Format
	schema *endpoint.Schema // of a CSV header
	raw    []byte           // the header as it stands in the input
	mended bool             // the header was repaired
	kept   *stream          // still open: an input that cannot be opened twice

	target *endpoint.Schema // columns of CSV output
	header []byte           // header of the output
}

// stream is an open input.
type stream struct {
	*entry
	raw     *tally
	text    *unwrap.Reader
	codec   endpoint.Codec
	blocks  *block.Reader
	first   block.Block      // read ahead for the header
	pending bool             // first has not been handed on
	skip    int              // bytes of the header in first
	schema  *endpoint.Schema // of the codec: nil for JSON
	head    []byte           // the header as it stands here
	array   bool
	stop    func() bool // ends the watch on the context
}

// tally counts and sums what is read of a source.
type tally struct {
	io.ReadCloser
	n      atomic.Int64
	sum    chunk.CRC64
	summed bool // there is a ledger to enter the sum in
}

func (t *tally) Read(p []byte) (int, error) {
	n, err := t.ReadCloser.Read(p)
	t.n.Add(int64(n))
	if t.summed {
		_, _ = t.sum.Write(p[:n])
	}
	return n, err
}

// open opens an input as far as its text.
func (r *run) open(ctx context.Context, e *entry) (*stream, error) {
	src, err := e.in.Open(ctx)
	if err != nil {
		return nil, &InputError{Err: err}
	}
	s := &stream{entry: e, raw: &tally{ReadCloser: src, summed: r.opt.Sink != nil && !r.opt.Check}}
	// A source that waits for data is woken by closing it.
	s.stop = context.AfterFunc(ctx, func() { _ = src.Close() })
	s.text, err = unwrap.New(s.raw, e.in.Name, &unwrap.Options{Decompress: r.opt.Decompress, Charset: r.opt.Charset})
	if err != nil {
		s.close()
		return nil, &InputError{Name: e.in.Name, Err: refusal(e.in.Name, err)}
	}
	return s, nil
}

func (s *stream) close() {
	s.stop()
	if s.text != nil {
		_ = s.text.Close()
	}
	_ = s.raw.Close()
}

// refusal turns what unwrap says of an input into a fault; errors of reading
// stay as they are.
func refusal(name string, err error) error {
	e := &fault.Error{Pos: fault.Pos{File: name}, Severity: fault.Refuse}
	var refused *unwrap.RefusedError
	var charset *unwrap.CharsetError
	switch {
	case errors.As(err, &refused):
		e.Rule, e.Detail, e.Hint = fault.Compressed, "the input is "+refused.Kind.Phrase(), refused.Hint
		if !refused.Kind.Compressed() {
			e.Rule = fault.Encoding
		}
	case errors.As(err, &charset):
		e.Rule, e.Offset, e.Hint = fault.Charset, charset.Offset, charset.Hint
		e.Detail = fmt.Sprintf("byte %d of the input is not %s text", charset.Offset, charset.Charset)
	default:
		return err
	}
	return e
}

// guess tells the format from the first bytes.
func (s *stream) guess() Format {
	head, whole := s.text.Head()
	switch sniff.Guess(head, whole, endpoint.IsName) {
	case sniff.CSV:
		return CSV
	case sniff.JSON:
		return JSON
	}
	return Auto
}

// unclear says why the format of an input cannot be told.
func (s *stream) unclear() *fault.Error {
	e := &fault.Error{Pos: fault.Pos{File: s.in.Name}, Rule: fault.FormatUnclear}
	switch head, _ := s.text.Head(); {
	case len(bytes.TrimSpace(head)) == 0:
		e.Detail = "the input is empty"
	case bytes.IndexByte(head, 0) >= 0:
		e.Detail, e.Hint = "the input holds NUL bytes", "if it is UTF-16 text, say --charset utf-16le or utf-16be"
	}
	return e
}

// begin reads the header, or whatever stands before the first record. Faults
// go to rep; the error is an *InputError.
func (s *stream) begin(r *run, rep *fault.Report) error {
	base := fault.Pos{File: s.in.Name, Line: 1, Column: 1, Offset: int64(s.text.BOM())}
	s.codec = r.newCodec(s.format, s.in.Name)
	s.blocks = block.NewReader(s.text, base, r.blockSize(), s.codec.Cut)
	b, err := s.blocks.Next(nil)
	if err != nil && err != io.EOF {
		err = refusal(s.in.Name, err)
		if e, ok := err.(*fault.Error); ok {
			err = hold(rep, e)
		}
		return &InputError{Name: s.in.Name, Err: err}
	}
	if err == io.EOF {
		b.Base = base
	}
	schema, n, err := s.codec.Header(b.Data, b.Base, rep)
	if err != nil {
		return &InputError{Name: s.in.Name, Err: firstOr(rep, err)}
	}
	if b.Cut.Fragment && s.format == CSV {
		e := block.FragmentFault(b, 0)
		e.Severity = fault.Refuse
		return &InputError{Name: s.in.Name, Err: hold(rep, e)}
	}
	if b.Cut.Fragment {
		n = 0
	}
	s.first, s.skip, s.pending = b, n, b.Data != nil
	s.array = isArray(s.codec)
	if s.format == CSV {
		s.schema = schema
		s.head = endLine(bytes.Clone(b.Data[:n]))
		_, err := r.rules.For(schema, rep)
		for _, e := range rep.Faults {
			if e.File == "" { // the rules know columns, not where their names stand
				e.Pos = fault.Pos{File: s.in.Name, Line: b.Base.Line}
			}
		}
		if err != nil {
			return &InputError{Name: s.in.Name, Err: firstOr(rep, err)}
		}
		if first := rep.Err(); first != nil {
			return &InputError{Name: s.in.Name, Err: first}
		}
	}
	return nil
}

// hold adds a fault to a report that holds all, and gives the fault as it is held.
func hold(rep *fault.Report, e *fault.Error) *fault.Error {
	_ = rep.Add(e)
	return rep.Faults[len(rep.Faults)-1]
}

func firstOr(rep *fault.Report, err error) error {
	if first := rep.Err(); first != nil {
		return first
	}
	return err
}

// next gives the next block of records. The base is that of the data behind the
// header, if the block holds one.
func (s *stream) next(buf []byte) (b block.Block, data []byte, base fault.Pos, err error) {
	if s.pending {
		s.pending = false
		b = s.first
		s.first = block.Block{}
		return b, b.Data[s.skip:], block.After(b.Base, b.Data[:s.skip]), nil
	}
	b, err = s.blocks.Next(buf)
	return b, b.Data, b.Base, err
}

// plan opens each source, tells its format, reads its header, and settles what
// the run will read. All that is wrong with any of them is told at once.
func (r *run) plan(ctx context.Context) error {
	var first error
	seen := [3]string{}
	refuse := func(e *fault.Error) {
		e.Severity = fault.Refuse
		_ = r.report.Add(e)
		r.head = append(r.head, e)
		if first == nil {
			first = &InputError{Name: e.File, Err: e}
		}
	}
	for _, in := range r.opt.Sources {
		if err := ctx.Err(); err != nil {
			return err
		}
		in, err := r.replayable(ctx, in)
		if err != nil {
			return err
		}
		e := &entry{in: in, format: r.opt.From}
		err = r.probe(ctx, e, refuse)
		if fe := (*fault.Error)(nil); errors.As(err, &fe) {
			if first == nil {
				first = err
			}
			continue
		}
		if err != nil {
			return err
		}
		if e.format != Auto {
			e.index = len(r.entries)
			r.entries = append(r.entries, e)
			if seen[e.format] == "" {
				seen[e.format] = in.Name
			}
		}
	}
	if seen[CSV] != "" && seen[JSON] != "" {
		refuse(&fault.Error{Rule: fault.FormatMixed, Detail: "CSV and JSON inputs are mixed: " + seen[CSV] + " and " + seen[JSON]})
	}
	if first != nil {
		return first
	}
	if len(r.entries) == 0 {
		return &InputError{Err: &NoInputError{From: r.opt.From, Skipped: r.skipped}}
	}
	r.from = r.entries[0].format
	return nil
}

// NoInputError says that there is nothing to read.
type NoInputError struct {
	From    Format
	Skipped []Skipped
}

func (e *NoInputError) Error() string {
	what := "endpoint file"
	if e.From != Auto {
		what = e.From.String() + " file"
	}
	if len(e.Skipped) > 0 {
		return "there is no " + what + " among the inputs; skipped: " + e.Skipped[0].Name + " (" + e.Skipped[0].Reason + ")"
	}
	return "there is no " + what + " to read"
}

// probe looks at the head of an input. An entry whose format stays Auto is not
// part of the run.
func (r *run) probe(ctx context.Context, e *entry, refuse func(*fault.Error)) error {
	s, err := r.open(ctx, e)
	if err != nil {
		return r.refused(err)
	}
	keep := false
	defer func() {
		if !keep {
			s.close()
		}
	}()
	got := s.guess()
	switch {
	case e.format == Auto && got == Auto && e.in.Explicit:
		refuse(s.unclear())
		return nil
	case !e.in.Explicit && (got == Auto || e.format != Auto && got != e.format):
		r.skip(e, got)
		return nil
	case e.format == Auto:
		e.format = got
	}
	rep := &fault.Report{}
	err = s.begin(r, rep)
	for _, f := range rep.Faults {
		_ = r.report.Add(f)
		r.head = append(r.head, f)
	}
	if err != nil {
		return err
	}
	e.schema, e.raw, e.mended = s.schema, s.head, rep.Count(fault.Repaired) > 0
	if e.in.Once || len(r.opt.Sources) == 1 && !r.needsColumns(e.format) {
		keep = true
		e.kept = s
	}
	return nil
}

// refused takes the fault of an input that cannot even be looked into.
func (r *run) refused(err error) error {
	if e := (*fault.Error)(nil); errors.As(err, &e) {
		_ = r.report.Add(e)
		r.head = append(r.head, e)
	}
	return err
}

func (r *run) skip(e *entry, got Format) {
	reason := "neither CSV nor JSON"
	if got != Auto {
		reason = got.String() + ", not " + e.format.String()
	}
	r.skipped = append(r.skipped, Skipped{e.in.Name, reason})
	e.format = Auto
}

// targets settles which columns and header each entry is written with.
func (r *run) targets(columns []endpoint.Column) {
	if r.to != CSV || r.opt.Check { // a check writes no header
		return
	}
	var fixed *endpoint.Schema
	if columns != nil {
		fixed = endpoint.NewSchema(columns...)
	}
	var last *entry
	for _, e := range r.entries {
		switch {
		case fixed != nil:
			e.target = fixed
		case last != nil && (r.opt.Stream != nil || slices.Equal(last.target.Columns, e.schema.Columns)):
			// The same columns, or one stream, which has one header.
			e.target, e.header = last.target, last.header
		default:
			e.target = e.schema
			if !e.mended {
				e.header = e.raw
			}
		}
		if e.header == nil && last != nil && last.target == e.target {
			e.header = last.header
		}
		if e.header == nil {
			e.header = newAppender(CSV, e.target, 0).Header(nil)
		}
		last = e
	}
}
