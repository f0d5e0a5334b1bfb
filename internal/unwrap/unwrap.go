// Package unwrap takes stored bytes to UTF-8 text: it looks at the first bytes,
// refuses what the caller did not ask to have undone, undoes one layer of
// compression, decodes a named character set and drops a byte order mark.
//
// The layers, from the source up; those that are not needed are not there:
//
//	source     counts the stored bytes, remembers an I/O error
//	unpacker   one decompressor, its errors named, its output capped
//	decoder    character set to UTF-8, strict
//	Reader     the first decoded bytes, kept for whoever guesses the format
//
// Plain UTF-8 passes without a copy: once the bytes that were looked at have
// been read, a Read is the source's own Read into the caller's buffer.
//
// Nothing is lost in silence: a stream cut short, bytes behind its end, a byte
// that the character set does not define are errors, each with a type of its
// own. An I/O error of the source comes through as it is.
package unwrap

import (
	"io"
	"io/fs"

	"github.com/endpointfile/endpointfile/internal/sniff"
)

// The defaults of Options.
const (
	DefaultMaxBytes   = 1 << 40   // 1 TiB
	DefaultMaxRatio   = 200       // bytes of output for a byte of input
	DefaultRatioAfter = 256 << 20 // 256 MiB
	DefaultMaxMemory  = 128 << 20 // 128 MiB
)

// Options says what to undo, and within which limits. A nil *Options and the
// zero value mean: undo nothing, refuse what is not UTF-8 text by its first
// bytes.
type Options struct {
	// Decompress undoes gzip, zstd, framed snappy, S2, zlib, bzip2, and a
	// zip archive that holds one file. Without it such input is refused.
	Decompress bool

	// Charset names the character set of the text (after decompression);
	// empty and "utf-8" leave the bytes as they are. See CheckCharset for
	// the names.
	Charset string

	// MaxBytes caps the decompressed size in bytes; 0 means
	// DefaultMaxBytes, a negative number no cap. It does not apply to input
	// that is not compressed.
	MaxBytes int64

	// MaxRatio caps how many bytes may come out for one that went in, once
	// more than RatioAfter bytes have come out; 0 means DefaultMaxRatio, a
	// negative number no cap.
	MaxRatio int64

	// RatioAfter is how many bytes of output pass before MaxRatio applies;
	// 0 means DefaultRatioAfter, a negative number none.
	RatioAfter int64

	// MaxMemory caps the window a zstd frame may ask for, in bytes; 0 means
	// DefaultMaxMemory, which is also where the zstd command stops, and more
	// than 1 GiB means 1 GiB. The other formats need 4 MiB at most.
	MaxMemory int64

	// TempDir is where a zip archive is spooled that comes from a source
	// without random access; empty means os.TempDir.
	TempDir string
}

// withDefaults returns opt with every default filled in; a negative limit
// becomes 0, which below this point means none.
func (opt *Options) withDefaults() Options {
	var o Options
	if opt != nil {
		o = *opt
	}
	set := func(v *int64, def int64) {
		switch {
		case *v == 0:
			*v = def
		case *v < 0:
			*v = 0
		}
	}
	set(&o.MaxBytes, DefaultMaxBytes)
	set(&o.MaxRatio, DefaultMaxRatio)
	set(&o.RatioAfter, DefaultRatioAfter)
	if o.MaxMemory <= 0 {
		o.MaxMemory = DefaultMaxMemory
	}
	o.MaxMemory = min(max(o.MaxMemory, 1<<10), 1<<30) // zstd knows no window below 1 KiB
	return o
}

// Reader gives the text of one input. It belongs to one goroutine, but for
// InputBytes. It does not own the source and never closes it.
type Reader struct {
	src     *source
	next    io.Reader // what follows head
	head    []byte    // decoded, not read yet
	err     error     // what follows head instead of next
	kind    sniff.Kind
	charset string
	bom     int
	unpack  *unpacker // nil when nothing is decompressed
	closed  bool
}

