package csvcodec

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

func TestWriter(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out, schemaOf(t, "Id", "Attributes.a", "Attributes.a", "Location.Latitude"), nil)
	e := endpoint.Endpoint{Id: "1"}
	e.Attributes.Set("a", "x", "y\nz")
	e.Location.Latitude = "47.60"
	require.NoError(t, w.Write(&e))
	require.NoError(t, w.Write(&endpoint.Endpoint{}))
	require.NoError(t, w.WriteBatch(parseAll(t, "Location.Latitude,Id\n1.5,2\n,3\n")))

	e.Attributes.Set("b", "lost")
	assert.ErrorIs(t, w.Write(&e), fault.NoColumn)
	assert.ErrorIs(t, w.Write(&endpoint.Endpoint{Id: "\xff"}), fault.UTF8)
	b := parseAll(t, "Id,Address\n4,\n5,x\n6,\n")
	assert.ErrorIs(t, w.WriteBatch(b), fault.NoColumn, "what cannot be written is told")
	assert.Equal(t, 2, b.Kept())
	require.NoError(t, w.Flush())
	require.NoError(t, w.Flush())
	assert.Equal(t, "Id,Attributes.a,Attributes.a,Location.Latitude\n"+
		"1,x,\"y\nz\",47.60\n,,,\n2,,,1.5\n3,,,\n4,,,\n6,,,\n", out.String())
}

func TestWriterHeaderOnly(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out, schemaOf(t, "Id", "Address"), nil)
	require.NoError(t, w.Flush())
	assert.Equal(t, "Id,Address\n", out.String())
}

func TestWriterTooLong(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out, schemaOf(t, "Id"), &AppendOptions{MaxOut: 4})
	assert.ErrorIs(t, w.Write(&endpoint.Endpoint{Id: "1234"}), fault.ChunkSize)
	require.NoError(t, w.Write(&endpoint.Endpoint{Id: "123"}))
	require.NoError(t, w.Flush())
	assert.Equal(t, "Id\n123\n", out.String())
}

func TestWriterManyNames(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out, schemaOf(t, "Id"), nil)
	for i := range endpoint.MaxColumns + 100 {
		e := endpoint.Endpoint{Id: "x"}
		e.Attributes.Set("n"+strings.Repeat("a", i%7)+string(rune(0x4e00+i)), "v")
		err := w.Write(&e)
		require.Error(t, err)
	}
	require.NoError(t, w.Write(&endpoint.Endpoint{Id: "x"}), "unknown names do not fill it up")
	require.NoError(t, w.Flush())
	assert.Equal(t, "Id\nx\n", out.String())
}

// failing takes some bytes and then gives an error, or takes less than it says.
type failing struct {
	room int
	err  error
}

func (f *failing) Write(p []byte) (int, error) {
	n := min(len(p), f.room)
	f.room -= n
	if n < len(p) {
		return n, f.err
	}
	return n, nil
}

func TestWriterErrors(t *testing.T) {
	full := errors.New("disk full")
	for _, want := range []error{full, io.ErrShortWrite} {
		f := &failing{room: writeSize + 10, err: full}
		if want == io.ErrShortWrite {
			f.err = nil
		}
		w := NewWriter(f, schemaOf(t, "Id"), nil)
		e := endpoint.Endpoint{Id: strings.Repeat("x", 1000)}
		var err error
		for range 1000 {
			if err = w.Write(&e); err != nil {
				break
			}
		}
		assert.Same(t, want, err)
		assert.Same(t, want, w.Write(&e), "it stays")
		assert.Same(t, want, w.WriteBatch(sparse()))
		assert.Same(t, want, w.Flush())
	}
}
