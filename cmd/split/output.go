package main

import (
	"context"
	"os"
	"path/filepath"
	"sync"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/convert"
)

// unwritable is the error of an output that cannot take the run.
type unwritable struct{ error }

func (e *unwritable) Unwrap() error { return e.error }

// clearing is a folder whose old run is removed when the new one writes its
// first file, and not before: inputs that are refused leave it alone.
type clearing struct {
	*chunk.Dir
	once sync.Once
	err  error
}

func (d *clearing) Create(ctx context.Context, name string) (chunk.Object, error) {
	d.once.Do(func() { d.err = d.Clear() })
	if d.err != nil {
		return nil, d.err
	}
	return d.Dir.Create(ctx, name)
}

// target makes a target of a file name. What is there and is no regular file (a
// pipe, /dev/null) is written to as it is; a file is replaced as a whole.
func target(name string, overwrite bool) (*convert.Target, error) {
	if name == "" {
		return nil, nil
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return &convert.Target{Sink: device(name), Name: name}, nil
	}
	dir, err := chunk.NewDir(filepath.Dir(name), &chunk.DirOptions{Overwrite: overwrite})
	if err != nil {
		return nil, err
	}
	return &convert.Target{Sink: dir, Name: filepath.Base(name)}, nil
}

// device is a sink that writes to something that cannot be renamed.
type device string

func (d device) Create(context.Context, string) (chunk.Object, error) {
	f, err := os.OpenFile(string(d), os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	return &deviceObject{f}, nil
}

type deviceObject struct{ *os.File }

func (o *deviceObject) Commit(context.Context) (string, error) { return o.Name(), o.Close() }

func (o *deviceObject) Abort(context.Context) error { return o.Close() }