// New looks at the first bytes of r (up to sniff.Peek of them, fewer only at
// the end) and returns a Reader of the text. The name is for error messages
// and may be empty; it plays no other part.
//
// Input that is compressed when opt does not ask for decompression, that
// nothing here can decompress, that is compressed twice, or that starts with
// the mark of UTF-16 or UTF-32 when opt names no character set, is a
// *RefusedError. So is a zip archive with anything but one file in it, or one
// that is encrypted. An unknown character set is an *UnknownCharsetError, and
// is reported before anything is read.
//
// An error met behind the first bytes is kept for Read. When New fails, nothing
// is left open; r is the caller's in any case. A zip archive in an r that is an
// io.ReaderAt and io.Seeker is read in place, which leaves r's own position
// where New found it plus the bytes looked at.
func New(r io.Reader, name string, opt *Options) (*Reader, error) {
	o := opt.withDefaults()
	want, err := lookup(o.Charset)
	if err != nil {
		return nil, err
	}
	src := &source{r: r}
	raw := make([]byte, sniff.Peek)
	n, rawErr := fill(src, raw)
	raw = raw[:n]

	t := &Reader{src: src, next: src, head: raw, err: rawErr, kind: sniff.Detect(raw)}
	kind := t.kind
	if kind.Compressed() {
		if !o.Decompress || !kind.Decodable() {
			return nil, refuse(name, kind)
		}
		src.back, src.backErr = raw, rawErr
		if t.unpack, err = newUnpacker(src, raw, name, kind, &o); err != nil {
			return nil, err
		}
		head := make([]byte, sniff.Peek)
		n, t.err = fill(t.unpack, head)
		t.head, t.next = head[:n], t.unpack
		if kind = sniff.Detect(t.head); kind.Compressed() {
			_ = t.Close()
			return nil, refuseInner(name, t.kind, kind)
		}
	}
	if err := t.decode(name, want, kind); err != nil {
		_ = t.Close()
		return nil, err
	}
	return t, nil
}

// decode drops the byte order mark from t.head and puts a character set
// decoder behind it if one is needed; kind is what the text starts as.
//
// A mark beats the name, as in the WHATWG Encoding Standard: a file that says
// it is UTF-8 is not mangled because its neighbours are windows-1252.
func (t *Reader) decode(name string, want charset, kind sniff.Kind) error {
	if kind == sniff.UTF32LE && want.family == utf16Family {
		kind = sniff.UTF16LE // a mark, then U+0000
	}
	used := want
	switch {
	case kind == sniff.UTF8BOM:
		used, t.bom = charset{name: "utf-8"}, 3
	case kind.Charset() != "" && want.identity():
		return refuse(name, kind)
	case kind.Charset() != "":
		used, t.bom = markedCharset(kind)
	case want.needsMark && len(t.head) > 0:
		return missingMark(name, want, t.head)
	case want.mark != "" && len(t.head) >= len(want.mark) && string(t.head[:len(want.mark)]) == want.mark:
		t.bom = len(want.mark)
	}
	t.charset = used.name
	t.head = t.head[t.bom:]
	if used.decode == nil {
		return nil
	}
	d := newDecoder(t.next, name, used, t.head, t.err, int64(t.bom))
	head := make([]byte, sniff.Peek)
	n, err := fill(d, head)
	t.head, t.err, t.next = head[:n], err, d
	return nil
}

// Read gives the next bytes of the text. Errors: io.EOF at its end, the
// source's own errors as they are, *CorruptError, *BombError, *CharsetError,
// *RefusedError for a zstd frame that wants too much memory, and fs.ErrClosed.
// Bytes that came before an error are given first.
func (t *Reader) Read(p []byte) (int, error) {
	if len(t.head) > 0 {
		n := copy(p, t.head)
		t.head = t.head[n:]
		return n, nil
	}
	if t.err != nil {
		return 0, t.err
	}
	return t.next.Read(p)
}

// Head returns the first bytes of the text that have not been read yet, at most
// sniff.Peek, without consuming them; whole says that nothing follows them.
// Right after New they are enough to guess the format from. The slice is
// borrowed until the next Read or Close.
func (t *Reader) Head() (head []byte, whole bool) {
	return t.head[:len(t.head):len(t.head)], t.err == io.EOF
}

// Kind tells what the stored bytes are.
func (t *Reader) Kind() sniff.Kind { return t.kind }

// Charset names the character set the text was decoded from, in lower case:
// the one a byte order mark announced, else the one asked for, else "utf-8".
func (t *Reader) Charset() string { return t.charset }

// BOM tells how many bytes the byte order mark had that was dropped, 0 when
// there was none. They are bytes of the text before character set decoding.
func (t *Reader) BOM() int { return t.bom }

// InputBytes tells how many of the stored bytes have been taken in, for
// progress. For a zip archive it tells how far into the archive decoding has
// come. It may be called from any goroutine, also during a Read.
func (t *Reader) InputBytes() int64 {
	if t.unpack != nil {
		return t.unpack.in()
	}
	return t.src.n.Load()
}

// Close lets go of decoders and removes a temporary file. The source stays
// open. A Read after Close gives fs.ErrClosed; a second Close does nothing.
func (t *Reader) Close() error {
	if t.closed {
		return nil
	}
	t.closed = true
	t.head, t.err, t.next = nil, fs.ErrClosed, nil
	if t.unpack == nil {
		return nil
	}
	t.unpack.dec = nil // the large buffers go with it; InputBytes still works
	return t.unpack.close()
}
