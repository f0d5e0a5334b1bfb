// This file holds the seam between chunks and the place they are kept in: two small
// interfaces, and the sink that keeps nothing.

package chunk

import (
	"context"
	"io/fs"
	"sync/atomic"
)

// A Sink makes objects. It is safe for use by several goroutines.
type Sink interface {
	// Create begins an object. The name is a slash-separated relative path as
	// fs.ValidPath understands it ("endpoints/part-00001.json"). Nothing is visible
	// under the name before Commit. The context governs the work that Write may do in
	// the background; when it ends, the object can only be aborted. After an error
	// there is nothing to abort.
	Create(ctx context.Context, name string) (Object, error)
}

// An Object is one file or one upload in the making. It belongs to one goroutine at a
// time.
type Object interface {
	// Write appends p and does not keep it. It returns an error when it takes less
	// than all of p; the object can then only be aborted.
	Write(p []byte) (int, error)

	// Commit makes the object whole, durable and visible, and tells where it is. When
	// it fails, nothing of the object remains. A second call repeats the first answer;
	// a call after Abort returns fs.ErrClosed.
	Commit(ctx context.Context) (url string, err error)

	// Abort removes what was written. After Commit, and when called again, it does
	// nothing and returns nil.
	Abort(ctx context.Context) error
}

// Discard is a sink that keeps nothing and counts what was committed: for checks
// without output, and for benchmarks. The zero value is ready. It is safe for use by
// several goroutines.
type Discard struct {
	objects, bytes atomic.Int64
}

// Create begins an object that is thrown away. It refuses the names that [Dir]
// refuses, so that a trial run tells the truth.
func (d *Discard) Create(ctx context.Context, name string) (Object, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := checkName(name); err != nil {
		return nil, err
	}
	return &discarded{sink: d}, nil
}

// Objects returns how many objects were committed.
func (d *Discard) Objects() int64 { return d.objects.Load() }

// Bytes returns how many bytes the committed objects had.
func (d *Discard) Bytes() int64 { return d.bytes.Load() }

type discarded struct {
	sink *Discard
	n    int64
	done bool
	err  error // answer of Commit once done
}

func (o *discarded) Write(p []byte) (int, error) {
	if o.done {
		return 0, fs.ErrClosed
	}
	o.n += int64(len(p))
	return len(p), nil
}

func (o *discarded) Commit(ctx context.Context) (string, error) {
	if o.done {
		return "", o.err
	}
	o.done = true
	if o.err = ctx.Err(); o.err != nil {
		return "", o.err
	}
	o.sink.objects.Add(1)
	o.sink.bytes.Add(o.n)
	return "", nil
}

func (o *discarded) Abort(context.Context) error {
	if !o.done {
		o.done, o.err = true, fs.ErrClosed
	}
	return nil
}
