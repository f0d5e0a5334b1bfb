package convert

import (
	"bytes"

	"github.com/endpointfile/endpointfile/csvcodec"
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/ndjson"
)

// parser is the half of a codec that workers need.
type parser interface {
	Parse(b *endpoint.Batch, data []byte, pos fault.Pos, record int64, rep *fault.Report) (int, error)
}

// appender is what csvcodec and ndjson offer for writing.
type appender interface {
	Header(dst []byte) []byte
	Append(dst []byte, b *endpoint.Batch, rep *fault.Report) ([]byte, error)
	AppendRow(dst []byte, b *endpoint.Batch, row int, rep *fault.Report) ([]byte, error)
	Ends() []uint32
}

// newCodec makes the codec of an input.
func (r *run) newCodec(f Format, name string) endpoint.Codec {
	if f == CSV {
		return csvcodec.NewCodec(&csvcodec.Options{File: name, Fix: r.opt.Fix})
	}
	return ndjson.NewCodec(&ndjson.Options{File: name, Fix: r.opt.Fix, DropExport: r.opt.Decompress})
}

// fork makes a parser for another goroutine of an input whose header c has read.
func fork(c endpoint.Codec) parser {
	if c, ok := c.(*csvcodec.Codec); ok {
		return c.Fork()
	}
	return c.(*ndjson.Codec).Fork()
}

// isArray reports whether c reads a JSON array, whose records need not stand on
// lines of their own.
func isArray(c endpoint.Codec) bool {
	n, ok := c.(*ndjson.Codec)
	return ok && n.Array()
}

// newAppender makes the appender of a worker. A longer record than limit bytes
// is rejected.
func newAppender(f Format, columns *endpoint.Schema, limit int) appender {
	if f == CSV {
		return csvcodec.NewAppender(columns, &csvcodec.AppendOptions{MaxOut: limit})
	}
	return ndjson.NewAppender(&ndjson.AppendOptions{MaxOut: limit})
}

// appendRaw appends a record as it was read and ends it with a line feed. Line
// breaks between the tokens of an array's element become spaces, so that the
// record stands on one line.
func appendRaw(dst, raw []byte, flatten bool) []byte {
	n := len(dst)
	dst = append(dst, raw...)
	if flatten {
		for i, c := range dst[n:] {
			if c == '\n' || c == '\r' {
				dst[n+i] = ' '
			}
		}
	}
	return endLine(dst)
}

// endLine appends a line feed unless there is one.
func endLine(dst []byte) []byte {
	if !bytes.HasSuffix(dst, lineFeed) {
		dst = append(dst, '\n')
	}
	return dst
}

var lineFeed = []byte{'\n'}
