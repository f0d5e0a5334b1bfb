// This file makes sure that the directory of a zip archive speaks for all of
// it. Readers of zip look from the end and forgive whatever stands in front, so
// of two archives put one behind the other they show one, and the file in the
// other would be lost without a word.

package unwrap

import (
	"bytes"
	"encoding/binary"
	"io"

	"github.com/klauspost/compress/zip"
)

// The sizes are those of APPNOTE.TXT, sections 4.3.7 and 4.3.14 to 4.3.16.
const (
	zipHeaderLen    = 30
	zipEndLen       = 22
	zip64EndLen     = 56
	zip64LocatorLen = 20
	zipCommentMost  = 1<<16 - 1
)

// complete reports whether the directory ends where it says, counted from the
// archive's first byte, and lists the entry that stands there; head is how the
// archive starts.
func complete(at *io.SectionReader, head []byte, files []*zip.File) bool {
	mark := 0
	if bytes.HasPrefix(head, []byte("PK\x07\x08")) || bytes.HasPrefix(head, []byte("PK00")) {
		mark = 4 // in front of an archive that was meant to span disks; some offsets count it
	}
	if len(head) < mark+zipHeaderLen {
		return false
	}
	end, said, ok := directoryEnd(at)
	if !ok || end != said && end != said+int64(mark) {
		return false
	}
	h := head[mark:]
	data := mark + zipHeaderLen + int(binary.LittleEndian.Uint16(h[26:])) + int(binary.LittleEndian.Uint16(h[28:]))
	for _, f := range files {
		if off, err := f.DataOffset(); err == nil && off == int64(data) {
			return true
		}
	}
	return false
}

// directoryEnd finds the last directory's end: where it lies, and where it lies
// by the archive's own account.
func directoryEnd(at *io.SectionReader) (end, said int64, ok bool) {
	tail := make([]byte, min(at.Size(), zipEndLen+zipCommentMost))
	base := at.Size() - int64(len(tail))
	if n, _ := at.ReadAt(tail, base); n != len(tail) {
		return 0, 0, false
	}
	i := len(tail) - zipEndLen
	for ; i >= 0; i-- {
		// The comment behind the record ends the archive.
		if bytes.HasPrefix(tail[i:], []byte("PK\x05\x06")) && i+zipEndLen+int(binary.LittleEndian.Uint16(tail[i+20:])) <= len(tail) {
			break
		}
	}
	if i < 0 {
		return 0, 0, false
	}
	end = base + int64(i)
	size, offset := binary.LittleEndian.Uint32(tail[i+12:]), binary.LittleEndian.Uint32(tail[i+16:])
	if size != 1<<32-1 && offset != 1<<32-1 && binary.LittleEndian.Uint16(tail[i+10:]) != 1<<16-1 {
		return end, int64(size) + int64(offset), true
	}

	var locator [zip64LocatorLen]byte
	if n, _ := at.ReadAt(locator[:], end-zip64LocatorLen); n != len(locator) || !bytes.HasPrefix(locator[:], []byte("PK\x06\x07")) {
		return end, int64(size) + int64(offset), true // the numbers mean themselves
	}
	end = int64(binary.LittleEndian.Uint64(locator[8:]))
	var record [zip64EndLen]byte
	if n, _ := at.ReadAt(record[:], end); n != len(record) || !bytes.HasPrefix(record[:], []byte("PK\x06\x06")) {
		return 0, 0, false
	}
	said = int64(binary.LittleEndian.Uint64(record[40:])) + int64(binary.LittleEndian.Uint64(record[48:]))
	return end, said, true
}
