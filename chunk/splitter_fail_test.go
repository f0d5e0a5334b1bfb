// This file lets sinks fail and contexts end at every point of a run.

package chunk

import (
	"context"
	"errors"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A sink that fails at any point must give its own error, once and for all, and
// be left with whole objects only.
func TestSplitterSinkFails(t *testing.T) {
	in := lines("", 9, 9, 9, 9, 9, 9, 9, 9)
	run := func(sink *memSink) ([]Chunk, error) {
		s := NewSplitter(t.Context(), sink, &Options{Max: 20, Header: []byte("h\n")})
		for i := range in.records {
			if err := s.Write(in.piece(0, i, i+1)); err != nil {
				break
			}
		}
		chunks, err := s.Close()
		require.Zero(t, sink.open, "an object was left open")
		require.Zero(t, sink.running)
		require.Len(t, sink.files, len(chunks))
		for _, c := range chunks {
			require.Len(t, sink.files[c.Name], 20)
		}
		return chunks, err
	}
	whole, err := run(&memSink{})
	require.NoError(t, err)
	require.Len(t, whole, 4)
	noSpace, broken := error(syscall.ENOSPC), error(syscall.EIO)
	for n := 1; n <= 4; n++ {
		chunks, err := run(&memSink{failCreate: n, err: noSpace})
		require.ErrorIs(t, err, noSpace)
		require.Equal(t, append([]Chunk(nil), whole[:n-1]...), chunks)

		chunks, err = run(&memSink{failCommit: n, err: broken})
		require.ErrorIs(t, err, broken)
		require.NotContains(t, names(chunks), whole[n-1].Name)
	}
	for n := 1; n <= 12; n++ { // a header and two records for each of four chunks
		chunks, err := run(&memSink{failWrite: n, err: noSpace})
		require.ErrorIs(t, err, noSpace)
		require.Equal(t, append([]Chunk(nil), whole[:(n-1)/3]...), chunks)
		_, err = run(&memSink{shortWrite: n})
		require.ErrorContains(t, err, "short write")
	}
}

func names(chunks []Chunk) (list []string) {
	for _, c := range chunks {
		list = append(list, c.Name)
	}
	return list
}

func TestSplitterCommitsInTheBackground(t *testing.T) {
	in := lines("", 10, 10, 10, 10)
	sink := &memSink{holdCommits: make(chan bool), began: make(chan string, 9)}
	s := NewSplitter(t.Context(), sink, &Options{Max: 10, Committing: 2})
	require.NoError(t, s.Write(in.piece(0, 0, 3)), "two commits run, the third chunk fills")
	require.ElementsMatch(t, []string{"endpoints/part-00001.json", "endpoints/part-00002.json"}, []string{<-sink.began, <-sink.began})
	wrote := make(chan error)
	go func() { wrote <- s.Write(in.piece(0, 3, 4)) }()
	select {
	case <-wrote:
		require.Fail(t, "a third commit must wait for a slot")
	case <-time.After(20 * time.Millisecond):
	}
	sink.holdCommits <- true
	require.NoError(t, <-wrote)
	close(sink.holdCommits)
	chunks, err := s.Close()
	require.NoError(t, err)
	require.Len(t, chunks, 4)
	require.Equal(t, 2, sink.most)
	again, err := s.Close()
	require.NoError(t, err)
	require.Equal(t, chunks, again)
	require.Error(t, s.Write(in.piece(0, 0, 1)), "a closed splitter takes nothing")
	require.Error(t, s.SetHeader(nil))
}

func TestSplitterCancel(t *testing.T) {
	in := lines("", 10, 10, 10, 10)
	before := runtime.NumGoroutine()
	for _, end := range []func(*Splitter) error{
		func(s *Splitter) error { _, err := s.Close(); return err },
		func(s *Splitter) error { require.NoError(t, s.Abort()); _, err := s.Close(); return err },
	} {
		sink := &memSink{holdCommits: make(chan bool), began: make(chan string, 9)}
		ctx, cancel := context.WithCancel(t.Context())
		s := NewSplitter(ctx, sink, &Options{Max: 10})
		require.NoError(t, s.Write(in.piece(0, 0, 2)))
		<-sink.began
		sink.holdCommits <- true // the first chunk is committed
		require.NoError(t, s.Write(in.piece(0, 2, 3)))
		<-sink.began
		wrote := make(chan error)
		go func() { wrote <- s.Write(in.piece(0, 3, 4)) }() // waits for the second
		cancel()
		require.ErrorIs(t, <-wrote, context.Canceled)
		require.ErrorIs(t, s.SetHeader([]byte("x")), context.Canceled)
		require.ErrorIs(t, end(s), context.Canceled)
		require.Zero(t, sink.open)
		require.Len(t, sink.files, 1, "what was committed stays, nothing is added")
		chunks, _ := s.Close()
		require.Equal(t, []string{"endpoints/part-00001.json"}, names(chunks))
	}
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	require.LessOrEqual(t, runtime.NumGoroutine(), before, "a goroutine was left behind")
}

func TestSplitterAbort(t *testing.T) {
	in := lines("", 10, 10)
	sink := &memSink{holdCommits: make(chan bool)}
	s := NewSplitter(t.Context(), sink, &Options{Max: 10})
	require.NoError(t, s.Write(in.piece(0, 0, 2)))
	require.NoError(t, s.Abort(), "it must not wait for the commit that hangs")
	require.NoError(t, s.Abort())
	require.Error(t, s.Write(in.piece(0, 0, 1)))
	chunks, err := s.Close()
	require.Error(t, err)
	require.Empty(t, chunks)
	require.Zero(t, sink.open)
	require.Empty(t, sink.files)
}

func TestSplitterAbortFails(t *testing.T) {
	broken := errors.New("broken")
	in := lines("", 10, 10)
	s := NewSplitter(t.Context(), &memSink{failAbort: true, err: broken}, nil)
	require.NoError(t, s.Write(in.piece(0, 0, 2)))
	require.Equal(t, broken, s.Abort())
	_, err := s.Close()
	require.ErrorIs(t, err, broken)

	ctx, cancel := context.WithCancel(t.Context())
	s = NewSplitter(ctx, &memSink{failAbort: true, err: broken}, nil)
	require.NoError(t, s.Write(in.piece(0, 0, 2)))
	cancel()
	_, err = s.Close()
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, err, broken)
}
