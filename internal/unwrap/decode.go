// This file decodes character sets, strictly: the decoders of x/text put U+FFFD
// where a byte means nothing, and the byte is gone. Here that is an error with a
// place.

package unwrap

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"
)

// decode appends to dst the UTF-8 form of the leading characters of src and
// returns how many bytes of src they take. It leaves a character that the end
// of src cuts in two, unless atEOF is set. It stops at a byte that means
// nothing and returns ok = false; src[n:] starts with it.
type decode func(dst, src []byte, atEOF bool) (out []byte, n int, ok bool)

// decoder is the layer that decodes.
type decoder struct {
	r       io.Reader
	name    string
	charset string
	decode  decode
	in      []byte // not decoded yet
	room    []byte // the array behind in
	off     int64  // bytes in front of in
	out     []byte // decoded, the first pos bytes read
	pos     int
	readErr error // what r said behind in
	err     error // what comes behind out
}

// newDecoder decodes head, then what r gives, or headErr in its place; off is
// where head starts.
func newDecoder(r io.Reader, name string, c charset, head []byte, headErr error, off int64) *decoder {
	d := &decoder{
		r: r, name: name, charset: c.name, decode: c.decode(),
		room: make([]byte, 32<<10), off: off, readErr: headErr,
	}
	d.in = d.room[:copy(d.room, head)]
	d.step()
	return d
}

// Read gives UTF-8.
func (d *decoder) Read(p []byte) (int, error) {
	for d.pos == len(d.out) {
		if d.err != nil {
			return 0, d.err
		}
		if len(p) == 0 {
			return 0, nil
		}
		n := copy(d.room, d.in)
		m, err := fillSome(d.r, d.room[n:])
		d.in, d.readErr = d.room[:n+m], err
		d.step()
	}
	n := copy(p, d.out[d.pos:])
	d.pos += n
	return n, nil
}

// step decodes what there is of in.
func (d *decoder) step() {
	out, n, ok := d.decode(d.out[:0], d.in, d.readErr == io.EOF)
	d.out, d.pos = out, 0
	d.in = d.in[n:]
	d.off += int64(n)
	d.err = d.readErr
	if !ok {
		d.err = &CharsetError{
			Name: d.name, Charset: d.charset, Offset: d.off,
			Hint: "the bytes there mean nothing in it; is another --charset the right one?",
		}
	}
}

// fillSome reads once, or again as long as that gives nothing.
func fillSome(r io.Reader, b []byte) (int, error) {
	for range idleReads {
		if n, err := r.Read(b); n > 0 || err != nil {
			return n, err
		}
	}
	return 0, io.ErrNoProgress
}

// byteDecode decodes a character set of single bytes by its table.
func byteDecode(m *charmap.Charmap) func() decode {
	return func() decode {
		var table [256]rune
		for i := range table {
			table[i] = m.DecodeByte(byte(i)) // utf8.RuneError where it has none
		}
		return func(dst, src []byte, _ bool) ([]byte, int, bool) {
			for i, c := range src {
				r := table[c]
				if r < utf8.RuneSelf {
					dst = append(dst, byte(r))
					continue
				}
				if r == utf8.RuneError {
					return dst, i, false
				}
				dst = utf8.AppendRune(dst, r)
			}
			return dst, len(src), true
		}
	}
}

// asciiDecode decodes the seven bits of ASCII.
func asciiDecode() decode {
	return func(dst, src []byte, _ bool) ([]byte, int, bool) {
		for i, c := range src {
			if c >= utf8.RuneSelf {
				return append(dst, src[:i]...), i, false
			}
		}
		return append(dst, src...), len(src), true
	}
}

// utf16Decode decodes UTF-16. A surrogate without its other half and half a
// code unit at the end are errors.
func utf16Decode(big bool) func() decode {
	var order binary.ByteOrder = binary.LittleEndian
	if big {
		order = binary.BigEndian
	}
	return func() decode {
		return func(dst, src []byte, atEOF bool) ([]byte, int, bool) {
			i := 0
			for ; i+2 <= len(src); i += 2 {
				r := rune(order.Uint16(src[i:]))
				if r < utf8.RuneSelf {
					dst = append(dst, byte(r))
					continue
				}
				if utf16.IsSurrogate(r) {
					if r < 0xdc00 && i+4 > len(src) {
						break // half a pair; the rest may come
					}
					if r >= 0xdc00 {
						return dst, i, false
					}
					if r = utf16.DecodeRune(r, rune(order.Uint16(src[i+2:]))); r == utf8.RuneError {
						return dst, i, false
					}
					i += 2
				}
				dst = utf8.AppendRune(dst, r)
			}
			return dst, i, !atEOF || i == len(src)
		}
	}
}

// utf32Decode decodes UTF-32. Surrogates, numbers above U+10FFFF and part of a
// code unit at the end are errors.
func utf32Decode(big bool) func() decode {
	var order binary.ByteOrder = binary.LittleEndian
	if big {
		order = binary.BigEndian
	}
	return func() decode {
		return func(dst, src []byte, atEOF bool) ([]byte, int, bool) {
			i := 0
			for ; i+4 <= len(src); i += 4 {
				u := order.Uint32(src[i:])
				if u > utf8.MaxRune || !utf8.ValidRune(rune(u)) {
					return dst, i, false
				}
				dst = utf8.AppendRune(dst, rune(u))
			}
			return dst, i, !atEOF || i == len(src)
		}
	}
}

const replacement = "\uFFFD"

// wideDecode decodes a character set of one to four bytes a character with its
// x/text decoder, which must not depend on what came before (the ones with
// escape sequences do, and lookup leaves them out). Output without U+FFFD is
// right; output with it is made once more, character by character, to tell a
// U+FFFD that the input spells out, as only GB18030 can, from a byte that means
// nothing.
func wideDecode(enc encoding.Encoding) func() decode {
	return func() decode {
		t := enc.NewDecoder().Transformer
		genuine, err := enc.NewEncoder().Bytes([]byte(replacement))
		if err != nil {
			genuine = nil // the set has no U+FFFD
		}
		return func(dst, src []byte, atEOF bool) ([]byte, int, bool) {
			start := len(dst)
			// No character grows by more than three bytes a byte.
			need := 3*len(src) + utf8.UTFMax
			if cap(dst)-start < need {
				dst = append(make([]byte, 0, start+need), dst...)
			}
			m, n, _ := t.Transform(dst[start:start+need], src, atEOF)
			out := dst[:start+m]
			if !bytes.Contains(out[start:], []byte(replacement)) {
				return out, n, !atEOF || n == len(src)
			}
			return careful(t, dst[:start], src, atEOF, genuine)
		}
	}
}

// careful decodes so little at a time that a U+FFFD comes alone: it fills three
// bytes of room. A character of four bytes, or two that come together, do not
// fit and are asked for again.
func careful(t transform.Transformer, dst, src []byte, atEOF bool, genuine []byte) ([]byte, int, bool) {
	var room [8]byte
	done := 0
	for done < len(src) {
		m, n, err := t.Transform(room[:3], src[done:], atEOF)
		if m == 0 && n == 0 && err == transform.ErrShortDst {
			m, n, err = t.Transform(room[:4], src[done:], atEOF)
		}
		if n == 0 {
			return dst, done, !atEOF || err == nil
		}
		if string(room[:m]) == replacement && (genuine == nil || !bytes.Equal(src[done:done+n], genuine)) {
			return dst, done, false
		}
		dst = append(dst, room[:m]...)
		done += n
	}
	return dst, done, true
}
