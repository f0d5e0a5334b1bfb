package source

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func read(t *testing.T, in Input) string {
	t.Helper()
	r, err := in.Open(t.Context())
	require.NoError(t, err)
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	require.NoError(t, r.Close())
	return string(text)
}

func TestReader(t *testing.T) {
	in := Reader("up", iotest.OneByteReader(strings.NewReader("abc")))
	require.Equal(t, "up", in.Name)
	require.Equal(t, int64(-1), in.Size)
	require.True(t, in.Explicit)
	require.True(t, in.Once)
	second := in // copies share the stream
	require.Equal(t, "abc", read(t, in))
	_, err := second.Open(t.Context())
	require.ErrorIs(t, err, ErrUsed)
}

func TestBytes(t *testing.T) {
	in := Bytes("b", []byte("abc"))
	require.Equal(t, int64(3), in.Size)
	require.False(t, in.Once)
	require.Equal(t, "abc", read(t, in))
	require.Equal(t, "abc", read(t, in))
}

func TestNew(t *testing.T) {
	type key struct{}
	broken := errors.New("broken")
	in := New("s3://b/k", 7, func(ctx context.Context) (io.ReadCloser, error) {
		require.Equal(t, "v", ctx.Value(key{}), "open must get the caller's context")
		return nil, broken
	})
	require.Equal(t, "s3://b/k", in.Name)
	require.Equal(t, int64(7), in.Size)
	require.True(t, in.Explicit)
	for range 2 {
		r, err := in.Open(context.WithValue(t.Context(), key{}, "v"))
		require.Equal(t, broken, err)
		require.Nil(t, r)
	}
}

func TestOpenRefuses(t *testing.T) {
	_, err := Input{Name: "zero"}.Open(t.Context())
	require.ErrorIs(t, err, fs.ErrInvalid)
	require.ErrorContains(t, err, "zero")

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	in := Reader("r", strings.NewReader("abc"))
	_, err = in.Open(ctx)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, "abc", read(t, in), "an Open that failed has used nothing up")
}
