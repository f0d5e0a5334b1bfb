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

// appendRaw appends a record as it was read and ends it with a line feed.
func appendRaw(dst, raw []byte) []byte { return endLine(append(dst, raw...)) }

// appendOnLine is appendRaw for a good element of a JSON array, which may span
// lines: white space between the tokens of such a one is left out.
func appendOnLine(dst, raw []byte) []byte {
	if bytes.IndexByte(raw, '\n') < 0 && bytes.IndexByte(raw, '\r') < 0 {
		return appendRaw(dst, raw)
	}
	inString := false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '"':
			inString = !inString
		case inString && c == '\\':
			dst = append(dst, c)
			i++ // what is escaped is never the end of the string
		case !inString && (c == ' ' || c == '\t' || c == '\n' || c == '\r'):
			continue
		}
		dst = append(dst, raw[i])
	}
	return append(dst, '\n')
}

// appendFlat is appendRaw for a rejected element of a JSON array: line breaks
// become spaces, whatever else is wrong with it.
func appendFlat(dst, raw []byte) []byte {
	n := len(dst)
	dst = append(dst, raw...)
	for i, c := range dst[n:] {
		if c == '\n' || c == '\r' {
			dst[n+i] = ' '
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
