// Package source says where records come from: files, folders, standard input, or any
// reader. It knows no format and reads no byte by itself; it finds inputs, puts them
// in order and opens them.
//
// Packages for other stores make inputs with [New].
package source

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"sync/atomic"
)

// An Input is one stream of records that can be opened. It is a small value; copies
// share the one stream behind them.
type Input struct {
	// Name is what reports call the input: the path as it was given, or as it was
	// found below the folder that was given; "stdin" for standard input.
	Name string

	// Size is the number of bytes, -1 if that is not known. It is a hint for progress:
	// a file may have changed since.
	Size int64

	// Explicit tells that the user named this very input, and did not find it in a
	// folder. Of such an input it is a mistake to have the wrong format.
	Explicit bool

	// Once tells that the input is used up by reading: a second Open fails. Who wants
	// to read twice must keep a copy.
	Once bool

	open func(ctx context.Context) (io.ReadCloser, error)
}

// ErrUsed is the error of a second Open of an input that can be opened only once.
var ErrUsed = errors.New("input can be read only once and was opened before")

// New makes an input for a store of one's own. Size is -1 if it is not known. Open is
// called for each [Input.Open], from any goroutine; the context ends what it started.
func New(name string, size int64, open func(ctx context.Context) (io.ReadCloser, error)) Input {
	return Input{Name: name, Size: size, Explicit: true, open: open}
}

// Reader makes an input of an open reader, which stays the caller's to close. It can
// be opened once.
func Reader(name string, r io.Reader) Input {
	in := New(name, -1, once(func(context.Context) (io.ReadCloser, error) {
		return io.NopCloser(r), nil
	}))
	in.Once = true
	return in
}

// Bytes makes an input of b, which must not change while it is read. It can be opened
// any number of times.
func Bytes(name string, b []byte) Input {
	return New(name, int64(len(b)), func(context.Context) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(b)), nil
	})
}

// Open begins to read the input. The caller closes what it returns. Errors are those
// of the place it comes from, an *fs.PathError for a file; that of the context if it
// has ended; [ErrUsed]; fs.ErrInvalid for the zero Input.
//
// What a regular file gives is an *os.File, so it can also be read at any place. A
// read that waits for a pipe, or for a device that can be polled, ends with the
// context; a read of standard input or of a caller's reader does not.
func (in Input) Open(ctx context.Context) (io.ReadCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if in.open == nil {
		return nil, &fs.PathError{Op: "open", Path: in.Name, Err: fs.ErrInvalid}
	}
	return in.open(ctx)
}

// once lets open through a single time.
func once(open func(ctx context.Context) (io.ReadCloser, error)) func(context.Context) (io.ReadCloser, error) {
	var used atomic.Bool
	return func(ctx context.Context) (io.ReadCloser, error) {
		if used.Swap(true) {
			return nil, ErrUsed
		}
		return open(ctx)
	}
}
