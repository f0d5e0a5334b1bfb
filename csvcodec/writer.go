package csvcodec

import (
	"io"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// writeSize is how many bytes a Writer gathers for one call of Write.
const writeSize = 64 << 10

// Writer writes endpoints as CSV to an io.Writer. It buffers: call
// [Writer.Flush] at the end. The header is written before the first record, by
// Flush if there is none.
//
// An error of the io.Writer comes back as it is, from the call that met it and
// from all calls after. A Writer belongs to one goroutine.
type Writer struct {
	w      io.Writer
	app    *Appender
	buf    []byte
	opened bool
	err    error // of w

	rep   fault.Report   // of one call
	batch endpoint.Batch // for single endpoints
	own   *endpoint.Schema
}

// NewWriter makes a Writer of records with the columns of schema, which must
// not grow afterwards. Nil options are the defaults.
func NewWriter(w io.Writer, schema *endpoint.Schema, opt *AppendOptions) *Writer {
	return &Writer{w: w, app: NewAppender(schema, opt), rep: fault.Report{Keep: 1}}
}

// WriteBatch writes the rows of b that are not rejected. A row that cannot be
// written (see [Appender.Append]) is marked as rejected and left out; the others
// are written, and the error is the first such fault, a *[fault.Error].
func (w *Writer) WriteBatch(b *endpoint.Batch) error {
	if w.err != nil {
		return w.err
	}
	w.open()
	w.rep.Reset()
	// The report has no limit, so that this is the only error there can be.
	w.buf, w.err = w.app.Append(w.buf, b, &w.rep)
	if len(w.buf) >= writeSize {
		w.drain()
	}
	if w.err != nil {
		return w.err
	}
	return w.rep.Err()
}

// Write writes one endpoint. An endpoint that cannot be written is left out and
// the error, a *[fault.Error], says why: text that is not UTF-8, or a value
// without a column.
func (w *Writer) Write(e *endpoint.Endpoint) error {
	if w.err != nil {
		return w.err
	}
	if w.own == nil || w.own.Len() >= endpoint.MaxColumns {
		w.own = endpoint.NewSchema()
		for _, c := range w.app.out.Columns {
			if _, ok := w.own.Lookup(c); !ok {
				w.own.Add(c)
			}
		}
	}
	w.batch.Reset(w.own, fault.Pos{})
	if err := w.batch.Append(e); err != nil {
		return err
	}
	return w.WriteBatch(&w.batch)
}

// Flush writes what is buffered, and the header if nothing was written yet.
func (w *Writer) Flush() error {
	if w.err == nil {
		w.open()
		w.drain()
	}
	return w.err
}

// open puts the header before the first record.
func (w *Writer) open() {
	if !w.opened {
		w.opened = true
		w.buf = w.app.Header(w.buf)
	}
}

// drain hands the buffer to the io.Writer.
func (w *Writer) drain() {
	n, err := w.w.Write(w.buf)
	if err == nil && n < len(w.buf) {
		err = io.ErrShortWrite
	}
	w.buf, w.err = w.buf[:0], err
}
