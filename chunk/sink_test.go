// This file holds the sink that the tests write to: it keeps all objects in
// memory, fails where it is told to, and notices what a careless splitter would leave behind.

package chunk

import (
	"context"
	"io/fs"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

type memSink struct {
	failCreate  int         // the n-th Create fails, from 1
	failWrite   int         // the n-th Write over all objects fails
	shortWrite  int         // the n-th Write takes a byte less and says nothing
	failCommit  int         // the commit of the n-th object fails
	failAbort   bool        // Abort removes the object and fails
	err         error       // what they fail with
	holdCommits chan bool   // if set, a commit waits for a value
	began       chan string // if set, gets the name of each object whose commit begins

	mu      sync.Mutex
	creates int
	writes  int
	open    int
	most    int // largest number of commits at one time
	running int
	files   map[string][]byte
}

type memObject struct {
	sink *memSink
	name string
	n    int
	data []byte
	done bool
	err  error
}

func (s *memSink) Create(ctx context.Context, name string) (Object, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.creates++; s.creates == s.failCreate {
		return nil, s.err
	}
	s.open++
	return &memObject{sink: s, name: name, n: s.creates}, nil
}

func (o *memObject) Write(p []byte) (int, error) {
	s := o.sink
	s.mu.Lock()
	defer s.mu.Unlock()
	if o.done {
		return 0, fs.ErrClosed
	}
	switch s.writes++; s.writes {
	case s.failWrite:
		o.data = append(o.data, p[:len(p)/2]...)
		return len(p) / 2, s.err
	case s.shortWrite:
		o.data = append(o.data, p[:len(p)-1]...)
		return len(p) - 1, nil
	}
	o.data = append(o.data, p...)
	return len(p), nil
}

func (o *memObject) Commit(ctx context.Context) (string, error) {
	s := o.sink
	if s.began != nil {
		s.began <- o.name
	}
	s.mu.Lock()
	s.running++
	s.most = max(s.most, s.running)
	s.mu.Unlock()
	if s.holdCommits != nil {
		select {
		case <-s.holdCommits:
		case <-ctx.Done():
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running--
	if o.done {
		return "mem:" + o.name, o.err
	}
	o.done = true
	s.open--
	if o.err = ctx.Err(); o.err == nil && o.n == s.failCommit {
		o.err = s.err
	}
	if o.err != nil {
		return "", o.err
	}
	if s.files == nil {
		s.files = make(map[string][]byte)
	}
	s.files[o.name] = o.data
	return "mem:" + o.name, nil
}

func (o *memObject) Abort(ctx context.Context) error {
	s := o.sink
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err // an abort must not run on a context that has ended
	}
	if !o.done {
		o.done, o.err = true, fs.ErrClosed
		s.open--
		if s.failAbort {
			return s.err
		}
	}
	return nil
}

func TestDiscard(t *testing.T) {
	ctx := t.Context()
	var d Discard
	o, err := d.Create(ctx, "endpoints/part-00001.json")
	require.NoError(t, err)
	n, err := o.Write([]byte("12345"))
	require.NoError(t, err)
	require.Equal(t, 5, n)
	for range 2 {
		_, err = o.Commit(ctx)
		require.NoError(t, err)
		require.NoError(t, o.Abort(ctx))
	}
	require.Equal(t, int64(1), d.Objects())
	require.Equal(t, int64(5), d.Bytes())
	_, err = o.Write([]byte("6"))
	require.ErrorIs(t, err, fs.ErrClosed)

	o, err = d.Create(ctx, "x")
	require.NoError(t, err)
	require.NoError(t, o.Abort(ctx))
	_, err = o.Commit(ctx)
	require.ErrorIs(t, err, fs.ErrClosed)
	require.Equal(t, int64(1), d.Objects(), "an aborted object must not count")

	_, err = d.Create(ctx, "../x")
	require.ErrorIs(t, err, fs.ErrInvalid)

	o, err = d.Create(ctx, "x")
	require.NoError(t, err)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err = o.Commit(ended)
	require.ErrorIs(t, err, context.Canceled)
	_, err = d.Create(ended, "x")
	require.ErrorIs(t, err, context.Canceled)
}
