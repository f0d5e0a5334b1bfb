package convert_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/convert"
	"github.com/endpointfile/endpointfile/source"
)

// Whatever fails in the output, the run says so, has no manifest and leaves no
// goroutine behind.
func TestOutputFails(t *testing.T) {
	before := runtime.NumGoroutine()
	data := string(generate(t, "default", 100<<10, 0.05))
	disk := errors.New("no space left on device")
	for _, workers := range []int{1, 3} {
		for at := 1; ; at++ {
			sink := &failing{at: at, err: disk}
			_, err := convert.Run(t.Context(), &convert.Options{
				Sources: explicit(data), Sink: sink, MaxChunk: 30 << 10, Workers: workers, BlockSize: 5000,
			})
			if err == nil {
				require.Greater(t, at, 20, "the sink was asked for more than this")
				break
			}
			var out *convert.OutputError
			require.ErrorAs(t, err, &out, "operation %d", at)
			require.ErrorIs(t, err, disk)
			require.NotContains(t, sink.files, "manifest.json")
		}
	}
	noMoreGoroutines(t, before)
}

func noMoreGoroutines(t *testing.T, before int) {
	t.Helper()
	for range 500 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	stacks := make([]byte, 64<<10)
	t.Fatalf("goroutines are left:\n%s", stacks[:runtime.Stack(stacks, true)])
}

// An input that breaks off with an error of its source ends the run with it.
func TestInputFails(t *testing.T) {
	before := runtime.NumGoroutine()
	broken := errors.New("cable pulled")
	data := generate(t, "default", 100<<10, 0)
	for _, workers := range []int{1, 3} {
		for _, n := range []int{0, 10, 600, 50 << 10} {
			in := source.New("net", int64(len(data)), func(context.Context) (io.ReadCloser, error) {
				return io.NopCloser(io.MultiReader(bytes.NewReader(data[:n]), iotest.ErrReader(broken))), nil
			})
			in.Explicit = true
			m := &memory{}
			_, err := convert.Run(t.Context(), &convert.Options{
				Sources: []source.Input{in}, From: convert.CSV, Sink: m, Workers: workers, BlockSize: 4000,
			})
			var failed *convert.InputError
			require.ErrorAs(t, err, &failed, "after %d bytes", n)
			require.ErrorIs(t, err, broken)
			require.Contains(t, err.Error(), "net")
			require.NotContains(t, m.files, "manifest.json")
		}
	}
	noMoreGoroutines(t, before)
}

// A run ends soon after its context, whatever it waits for.
func TestCancel(t *testing.T) {
	before := runtime.NumGoroutine()
	data := generate(t, "default", 1<<20, 0)
	for _, workers := range []int{1, 3} {
		// A source that never gives more.
		ctx, cancel := context.WithCancel(t.Context())
		pr, pw := io.Pipe()
		go func() {
			_, _ = pw.Write(data)
			cancel()
		}()
		in := source.New("pipe", -1, func(context.Context) (io.ReadCloser, error) { return pr, nil })
		in.Once, in.Explicit = true, true
		m := &memory{}
		done := make(chan error, 1)
		go func() {
			_, err := convert.Run(ctx, &convert.Options{Sources: []source.Input{in}, Sink: m, Workers: workers, BlockSize: 3000, MaxChunk: 100 << 10})
			done <- err
		}()
		select {
		case err := <-done:
			require.ErrorIs(t, err, context.Canceled)
		case <-time.After(10 * time.Second):
			t.Fatal("the run hangs")
		}
		require.NotContains(t, m.files, "manifest.json")
		for name, text := range m.files { // what was committed is whole
			require.True(t, bytes.HasSuffix(text, []byte("}\n")), name)
		}
		_ = pw.Close()
	}
	noMoreGoroutines(t, before)
}
