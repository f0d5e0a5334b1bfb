package chunk

import (
	"io/fs"
	"os"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// A disk that is full must surface as what it is.
func TestDirWriteError(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	require.NoError(t, err)
	root := t.TempDir()
	o := create(t, newDir(t, root, nil), "x", "").(*dirObject)
	temp := o.file
	o.file = full
	_, err = o.Write([]byte("x"))
	require.ErrorIs(t, err, syscall.ENOSPC)
	var pathErr *fs.PathError
	require.ErrorAs(t, err, &pathErr)
	o.file = temp
	require.NoError(t, o.Abort(t.Context()))
	require.Empty(t, tree(t, root))
}
