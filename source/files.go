// This file turns what stands on a command line into inputs: files, folders and "-".
//
// Folders are listed whole before anything is read, so that a mistake in the last
// argument shows before the first record is written. No file may be read twice:
// between arguments that is an error, inside a folder (by a link) the second name is
// passed over.

package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	stdinArg  = "-"
	stdinName = "stdin"
)

// Skipped is an entry of a folder that is not read, and why.
type Skipped struct {
	Name   string // path, made as the names of inputs are
	Reason string // a short phrase in English
}

// ErrSpecial is the reason why a path that the user named cannot be read: it is there,
// but it is a socket, a block device or something else that is not read as a stream.
var ErrSpecial = errors.New("is not a file, folder, pipe or character device")

// ErrNoStdin is the error for "-" where no standard input was given.
var ErrNoStdin = errors.New("there is no standard input to read")

// DuplicateError says that two arguments lead to one file, or both to standard input:
// its records would be doubled.
type DuplicateError struct {
	First, Second string // names of the inputs
	Hint          string
}

func (e *DuplicateError) Error() string {
	if e.First == e.Second {
		return fmt.Sprintf("%s is given twice (%s)", e.First, e.Hint)
	}
	return fmt.Sprintf("%s and %s are the same file (%s)", e.First, e.Second, e.Hint)
}

// Files makes inputs of paths, in the order of the arguments:
//
//   - a file is one input; links are followed, pipes and character devices
//     are allowed and can be opened once;
//   - a folder is all regular files in it and below, by their full paths in byte
//     order of the slash form, hidden ones too;
//   - "-" is stdin, at most once.
//
// What a folder holds besides is returned as skipped: links that lead out of the
// folder, to nothing or in a circle, links to what is read under its own name anyway,
// second names of one file, pipes, sockets, devices.
//
// Errors: the *fs.PathError of a path that is missing or cannot be listed (also deep
// in a folder: leaving it out would lose records), [ErrSpecial] in such an error,
// [ErrNoStdin], [DuplicateError]. Whether a file can be opened shows in [Input.Open].
func Files(args []string, stdin io.Reader) ([]Input, []Skipped, error) {
	f := finder{readDir: os.ReadDir, seen: make(map[fileKey][]seenFile)}
	for i, arg := range args {
		f.arg = i
		if err := f.add(arg, stdin); err != nil {
			return nil, nil, err
		}
	}
	return f.inputs, f.skipped, nil
}

type finder struct {
	readDir func(string) ([]fs.DirEntry, error) // os.ReadDir; a test takes rights away
	inputs  []Input
	skipped []Skipped
	arg     int  // index of the argument that is looked at
	stdin   bool // "-" was there
	seen    map[fileKey][]seenFile
}

// fileKey is what two names of one file have in common at the least. It keeps the
// number of comparisons small; os.SameFile decides.
type fileKey struct {
	size, modified int64
}

type seenFile struct {
	name string
	arg  int
	info fs.FileInfo
}

func (f *finder) add(arg string, stdin io.Reader) error {
	if arg == stdinArg {
		return f.addStdin(stdin)
	}
	info, err := os.Stat(arg)
	if err != nil {
		return err
	}
	switch mode := info.Mode(); {
	case mode.IsDir():
		return f.addFolder(arg)
	case mode.IsRegular():
		if first, twice := f.note(arg, info); twice {
			return duplicate(first.name, arg)
		}
		f.inputs = append(f.inputs, file(arg, info.Size(), true))
	case mode&fs.ModeNamedPipe != 0, mode&fs.ModeCharDevice != 0:
		in := New(arg, -1, once(func(ctx context.Context) (io.ReadCloser, error) { return openSpecial(ctx, arg) }))
		in.Once = true
		f.inputs = append(f.inputs, in)
	default:
		return &fs.PathError{Op: "open", Path: arg, Err: ErrSpecial}
	}
	return nil
}

func duplicate(first, second string) error {
	return &DuplicateError{First: first, Second: second, Hint: "its records would be written twice: name it once"}
}

