// This file holds the sink for a local folder. An object grows under root/.partial and
// moves to its place when it is whole:
//
//	create -> write ... -> chmod -> fsync -> close -> link or rename -> fsync folder
//
// Every step that fails takes the temporary file away with it.

package chunk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// partialDir holds the unfinished objects. It is private to its owner, and apart from
// the chunks, so that an import that reads their folder never meets half a file.
const partialDir = ".partial"

// DirOptions are the settings of a [Dir]; nil means the defaults.
type DirOptions struct {
	// Overwrite lets Commit replace a file that already has the final name. Default
	// false: Create and Commit then fail with an error that is fs.ErrExist.
	//
	// Without it Commit moves by hard link, which cannot replace a file. On a file
	// system without hard links it looks first and renames then; a file that another
	// program makes between these two steps is replaced.
	Overwrite bool
}

// Dir is a sink that keeps objects as files under a local folder. It is safe for use
// by several goroutines; two Dirs must not write to one folder at one time.
//
// A new file has the permissions that the process would give any new file (0644 less
// the umask); until it is committed only its owner can read it.
type Dir struct {
	root      string
	overwrite bool
	link      func(old, final string) error // os.Link; a test takes hard links away

	mu   sync.Mutex // guards .partial and the fields below
	open int        // objects not yet committed or aborted
	next int        // number in the name of the next temporary file
}

// NewDir makes a sink for the folder root. It touches nothing: root and the folders
// below are made by Create when they are needed.
func NewDir(root string, opt *DirOptions) (*Dir, error) {
	if opt == nil {
		opt = &DirOptions{}
	}
	if root == "" {
		return nil, &fs.PathError{Op: "open", Path: root, Err: fs.ErrInvalid}
	}
	return &Dir{root: filepath.Clean(root), overwrite: opt.Overwrite, link: os.Link}, nil
}

// Root returns the folder.
func (d *Dir) Root() string { return d.root }

// NameError says that an object name cannot be used: it is not a clean relative slash
// path, it would leave the folder, or it is kept for temporary files. It is
// fs.ErrInvalid.
type NameError struct {
	Name string
}

func (e *NameError) Error() string {
	return fmt.Sprintf("object name %q is not a clean path inside its folder", e.Name)
}

// Unwrap returns fs.ErrInvalid.
func (e *NameError) Unwrap() error { return fs.ErrInvalid }

func checkName(name string) error {
	first, _, _ := strings.Cut(name, "/")
	if name == "." || !fs.ValidPath(name) || !filepath.IsLocal(filepath.FromSlash(name)) ||
		strings.EqualFold(first, partialDir) {
		return &NameError{Name: name}
	}
	return nil
}

// Create begins a file. Missing folders are made, and made durable. A name that would
// leave the folder is a [NameError].
func (d *Dir) Create(ctx context.Context, name string) (Object, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := checkName(name); err != nil {
		return nil, err
	}
	final := filepath.Join(d.root, filepath.FromSlash(name))
	if !d.overwrite {
		// Commit asks again; asking now spares the writing of a whole chunk.
		if err := refuseExisting(final); err != nil {
			return nil, err
		}
	}
	if err := makeDirs(filepath.Dir(final)); err != nil {
		return nil, err
	}
	f, err := d.createPartial(path.Base(name))
	if err != nil {
		return nil, err
	}
	o := &dirObject{dir: d, file: f, rear: behind{file: f}, final: final}
	// The file was made with the permissions that it shall have in the end; this is
	// how the umask shows itself without being changed for the whole process.
	if info, err := f.Stat(); err == nil && f.Chmod(0o600) == nil {
		o.mode = info.Mode().Perm()
	}
	return o, nil
}

func (d *Dir) createPartial(base string) (*os.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	partial := filepath.Join(d.root, partialDir)
	if err := os.Mkdir(partial, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	for {
		d.next++
		tmp := filepath.Join(partial, base+"."+strconv.Itoa(d.next))
		f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue // left by a run that died
		}
		if err != nil {
			d.tidyPartial()
			return nil, err
		}
		d.open++
		return f, nil
	}
}

// released is called once for each object when its temporary file is gone.
func (d *Dir) released() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open--
	d.tidyPartial()
}

// tidyPartial removes the empty .partial. If a dead run left files in it, the removal
// fails, and that is well: they are what tells that the run died.
func (d *Dir) tidyPartial() {
	if d.open == 0 {
		_ = os.Remove(filepath.Join(d.root, partialDir))
	}
}

type dirObject struct {
	dir   *Dir
	file  *os.File
	rear  behind
	final string
	mode  fs.FileMode // permissions at the end; 0 = leave them
	done  bool
	err   error // answer of Commit once done
}

// Write hands p to the file as it is: callers of this package write large slices, a
// buffer in between would only copy.
func (o *dirObject) Write(p []byte) (int, error) {
	n, err := o.file.Write(p)
	o.rear.grown(n)
	return n, err
}

func (o *dirObject) Commit(ctx context.Context) (string, error) {
	if !o.done {
		o.done = true
		if o.err = o.commit(ctx); o.err != nil {
			_ = o.discard()
		}
		o.dir.released()
	}
	if o.err != nil {
		return "", o.err
	}
	return o.final, nil
}

func (o *dirObject) commit(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if o.mode != 0 {
		if err := o.file.Chmod(o.mode); err != nil {
			return err
		}
	}
	o.rear.wait()
	if err := o.file.Sync(); err != nil {
		return err
	}
	if err := o.file.Close(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil { // the fsync of a large file takes its time
		return err
	}
	if err := o.place(); err != nil {
		return err
	}
	if err := syncDir(filepath.Dir(o.final)); err != nil {
		// Nobody can say whether the name outlives a crash: a failed Commit leaves
		// nothing.
		return errors.Join(err, os.Remove(o.final))
	}
	return nil
}

// place gives the closed temporary file its final name.
func (o *dirObject) place() error {
	tmp := o.file.Name()
	if o.dir.overwrite {
		return os.Rename(tmp, o.final)
	}
	err := o.dir.link(tmp, o.final)
	if err == nil {
		if err := os.Remove(tmp); err != nil {
			return errors.Join(err, os.Remove(o.final))
		}
		return nil
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	// No hard links here (FAT, some network file systems).
	if err := refuseExisting(o.final); err != nil {
		return err
	}
	return os.Rename(tmp, o.final)
}

func (o *dirObject) Abort(context.Context) error {
	if o.done {
		return nil
	}
	o.done, o.err = true, fs.ErrClosed
	err := o.discard()
	o.dir.released()
	return err
}

// discard closes and removes the temporary file, whatever state it is in.
func (o *dirObject) discard() error {
	o.rear.wait()
	_ = o.file.Close() // what was written is unwanted, so a late write error is too
	if err := os.Remove(o.file.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func refuseExisting(final string) error {
	_, err := os.Lstat(final)
	switch {
	case err == nil:
		return &fs.PathError{Op: "create", Path: final, Err: fs.ErrExist}
	case errors.Is(err, fs.ErrNotExist):
		return nil
	default:
		return err
	}
}

// makeDirs is os.MkdirAll with a memory: each new folder is fsynced into its parent,
// or a crash could take a committed chunk away together with its folder.
func makeDirs(dir string) error {
	info, err := os.Stat(dir)
	if err == nil {
		if !info.IsDir() {
			return &fs.PathError{Op: "mkdir", Path: dir, Err: errNotFolder}
		}
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	parent := filepath.Dir(dir)
	if parent != dir {
		if err := makeDirs(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(parent)
}

var errNotFolder = errors.New("is not a folder")
