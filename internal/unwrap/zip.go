// This file reads the one file of a zip archive. The archive's directory is at
// its end, so this needs random access: the source's own when it has it, a
// temporary file otherwise.

package unwrap

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zip"
)

// zipEntriesMost is how many directory entries are looked at; an archive with
// more holds more than one file in any case that matters, and its directory
// could fill the memory.
const zipEntriesMost = 1000

var errZipEntries = errors.New("too many entries")

// spoolError is what went wrong with the temporary file. It is no fault of the
// input.
type spoolError struct{ err error }

func (e *spoolError) Error() string {
	return "spooling a zip archive to a temporary file: " + e.err.Error()
}
func (e *spoolError) Unwrap() error { return e.err }

// openZip finds the archive's only file and makes it u's decompressor.
func (u *unpacker) openZip(head []byte) (err error) {
	from, start, size := inPlace(u.src, head)
	if from == nil {
		tmp, err := spool(u.src, u.opt.TempDir)
		if err != nil {
			return err
		}
		u.close = tmp.close
		from, start, size = tmp, 0, tmp.size
	}
	at := io.NewSectionReader(&access{at: from, src: u.src}, start, size)
	defer func() {
		if err != nil {
			_ = u.close() // err is what there is to tell
		}
	}()
	archive, err := readDirectory(at, size)
	if err == errZipEntries {
		return u.refuseZip(ErrSeveralFiles, "unzip it and give the endpoint file itself")
	}
	if err != nil {
		return err
	}
	f, err := u.onlyFile(archive)
	if err != nil {
		return err
	}
	data, err := f.DataOffset()
	if err != nil {
		return noEOF(err)
	}
	if !complete(at, head, archive.File) {
		return fmt.Errorf("the archive starts with data that its directory does not list: %w", zip.ErrFormat)
	}

	pos := new(atomic.Int64)
	pos.Store(data)
	u.in = pos.Load
	archive.RegisterDecompressor(zip.Store, func(r io.Reader) io.ReadCloser {
		return io.NopCloser(&counter{r: r, n: pos})
	})
	archive.RegisterDecompressor(zip.Deflate, func(r io.Reader) io.ReadCloser {
		return flate.NewReader(bufio.NewReaderSize(&counter{r: r, n: pos}, readAhead))
	})
	rc, err := f.Open()
	if err != nil {
		return noEOF(err)
	}
	u.dec = &zipEntry{r: rc, n: pos, size: size}
	closeSource := u.close
	u.close = func() error {
		_ = rc.Close() // tells again what Read has told
		return closeSource()
	}
	return nil
}

// readDirectory reads the archive's directory. Every error in it but
// errZipEntries and those of the source means an archive that is damaged, and
// most often one that is cut short: the directory goes first then.
func readDirectory(at io.ReaderAt, size int64) (*zip.Reader, error) {
	entries := 0
	archive, err := zip.NewReaderWithOptions(at, size, zip.ReaderOptions{
		NameDecoder: func(*zip.FileHeader) error {
			if entries++; entries > zipEntriesMost {
				return errZipEntries
			}
			return nil
		},
	})
	switch {
	case err == io.EOF, errors.Is(err, zip.ErrFormat):
		return nil, fmt.Errorf("%w: no directory at the archive's end", io.ErrUnexpectedEOF)
	case err != nil && err != zip.ErrInsecurePath: // no name becomes a path here
		return nil, err
	}
	return archive, nil
}

