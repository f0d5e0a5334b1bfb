//go:build linux || darwin

package source

import (
	"context"
	"io"
	"net"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestFilesSpecial(t *testing.T) {
	inFolder(t, "in/a.csv")
	require.NoError(t, syscall.Mkfifo("in/pipe", 0o600))
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", "in/socket")
	require.NoError(t, err)
	defer l.Close()

	inputs, skipped, err := Files([]string{"in"}, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"in/a.csv"}, names(inputs))
	require.Equal(t, map[string]string{"in/pipe": "a pipe", "in/socket": "a socket"}, reasons(skipped))

	_, _, err = Files([]string{"in/socket"}, nil)
	require.ErrorIs(t, err, ErrSpecial)
	require.ErrorContains(t, err, "in/socket")

	inputs, _, err = Files([]string{os.DevNull}, nil)
	require.NoError(t, err)
	require.True(t, inputs[0].Once)
	require.Equal(t, int64(-1), inputs[0].Size)
	require.Empty(t, read(t, inputs[0]))
}

func pipe(t *testing.T) Input {
	t.Helper()
	inFolder(t)
	require.NoError(t, syscall.Mkfifo("pipe", 0o600))
	inputs, _, err := Files([]string{"pipe"}, nil)
	require.NoError(t, err)
	require.Len(t, inputs, 1)
	require.True(t, inputs[0].Once)
	require.True(t, inputs[0].Explicit)
	return inputs[0]
}

func TestPipe(t *testing.T) {
	in := pipe(t)
	go func() {
		if w, err := os.OpenFile("pipe", os.O_WRONLY, 0); err == nil {
			_, _ = w.WriteString("abc")
			_ = w.Close()
		}
	}()
	require.Equal(t, "abc", read(t, in))
	_, err := in.Open(t.Context())
	require.ErrorIs(t, err, ErrUsed)
}

// A pipe that nobody writes to must not hold a cancelled run, neither while it is
// opened nor while it is read.
func TestPipeCancel(t *testing.T) {
	in := pipe(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	_, err := in.Open(ctx)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	w, err := os.OpenFile("pipe", os.O_WRONLY, 0) // lets the goroutine that waits go
	require.NoError(t, err)
	require.NoError(t, w.Close())

	in = pipe(t)
	w, err = os.OpenFile("pipe", os.O_RDWR, 0)
	require.NoError(t, err)
	defer w.Close()
	ctx, stop := context.WithCancel(t.Context())
	r, err := in.Open(ctx)
	require.NoError(t, err)
	_, err = w.WriteString("a")
	require.NoError(t, err)
	buf := make([]byte, 9)
	n, err := r.Read(buf)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	time.AfterFunc(10*time.Millisecond, stop)
	_, err = io.ReadFull(r, buf)
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, r.Close())
}

func TestPipeVanishes(t *testing.T) {
	in := pipe(t)
	require.NoError(t, os.Remove("pipe"))
	_, err := in.Open(t.Context())
	require.ErrorIs(t, err, os.ErrNotExist)
}
