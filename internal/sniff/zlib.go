// This file decides about zlib, whose two header bytes are weak evidence: one
// in a few hundred byte pairs passes for them, "HK" and "x^" among them. What
// convinces is deflate data that inflates.

package sniff

import (
	"bytes"
	"encoding/binary"
	"hash/adler32"
	"io"

	"github.com/klauspost/compress/flate"
)

// verdict is what inflating the head showed.
type verdict uint8

const (
	noStream    verdict = iota // not zlib
	openStream                 // inflates as far as the head goes, or to its end with another checksum
	wholeStream                // a complete stream, and its checksum agrees
)

// zlibMost bounds the bytes inflated: a head of Peek bytes could stand for
// four million.
const zlibMost = 64 << 10

// zlibStream inflates b as RFC 1950 data. A stream that needs a preset
// dictionary is no stream here: nobody could inflate it from the file alone,
// and its header bytes include "H," and "x ".
func zlibStream(b []byte) verdict {
	if len(b) < 3 || b[0]&0x0f != 8 || b[0]>>4 > 7 || b[1]&0x20 != 0 || binary.BigEndian.Uint16(b)%31 != 0 {
		return noStream
	}
	src := bytes.NewReader(b[2:]) // an io.ByteReader: what is left after it is the trailer
	fr := flate.NewReader(src)
	defer fr.Close()
	sum := adler32.New()
	switch _, err := io.CopyN(sum, fr, zlibMost); {
	case err == nil:
		return openStream
	case err == io.ErrUnexpectedEOF:
		return openStream
	case err != io.EOF:
		return noStream
	}
	var want [4]byte
	binary.BigEndian.PutUint32(want[:], sum.Sum32())
	if bytes.HasPrefix(b[len(b)-src.Len():], want[:]) {
		return wholeStream
	}
	return openStream
}

// isZlib decides for a head that is not UTF-8 text. It may still be text in an
// older character set, which inflates by chance for a few dozen bytes: so a
// stream that only inflates must also hold a control byte, as one compressed
// byte in nine is.
func isZlib(b []byte) bool {
	switch zlibStream(b) {
	case wholeStream:
		return true
	case openStream:
		return controlIn(b[2:])
	}
	return false
}
