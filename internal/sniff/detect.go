// This file holds the signatures. Detect asks in this order: byte order marks;
// then whether the head is plain UTF-8 text, which settles the matter but for
// one proof (a whole zlib stream with its checksum); then the signatures.

package sniff

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// signature is a fixed run of leading bytes. Input that ends inside the run
// matches from least bytes on, so that a file cut short is still recognised.
type signature struct {
	bytes string
	least int
	kind  Kind
}

// signatures are the runs that need no other proof: each holds a byte that
// UTF-8 text cannot start a file with.
var signatures = [...]signature{
	{"\x1f\x8b\x08", 2, Gzip},
	{"\xff\x06\x00\x00sNaPpY", 4, SnappyFramed},
	{"\xff\x06\x00\x00S2sTwO", 10, S2},
	{"\xfd7zXZ\x00", 6, XZ},
	{"\x04\x22\x4d\x18", 4, LZ4},
	{"\x02\x21\x4c\x18", 4, LZ4},
	{"7z\xbc\xaf\x27\x1c", 4, SevenZip},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, OldExcel},
	{"PK\x05\x06", 4, Zip},           // an archive without entries
	{"PK\x07\x08PK\x03\x04", 4, Zip}, // one that was meant to span disks
	{"PK00PK\x03\x04", 8, Zip},       // one that was, and fitted on one
	{"Rar!\x1a\x07\x00", 6, Rar},
	{"Rar!\x1a\x07\x01\x00", 7, Rar},
	{"Obj\x01", 4, Avro},
	{"LZIP\x00", 5, Lzip},
	{"LZIP\x01", 5, Lzip},
}

// Detect tells what the input is from its first bytes; head should hold the
// first Peek of them, or all there are. The work is bounded whatever the bytes.
//
// Text in valid UTF-8 without control characters (tab, line feed and carriage
// return aside) is always Text, or UTF8BOM; the only exception is a head that
// starts with a complete zlib stream whose checksum agrees.
func Detect(head []byte) Kind {
	if len(head) > Peek {
		head = head[:Peek]
	}
	if k := detectBOM(head); k != Text {
		return k
	}
	if plainText(head) {
		if zlibStream(head) == wholeStream {
			return Zlib
		}
		return Text
	}
	for i := range signatures {
		s := &signatures[i]
		n := min(len(head), len(s.bytes))
		if n >= s.least && string(head[:n]) == s.bytes[:n] {
			return s.kind
		}
	}
	// The magic numbers of Parquet and ORC are letters. What follows them is a
	// page header, or a chunk length or a message in protobuf encoding: each
	// has a control byte among its first few.
	switch {
	case hasPrefix(head, "PK\x03\x04"):
		return zipKind(head)
	case isZstd(head):
		return frameKind(head)
	case isBzip2(head):
		return Bzip2
	case isCompress(head):
		return Compress
	case isLZMA(head):
		return LZMA
	case hasPrefix(head, "PAR1") && controlIn(head[4:min(20, len(head))]):
		return Parquet
	case hasPrefix(head, "ORC") && controlIn(head[3:min(19, len(head))]):
		return ORC
	}
	if isZlib(head) {
		return Zlib
	}
	return Text
}

func detectBOM(head []byte) Kind {
	switch {
	case hasPrefix(head, "\xef\xbb\xbf"):
		return UTF8BOM
	case hasPrefix(head, "\xff\xfe\x00\x00"): // before UTF-16, whose mark it starts with
		return UTF32LE
	case hasPrefix(head, "\x00\x00\xfe\xff"):
		return UTF32BE
	case hasPrefix(head, "\xff\xfe"):
		return UTF16LE
	case hasPrefix(head, "\xfe\xff"):
		return UTF16BE
	}
	return Text
}

func hasPrefix(b []byte, p string) bool { return len(b) >= len(p) && string(b[:len(p)]) == p }

// control reports a byte that no text needs: the C0 controls but tab and the
// line ends.
func control(c byte) bool { return c < 0x20 && c != '\t' && c != '\n' && c != '\r' }

func controlIn(b []byte) bool {
	for _, c := range b {
		if control(c) {
			return true
		}
	}
	return false
}

