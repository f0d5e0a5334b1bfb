// This file reads gzip members one after another, and looks at what is behind
// the last.

package unwrap

import (
	"bufio"
	"io"

	"github.com/klauspost/compress/gzip"
)

// gzipReader reads any number of members. Zero bytes behind the last are
// padding, as tapes and some block devices leave it; anything else is an error
// and not a reason to stop with a shrug, for it may be a member with a damaged
// header.
type gzipReader struct {
	br *bufio.Reader
	z  *gzip.Reader // nil before the first member
}

// Read gives the bytes of the members in order.
func (g *gzipReader) Read(p []byte) (int, error) {
	if g.z == nil {
		z, err := gzip.NewReader(g.br)
		if err != nil {
			return 0, noEOF(err)
		}
		z.Multistream(false)
		g.z = z
	}
	for {
		n, err := g.z.Read(p)
		if err != io.EOF {
			return n, err
		}
		if err := g.nextMember(); err != nil || n > 0 {
			return n, err
		}
	}
}

// nextMember opens the next member. It returns io.EOF when there is none.
func (g *gzipReader) nextMember() error {
	padding := false
	for {
		b, err := g.br.ReadByte()
		if err != nil {
			return err
		}
		if b == 0 {
			padding = true
			continue
		}
		if padding || b != 0x1f {
			return errTrailing
		}
		if err := g.br.UnreadByte(); err != nil {
			return err
		}
		if err := g.z.Reset(g.br); err != nil {
			return noEOF(err)
		}
		g.z.Multistream(false)
		return nil
	}
}
