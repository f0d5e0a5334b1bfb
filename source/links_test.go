//go:build !windows

// On Windows a link needs a right that most accounts do not have.

package source

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFilesLinks(t *testing.T) {
	inFolder(t, "in/a.csv", "in/sub/b.csv", "out/secret.csv")
	for link, target := range map[string]string{
		"in/to-file": "a.csv", "in/to-folder": "sub", "in/up": "..", "in/self": ".", "in/out": "../out/secret.csv",
		"in/nothing": "gone", "in/round1": "round2", "in/round2": "round1", "in/sub/back": "../../in",
		"in/chain": "to-file",
	} {
		require.NoError(t, os.Symlink(target, link))
	}
	want := map[string]string{
		"in/to-file":   "a link to in/a.csv, which is read under its own name",
		"in/chain":     "a link to in/a.csv, which is read under its own name",
		"in/to-folder": "a link to in/sub, which is read under its own name",
		"in/self":      "a link to in, which is read under its own name",
		"in/sub/back":  "a link to in, which is read under its own name",
		"in/up":        "a link that leads out of the folder",
		"in/out":       "a link that leads out of the folder",
		"in/nothing":   "a link to nothing",
		"in/round1":    "a link that cannot be followed",
		"in/round2":    "a link that cannot be followed",
	}
	inputs, skipped, err := Files([]string{"in"}, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"in/a.csv", "in/sub/b.csv"}, names(inputs))
	require.Equal(t, want, reasons(skipped))

	// A link that the user names is followed, be it to a folder or a file.
	require.NoError(t, os.Symlink("in", "link"))
	inputs, skipped, err = Files([]string{"link"}, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"link/a.csv", "link/sub/b.csv"}, names(inputs))
	require.Equal(t, "a link to link/a.csv, which is read under its own name", reasons(skipped)["link/to-file"])
	inputs, _, err = Files([]string{"in/out"}, nil)
	require.NoError(t, err)
	require.Equal(t, "out/secret.csv", read(t, inputs[0]))
	_, _, err = Files([]string{"in", "in/to-file"}, nil)
	var twice *DuplicateError
	require.ErrorAs(t, err, &twice)
	require.Contains(t, err.Error(), "are the same file")
	_, _, err = Files([]string{"in/round1"}, nil)
	require.Error(t, err)
	_, _, err = Files([]string{"in/nothing"}, nil)
	require.ErrorIs(t, err, fs.ErrNotExist)

	// The same when the folder is given by its full path.
	full, err := filepath.Abs("in")
	require.NoError(t, err)
	_, skipped, err = Files([]string{full}, nil)
	require.NoError(t, err)
	require.Len(t, skipped, len(want))
	require.Equal(t,
		"a link to "+filepath.ToSlash(full)+"/a.csv, which is read under its own name",
		reasons(skipped)[filepath.ToSlash(full)+"/to-file"])
}
