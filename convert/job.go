package convert

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/block"
	"github.com/endpointfile/endpointfile/validate"
)

// job is one block on its way: read by the reader, filled by a worker, taken in
// order by the caller's goroutine. Jobs are reused in a ring.
type job struct {
	seq  int64
	room int // the largest buffer that is kept for the next block, in bytes
	in   *stream
	blk  block.Block
	data []byte    // the records of the block, behind the header
	base fault.Pos // place of data[0]
	end  fault.Pos // place behind data
	last bool      // the input ends here: no records, but its sums
	err  error     // the source failed

	ready  chan struct{} // the worker has done the job, or a part of it
	resume chan struct{} // the part was taken: the worker may go on
	more   bool          // this is a part: data is what it covers, and others follow

	// What the worker makes of it. Record numbers count from 1 within the job.
	rep     fault.Report
	list    []byte   // the faults as they are listed, but for the numbers of their records
	lines   []listed // the lines of list
	out     []byte
	ends    []uint32 // end in out of each kept record
	starts  []uint32 // start in data of each kept record
	rejects []span   // rejected records in data
	found   []found  // columns, in a discovering pass
}

// span is a run of bytes.
type span struct{ from, to uint32 }

// found is a column that the records of a job need.
type found struct {
	column endpoint.Column
	repeat int // widest list of the name
}

// newJob makes a job for a pass. Its report has no limit and tells all fields apart,
// so that nothing depends on what a job happens to hold.
func (p *pass) newJob() *job {
	run := p.r.report
	j := &job{room: 16 * p.r.blockSize(), ready: make(chan struct{}, 1), resume: make(chan struct{}, 1)}
	j.rep = fault.Report{Keep: run.Keep, Redact: run.Redact, Fields: math.MaxInt}
	if run.Max > 0 {
		j.rep.Keep = 0 // where the run has enough is told fault by fault
	}
	return j
}

func (j *job) reset() {
	j.in, j.data, j.err, j.last, j.more = nil, nil, nil, false, false
	j.clear()
}

// clear empties what the worker has made.
func (j *job) clear() {
	j.rep.Recycle()
	j.list, j.lines = j.trim(j.list)[:0], j.lines[:0]
	j.out, j.ends, j.starts, j.rejects, j.found = j.trim(j.out)[:0], j.ends[:0], j.starts[:0], j.rejects[:0], j.found[:0]
}

// trim lets go of a buffer that a giant record has made grow.
func (j *job) trim(buf []byte) []byte {
	if cap(buf) > j.room {
		return nil
	}
	return buf
}

// A job with more faults than these is delivered in parts, so that a block of nothing
// but faults does not fill the memory. Only a single batch can have more.
const (
	maxFaults = 8192
	maxList   = 3 << 19 // bytes of their text
)

// listed is a line of the list of faults.
type listed struct {
	end    uint32 // in the list
	at     int32  // where in the list the number of the record belongs, -1 nowhere
	record int64  // within the job, from 1
}

// tell takes what was found in a batch into the job, in order. The text of a fault is
// made here, by the worker, since it costs more than most else about a fault.
func (j *job) tell(found *fault.Report, list bool) {
	if len(found.Faults) == 0 {
		_ = j.rep.Merge(found) // what was counted only
		return
	}
	if !slices.IsSortedFunc(found.Faults, inOrder) {
		slices.SortStableFunc(found.Faults, inOrder)
	}
	for _, e := range found.Faults {
		_ = j.rep.Add(e) // it has no limit
		if list {
			var at int
			j.list, at = e.AppendUnnumbered(j.list)
			j.list = append(j.list, '\n')
			j.lines = append(j.lines, listed{uint32(len(j.list)), int32(at), e.Record})
		}
	}
}

// full reports whether what was found is enough for a part.
func (j *job) full() bool {
	n := int64(0)
	for s := fault.Unset; s <= fault.Refuse; s++ {
		n += j.rep.Count(s)
	}
	return n >= maxFaults || len(j.list) >= maxList
}

// rejectedBefore counts the rejected records before a place in data.
func (j *job) rejectedBefore(off uint32) int {
	n, _ := slices.BinarySearchFunc(j.rejects, off, func(s span, off uint32) int { return cmp.Compare(s.from, off) })
	return n
}

// point gives the place of data[off], which is record number of the job (from 0).
func (j *job) point(off int, first int64, number int) chunk.Point {
	return chunk.Point{
		Offset: j.base.Offset + int64(off),
		Line:   j.base.Line + int64(bytes.Count(j.data[:off], lineFeed)),
		Record: first + int64(number),
	}
}

