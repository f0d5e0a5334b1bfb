package ndjson

import (
	"slices"
	"strconv"
	"strings"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/scan"
)

// AppendOptions are the settings of an [Appender] and a [Writer]. Nil stands
// for the zero value.
type AppendOptions struct {
	// MaxOut is the size in bytes of the largest record that is written, its
	// line feed counted. A larger one is rejected with [fault.ChunkSize]. Zero
	// sets no bound.
	MaxOut int
}

// Appender writes batches as lines of JSON. It knows the schema of the last
// batch: batches of one schema are best written one after the other.
//
// An Appender belongs to one goroutine.
type Appender struct {
	max  int
	plan plan
	vals []endpoint.Value // the values of a row in the order of output
	ends []uint32
}

// NewAppender makes an appender.
func NewAppender(opt *AppendOptions) *Appender {
	a := &Appender{}
	if opt != nil {
		a.max = opt.MaxOut
	}
	a.plan.makeJoins()
	return a
}

// Header appends what stands before the first record: nothing.
func (a *Appender) Header(dst []byte) []byte { return dst }

// Ends gives the place behind each record that the last Append has written,
// counted from the length that dst then had. It is borrowed until the next call
// of Append.
func (a *Appender) Ends() []uint32 { return a.ends }

// Append appends the rows of b that are not rejected, each as one object and a
// line feed. Rows that cannot be written are reported and marked as rejected.
// The bytes of dst between its length and its capacity may be overwritten. The
// error is fault.ErrStop or nil; what was appended before it are whole records.
func (a *Appender) Append(dst []byte, b *endpoint.Batch, rep *fault.Report) ([]byte, error) {
	a.plan.compile(b)
	a.ends = a.ends[:0]
	base := len(dst)
	for row := range b.Rows {
		if b.Rows[row].Flags&endpoint.Rejected != 0 {
			continue
		}
		n := len(dst)
		var err error
		if dst, err = a.row(dst, b, row, rep); err != nil {
			return dst, err
		}
		if len(dst) > n {
			a.ends = append(a.ends, uint32(len(dst)-base))
		}
	}
	return dst, nil
}

// AppendRow appends one row of b as Append does, whether it is rejected or not
// (a torn one has no values and gives an empty object).
func (a *Appender) AppendRow(dst []byte, b *endpoint.Batch, row int, rep *fault.Report) ([]byte, error) {
	a.plan.compile(b)
	return a.row(dst, b, row, rep)
}

// row appends a row, or rejects it and appends nothing.
func (a *Appender) row(dst []byte, b *endpoint.Batch, row int, rep *fault.Report) ([]byte, error) {
	vals := b.Values(row)
	switch {
	case b.Dense:
		vals = a.present(vals)
	case !a.plan.regular(vals):
		a.vals = a.plan.arrange(a.vals[:0], vals)
		vals = a.vals
	}
	out, bad, rule := a.plan.write(dst, b, vals)
	var e *fault.Error
	switch {
	case bad >= 0:
		e = b.FaultOf(row, vals[bad], rule)
	case a.max > 0 && len(out)-len(dst) > a.max:
		e = b.FaultAt(row, int(b.Rows[row].Start), fault.ChunkSize)
		e.Detail = "the record takes " + strconv.Itoa(len(out)-len(dst)) + " bytes, a chunk " + strconv.Itoa(a.max)
	default:
		return out, nil
	}
	b.Reject(row)
	return out[:len(dst)], rep.Add(e)
}

// present gives the values of a dense row that are not empty, in the order of
// output.
func (a *Appender) present(vals []endpoint.Value) []endpoint.Value {
	if cap(a.vals) < len(vals) {
		a.vals = make([]endpoint.Value, len(vals))
	}
	out := a.vals[:len(vals)]
	n := 0
	if a.plan.sorted {
		for _, v := range vals {
			out[n] = v
			if v.Len() != 0 {
				n++
			}
		}
		return out[:n]
	}
	for _, col := range a.plan.order[:len(vals)] {
		v := vals[col]
		out[n] = v
		if v.Len() != 0 {
			n++
		}
	}
	return out[:n]
}

