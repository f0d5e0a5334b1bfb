package ndjson

import (
	"math"
	"slices"
	"strconv"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
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
	most    int // size of the largest record that is written
	plan    plan
	ordered []endpoint.Value // what vals is made of
	emission
}

// NewAppender makes an appender.
func NewAppender(opt *AppendOptions) *Appender {
	a := &Appender{most: math.MaxInt}
	if opt != nil && opt.MaxOut > 0 {
		a.most = opt.MaxOut
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
	a.begin(b, len(dst), b.Rows)
	for row := 0; row < len(b.Rows); row++ {
		if len(a.cells) > 0 && b.Dense {
			a.buf, a.n = dst[:cap(dst)], len(dst)
			row += a.emitRows(b.Rows[row:])
			if dst = a.buf[:a.n]; row == len(b.Rows) {
				break
			}
		}
		if b.Rows[row].Flags&endpoint.Rejected != 0 {
			continue
		}
		n := len(dst)
		var err error
		if dst, err = a.row(dst, b, row, rep); err != nil {
			return dst, err
		}
		if len(dst) > n {
			a.ends = append(a.ends, uint32(len(dst)-a.base))
		}
	}
	return dst, nil
}

// begin makes the appender ready for some rows of a batch that are written at place
// base.
func (a *Appender) begin(b *endpoint.Batch, base int, rows []endpoint.Row) {
	a.plan.compile(b, len(rows))
	a.emission = emission{
		table: &a.plan.table, data: b.Data[:cap(b.Data)], vals: b.Vals, list: a.list, ends: a.ends[:0], base: base, max: a.most,
		width: len(a.plan.order), packed: -1,
	}
	if n := len(a.plan.order) + 2*packSlack; b.Dense && len(a.list) < n {
		a.list = make([]endpoint.Value, n)
	}
	if b.Dense && !a.plan.sorted {
		a.inOrder(rows)
	}
}

// AppendRow appends one row of b as Append does, whether it is rejected or not
// (a torn one has no values and gives an empty object).
func (a *Appender) AppendRow(dst []byte, b *endpoint.Batch, row int, rep *fault.Report) ([]byte, error) {
	a.begin(b, len(dst), b.Rows[row:row+1])
	return a.row(dst, b, row, rep)
}

// row appends a row, or rejects it and appends nothing.
func (a *Appender) row(dst []byte, b *endpoint.Batch, row int, rep *fault.Report) ([]byte, error) {
	r := &b.Rows[row]
	vals := a.vals[r.First:][:r.N]
	var (
		out  []byte
		bad  endpoint.Value
		rule fault.Rule
	)
	switch {
	case !b.Dense && !a.plan.regular(vals):
		vals = a.plan.arrange(a.list[:0], vals)
		a.list = vals[:cap(vals)]
		out, bad, rule = a.plan.write(dst, b, vals)
	case !b.Dense && len(a.cells) > 0:
		list := append(append(a.list[:0], vals...), a.plan.end)
		a.list = list[:cap(list)]
		out, bad, rule = a.byTable(dst, b, list, true)
	case !b.Dense:
		out, bad, rule = a.plan.write(dst, b, vals)
	case len(a.cells) == 0:
		out, bad, rule = a.plan.write(dst, b, present(a.list[:0], vals))
	default:
		k, care := a.packed, true
		if a.packed = -1; k < 0 {
			k, care = pack(a.list, vals, a.plan.packs)
		}
		a.list[k] = a.plan.end
		out, bad, rule = a.byTable(dst, b, a.list[:k+1], care)
	}
	var e *fault.Error
	switch {
	case rule != fault.None:
		e = b.FaultOf(row, bad, rule)
	case len(out)-len(dst) > a.most:
		e = b.FaultAt(row, int(r.Start), fault.ChunkSize)
		e.Detail = "the record takes " + strconv.Itoa(len(out)-len(dst)) + " bytes, a chunk " + strconv.Itoa(a.most)
	default:
		return out, nil
	}
	b.Reject(row)
	return out[:len(dst)], rep.Add(e)
}

// inOrder puts the values of rows in the order of output, in a copy of their own.
func (a *Appender) inOrder(rows []endpoint.Row) {
	a.ordered = slices.Grow(a.ordered[:0], len(a.vals)+packSlack)[:len(a.vals)]
	for i := range rows {
		r := &rows[i]
		from, to := a.vals[r.First:][:r.N], a.ordered[r.First:][:r.N]
		if len(from) != a.width {
			copy(to, from) // a torn row, which has none
			continue
		}
		for k, col := range a.order {
			to[k] = from[col]
		}
	}
	a.vals = a.ordered
}

// present appends the values that are not empty.
func present(dst, vals []endpoint.Value) []endpoint.Value {
	for _, v := range vals {
		if v.Len() != 0 {
			dst = append(dst, v)
		}
	}
	return dst
}

// byTable appends an object of the values in list, which come group by group and
// list by list, with the end behind them. One of them may be careful if care is set.
// If one cannot be written, it is bad, and rule says why.
func (a *Appender) byTable(dst []byte, b *endpoint.Batch, list []endpoint.Value, care bool) (out []byte, bad endpoint.Value, rule fault.Rule) {
	p, e := &a.plan, &a.emission
	e.buf, e.n, e.row = dst[:cap(dst)], len(dst), 0
	for {
		quick := len(list)
		if care {
			quick = p.untilCare(list)
		}
		for {
			done := e.emit(list[:quick])
			list, quick = list[done:], quick-done
			if quick == 0 || len(e.buf)-e.n > 2*room {
				break
			}
			e.buf = grow(e.buf, e.n, 4*room)
		}
		if len(list) == 0 {
			return e.buf[:e.n], 0, fault.None
		}
		// This one needs care, or stands too near to the end of the data.
		if rule := p.slow(e, b, list[0]); rule != fault.None {
			return e.buf[:e.n], list[0], rule
		}
		if list = list[1:]; len(list) == 0 {
			return e.buf[:e.n], 0, fault.None
		}
	}
}