// onlyFile returns the archive's file if it has one and only one that can be
// read. Folders do not count, nor do the "__MACOSX" entries in which macOS
// keeps a file's attributes.
func (u *unpacker) onlyFile(archive *zip.Reader) (*zip.File, error) {
	var f *zip.File
	files := 0
	for _, e := range archive.File {
		if strings.HasSuffix(e.Name, "/") || strings.HasPrefix(e.Name, "__MACOSX/") {
			continue
		}
		files++
		f = e
	}
	switch {
	case files == 0:
		return nil, u.refuseZip(ErrNoFile, "give the endpoint file itself")
	case files > 1:
		return nil, u.refuseZip(ErrSeveralFiles, "unzip it and give the endpoint file itself")
	case f.Flags&1 != 0:
		return nil, u.refuseZip(ErrEncrypted, "unzip it with its password and give the file itself")
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return nil, u.refuseZip(fmt.Errorf("%w (method %d)", ErrMethod, f.Method), "unzip -p FILE | split -")
	}
	return f, nil
}

func (u *unpacker) refuseZip(reason error, hint string) error {
	return &RefusedError{Name: u.name, Kind: u.kind, Err: reason, Hint: hint}
}

// access reads the archive and keeps an I/O error apart, as source does.
type access struct {
	at  io.ReaderAt
	src *source
}

func (a *access) ReadAt(p []byte, off int64) (int, error) {
	n, err := a.at.ReadAt(p, off)
	if err != nil && err != io.EOF {
		a.src.err = err
	}
	return n, err
}

// counter moves n on by what is read.
type counter struct {
	r io.Reader
	n *atomic.Int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// zipEntry is the file; at its end all of the archive has been dealt with.
type zipEntry struct {
	r    io.Reader
	n    *atomic.Int64
	size int64
}

func (z *zipEntry) Read(p []byte) (int, error) {
	n, err := z.r.Read(p)
	if err == io.EOF {
		z.n.Store(z.size)
	}
	return n, err
}

// inPlace gives random access to the source, and the place in it that head was
// read from with the bytes from there on; or nil if it has none. A pipe behind
// an *os.File has the methods and fails at them; a device may seek and mean
// nothing by it: so head must be found again.
func inPlace(src *source, head []byte) (at io.ReaderAt, start, size int64) {
	at, ok := src.r.(io.ReaderAt)
	sk, ok2 := src.r.(io.Seeker)
	if !ok || !ok2 {
		return nil, 0, 0
	}
	pos, err := sk.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, 0, 0
	}
	end, err := sk.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, 0, 0
	}
	if _, err := sk.Seek(pos, io.SeekStart); err != nil {
		return nil, 0, 0
	}
	start = pos - src.n.Load()
	if start < 0 || end < pos {
		return nil, 0, 0
	}
	again := make([]byte, len(head))
	if n, _ := at.ReadAt(again, start); n != len(head) || !bytes.Equal(again, head) {
		return nil, 0, 0
	}
	return at, start, end - start
}

// tempFile is a spooled archive.
type tempFile struct {
	f    *os.File
	size int64
	gone bool // the name is, the file lasts until it is closed
}

// spool copies all of src to a temporary file that only this user can read.
func spool(src *source, dir string) (*tempFile, error) {
	f, err := os.CreateTemp(dir, "endpointfile-*.zip") // mode 0600
	if err != nil {
		return nil, &spoolError{err}
	}
	// Where the system allows it the name goes at once: then a process that
	// is killed leaves nothing behind.
	t := &tempFile{f: f, gone: os.Remove(f.Name()) == nil}
	// Only the two methods that are meant: the file must not pull from the
	// source by some shortcut that leaves the count behind.
	t.size, err = io.Copy(struct{ io.Writer }{f}, struct{ io.Reader }{src})
	if err != nil {
		_ = t.close()
		if src.err != nil {
			return nil, src.err
		}
		return nil, &spoolError{err}
	}
	return t, nil
}

// ReadAt reads from the file.
func (t *tempFile) ReadAt(p []byte, off int64) (int, error) {
	n, err := t.f.ReadAt(p, off)
	if err != nil && err != io.EOF {
		err = &spoolError{err}
	}
	return n, err
}

// close closes and removes the file.
func (t *tempFile) close() error {
	err := t.f.Close()
	if t.gone {
		return err
	}
	return errors.Join(err, os.Remove(t.f.Name()))
}