func (f *finder) addStdin(stdin io.Reader) error {
	if f.stdin {
		return duplicate(stdinName, stdinName)
	}
	if stdin == nil {
		return ErrNoStdin
	}
	f.stdin = true
	f.inputs = append(f.inputs, Reader(stdinName, stdin))
	return nil
}

func file(path string, size int64, explicit bool) Input {
	in := New(path, size, func(context.Context) (io.ReadCloser, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, err // not f: a nil *os.File is no nil io.ReadCloser
		}
		return f, nil
	})
	in.Explicit = explicit
	return in
}

// note remembers a regular file and tells whether it was there before. Empty files are
// not compared: nothing of theirs can be doubled.
func (f *finder) note(name string, info fs.FileInfo) (first seenFile, twice bool) {
	if info.Size() == 0 {
		return seenFile{}, false
	}
	key := fileKey{info.Size(), info.ModTime().UnixNano()}
	for _, s := range f.seen[key] {
		if os.SameFile(s.info, info) {
			return s, true
		}
	}
	f.seen[key] = append(f.seen[key], seenFile{name, f.arg, info})
	return seenFile{}, false
}

// found is an entry below a folder.
type found struct {
	slash string // path below the folder
	name  string
	entry fs.DirEntry
}

// addFolder lists a tree without recursion, so that its depth costs no stack.
func (f *finder) addFolder(root string) error {
	var all []found
	for dirs := []string{"."}; len(dirs) > 0; {
		dir := dirs[len(dirs)-1]
		dirs = dirs[:len(dirs)-1]
		entries, err := f.readDir(filepath.Join(root, dir))
		if err != nil {
			return err
		}
		for _, e := range entries {
			below := filepath.Join(dir, e.Name())
			if e.IsDir() {
				dirs = append(dirs, below)
				continue
			}
			all = append(all, found{filepath.ToSlash(below), filepath.Join(root, below), e})
		}
	}
	slices.SortFunc(all, func(a, b found) int { return strings.Compare(a.slash, b.slash) })
	for _, x := range all {
		reason, err := f.addFound(root, x)
		if err != nil {
			return err
		}
		if reason != "" {
			f.skipped = append(f.skipped, Skipped{x.name, reason})
		}
	}
	return nil
}

// addFound adds an entry of a folder, or gives the reason why not.
func (f *finder) addFound(root string, x found) (reason string, err error) {
	switch mode := x.entry.Type(); {
	case mode.IsRegular():
		info, err := x.entry.Info()
		if err != nil {
			return "", err
		}
		if first, twice := f.note(x.name, info); twice {
			if first.arg != f.arg {
				return "", duplicate(first.name, x.name)
			}
			return "second name of " + first.name, nil
		}
		f.inputs = append(f.inputs, file(x.name, info.Size(), false))
		return "", nil
	case mode&fs.ModeSymlink != 0:
		return linkReason(root, x.name), nil
	case mode&fs.ModeNamedPipe != 0:
		return "a pipe", nil
	case mode&fs.ModeSocket != 0:
		return "a socket", nil
	case mode&fs.ModeDevice != 0:
		return "a device", nil
	default:
		return "not a regular file", nil
	}
}

// linkReason tells why a link in a folder is not followed. Where it leads inside the
// folder, the listing meets its target anyway, so following it could only double
// records or run in a circle; where it leads outside, it names what the user did not.
func linkReason(root, link string) string {
	target, err := filepath.EvalSymlinks(link)
	if errors.Is(err, fs.ErrNotExist) {
		return "a link to nothing"
	}
	if err != nil {
		return "a link that cannot be followed"
	}
	realRoot, err := filepath.EvalSymlinks(root)
	if err != nil {
		return "a link that cannot be followed"
	}
	below, err := relative(realRoot, target)
	if err != nil || !filepath.IsLocal(below) {
		return "a link that leads out of the folder"
	}
	return "a link to " + filepath.Join(root, below) + ", which is read under its own name"
}

// relative is filepath.Rel of absolute paths: one of the two may be absolute by a link
// while the other is not.
func relative(base, target string) (string, error) {
	base, err := filepath.Abs(base)
	if err != nil {
		return "", err
	}
	if target, err = filepath.Abs(target); err != nil {
		return "", err
	}
	return filepath.Rel(base, target)
}
