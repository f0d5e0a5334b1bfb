// This file opens pipes and devices, which may keep their reader waiting for ever:
// both the opening and each read end with the context.

package source

import (
	"context"
	"io"
	"os"
)

// openSpecial opens a pipe or a device. The opening of a pipe waits for a writer, in a
// call that cannot be broken off; so it is left to a goroutine, and if the context
// ends first, that goroutine closes the pipe when a writer comes at last.
func openSpecial(ctx context.Context, path string) (io.ReadCloser, error) {
	type opened struct {
		file *os.File
		err  error
	}
	done := make(chan opened)
	go func() {
		f, err := os.Open(path)
		select {
		case done <- opened{f, err}:
		case <-ctx.Done():
			if err == nil {
				_ = f.Close() // nothing was read from it
			}
		}
	}()
	select {
	case o := <-done:
		if o.err != nil {
			return nil, o.err
		}
		s := &special{ctx: ctx, file: o.file}
		s.stop = context.AfterFunc(ctx, func() { _ = o.file.Close() }) // wakes a read that waits
		return s, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

type special struct {
	ctx  context.Context
	file *os.File
	stop func() bool
}

// Read is that of the file, until the context ends.
func (s *special) Read(p []byte) (int, error) {
	n, err := s.file.Read(p)
	if err != nil && s.ctx.Err() != nil {
		err = s.ctx.Err() // the file was closed for that reason
	}
	return n, err
}

func (s *special) Close() error {
	if !s.stop() {
		return nil // closed by the end of the context
	}
	return s.file.Close()
}
