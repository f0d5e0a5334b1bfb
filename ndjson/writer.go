package ndjson

import (
	"io"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// writeSize is how many bytes a [Writer] gathers for one call of Write.
const writeSize = 64 << 10

// Writer writes endpoints as lines of JSON. It gathers what it writes: Flush
// must be called at the end. After an error of the underlying writer all calls
// give that error.
//
// A Writer belongs to one goroutine.
type Writer struct {
	w      io.Writer
	app    *Appender
	buf    []byte
	err    error
	report fault.Report
	one    endpoint.Batch // for single endpoints
	schema *endpoint.Schema
	record int64
}

// NewWriter makes a writer on w.
func NewWriter(w io.Writer, opt *AppendOptions) *Writer {
	return &Writer{w: w, app: NewAppender(opt), report: fault.Report{Keep: 1}, schema: endpoint.NewSchema()}
}

// WriteBatch writes the rows of b that are not rejected. Rows that cannot be
// written are marked as rejected and left out; the error, a *[fault.Error], is
// then the fault of the first, and all others are written. Errors of the
// underlying writer are given as they are.
func (w *Writer) WriteBatch(b *endpoint.Batch) error {
	if w.err != nil {
		return w.err
	}
	w.report.Reset()
	w.buf, _ = w.app.Append(w.buf, b, &w.report)
	if len(w.buf) >= writeSize {
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return w.report.Err()
}

// Write writes one endpoint. If it cannot be written, the error is a
// *[fault.Error] and nothing is; the next one can be written all the same.
// Errors of the underlying writer are given as they are.
func (w *Writer) Write(e *endpoint.Endpoint) error {
	if w.err != nil {
		return w.err
	}
	if w.schema.Len() > maxSchema {
		w.schema = endpoint.NewSchema()
	}
	w.record++
	w.one.Reset(w.schema, fault.Pos{})
	w.one.Record = w.record
	if err := w.one.Append(e); err != nil {
		return err
	}
	return w.WriteBatch(&w.one)
}

// Flush hands all that was gathered to the underlying writer.
func (w *Writer) Flush() error {
	if w.err != nil || len(w.buf) == 0 {
		return w.err
	}
	n, err := w.w.Write(w.buf)
	if err == nil && n < len(w.buf) {
		err = io.ErrShortWrite
	}
	w.buf, w.err = w.buf[:0], err
	return err
}
