package block

import (
	"errors"
	"io"
	"iter"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// Finisher is a codec that has a last word at the end of the input, such as
// that a JSON array was not closed.
type Finisher interface {
	Finish(pos fault.Pos, rep *fault.Report) error
}

// Shell reads an input batch by batch through a codec: the body of the codecs'
// readers. It belongs to one goroutine.
type Shell struct {
	Codec  endpoint.Codec
	Report *fault.Report // nil: stop at the first fault
	Check  func(b *endpoint.Batch, rep *fault.Report) error

	in     *Reader
	own    fault.Report
	schema *endpoint.Schema
	batch  endpoint.Batch
	buf    []byte
	rest   []byte    // what is left of the block
	pos    fault.Pos // place of rest[0]
	record int64     // number of the next record
	open   bool      // the header was read
	err    error     // what the next call gives
}

// Reset starts a new input whose text starts at base.
func (s *Shell) Reset(src io.Reader, base fault.Pos, size int) {
	s.in = NewReader(src, base, size, s.Codec.Cut)
	s.own.Reset()
	s.own.Max = 1
	s.schema, s.rest, s.err = nil, nil, nil
	s.record, s.open = 1, false
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

// Schema reads the header, if that has not been done, and gives the schema.
func (s *Shell) Schema() (*endpoint.Schema, error) {
	if s.open || s.err != nil {
		return s.schema, s.err
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
	if b.Cut.Fragment {
		s.err = s.stop(s.fragment(b))
		return schema, s.err
	}
	s.rest, s.pos = b.Data[n:], After(b.Base, b.Data[:n])
	return schema, nil
}

// ReadBatch gives the next batch that has rows, rejected ones among them. The
// batch is borrowed until the next call. At the end it gives io.EOF.
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
			s.next(rep)
			continue
		}
		n, err := s.Codec.Parse(&s.batch, s.rest, s.pos, s.record, rep)
		if err == nil && s.Check != nil {
			if err = s.Check(&s.batch, rep); errors.Is(err, fault.ErrStop) {
				s.unchecked(rep)
			}
		}
		s.pos = After(s.pos, s.rest[:n])
		s.rest = s.rest[n:]
		s.record += int64(len(s.batch.Rows))
		s.err = s.stop(err)
		if len(s.batch.Rows) > 0 {
			return &s.batch, nil
		}
	}
}

// unchecked drops the rows behind the one at which the check stopped.
func (s *Shell) unchecked(rep *fault.Report) {
	if len(rep.Faults) == 0 {
		s.batch.Rows = s.batch.Rows[:0]
		return
	}
	last := rep.Faults[len(rep.Faults)-1].Record - s.batch.Record
	if last >= 0 && last < int64(len(s.batch.Rows)) {
		s.batch.Rows = s.batch.Rows[:last+1]
	}
}

// next reads blocks until one holds records.
func (s *Shell) next(rep *fault.Report) {
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
	case b.Cut.Fragment:
		s.err = s.stop(s.fragment(b))
	default:
		s.rest, s.pos = b.Data, b.Base
	}
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

// FragmentFault makes the fault of a fragment's first piece.
func FragmentFault(b Block, record int64) *fault.Error {
	return &fault.Error{Pos: b.Base, Record: record, Rule: b.Cut.Rule, Value: fault.Clip(b.Data)}
}

// All iterates over the records that are not rejected. With a report, faults
// are found there and an error ends the iteration only when reading cannot go
// on; without one, the first fault ends it.
func (s *Shell) All() iter.Seq2[endpoint.Record, error] {
	return func(yield func(endpoint.Record, error) bool) {
		for {
			b, err := s.ReadBatch()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(endpoint.Record{}, err)
				return
			}
			for rec := range b.Records() {
				if !yield(rec, nil) {
					return
				}
			}
		}
	}
}
