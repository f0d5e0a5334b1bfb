package chunk

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// tree lists all files and folders below root; folders end in a slash.
func tree(t *testing.T, root string) []string {
	t.Helper()
	list := []string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if path == root {
			return nil
		}
		rel, _ := filepath.Rel(root, path)
		if rel = filepath.ToSlash(rel); d.IsDir() {
			rel += "/"
		}
		list = append(list, rel)
		return err
	})
	require.NoError(t, err)
	sort.Strings(list)
	return list
}

func newDir(t *testing.T, root string, opt *DirOptions) *Dir {
	t.Helper()
	d, err := NewDir(root, opt)
	require.NoError(t, err)
	return d
}

func create(t *testing.T, d *Dir, name, text string) Object {
	t.Helper()
	o, err := d.Create(t.Context(), name)
	require.NoError(t, err)
	_, err = o.Write([]byte(text))
	require.NoError(t, err)
	return o
}

func put(t *testing.T, root, name, text string) {
	t.Helper()
	full := filepath.Join(root, filepath.FromSlash(name))
	require.NoError(t, os.MkdirAll(filepath.Dir(full), 0o777))
	require.NoError(t, os.WriteFile(full, []byte(text), 0o644))
}

func TestDirCommit(t *testing.T) {
	root := filepath.Join(t.TempDir(), "a", "out")
	d := newDir(t, root+"/.", nil)
	require.Equal(t, root, d.Root())
	require.NoDirExists(t, root, "NewDir must touch nothing")

	o := create(t, d, "endpoints/part-00001.json", "one\n")
	require.Equal(t, []string{".partial/", ".partial/part-00001.json.1", "endpoints/"}, tree(t, root))
	if runtime.GOOS != "windows" {
		info, err := os.Stat(filepath.Join(root, ".partial/part-00001.json.1"))
		require.NoError(t, err)
		require.Equal(t, fs.FileMode(0o600), info.Mode())
	}
	p := create(t, d, "endpoints/part-00002.json", "two\n")
	url, err := o.Commit(t.Context())
	require.NoError(t, err)
	require.Equal(t, filepath.Join(root, "endpoints", "part-00001.json"), url)
	again, err := o.Commit(t.Context())
	require.NoError(t, err)
	require.Equal(t, url, again)
	require.NoError(t, o.Abort(t.Context()))
	_, err = o.Write([]byte("x"))
	require.ErrorIs(t, err, fs.ErrClosed)
	require.DirExists(t, filepath.Join(root, ".partial"), "the other object still needs it")

	require.NoError(t, p.Abort(t.Context()))
	require.NoError(t, p.Abort(t.Context()))
	_, err = p.Commit(t.Context())
	require.ErrorIs(t, err, fs.ErrClosed)
	require.Equal(t, []string{"endpoints/", "endpoints/part-00001.json"}, tree(t, root))
	text, err := os.ReadFile(url)
	require.NoError(t, err)
	require.Equal(t, "one\n", string(text))

	// The permissions are those of any new file of this process.
	plain := filepath.Join(t.TempDir(), "plain")
	f, err := os.OpenFile(plain, os.O_CREATE|os.O_WRONLY, 0o644)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	want, err := os.Stat(plain)
	require.NoError(t, err)
	got, err := os.Stat(url)
	require.NoError(t, err)
	require.Equal(t, want.Mode(), got.Mode())
}

func TestDirNames(t *testing.T) {
	root := t.TempDir()
	_, err := NewDir("", nil)
	require.ErrorIs(t, err, fs.ErrInvalid)
	d := newDir(t, filepath.Join(root, "out"), nil)
	for _, name := range []string{
		"", ".", "..", "../x", "/x", "a/../../x", "a/../b", "a//b", "a/", "./a", ".partial/x", ".partial", ".PARTIAL/x",
	} {
		_, err := d.Create(t.Context(), name)
		var bad *NameError
		require.ErrorAs(t, err, &bad, "%q", name)
		require.Equal(t, name, bad.Name)
		require.Contains(t, err.Error(), strconv.Quote(name))
		require.ErrorIs(t, err, fs.ErrInvalid)
	}
	require.Empty(t, tree(t, root))
}

