// Package block reads an input into runs of whole records: the one loop that
// stands between an io.Reader and the codecs, shared by the codecs' readers and
// by the pipeline.
//
// A Reader fills a buffer, asks the codec where the last whole record ends,
// hands out what lies before and carries the rest over to the next buffer. A
// record is never torn; what cannot be a record at all (larger than any that
// keeps the limits) is handed out in pieces that are marked as such, so that
// memory stays bounded whatever the bytes.
package block

import (
	"bytes"
	"io"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// Size is the usual size of a block in bytes. Larger blocks fall out of the
// processor's cache between reading and parsing; smaller ones cost system calls.
const Size = 256 << 10

// page is what reads are aligned to, in memory and in the input: the system copies
// whole pages fastest. Blocks of only a few pages are not aligned.
const page = 4 << 10

// Block is a run of whole records, or a fragment of something that is none.
type Block struct {
	Data []byte       // borrowed from Buf
	Base fault.Pos    // place of Data[0]
	End  fault.Pos    // place behind Data
	Cut  endpoint.Cut // what the cutter said
	Buf  []byte       // the memory that Data lies in: hand it to Next again when done
}

// Reader reads an input into blocks. It belongs to one goroutine.
type Reader struct {
	src   io.Reader
	cut   func(block []byte, atEOF bool) endpoint.Cut
	size  int
	pos   fault.Pos // place of the next block
	carry []byte    // the unfinished record behind the last cut
	eof   bool
	err   error
}

// NewReader makes a reader of src, whose text starts at base. A size of 0 means [Size].
func NewReader(src io.Reader, base fault.Pos, size int, cut func(block []byte, atEOF bool) endpoint.Cut) *Reader {
	if size <= 0 {
		size = Size
	}
	return &Reader{src: src, cut: cut, size: size, pos: base}
}

// Pos gives the place behind the last block.
func (r *Reader) Pos() fault.Pos { return r.pos }

// Next reads the next block into buf, which it may replace by a larger one. At
// the end of the input it gives io.EOF; an error of the source comes as it is,
// after the whole records that were read before it.
func (r *Reader) Next(buf []byte) (Block, error) {
	if r.err != nil && len(r.carry) == 0 {
		return Block{Buf: buf}, r.err
	}
	// What is carried stands so that the first byte that is read begins a page.
	lead := 0
	if r.size >= 16*page {
		lead = -len(r.carry) & (page - 1)
	}
	mem := grow(buf[:0], max(r.size, lead+len(r.carry)))
	endpoint.Spoil(mem[:cap(mem)])
	buf = append(mem[lead:lead], r.carry...)
	for {
		buf = r.fill(buf)
		var c endpoint.Cut
		if len(buf) > 0 {
			c = r.cut(buf, r.eof)
		}
		switch {
		case c.N > 0:
			return r.hand(mem, buf, c), nil
		case r.err != nil:
			r.carry = r.carry[:0] // the unfinished record is lost with the source
			return Block{Buf: mem}, r.err
		case r.eof && len(buf) > 0:
			// A cutter leaves nothing at the end; should one do so all the same,
			// the rest is handed on rather than lost.
			return r.hand(mem, buf, endpoint.Cut{N: len(buf)}), nil
		case r.eof:
			r.err = io.EOF
			return Block{Buf: mem}, io.EOF
		}
		buf = grow(buf, 2*cap(buf))
		mem = buf[:0]
	}
}

func (r *Reader) hand(mem, buf []byte, c endpoint.Cut) Block {
	b := Block{Data: buf[:c.N:c.N], Base: r.pos, Cut: c, Buf: mem}
	r.carry = append(r.carry[:0], buf[c.N:]...)
	r.pos = After(b.Base, b.Data)
	b.End = r.pos
	return b
}

// fill reads until buf is full, the input ends or the source fails.
func (r *Reader) fill(buf []byte) []byte {
	idle := 0
	for len(buf) < cap(buf) && !r.eof && r.err == nil {
		n, err := r.src.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		switch {
		case err == io.EOF:
			r.eof = true
		case err != nil:
			r.err = err
		case n > 0:
			idle = 0
		default:
			if idle++; idle > 100 {
				r.err = io.ErrNoProgress
			}
		}
	}
	return buf
}

// grow gives buf room for n bytes, keeping its content.
func grow(buf []byte, n int) []byte {
	if cap(buf) >= n {
		return buf
	}
	return append(make([]byte, 0, n), buf...)
}

var lineFeed = []byte{'\n'}

// After gives the place behind data, which stands at p. A column that is not
// known is taken for the first one, as [endpoint.Batch.Pos] does.
func After(p fault.Pos, data []byte) fault.Pos {
	p.Offset += int64(len(data))
	if i := bytes.LastIndexByte(data, '\n'); i >= 0 {
		p.Line += int64(bytes.Count(data, lineFeed))
		p.Column = len(data) - i
	} else {
		p.Column = max(p.Column, 1) + len(data)
	}
	return p
}
