package block

import (
	"cmp"
	"errors"
	"io"
	"iter"
	"slices"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// Finisher is a codec that has a last word at the end of the input, such as
// that a JSON array was not closed. Finish is called once, with the place of the
// end. Its fault goes to rep; its error is fault.ErrStop or nil.
type Finisher interface {
	Finish(pos fault.Pos, rep *fault.Report) error
}

// Shell reads an input batch by batch through a codec: the body of the codecs'
// readers. Set the exported fields, then call Reset before anything else. A Shell
// belongs to one goroutine.
type Shell struct {
	Codec  endpoint.Codec // a fresh one for each input
	Report *fault.Report  // nil: stop at the first fault

	// Check, if it is set, judges each batch before it is handed out: it marks
	// rows as rejected and tells why to rep, which has no limit of its own. An
	// error ends the reading, and the batch is not handed out.
	Check func(b *endpoint.Batch, rep *fault.Report) error

	in     *Reader
	own    fault.Report // stands in for Report
	found  fault.Report // what was found in the batch, in the order of finding
	schema *endpoint.Schema
	batch  endpoint.Batch
	next   int // the row of batch that All goes on with
	buf    []byte
	rest   []byte    // what is left of the block
	pos    fault.Pos // place of rest[0]
	record int64     // number of the next record
	open   bool      // the header was read
	err    error     // what the next call gives
}

// Reset starts a new input whose text starts at base. A size of 0 means [Size].
func (s *Shell) Reset(src io.Reader, base fault.Pos, size int) {
	s.in = NewReader(src, base, size, s.Codec.Cut)
	s.own.Reset()
	s.own.Max = 1
	s.schema, s.rest, s.err = nil, nil, nil
	s.record, s.open = 1, false
	s.batch.Rows, s.next = s.batch.Rows[:0], 0
}

func (s *Shell) report() *fault.Report {
	if s.Report != nil {
		return s.Report
	}
	return &s.own
}

// stop turns fault.ErrStop into what a caller without a report can use: the
// fault itself.
func (s *Shell) stop(err error) error {
	if errors.Is(err, fault.ErrStop) && s.Report == nil {
		if first := s.own.Err(); first != nil {
			return first
		}
	}
	return err
}

// Schema reads the header, if that has not been done, and gives the schema. Once
// it has given one it gives it always, whatever becomes of the records.
func (s *Shell) Schema() (*endpoint.Schema, error) {
	switch {
	case s.schema != nil:
		return s.schema, nil
	case s.open || s.err != nil:
		return nil, s.err
	}
	b, err := s.in.Next(s.buf)
	s.buf = b.Buf
	if err != nil && err != io.EOF {
		s.err = err
		return nil, err
	}
	s.open = true
	if b.Data == nil {
		b.Base = s.in.Pos()
	}
	schema, n, herr := s.Codec.Header(b.Data, b.Base, s.report())
	if herr != nil {
		s.err = s.stop(herr)
		return nil, s.err
	}
	s.schema = schema
	b.Base, b.Data = After(b.Base, b.Data[:n]), b.Data[n:]
	s.take(b)
	return schema, nil
}

// ReadBatch gives the next batch that has rows, rejected ones among them. The
// batch is borrowed until the next call. At the end it gives io.EOF.
//
// When the report has had enough, the batch ends with the record at which it
// had; the call after that gives fault.ErrStop or, without a report, the fault.
func (s *Shell) ReadBatch() (*endpoint.Batch, error) {
	if _, err := s.Schema(); err != nil {
		return nil, err
	}
	rep := s.report()
	for {
		if s.err != nil {
			return nil, s.err
		}
		if s.Report == nil {
			s.own.Reset() // warnings are nobody's business here
		}
		if len(s.rest) == 0 {
			s.more(rep)
			continue
		}
		s.parse(rep)
		if s.next = len(s.batch.Rows); s.next > 0 {
			return &s.batch, nil
		}
	}
}

// parse fills the batch from the rest of the block and has it checked. What is
// found is first collected and then told record by record: parser and checker
// go over the batch one after the other, and neither the order of the faults
// nor the one at which the report has had enough may depend on where a batch
// ends.
func (s *Shell) parse(rep *fault.Report) {
	s.found.Recycle()
	n, err := s.Codec.Parse(&s.batch, s.rest, s.pos, s.record, &s.found)
	if err == nil && n <= 0 {
		err = io.ErrNoProgress // never hang on a codec that does not move on
	}
	s.pos = After(s.pos, s.rest[:n])
	s.rest = s.rest[n:]
	s.record += int64(len(s.batch.Rows))
	if err == nil && s.Check != nil {
		err = s.Check(&s.batch, &s.found)
	}
	if err != nil {
		s.batch.Rows = s.batch.Rows[:0]
		s.err = err
		return
	}
	slices.SortStableFunc(s.found.Faults, func(a, b *fault.Error) int {
		return cmp.Or(cmp.Compare(a.Record, b.Record), cmp.Compare(a.Offset, b.Offset))
	})
	for _, e := range s.found.Faults {
		if err := rep.Add(e); err != nil {
			s.err = s.stop(err)
			s.truncate(e.Record)
			return
		}
	}
}

// truncate drops the rows behind a record of the batch.
func (s *Shell) truncate(record int64) {
	last := record - s.batch.Record
	if last >= 0 && last < int64(len(s.batch.Rows)) {
		s.batch.Rows = s.batch.Rows[:last+1]
	}
}

// more reads the next block.
func (s *Shell) more(rep *fault.Report) {
	b, err := s.in.Next(s.buf)
	s.buf = b.Buf
	switch {
	case err == io.EOF:
		s.err = io.EOF
		if f, ok := s.Codec.(Finisher); ok {
			if ferr := f.Finish(s.in.Pos(), rep); ferr != nil {
				s.err = s.stop(ferr)
			}
		}
	case err != nil:
		s.err = err
	default:
		s.take(b)
	}
}

// take makes a block the one at hand.
func (s *Shell) take(b Block) {
	if b.Cut.Fragment {
		s.err = s.stop(s.fragment(b))
		return
	}
	s.rest, s.pos = b.Data, b.Base
}

// fragment tells of something that cannot be read as a record: one fault, and
// one record, however many pieces it comes in.
func (s *Shell) fragment(b Block) error {
	if !b.Cut.First {
		return nil
	}
	s.record++
	return s.report().Add(FragmentFault(b, s.record-1))
}

// FragmentFault makes the fault of a fragment's first piece. The piece is shown
// only where it is as large as a record: other pieces are as large as the
// block happens to be, and what is said must not depend on that.
func FragmentFault(b Block, record int64) *fault.Error {
	e := &fault.Error{Pos: b.Base, Record: record, Rule: b.Cut.Rule}
	if e.Rule == fault.RecordSize {
		e.Value = fault.Clip(b.Data)
	}
	return e
}

// All iterates over the records that are not rejected. With a report, faults
// are found there and an error ends the iteration only when reading cannot go
// on; without one, the first fault ends it. A record is borrowed until the
// iteration goes on.
//
// After a break another All goes on with the next record, while ReadBatch goes
// on with the next batch.
func (s *Shell) All() iter.Seq2[endpoint.Record, error] {
	return func(yield func(endpoint.Record, error) bool) {
		for {
			for s.next < len(s.batch.Rows) {
				rec := s.batch.At(s.next)
				s.next++
				if !rec.Rejected() && !yield(rec, nil) {
					return
				}
			}
			_, err := s.ReadBatch()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(endpoint.Record{}, err)
				return
			}
			s.next = 0
		}
	}
}