func TestDirOverwrite(t *testing.T) {
	root := t.TempDir()
	put(t, root, "report.json", "old")
	d := newDir(t, root, nil)
	_, err := d.Create(t.Context(), "report.json")
	require.ErrorIs(t, err, fs.ErrExist)

	// A file that appears while ours is written is not replaced either.
	o := create(t, d, "manifest.json", "new")
	put(t, root, "manifest.json", "other")
	_, err = o.Commit(t.Context())
	require.ErrorIs(t, err, fs.ErrExist)
	_, err = o.Commit(t.Context())
	require.ErrorIs(t, err, fs.ErrExist)
	text, err := os.ReadFile(filepath.Join(root, "manifest.json"))
	require.NoError(t, err)
	require.Equal(t, "other", string(text))
	require.Equal(t, []string{"manifest.json", "report.json"}, tree(t, root))

	d = newDir(t, root, &DirOptions{Overwrite: true})
	o = create(t, d, "report.json", "new")
	_, err = o.Commit(t.Context())
	require.NoError(t, err)
	text, err = os.ReadFile(filepath.Join(root, "report.json"))
	require.NoError(t, err)
	require.Equal(t, "new", string(text))
	require.Equal(t, []string{"manifest.json", "report.json"}, tree(t, root))
}

// Without hard links a file is renamed, and still none is replaced.
func TestDirWithoutHardLinks(t *testing.T) {
	root := t.TempDir()
	d := newDir(t, root, nil)
	d.link = func(old, final string) error {
		return &os.LinkError{Op: "link", Old: old, New: final, Err: errors.ErrUnsupported}
	}
	o := create(t, d, "a/x", "new")
	_, err := o.Commit(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"a/", "a/x"}, tree(t, root))
	o = create(t, d, "a/y", "new")
	put(t, root, "a/y", "other")
	_, err = o.Commit(t.Context())
	require.ErrorIs(t, err, fs.ErrExist)
	text, err := os.ReadFile(filepath.Join(root, "a", "y"))
	require.NoError(t, err)
	require.Equal(t, "other", string(text))
	require.Equal(t, []string{"a/", "a/x", "a/y"}, tree(t, root))
}

// The tests may run as root, who may write everywhere; a file that stands where a
// folder is needed stops root too.
func TestDirCannotCreate(t *testing.T) {
	top := t.TempDir()
	put(t, top, "file", "x")
	put(t, top, "out/endpoints", "x")
	put(t, top, "out2/.partial", "x")
	for root, name := range map[string]string{
		"file": "endpoints/x", "file/out": "x", "out": "endpoints/x", "out2": "endpoints/x",
	} {
		d := newDir(t, filepath.Join(top, root), nil)
		_, err := d.Create(t.Context(), name)
		var pathErr *fs.PathError
		require.ErrorAs(t, err, &pathErr, root)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := newDir(t, filepath.Join(top, "new"), nil).Create(ended, "x")
	require.ErrorIs(t, err, context.Canceled)
	require.NoDirExists(t, filepath.Join(top, "new"))
}

// Each step of an object fails in turn; the error is the system's, and nothing is
// left.
func TestDirObjectFails(t *testing.T) {
	var pathErr *fs.PathError
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, tt := range map[string]struct {
		spoil func(t *testing.T, o *dirObject)
		ctx   context.Context
		want  func(t *testing.T, err error)
	}{
		"fsync": {
			spoil: func(t *testing.T, o *dirObject) {
				o.mode = 0 // or chmod would fail before
				require.NoError(t, o.file.Close())
				_, err := o.Write([]byte("x"))
				require.ErrorAs(t, err, &pathErr)
			},
			want: func(t *testing.T, err error) { require.ErrorAs(t, err, &pathErr) },
		},
		"chmod": {
			spoil: func(t *testing.T, o *dirObject) { require.NoError(t, o.file.Close()) },
			want:  func(t *testing.T, err error) { require.ErrorAs(t, err, &pathErr) },
		},
		"rename": {
			spoil: func(t *testing.T, o *dirObject) { require.NoError(t, os.RemoveAll(filepath.Dir(o.final))) },
			want:  func(t *testing.T, err error) { require.ErrorIs(t, err, fs.ErrNotExist) },
		},
		"context": {
			spoil: func(*testing.T, *dirObject) {},
			ctx:   ended,
			want:  func(t *testing.T, err error) { require.ErrorIs(t, err, context.Canceled) },
		},
	} {
		for _, overwrite := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				root := t.TempDir()
				o := create(t, newDir(t, root, &DirOptions{Overwrite: overwrite}), "endpoints/part-00001.json", "x")
				tt.spoil(t, o.(*dirObject))
				ctx := tt.ctx
				if ctx == nil {
					ctx = t.Context()
				}
				url, err := o.Commit(ctx)
				tt.want(t, err)
				require.Empty(t, url)
				require.NoError(t, o.Abort(t.Context()))
				require.NoError(t, os.RemoveAll(filepath.Join(root, "endpoints")))
				require.Empty(t, tree(t, root), ".partial must be gone")
			})
		}
	}
}

