// This file opens the decompressor for a kind and stands between it and the
// rest: what goes wrong gets a name, what comes out is capped.

package unwrap

import (
	"bufio"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"

	"github.com/endpointfile/endpointfile/internal/sniff"
)

// readAhead is the buffer in front of each decompressor. They all ask for a few
// bytes at a time, some for single ones.
const readAhead = 64 << 10

// unpacker is one decompressor at work.
type unpacker struct {
	name  string
	kind  sniff.Kind
	src   *source
	dec   io.Reader
	in    func() int64 // stored bytes taken in; any goroutine may call it
	close func() error
	out   int64
	opt   Options
	err   error // sticky
}

// newUnpacker opens the decompressor for kind. head is what was looked at, and
// src gives it again.
func newUnpacker(src *source, head []byte, name string, kind sniff.Kind, opt *Options) (*unpacker, error) {
	u := &unpacker{
		name: name, kind: kind, src: src, opt: *opt,
		in:    src.n.Load,
		close: func() error { return nil },
	}
	if kind == sniff.Zip {
		if err := u.openZip(head); err != nil {
			return nil, u.dress(err)
		}
		return u, nil
	}
	br := bufio.NewReaderSize(src, readAhead)
	switch kind {
	case sniff.Gzip:
		u.dec = &gzipReader{br: br}
	case sniff.Zlib:
		zr, err := zlib.NewReader(br)
		if err != nil {
			return nil, u.dress(err)
		}
		u.dec = &alone{r: zr, br: br}
	case sniff.Bzip2:
		u.dec = bzip2.NewReader(br)
	case sniff.SnappyFramed, sniff.S2:
		end := &endMark{r: br}
		u.dec = &framed{r: s2.NewReader(end), end: end}
	case sniff.Zstd:
		zr, err := zstd.NewReader(br,
			zstd.WithDecoderConcurrency(1), // no goroutines
			zstd.WithDecoderMaxWindow(uint64(opt.MaxMemory)),
			zstd.WithDecoderMaxMemory(uint64(opt.MaxMemory)))
		if err != nil {
			return nil, u.dress(err)
		}
		u.dec = zr
		u.close = func() error { zr.Close(); return nil }
	default:
		return nil, refuse(name, kind)
	}
	return u, nil
}

// Read gives decompressed bytes. It never gives more than the limits allow.
func (u *unpacker) Read(p []byte) (int, error) {
	if u.err != nil {
		return 0, u.err
	}
	n, err := u.dec.Read(p)
	u.out += int64(n)
	if limit := u.opt.MaxBytes; limit > 0 && u.out > limit {
		u.err = &BombError{Name: u.name, Kind: u.kind, In: u.in(), Out: u.out, Limit: limit}
		return n - int(u.out-limit), u.err
	}
	if limit := u.opt.MaxRatio; limit > 0 && u.out > u.opt.RatioAfter && u.out/limit > u.in() {
		u.err = &BombError{Name: u.name, Kind: u.kind, In: u.in(), Out: u.out, Limit: limit, Ratio: true}
		return n, u.err
	}
	if err != nil {
		u.err = u.dress(err)
	}
	return n, u.err
}

// dress gives an error of the decompressor its name. The source's own error
// goes first: some decompressors put another in its place, or take it for the
// end.
func (u *unpacker) dress(err error) error {
	var refused *RefusedError
	var spool *spoolError
	switch {
	case u.src.err != nil:
		return u.src.err
	case err == io.EOF, errors.As(err, &refused), errors.As(err, &spool):
		return err
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return &RefusedError{
			Name: u.name, Kind: u.kind, Err: ErrMemory,
			Hint: fmt.Sprintf("the limit is %d bytes; zstd --long=31 -dc FILE | split -", u.opt.MaxMemory),
		}
	}
	return &CorruptError{Name: u.name, Kind: u.kind, Offset: u.in(), Err: err}
}

// noEOF makes an early end of it.
func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// alone is a stream that must be all there is: bytes behind it are an error
// where the decompressor would not look.
type alone struct {
	r  io.Reader
	br *bufio.Reader // under r, which takes no more from it than it needs
}

// Read turns the end of r into an error when br has more.
func (a *alone) Read(p []byte) (int, error) {
	n, err := a.r.Read(p)
	if err != io.EOF {
		return n, err
	}
	switch _, err := a.br.Peek(1); err {
	case io.EOF:
		return n, io.EOF
	case nil:
		return n, errTrailing
	default:
		return n, err
	}
}

// endMark notes that a reader asked for more than there was.
type endMark struct {
	r    io.Reader
	seen bool
}

func (e *endMark) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	if err == io.EOF && n > 0 {
		return n, nil // the end comes by itself next time
	}
	e.seen = e.seen || err == io.EOF
	return n, err
}

// framed is the framed snappy and S2 reader, which calls a chunk that is cut
// short corrupt.
type framed struct {
	r   io.Reader
	end *endMark
}

func (f *framed) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err == s2.ErrCorrupt && f.end.seen {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}
