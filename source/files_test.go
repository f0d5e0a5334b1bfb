package source

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// inFolder makes the files, each holding its own name, and goes there.
func inFolder(t *testing.T, files ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, f := range files {
		require.NoError(t, os.MkdirAll(filepath.Dir(f), 0o777))
		require.NoError(t, os.WriteFile(f, []byte(f), 0o644))
	}
}

func names(inputs []Input) []string {
	list := []string{}
	for _, in := range inputs {
		list = append(list, filepath.ToSlash(in.Name))
	}
	return list
}

func reasons(skipped []Skipped) map[string]string {
	m := map[string]string{}
	for _, s := range skipped {
		m[filepath.ToSlash(s.Name)] = filepath.ToSlash(s.Reason)
	}
	return m
}

func TestFilesOrder(t *testing.T) {
	inFolder(
		t, "in/b.csv", "in/a/z.csv", "in/a/b/c.csv", "in/a.csv", "in/a-b/x.csv", "in/.hidden", "in/B.csv", "z.json",
		"in/a/b.csv",
	)
	inputs, skipped, err := Files([]string{"z.json", "in/"}, nil)
	require.NoError(t, err)
	require.Empty(t, skipped)
	require.Equal(t, []string{
		"z.json", "in/.hidden", "in/B.csv", "in/a-b/x.csv", "in/a.csv", "in/a/b.csv", "in/a/b/c.csv", "in/a/z.csv",
		"in/b.csv",
	}, names(inputs))
	for i, in := range inputs {
		require.Equal(t, i == 0, in.Explicit, in.Name)
		require.False(t, in.Once)
		require.Equal(t, int64(len(in.Name)), in.Size)
		for range 2 {
			require.Equal(t, filepath.ToSlash(in.Name), read(t, in))
		}
	}
	inputs, _, err = Files([]string{"."}, nil)
	require.NoError(t, err)
	require.Equal(t, "in/.hidden", filepath.ToSlash(inputs[0].Name), "names below . carry no dot")

	inputs, skipped, err = Files(nil, strings.NewReader("x"))
	require.NoError(t, err)
	require.Empty(t, inputs)
	require.Empty(t, skipped)
}

func TestFilesOpenIsFile(t *testing.T) {
	inFolder(t, "a.csv")
	inputs, _, err := Files([]string{"a.csv"}, nil)
	require.NoError(t, err)
	r, err := inputs[0].Open(t.Context())
	require.NoError(t, err)
	require.IsType(t, (*os.File)(nil), r, "callers that need io.ReaderAt find it")
	require.NoError(t, r.Close())

	require.NoError(t, os.Remove("a.csv"))
	r, err = inputs[0].Open(t.Context())
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.True(t, r == nil, "a nil interface, not one that holds a nil file")
}

func TestFilesStdin(t *testing.T) {
	inFolder(t, "a.csv", "-")
	inputs, _, err := Files([]string{"a.csv", "-", "./-"}, strings.NewReader("in"))
	require.NoError(t, err)
	require.Equal(t, []string{"a.csv", "stdin", "./-"}, names(inputs))
	require.Equal(t, int64(-1), inputs[1].Size)
	require.True(t, inputs[1].Explicit)
	require.Equal(t, "in", read(t, inputs[1]))
	_, err = inputs[1].Open(t.Context())
	require.ErrorIs(t, err, ErrUsed)

	_, _, err = Files([]string{"-", "-"}, strings.NewReader("in"))
	var twice *DuplicateError
	require.ErrorAs(t, err, &twice)
	require.Equal(t, "stdin", twice.First)
	require.Contains(t, err.Error(), "stdin is given twice")
	_, _, err = Files([]string{"-"}, nil)
	require.ErrorIs(t, err, ErrNoStdin)
}

func TestFilesMissing(t *testing.T) {
	inFolder(t, "a.csv")
	for _, arg := range []string{"b.csv", "", "a.csv/x"} {
		inputs, _, err := Files([]string{"a.csv", arg}, nil)
		var pathErr *fs.PathError
		require.ErrorAs(t, err, &pathErr, "%q", arg)
		require.Equal(t, arg, pathErr.Path)
		require.Nil(t, inputs)
	}
}

func TestFilesTwice(t *testing.T) {
	inFolder(t, "in/a.csv", "in/sub/b.csv", "in/c.csv")
	require.NoError(t, os.WriteFile("in/empty", nil, 0o644))
	for _, args := range [][]string{
		{"in/a.csv", "in/a.csv"},
		{"in/a.csv", "./in/a.csv"},
		{"in/a.csv", "in"},
		{"in", "in/a.csv"},
		{"in/sub", "in"},
		{"in", "in/sub/b.csv"},
	} {
		_, _, err := Files(args, nil)
		var twice *DuplicateError
		require.ErrorAs(t, err, &twice, "%v", args)
		require.NotEmpty(t, twice.Hint)
		require.Contains(t, err.Error(), twice.Hint)
		require.Contains(t, err.Error(), twice.First)
		require.Contains(t, err.Error(), twice.Second)
	}
	_, _, err := Files([]string{"in/a.csv", "in/sub", "in/empty", "in/empty"}, nil)
	require.NoError(t, err)

	require.NoError(t, os.Link("in/a.csv", "in/x.csv"))
	inputs, skipped, err := Files([]string{"in"}, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"in/a.csv", "in/c.csv", "in/empty", "in/sub/b.csv"}, names(inputs))
	require.Equal(t, map[string]string{"in/x.csv": "second name of in/a.csv"}, reasons(skipped))
}

func TestFilesDeepTree(t *testing.T) {
	deep := "in" + strings.Repeat("/d", 300)
	inFolder(t, deep+"/x.csv")
	inputs, _, err := Files([]string{"in"}, nil)
	require.NoError(t, err)
	require.Equal(t, []string{deep + "/x.csv"}, names(inputs))
}

// The tests may run as root, to whom no folder is closed; so the listing itself is
// made to fail.
func TestFilesUnreadable(t *testing.T) {
	inFolder(t, "in/a.csv", "in/closed/b.csv")
	f := finder{seen: map[fileKey][]seenFile{}}
	f.readDir = func(dir string) ([]fs.DirEntry, error) {
		if filepath.Base(dir) == "closed" {
			return nil, &fs.PathError{Op: "open", Path: dir, Err: fs.ErrPermission}
		}
		return os.ReadDir(dir)
	}
	require.ErrorIs(t, f.add("in", nil), fs.ErrPermission, "a folder that cannot be read must not be left out in silence")

	f.readDir = func(dir string) ([]fs.DirEntry, error) {
		entries, err := os.ReadDir(dir)
		require.NoError(t, os.RemoveAll("in/a.csv"))
		return entries, err
	}
	require.ErrorIs(t, f.add("in", nil), fs.ErrNotExist, "a file that goes away while the folder is listed")
}