func TestDirLeftovers(t *testing.T) {
	root := t.TempDir()
	put(t, root, ".partial/x.1", "of a run that died")
	d := newDir(t, root, nil)
	o := create(t, d, "x", "new")
	_, err := o.Commit(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{".partial/", ".partial/x.1", "x"}, tree(t, root))
}

func TestDirState(t *testing.T) {
	const part = "endpoints/part-00001.json"
	for _, tt := range []struct {
		files []string
		want  State
	}{
		{nil, Empty},
		{[]string{"notes.txt", "rejects-old.csv", "rejects-.csv", "rejects.txt", "sub/manifest.json", "report.json/x"}, Empty},
		{[]string{part}, Unfinished},
		{[]string{"endpoints/part-123456.csv"}, Unfinished},
		{[]string{".partial/x.1"}, Unfinished},
		{[]string{"rejects.csv"}, Unfinished},
		{[]string{"rejects-2.json"}, Unfinished},
		{[]string{"faults.ndjson"}, Unfinished},
		{[]string{"report.json"}, Unfinished},
		{[]string{"manifest.json"}, Finished},
		{[]string{"manifest.json", part, ".partial/x.1", "report.json"}, Finished},
		{[]string{"endpoints/part-0001.json"}, Foreign},
		{[]string{"endpoints/part-0000x.json"}, Foreign},
		{[]string{"endpoints/part-00001.json.gz"}, Foreign},
		{[]string{"endpoints/.DS_Store", "manifest.json", part}, Foreign},
		{[]string{"endpoints/sub/" + "part-00001.json"}, Foreign},
		{[]string{"endpoints/part-00001.json/x"}, Foreign},
	} {
		root := filepath.Join(t.TempDir(), "out")
		for _, f := range tt.files {
			put(t, root, f, "x")
		}
		d := newDir(t, root, nil)
		got, err := d.State()
		require.NoError(t, err)
		require.Equal(t, tt.want, got, "%v", tt.files)

		var dirErr *DirError
		err = d.Check()
		if tt.want == Empty {
			require.NoError(t, err)
		} else {
			require.ErrorAs(t, err, &dirErr)
			require.ErrorIs(t, err, fs.ErrExist)
			require.Equal(t, tt.want, dirErr.State)
			require.Equal(t, root, dirErr.Root)
			require.NotEmpty(t, dirErr.Hint)
			require.Contains(t, err.Error(), dirErr.Hint)
		}

		before := []string{}
		if tt.files != nil {
			before = tree(t, root)
		}
		err = d.Clear()
		if tt.want == Foreign {
			require.ErrorAs(t, err, &dirErr)
			require.NotEmpty(t, dirErr.Files)
			require.Equal(t, before, tree(t, root), "a refused Clear removes nothing")
			continue
		}
		require.NoError(t, err)
		require.NoError(t, d.Check())
		if tt.want == Empty && tt.files != nil {
			require.Equal(t, before, tree(t, root), "files of others are not touched")
		}
	}
}