// plainText reports whether b is UTF-8 without control characters. A last
// character that the end of the head cuts in two is forgiven.
func plainText(b []byte) bool {
	for i := 0; i < len(b); {
		if c := b[i]; c < utf8.RuneSelf {
			if control(c) {
				return false
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i > 0 && !utf8.FullRune(b[i:])
		}
		i += n
	}
	return true
}

// isZstd reports a zstd frame or a skippable frame. A frame's descriptor has
// one bit that must be zero.
func isZstd(b []byte) bool {
	return isSkippable(b) || hasPrefix(b, "\x28\xb5\x2f\xfd") && (len(b) == 4 || b[4]&0x08 == 0)
}

// isSkippable reports the frame that RFC 8878, section 3.1.2 sets aside for
// foreign data.
func isSkippable(b []byte) bool {
	return len(b) >= 4 && b[0]&0xf0 == 0x50 && string(b[1:4]) == "\x2a\x4d\x18"
}

// frameKind looks behind skippable frames, which zstd and LZ4 share, for the
// first real one. When the head ends before it, zstd is the likelier.
func frameKind(b []byte) Kind {
	for isSkippable(b) && len(b) >= 8 {
		n := uint64(binary.LittleEndian.Uint32(b[4:])) + 8
		if n > uint64(len(b)) {
			break
		}
		b = b[n:]
	}
	if hasPrefix(b, "\x04\x22\x4d\x18") || hasPrefix(b, "\x02\x21\x4c\x18") {
		return LZ4
	}
	return Zstd
}

// isBzip2 wants the magic number of a block, or of the end of an empty stream,
// behind the file's. The former is letters throughout ("1AY&SY"); the caller
// has made sure that the head is not text.
func isBzip2(b []byte) bool {
	const block, end = "1AY&SY", "\x17\x72\x45\x38\x50\x90"
	if !hasPrefix(b, "BZh") || len(b) < 10 || b[3] < '1' || b[3] > '9' {
		return false
	}
	return string(b[4:10]) == block || string(b[4:10]) == end
}

// isCompress checks the code width (9 to 16 bits) and the two unused bits of
// the third byte.
func isCompress(b []byte) bool {
	return len(b) >= 3 && b[0] == 0x1f && b[1] == 0x9d && b[2]&0x60 == 0 && b[2]&0x1f >= 9 && b[2]&0x1f <= 16
}

// isLZMA has no magic number to go by. It wants the default parameters (0x5d),
// a dictionary of 2^n or 3*2^n bytes from 4 KiB up, an uncompressed size that is
// unknown or below 1 TiB, and the zero that opens every range-coded stream.
func isLZMA(b []byte) bool {
	if len(b) < 14 || b[0] != 0x5d || b[13] != 0 {
		return false
	}
	dict := binary.LittleEndian.Uint32(b[1:])
	if dict < 4096 {
		return false
	}
	if odd := dict >> bits.TrailingZeros32(dict); odd != 1 && odd != 3 && dict != 1<<32-1 {
		return false
	}
	size := binary.LittleEndian.Uint64(b[5:])
	return size == 1<<64-1 || size < 1<<40
}

// zipKind tells the packed office documents and Java archives from a plain zip
// by the names of the entries whose headers lie in the head.
func zipKind(head []byte) Kind {
	office := false
	for i := 0; i+30 <= len(head); i++ {
		if i > 0 && !hasPrefix(head[i:], "PK\x03\x04") {
			continue
		}
		h := head[i:]
		n := int(binary.LittleEndian.Uint16(h[26:]))
		name := string(h[30:min(30+n, len(h))])
		switch {
		case i == 0 && (name == "META-INF/" || name == "META-INF/MANIFEST.MF"):
			return Jar
		case i == 0 && name == "mimetype":
			body := h[min(len(h), 30+n+int(binary.LittleEndian.Uint16(h[28:]))):]
			if hasPrefix(body, "application/vnd.oasis.opendocument.spreadsheet") {
				return OpenSheet
			}
			return Zip
		case excelPart(name):
			return Excel
		case i == 0 && !officePart(name):
			return Zip
		case strings.HasPrefix(name, "word/"), strings.HasPrefix(name, "ppt/"), strings.HasPrefix(name, "visio/"):
			return Zip // another office document: no sheet to save as CSV
		}
		office = true
	}
	if office {
		return Excel
	}
	return Zip
}

// officePart reports the name of an entry that opens a packed office document.
func officePart(name string) bool {
	switch name {
	case "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml":
		return true
	}
	return false
}

// excelPart reports the name of an entry that every or nearly every workbook
// has. "xl/" alone would not do: a folder may have that name.
func excelPart(name string) bool {
	rest, ok := strings.CutPrefix(name, "xl/")
	if !ok {
		return false
	}
	for _, p := range [...]string{"workbook.", "worksheets/", "_rels/", "styles.", "sharedStrings.", "theme/"} {
		if strings.HasPrefix(rest, p) {
			return true
		}
	}
	return false
}
