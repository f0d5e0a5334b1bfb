package csvcodec

import (
	"bytes"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// Options say how CSV is read. Nil stands for the defaults.
type Options struct {
	// File is the name of the input in faults. Default: none.
	File string
	// Fix takes a header name that differs from a legal one in letter case or
	// outer space only for that name; it is reported as repaired. Default: such
	// a header is refused.
	Fix bool
	// MaxRecord is the size of the largest record in bytes, its line end
	// included; a last record without one must be smaller. Default, and most:
	// [endpoint.MaxRecord]; least: 4.
	MaxRecord int

	// The rest is for a [Reader] only.

	// Report collects the faults, and may be kept from stopping at the first.
	// Default: the first fault ends the reading and is its error.
	Report *fault.Report
	// Check judges each batch before it is handed out, as the Check of a
	// validate.Checker does. Default: grammar only.
	Check func(b *endpoint.Batch, rep *fault.Report) error
	// BlockSize is how many bytes are read at a time. Default: 256 KiB.
	BlockSize int
}

func (o *Options) maxRecord() int {
	if o == nil || o.MaxRecord <= 0 {
		return endpoint.MaxRecord
	}
	return max(4, min(o.MaxRecord, endpoint.MaxRecord))
}

// byteOrderMark may stand at the start of a UTF-8 text and is no part of it.
var byteOrderMark = []byte("\xef\xbb\xbf")

// trimEnd takes the line end off a record: a line feed, if there is one, and
// one carriage return before it or at the end of the input.
func trimEnd(rec []byte) []byte {
	if n := len(rec); n > 0 && rec[n-1] == '\n' {
		rec = rec[:n-1]
	}
	if n := len(rec); n > 0 && rec[n-1] == '\r' {
		rec = rec[:n-1]
	}
	return rec
}

// line gives the bytes up to the first line feed, without the line end.
func line(rec []byte) []byte {
	if i := bytes.IndexByte(rec, '\n'); i >= 0 {
		rec = rec[:i+1]
	}
	return trimEnd(rec)
}