func TestDirClearKeepsTheRest(t *testing.T) {
	root := t.TempDir()
	for _, f := range []string{
		"endpoints/part-00001.json", "endpoints/part-00002.csv", "rejects.csv", "rejects-2.csv", "faults.ndjson",
		"report.json", "manifest.json", ".partial/x.1", "notes.txt", "data/endpoints.csv",
	} {
		put(t, root, f, "x")
	}
	require.NoError(t, newDir(t, root, nil).Clear())
	require.Equal(t, []string{"data/", "data/endpoints.csv", "endpoints/", "notes.txt"}, tree(t, root))
}

func TestDirForeignListIsShort(t *testing.T) {
	root := t.TempDir()
	for i := range 2 * maxForeign {
		put(t, root, "endpoints/x"+string(rune('a'+i)), "x")
	}
	var dirErr *DirError
	require.ErrorAs(t, newDir(t, root, nil).Check(), &dirErr)
	require.Len(t, dirErr.Files, maxForeign+1)
	require.Equal(t, "endpoints/xa", dirErr.Files[0])
	require.Contains(t, dirErr.Error(), "endpoints/xa, endpoints/xb")
}

func TestDirStateErrors(t *testing.T) {
	top := t.TempDir()
	put(t, top, "file", "x")
	put(t, top, "out/endpoints", "x")
	put(t, top, "out2/.partial", "x")
	for _, root := range []string{"file", "out", "out2"} {
		d := newDir(t, filepath.Join(top, root), nil)
		_, err := d.State()
		var pathErr *fs.PathError
		require.ErrorAs(t, err, &pathErr, root)
		require.ErrorAs(t, d.Check(), &pathErr)
		require.ErrorAs(t, d.Clear(), &pathErr)
	}
}

func TestRunFileNames(t *testing.T) {
	require.Equal(t, "rejects.csv", RejectsName(1, ".csv"))
	require.Equal(t, "rejects-12.json", RejectsName(12, ".json"))
	for n := range 30 {
		require.True(t, isRejects(RejectsName(n, ".csv")))
	}
	require.Equal(t, "State(9)", State(9).String())
	for s, want := range map[State]string{Empty: "empty", Unfinished: "unfinished", Finished: "finished", Foreign: "foreign"} {
		require.Equal(t, want, s.String())
	}
}

// A run over a real folder that is cancelled or fails leaves whole chunks only.
func TestDirSplitterCancel(t *testing.T) {
	in := lines("", 10, 10, 10, 10, 10)
	before := runtime.NumGoroutine()
	for _, abort := range []bool{false, true} {
		root := t.TempDir()
		ctx, cancel := context.WithCancel(t.Context())
		s := NewSplitter(ctx, newDir(t, root, nil), &Options{Max: 20, Committing: 2})
		require.NoError(t, s.Write(in.piece(0, 0, 3)))
		s.wg.Wait() // the first chunk is committed, the second has one record
		cancel()
		require.ErrorIs(t, s.Write(in.piece(0, 3, 5)), context.Canceled)
		if abort {
			require.NoError(t, s.Abort())
		} else {
			chunks, err := s.Close()
			require.ErrorIs(t, err, context.Canceled)
			require.Equal(t, []string{"endpoints/part-00001.json"}, names(chunks))
		}
		require.Equal(t, []string{"endpoints/", "endpoints/part-00001.json"}, tree(t, root))
	}
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	require.LessOrEqual(t, runtime.NumGoroutine(), before)
}
