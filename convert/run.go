package convert

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/unwrap"
	"github.com/endpointfile/endpointfile/source"
	"github.com/endpointfile/endpointfile/validate"
)

// run is one call of Run.
type run struct {
	opt      Options
	from, to Format
	rules    *validate.Validator
	report   *fault.Report
	entries  []*entry
	skipped  []Skipped
	head     []*fault.Error // faults of headers and whole inputs
	manifest *chunk.Manifest
	start    time.Time
	total    int64
	temps    []string    // spooled inputs
	full     atomic.Bool // the report holds all the errors that it may: the rest is counted
}

// ErrOptions says that the options contradict themselves.
var ErrOptions = errors.New("convert: one of Sink, Stream and Check must be given")

// Run converts, checks and splits. It returns when all is committed, or cleaned
// up after an error. The Result says how far it came in either case.
//
// The error is nil if the whole input was read, whether or not records were
// rejected (see Result.Manifest.Totals). Otherwise it is an *[InputError], an
// *[OutputError], a *[chunk.LedgerError], [fault.ErrStop] when Report.Max was
// reached, or the error of ctx.
//
// Run may be called by several goroutines at a time, with a Report each.
func Run(ctx context.Context, opt *Options) (*Result, error) {
	r := &run{opt: *opt, to: opt.To, report: opt.Report, start: time.Now()}
	outputs := 0
	for _, given := range []bool{opt.Sink != nil && !opt.Check, opt.Stream != nil, opt.Check} {
		if given {
			outputs++
		}
	}
	if outputs != 1 {
		return &Result{}, ErrOptions
	}
	if err := unwrap.CheckCharset(opt.Charset); err != nil {
		return &Result{}, err
	}
	if r.to == Auto {
		r.to = JSON
	}
	if r.report == nil {
		r.report = &fault.Report{Keep: 20}
	}
	r.rules = validate.New(&validate.Options{Profile: opt.Profile, Fix: opt.Fix, Known: opt.Known})
	for _, s := range opt.Skipped {
		r.skipped = append(r.skipped, Skipped{s.Name, s.Reason})
	}
	for _, in := range opt.Sources {
		if in.Size < 0 {
			r.total = -1
			break
		}
		r.total += in.Size
	}
	// Sources are closed when the run ends, whatever they are doing.
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	defer r.removeTemps()
	res, err := r.all(inner)
	r.result(res)
	if ctx.Err() != nil && err != nil {
		err = ctx.Err()
	}
	return res, err
}

// all is the run from the first look at the inputs to the manifest.
func (r *run) all(ctx context.Context) (*Result, error) {
	res := &Result{}
	r.newManifest()
	defer r.closeKept()
	if err := r.plan(ctx); err != nil {
		return res, r.refuse(ctx, res, err)
	}
	columns := r.opt.Columns
	if r.needsColumns(r.from) {
		var err error
		if columns, err = r.discover(ctx); err != nil {
			return res, err
		}
	}
	r.targets(columns)
	res.Columns = columns

	d := r.newDelivery(ctx)
	err := d.head(ctx)
	if err == nil {
		p := &pass{r: r, mode: writing, account: r.rules.NewAccount(), take: d.take, list: d.faults.sink != nil}
		if r.opt.Check {
			p.mode = checking
		}
		err = p.run(ctx, r.workers())
	}
	stopped := errors.Is(err, fault.ErrStop)
	res.Stopped = stopped
	if err != nil && !stopped {
		d.abort(ctx)
		return res, err
	}
	r.manifest.Sum()
	d.progress(true)
	if cerr := d.commit(ctx, res); cerr != nil {
		d.abort(ctx)
		return res, cerr
	}
	r.manifest.Sum()
	if lerr := r.balance(); lerr != nil {
		return res, lerr
	}
	r.result(res)
	if werr := r.writeReports(ctx, res, !stopped); werr != nil {
		return res, werr
	}
	return res, err
}

// refuse lists the faults of refused inputs where the caller has asked for the
// list by name; the folder of the run is left alone.
func (r *run) refuse(ctx context.Context, res *Result, cause error) error {
	if r.opt.Faults == nil || len(r.head) == 0 {
		return cause
	}
	d := &delivery{r: r, faults: side{sink: r.opt.Faults.Sink, name: r.opt.Faults.Name}}
	err := d.head(ctx)
	if err == nil {
		res.FaultsAt, err = d.faults.commit(ctx)
	}
	if err != nil {
		d.abort(ctx)
		return errors.Join(cause, err)
	}
	return cause
}

// discover reads the inputs once to find the columns of their records. What is
// wrong with them is told by the pass that follows.
func (r *run) discover(ctx context.Context) ([]endpoint.Column, error) {
	f := &finder{r: r, index: make(map[endpoint.Column]int)}
	p := &pass{r: r, mode: discovering, account: r.rules.NewAccount(), take: f.take}
	if err := p.run(ctx, r.workers()); err != nil {
		return nil, err
	}
	return f.columns(), nil
}

// needsColumns reports whether the columns of the output must be discovered.
func (r *run) needsColumns(f Format) bool {
	return r.to == CSV && f == JSON && r.opt.Columns == nil && !r.opt.Check
}

func (r *run) workers() int {
	if r.opt.Workers > 0 {
		return r.opt.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// defaultBlock is how much is read into one job. A run holds a few of them with their
// output: larger ones cost memory and are no faster.
const defaultBlock = 128 << 10

func (r *run) blockSize() int {
	if r.opt.BlockSize > 0 {
		return r.opt.BlockSize
	}
	return defaultBlock
}

// replayable gives an input that can be opened more than once: one that cannot
// is copied to a temporary file where two passes are wanted.
func (r *run) replayable(ctx context.Context, in source.Input) (source.Input, error) {
	if !in.Once || !r.needsColumns(JSON) || r.opt.From == CSV {
		return in, nil
	}
	src, err := in.Open(ctx)
	if err != nil {
		return in, &InputError{Err: err}
	}
	defer context.AfterFunc(ctx, func() { _ = src.Close() })()
	defer src.Close()
	f, err := os.CreateTemp("", "endpointfile-*.spool") // mode 0600
	if err != nil {
		return in, &OutputError{err}
	}
	r.temps = append(r.temps, f.Name())
	n, err := io.Copy(f, src)
	if err != nil {
		_ = f.Close()
		return in, &InputError{Name: in.Name, Err: err}
	}
	if err := f.Close(); err != nil {
		return in, &OutputError{err}
	}
	name := f.Name()
	spooled := source.New(in.Name, n, func(context.Context) (io.ReadCloser, error) { return os.Open(name) })
	spooled.Explicit = in.Explicit
	return spooled, nil
}

func (r *run) removeTemps() {
	for _, name := range r.temps {
		_ = os.Remove(name)
	}
}

func (r *run) closeKept() {
	for _, e := range r.entries {
		if e.kept != nil {
			e.kept.close()
		}
	}
}

// tell calls the progress callback if it is time.
func (r *run) tell(done bool, told *time.Time, progress func() Progress) {
	if r.opt.Progress == nil {
		return
	}
	every := r.opt.ProgressEvery
	if every <= 0 {
		every = 100 * time.Millisecond
	}
	now := time.Now()
	if !done && now.Sub(*told) < every {
		return
	}
	*told = now
	p := progress()
	p.TotalBytes, p.Elapsed, p.Done = r.total, now.Sub(r.start), done
	r.opt.Progress(p)
}