// truncate drops what lies behind record n of the job (from 1): the report had
// enough there.
func (j *job) truncate(n int64) {
	kept := len(j.starts)
	for kept > 0 && int64(kept+j.rejectedBefore(j.starts[kept-1])) > n {
		kept--
	}
	end := uint32(len(j.data))
	if kept < len(j.starts) {
		end = j.starts[kept]
	}
	if rejected := max(int(n)-kept, 0); rejected < len(j.rejects) {
		end = min(end, j.rejects[rejected].from)
		j.rejects = j.rejects[:rejected]
	}
	j.starts = j.starts[:kept]
	if len(j.ends) > kept {
		j.ends = j.ends[:kept]
		j.out = j.out[:lastEnd(j.ends)]
	}
	j.data = j.data[:end]
	j.end = block.After(j.base, j.data)
}

func lastEnd(ends []uint32) uint32 {
	if len(ends) == 0 {
		return 0
	}
	return ends[len(ends)-1]
}

// worker turns blocks into output. It belongs to one goroutine.
type worker struct {
	p       *pass
	in      *stream // what parser and app are for
	parser  parser
	checker *validate.Checker
	app     appender
	target  *endpoint.Schema // what app writes, for CSV
	limit   int
	batch   endpoint.Batch
	found   fault.Report // what is wrong in the batch
	most    int          // the most output that a job had

	seen  []int32          // discovering: index in job.found by column, -1 unknown
	reps  []int32          // values of a column in the record at hand
	names *endpoint.Schema // what seen is about
}

func (p *pass) newWorker() *worker {
	return &worker{p: p, found: fault.Report{Redact: p.r.report.Redact, Fields: math.MaxInt}}
}

// do processes one job. part hands over a part of it and returns when that was
// taken; false says that the run is over.
func (w *worker) do(j *job, part func(*job) bool) {
	defer w.p.turn.pass(j.seq)
	if w.p.r.full.Load() {
		j.rep.Keep = -1
	}
	w.found.Keep = w.keep(j)
	if j.blk.Cut.Fragment && j.blk.Cut.First && !j.last {
		_ = w.found.Add(block.FragmentFault(j.blk, 1))
		w.tell(j)
	}
	if len(j.data) == 0 || j.blk.Cut.Fragment {
		return
	}
	w.attach(j.in)
	w.names = nil
	// Growing step by step would leave several times the memory behind.
	j.out = slices.Grow(j.out, w.most+w.most/16)
	defer func() { w.most = min(max(w.most, len(j.out)), j.room/2) }()
	all, pos, end, record := j.data, j.base, j.end, int64(1)
	from, at := 0, 0 // where the part at hand begins, and how far it is done
	counted := 0     // the line of pos is that of this place
	for {
		// The report of a batch has no limit, so none of these stops.
		w.found.Keep = w.keep(j)
		n, _ := w.parser.Parse(&w.batch, all[at:], pos, record, &w.found)
		if n <= 0 {
			n = len(all) - at // a codec always moves on; never hang if one does not
		}
		_ = w.checker.Check(&w.batch, &w.found)
		w.account(j)
		w.emit(j, uint32(at-from))
		if j.in.array { // records begin anywhere in a line
			pos = block.After(pos, all[at:at+n])
		} else { // lines are counted when there is something to tell
			if len(w.found.Faults) > 0 && counted < at {
				lines := int64(bytes.Count(all[counted:at], lineFeed))
				for _, e := range w.found.Faults {
					e.Line += lines
				}
				pos.Line += lines
				counted = at
			}
			pos.Offset += int64(n)
			pos.Column = 1
		}
		w.tell(j)
		record += int64(len(w.batch.Rows))
		at += n
		if at < len(all) && !j.full() {
			continue
		}
		j.data, j.more = all[from:at], at < len(all)
		if !j.more {
			j.end = end
			return
		}
		j.end = block.After(j.base, j.data)
		if !part(j) {
			return
		}
		j.base = j.end
		j.clear()
		w.names, from, record = nil, at, 1
	}
}

// keep tells how many faults of the next batch are to be held: all of them, or none
// where nobody will ask for more than their number.
func (w *worker) keep(j *job) int {
	if w.p.mode == discovering || !w.p.list && j.rep.CountsOnly() {
		return -1
	}
	return 0
}

// tell takes what was found in the batch into the job.
func (w *worker) tell(j *job) {
	if w.found.Empty() {
		return
	}
	if w.p.mode != discovering {
		j.tell(&w.found, w.p.list)
	}
	w.found.Recycle()
}

