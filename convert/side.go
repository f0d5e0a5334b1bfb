package convert

import (
	"bytes"
	"context"
	"time"

	"github.com/endpointfile/endpointfile/chunk"
)

// sideSize is how much of a side file is held back before it is written, in bytes.
const sideSize = 64 << 10

// side is a file beside the endpoints: the rejected records or the list of
// faults. It is made when there is something to write.
type side struct {
	sink chunk.Sink // nil: nothing is written
	name string
	obj  chunk.Object
	buf  []byte
}

// add appends what grow appends to the buffer, and writes when there is enough.
func (s *side) add(ctx context.Context, grow func(dst []byte) []byte) error {
	if s.sink == nil {
		return nil
	}
	if s.obj == nil {
		obj, err := s.sink.Create(ctx, s.name)
		if err != nil {
			return &OutputError{err}
		}
		s.obj = obj
	}
	s.buf = grow(s.buf)
	if len(s.buf) < sideSize {
		return nil
	}
	return s.flush()
}

func (s *side) flush() error {
	_, err := s.obj.Write(s.buf)
	s.buf = s.buf[:0]
	if err != nil {
		return &OutputError{err}
	}
	return nil
}

// commit makes the file whole, if there is one, and tells where it is.
func (s *side) commit(ctx context.Context) (string, error) {
	if s.obj == nil {
		return "", nil
	}
	if err := s.flush(); err != nil {
		return "", err
	}
	url, err := s.obj.Commit(ctx)
	if err != nil {
		return "", &OutputError{err}
	}
	s.obj = nil
	return url, nil
}

func (s *side) abort(ctx context.Context) {
	if s.obj != nil {
		_ = s.obj.Abort(ctx)
		s.obj = nil
	}
}

// rejects are the rejected records as they were read: one file for each header
// that the inputs have, so that each can be mended and fed back.
type rejects struct {
	side
	chosen string // the name that the caller chose, or empty
	ext    string
	n      int
	header []byte
	at     []string
}

// begin turns to a file under a header.
func (r *rejects) begin(ctx context.Context, header []byte) error {
	if r.obj != nil && !bytes.Equal(bytes.TrimRight(header, "\r\n"), bytes.TrimRight(r.header, "\r\n")) {
		if err := r.end(ctx); err != nil {
			return err
		}
	}
	r.header = header
	return nil
}

func (r *rejects) add(ctx context.Context, grow func(dst []byte) []byte) error {
	if r.sink == nil {
		return nil
	}
	if r.obj == nil {
		r.n++
		switch {
		case r.chosen == "":
			r.name = chunk.RejectsName(r.n, r.ext)
		case r.n == 1:
			r.name = r.chosen
		default:
			r.name = numbered(r.chosen, r.n)
		}
		if err := r.side.add(ctx, func(dst []byte) []byte { return append(dst, r.header...) }); err != nil {
			return err
		}
	}
	return r.side.add(ctx, grow)
}

func (r *rejects) end(ctx context.Context) error {
	url, err := r.commit(ctx)
	if err == nil && url != "" {
		r.at = append(r.at, url)
	}
	return err
}

// writeWhole makes a small file in one go.
func writeWhole(ctx context.Context, sink chunk.Sink, name string, text []byte) (string, error) {
	s := side{sink: sink, name: name}
	if err := s.add(ctx, func(dst []byte) []byte { return append(dst, text...) }); err != nil {
		s.abort(context.WithoutCancel(ctx))
		return "", err
	}
	url, err := s.commit(ctx)
	if err != nil {
		s.abort(context.WithoutCancel(ctx))
	}
	return url, err
}

// graceTime is how long cleaning up may take after a run was interrupted.
const graceTime = 10 * time.Second