// write appends an object of the values, which come group by group and list by
// list. If a value cannot be written, bad is its index and rule says why.
func (p *plan) write(dst []byte, b *endpoint.Batch, vals []endpoint.Value) (out []byte, bad int, rule fault.Rule) {
	n, buf := len(dst), dst[:cap(dst)]
	class, last := startClass, -1
	for k := 0; ; k++ {
		from := k
		if n, k = emit(buf, n, vals, k, b.Data, p.cols, &p.joins, class, last); k > from {
			c := &p.cols[vals[k-1].Column()]
			class, last = int(c.class), int(c.head)
		}
		if k == len(vals) {
			break
		}
		// This one needs care, or room.
		v := vals[k]
		size := v.Len()
		c := &p.cols[v.Column()]
		long := p.long[v.Column()]
		buf = grow(buf, n, len(long)+size+room)
		if int(c.head) == last {
			if c.kind != endpoint.List {
				return buf, k, fault.JSONDuplicate
			}
			n += copy(buf[n:], `","`)
		} else {
			j := &p.joins[class][c.group]
			n += copy(buf[n:], j.text[:j.n])
			if long == "" {
				long = string(c.key[:c.n])
			}
			n += copy(buf[n:], long)
			class, last = int(c.class), int(c.head)
		}
		text := b.Bytes(v)
		if c.kind == endpoint.Number && !v.Is(endpoint.Bare) {
			if end, ok := scan.JSONNumber(text, 0); !ok || end < size {
				return buf, k, numberRule(b.Columns[v.Column()].Field, text)
			}
		}
		if v.Is(endpoint.Plain) {
			n += copy(buf[n:], text)
		} else {
			buf, n = escaped(buf, n, text)
		}
	}
	buf = grow(buf, n, room)
	j := &p.joins[class][endGroup]
	*(*[joinSize]byte)(buf[n:]) = j.text
	return buf[:n+int(j.n)], -1, fault.None
}

// grow makes room for more bytes behind the first n.
func grow(buf []byte, n, more int) []byte {
	if len(buf)-n >= more {
		return buf
	}
	buf = slices.Grow(buf[:n], more)
	return buf[:cap(buf)]
}

// escaped writes text that may need escapes.
func escaped(buf []byte, n int, src []byte) ([]byte, int) {
	for {
		k := scan.JSONCopy(buf[n:], src)
		n += k
		if k == len(src) {
			return buf, n
		}
		n += copy(buf[n:], escapes[src[k]])
		src = src[k+1:]
		buf = grow(buf, n, len(src)+room)
	}
}

// escapes are the bytes that a JSON string cannot hold as they are.
var escapes = [256]string{
	'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`,
	0x00: `\u0000`, 0x01: `\u0001`, 0x02: `\u0002`, 0x03: `\u0003`, 0x04: `\u0004`, 0x05: `\u0005`, 0x06: `\u0006`, 0x07: `\u0007`,
	0x0b: `\u000b`, 0x0e: `\u000e`, 0x0f: `\u000f`,
	0x10: `\u0010`, 0x11: `\u0011`, 0x12: `\u0012`, 0x13: `\u0013`, 0x14: `\u0014`, 0x15: `\u0015`, 0x16: `\u0016`, 0x17: `\u0017`,
	0x18: `\u0018`, 0x19: `\u0019`, 0x1a: `\u001a`, 0x1b: `\u001b`, 0x1c: `\u001c`, 0x1d: `\u001d`, 0x1e: `\u001e`, 0x1f: `\u001f`,
}

// numberRule gives the rule that text breaks which is no JSON number: that of
// the form if it is a decimal number otherwise written, else that of the
// attribute.
func numberRule(f endpoint.Field, text []byte) fault.Rule {
	if strings.Trim(string(text), "0123456789.+-eE") == "" {
		if _, err := strconv.ParseFloat(string(text), 64); err == nil {
			return fault.NumberForm
		}
	}
	switch f {
	case endpoint.LocationLatitude:
		return fault.Latitude
	case endpoint.LocationLongitude:
		return fault.Longitude
	}
	return fault.MetricNumber
}