// inOrder sorts faults by record, then by place.
func inOrder(a, b *fault.Error) int {
	if a.Record != b.Record {
		return cmp.Compare(a.Record, b.Record)
	}
	return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Field, b.Field))
}

// attach makes the worker ready for the input of a job.
func (w *worker) attach(in *stream) {
	if w.in == in {
		return
	}
	w.in = in
	w.parser = fork(in.codec)
	if w.checker == nil || in.format == CSV {
		// The header was judged when the input was opened: nothing new here.
		w.checker, _ = w.p.r.rules.For(in.schema, &fault.Report{Keep: -1})
	}
	if w.p.mode != writing {
		return
	}
	target, limit := w.p.target(in)
	if w.app == nil || target != w.target || limit != w.limit {
		w.app, w.target, w.limit = newAppender(w.p.r.to, target, limit), target, limit
	}
}

// account rejects the rows whose custom names are too many for the account. It
// waits for its turn only while the outcome depends on the order: not when there
// is room for all names, or all are in use already, and not when the account is
// full for good.
func (w *worker) account(j *job) {
	a := w.p.account
	switch {
	case w.p.roomy || a.Settled(w.batch.Schema):
	case a.Full():
		_, _ = a.Snapshot().Apply(&w.batch, &w.found)
	default:
		w.p.turn.wait(j.seq)
		_, _ = a.Admit(&w.batch, &w.found)
	}
}

// emit writes the kept rows of the batch, whose Data stands at off in the job's
// data, and notes where each row went.
func (w *worker) emit(j *job, off uint32) {
	b := &w.batch
	switch w.p.mode {
	case discovering:
		w.discover(j)
	case writing:
		w.write(j)
	}
	for i := range b.Rows {
		row := &b.Rows[i]
		if row.Flags&endpoint.Rejected != 0 {
			j.rejects = append(j.rejects, span{off + row.Start, off + row.End})
		} else {
			j.starts = append(j.starts, off+row.Start)
		}
	}
}

func (w *worker) write(j *job) {
	b, n := &w.batch, uint32(len(j.out))
	if !w.p.passes(j.in) {
		j.out, _ = w.app.Append(j.out, b, &w.found)
		for _, end := range w.app.Ends() {
			j.ends = append(j.ends, n+end)
		}
		return
	}
	copyRow := appendRaw
	if j.in.array {
		copyRow = appendOnLine
	}
	for i := range b.Rows {
		row := &b.Rows[i]
		switch {
		case row.Flags&endpoint.Rejected != 0:
			continue
		case row.Flags&endpoint.Changed != 0:
			before := len(j.out)
			if j.out, _ = w.app.AppendRow(j.out, b, i, &w.found); len(j.out) == before {
				continue
			}
		default:
			before := len(j.out)
			j.out = copyRow(j.out, b.Raw(i))
			if size := len(j.out) - before; w.limit > 0 && size > w.limit {
				j.out = j.out[:before]
				b.Reject(i)
				e := b.FaultAt(i, int(row.Start), fault.ChunkSize)
				e.Detail = fmt.Sprintf("the record takes %d bytes, a chunk %d", size, w.limit)
				_ = w.found.Add(e)
				continue
			}
		}
		j.ends = append(j.ends, uint32(len(j.out)))
	}
}

// discover notes which columns the kept rows need.
func (w *worker) discover(j *job) {
	b := &w.batch
	if w.names != b.Schema {
		w.names, w.seen = b.Schema, w.seen[:0]
	}
	for len(w.seen) < b.Len() {
		w.seen = append(w.seen, -1)
	}
	w.reps = slices.Grow(w.reps[:0], b.Len())[:b.Len()]
	clear(w.reps)
	for rec := range b.Records() {
		values := b.Values(rec.Row())
		for _, v := range values {
			if v.Len() == 0 && b.Dense {
				continue
			}
			col := b.Head(v.Column())
			w.reps[col]++
			if w.seen[col] < 0 {
				w.seen[col] = int32(len(j.found))
				j.found = append(j.found, found{column: b.Columns[col]})
			}
			f := &j.found[w.seen[col]]
			f.repeat = max(f.repeat, int(w.reps[col]))
		}
		for _, v := range values {
			w.reps[b.Head(v.Column())] = 0
		}
	}
}

// capLimit turns a size into what appenders take: 0 is no limit.
func capLimit(n int64) int { return int(min(n, math.MaxInt32)) }
