package convert

import (
	"cmp"
	"context"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// delivery takes the blocks of a pass in order: it keeps the ledger and writes
// the output, the rejects and the faults. It lives in the caller's goroutine.
type delivery struct {
	r       *run
	split   *chunk.Splitter
	begun   bool // the stream's header was written
	rejects rejects
	faults  side

	cur   *stream     // the input at hand, nil between inputs
	at    chunk.Point // where the next block of it begins
	torn  bool        // within the pieces of a fragment
	done  int64       // bytes of the inputs before cur
	told  time.Time   // of the last progress call
	input *chunk.Input
}

func (r *run) newDelivery(ctx context.Context) *delivery {
	d := &delivery{r: r}
	ext := "." + r.from.String()
	d.rejects.ext = ext
	d.rejects.sink, d.faults.sink = r.opt.Sink, r.opt.Sink
	d.faults.name = chunk.FaultsName
	if r.opt.Check {
		d.rejects.sink, d.faults.sink = nil, nil
	}
	if t := r.opt.Rejects; t != nil {
		d.rejects.sink, d.rejects.chosen = t.Sink, t.Name
	}
	if t := r.opt.Faults; t != nil {
		d.faults.sink, d.faults.name = t.Sink, t.Name
	}
	if r.opt.Sink != nil && !r.opt.Check {
		d.split = chunk.NewSplitter(ctx, r.opt.Sink, &chunk.Options{
			Max: r.opt.MaxChunk, Ext: "." + r.to.String(), SHA256: r.opt.SHA256,
		})
	}
	return d
}

// head writes the faults that were found before the first record.
func (d *delivery) head(ctx context.Context) error {
	for _, e := range d.r.head {
		if err := d.list(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

func (d *delivery) list(ctx context.Context, e *fault.Error) error {
	return d.faults.add(ctx, func(dst []byte) []byte { return append(e.AppendJSON(dst), '\n') })
}

// listed writes the first n faults of a job to the list, each with the number that its
// record has in the input: before is how many records come before the job.
func (d *delivery) listed(ctx context.Context, j *job, n int, before int64) error {
	from := 0
	for _, line := range j.lines[:min(n, len(j.lines))] {
		err := d.faults.add(ctx, func(dst []byte) []byte {
			if line.at >= 0 {
				dst = append(dst, j.list[from:line.at]...)
				dst = strconv.AppendInt(dst, before+line.record, 10)
				from = int(line.at)
			}
			return append(dst, j.list[from:line.end]...)
		})
		if err != nil {
			return err
		}
		from = int(line.end)
	}
	return nil
}

// take delivers one block.
func (d *delivery) take(ctx context.Context, j *job) error {
	if d.cur != j.in {
		if err := d.turnTo(ctx, j); err != nil {
			return err
		}
	}
	if j.err != nil {
		if e := (*fault.Error)(nil); errors.As(j.err, &e) {
			_ = d.r.report.Add(e)
		}
		return j.err
	}
	stop := d.account(ctx, j)
	if stop != nil && !errors.Is(stop, fault.ErrStop) {
		return stop
	}
	if err := d.write(ctx, j); err != nil {
		return err
	}
	if j.last || stop != nil {
		d.close(j)
	}
	d.progress(false)
	return stop
}

// turnTo begins an input.
func (d *delivery) turnTo(ctx context.Context, j *job) error {
	d.cur = j.in
	d.at = chunk.Point{Offset: j.base.Offset, Line: j.base.Line, Record: 1}
	d.torn = false
	m := d.r.manifest
	m.Inputs = append(m.Inputs, chunk.Input{Name: j.in.in.Name})
	d.input = &m.Inputs[len(m.Inputs)-1]
	if err := d.rejects.begin(ctx, j.in.entry.raw); err != nil {
		return err
	}
	switch {
	case d.r.to != CSV:
	case d.split != nil:
		if err := d.split.SetHeader(j.in.header); err != nil {
			return &OutputError{err}
		}
	case d.r.opt.Stream != nil && !d.begun:
		d.begun = true
		if _, err := d.r.opt.Stream.Write(j.in.header); err != nil {
			return &OutputError{err}
		}
	}
	return nil
}

// account takes the faults of a block into the report and the list. Its error
// is fault.ErrStop when the report has had enough: the block then ends behind
// the record concerned.
func (d *delivery) account(ctx context.Context, j *job) error {
	before := d.at.Record - 1
	for _, e := range j.rep.Faults {
		if e.Record > 0 {
			e.Record += before
		}
	}
	if d.r.report.Max <= 0 {
		_ = d.r.report.Merge(&j.rep)
		if d.r.report.CountsOnly() {
			d.r.full.Store(true)
		}
		return d.listed(ctx, j, len(j.lines), before)
	}
	for i, e := range j.rep.Faults {
		stop := d.r.report.Add(e)
		if stop == nil {
			continue
		}
		if err := d.listed(ctx, j, i+1, before); err != nil {
			return err
		}
		if e.Record > 0 && !j.blk.Cut.Fragment {
			j.truncate(e.Record - before)
		}
		return stop
	}
	return d.listed(ctx, j, len(j.lines), before)
}

// write sends what a block holds to where it belongs.
func (d *delivery) write(ctx context.Context, j *job) error {
	if len(j.data) == 0 {
		return nil
	}
	fragment := j.blk.Cut.Fragment
	rejected := int64(len(j.rejects))
	if fragment {
		rejected = 0
		if j.blk.Cut.First {
			rejected = 1
		}
	}
	kept := int64(len(j.starts))
	to := chunk.Point{Offset: j.end.Offset, Line: j.end.Line, Record: d.at.Record + kept + rejected}
	if err := d.writeKept(j, to, rejected); err != nil {
		return err
	}
	d.input.Records += kept + rejected
	d.input.Written += kept
	d.input.Rejected += rejected
	d.at = to
	if fragment {
		return d.rejects.add(ctx, func(dst []byte) []byte {
			dst = append(dst, j.data...)
			if j.blk.Cut.Last {
				dst = endLine(dst)
			}
			return dst
		})
	}
	copyRow := appendRaw
	if j.in.array {
		copyRow = appendFlat
	}
	for _, s := range j.rejects {
		if err := d.rejects.add(ctx, func(dst []byte) []byte { return copyRow(dst, j.data[s.from:s.to]) }); err != nil {
			return err
		}
	}
	return nil
}

func (d *delivery) writeKept(j *job, to chunk.Point, rejected int64) error {
	var err error
	switch {
	case d.split != nil:
		err = d.split.Write(chunk.Piece{
			Data: j.out, Ends: j.ends, From: d.at, To: to, File: j.in.index, Rejected: rejected,
			At: func(i int) (chunk.Point, int64) {
				before := j.rejectedBefore(j.starts[i])
				return j.point(int(j.starts[i]), d.at.Record, i+before), int64(before)
			},
		})
	case d.r.opt.Stream != nil && len(j.out) > 0:
		_, err = d.r.opt.Stream.Write(j.out)
	}
	if err != nil {
		return &OutputError{err}
	}
	return nil
}

// close enters the sums of an input into the ledger. Of an input that was not
// read to its end only the size is known, if that: the reader may be ahead.
func (d *delivery) close(j *job) {
	if j.last {
		d.input.Bytes = j.in.raw.n.Load()
		if j.in.raw.summed {
			d.input.CRC64NVME = j.in.raw.sum.String()
		}
		if decoded := j.in.blocks.Pos().Offset; decoded != d.input.Bytes {
			d.input.DecodedBytes = decoded
		}
	} else {
		d.input.Bytes = max(j.in.in.Size, 0)
	}
	d.done += d.input.Bytes
	d.cur = nil
}

// progress tells the caller how far the run is.
func (d *delivery) progress(done bool) {
	d.r.tell(done, &d.told, func() Progress {
		p := Progress{Bytes: d.done}
		for i := range d.r.manifest.Inputs {
			p.Records += d.r.manifest.Inputs[i].Records
			p.Rejected += d.r.manifest.Inputs[i].Rejected
		}
		if d.cur != nil {
			p.Bytes += d.cur.raw.n.Load()
		}
		if d.split != nil {
			p.Chunks = d.split.Begun()
		}
		return p
	})
}

// abort leaves no half file behind.
func (d *delivery) abort(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTime)
	defer cancel()
	if d.split != nil {
		_ = d.split.Abort()
	}
	d.rejects.abort(ctx)
	d.faults.abort(ctx)
}

// commit makes all files of the run whole, but for the report and the manifest.
func (d *delivery) commit(ctx context.Context, res *Result) error {
	if d.split != nil {
		chunks, err := d.split.Close()
		if err != nil {
			return &OutputError{err}
		}
		d.r.manifest.Chunks = chunks
	}
	if err := d.rejects.end(ctx); err != nil {
		return err
	}
	res.Rejects = d.rejects.at
	var err error
	res.FaultsAt, err = d.faults.commit(ctx)
	return err
}

// numbered gives a file name its number: rejects.csv, rejects-2.csv, ...
func numbered(name string, n int) string {
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "-" + strconv.Itoa(n) + ext
}

// finder takes the blocks of a discovering pass: it collects the columns in the
// order in which the records first need them.
type finder struct {
	r     *run
	index map[endpoint.Column]int
	found []found
	done  int64
	cur   *stream
	told  time.Time
}

func (f *finder) take(_ context.Context, j *job) error {
	if j.err != nil {
		return j.err
	}
	for _, c := range j.found {
		i, ok := f.index[c.column]
		if !ok {
			i = len(f.found)
			f.index[c.column] = i
			f.found = append(f.found, found{column: c.column})
		}
		f.found[i].repeat = max(f.found[i].repeat, c.repeat)
	}
	f.cur = j.in
	f.r.tell(false, &f.told, func() Progress { return Progress{Discovering: true, Bytes: f.done + f.cur.raw.n.Load()} })
	if j.last {
		f.done += j.in.raw.n.Load()
	}
	return nil
}

// columns gives what was found: in the order in which the records first need
// them, but with the members of a group together where its first one stands,
// and each list as wide as its widest. So the order does not depend on how the
// input is cut.
func (f *finder) columns() []endpoint.Column {
	var anchor [endpoint.GroupCount]int
	rank := make([]int, len(f.found))
	for i, c := range f.found {
		rank[i] = i
		group := c.column.Field.Info().Group
		if parent := group.Info().Parent; parent != endpoint.InRecord {
			group = parent
		}
		if group == endpoint.InRecord {
			continue
		}
		if anchor[group] == 0 {
			anchor[group] = i + 1
		}
		rank[i] = anchor[group] - 1
	}
	order := make([]int, len(f.found))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rank[a], rank[b]) })
	columns := []endpoint.Column{}
	for _, i := range order {
		for range min(f.found[i].repeat, endpoint.MaxColumns-len(columns)) {
			columns = append(columns, f.found[i].column)
		}
	}
	return columns
}
