package chunk

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A file that is written behind holds what was written to it, and nobody is at it any
// more when it is committed or aborted.
func TestWriteBehind(t *testing.T) {
	piece := make([]byte, 3<<20+1)
	for i := range piece {
		piece[i] = byte(i * 7 >> 3)
	}
	const pieces = 10
	for _, commit := range []bool{true, false} {
		root := t.TempDir()
		d, err := NewDir(root, nil)
		require.NoError(t, err)
		obj, err := d.Create(t.Context(), "x")
		require.NoError(t, err)
		o := obj.(*dirObject)
		for range pieces {
			_, err := o.Write(piece)
			require.NoError(t, err)
		}
		require.EqualValues(t, pieces*len(piece), o.rear.written)
		if canStart {
			require.GreaterOrEqual(t, o.rear.asked, int64(behindStep), "the disk was told to begin")
		}
		if !commit {
			require.NoError(t, o.Abort(t.Context()))
			require.Nil(t, o.rear.upTo)
			require.NoDirExists(t, filepath.Join(root, partialDir))
			continue
		}
		url, err := o.Commit(t.Context())
		require.NoError(t, err)
		require.Nil(t, o.rear.upTo)
		got, err := os.ReadFile(url)
		require.NoError(t, err)
		require.True(t, bytes.Equal(bytes.Repeat(piece, pieces), got))
	}
}

// BenchmarkWrite is the way of chunks to a folder: a splitter that is fed as a run
// feeds it, against plain writes of the same bytes in pieces of 1 MiB, both with the
// fsync at the end.
func BenchmarkWrite(b *testing.B) {
	const total = 256 << 20
	line := []byte("{\"ChannelType\":\"EMAIL\",\"Address\":\"ann.lee@example.com\"}\n")
	data := bytes.Repeat(line, (640<<10)/len(line))
	ends := make([]uint32, len(data)/len(line))
	for i := range ends {
		ends[i] = uint32((i + 1) * len(line))
	}
	root := b.TempDir()
	b.Run("by=splitter", func(b *testing.B) {
		b.SetBytes(total)
		for b.Loop() {
			d, err := NewDir(filepath.Join(root, "run"), nil)
			require.NoError(b, err)
			s := NewSplitter(b.Context(), d, nil)
			at := Point{Line: 1, Record: 1}
			for n := 0; n < total; n += len(data) {
				to := Point{Offset: at.Offset + int64(len(data)), Line: at.Line + int64(len(ends)), Record: at.Record + int64(len(ends))}
				require.NoError(b, s.Write(Piece{Data: data, Ends: ends, From: at, To: to}))
				at = to
			}
			_, err = s.Close()
			require.NoError(b, err)
			require.NoError(b, os.RemoveAll(d.Root()))
		}
	})
	b.Run("by=plain", func(b *testing.B) {
		b.SetBytes(total)
		piece := make([]byte, 1<<20)
		for b.Loop() {
			f, err := os.Create(filepath.Join(root, "x"))
			require.NoError(b, err)
			for n := 0; n < total; n += len(piece) {
				_, err := f.Write(piece)
				require.NoError(b, err)
			}
			require.NoError(b, f.Sync())
			require.NoError(b, f.Close())
			require.NoError(b, os.Remove(f.Name()))
		}
	})
}
