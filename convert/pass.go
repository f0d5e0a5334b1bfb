package convert

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"sync"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/block"
	"github.com/endpointfile/endpointfile/validate"
)

// mode is what a pass over the inputs is for.
type mode uint8

const (
	writing     mode = iota // records are converted
	checking                // records are judged only
	discovering             // the columns of the records are found
)

// pass reads all inputs once.
type pass struct {
	r       *run
	mode    mode
	account *validate.Account
	roomy   bool // the account has room for all names that the inputs can have
	turn    *turnstile
	list    bool                                    // the faults are listed
	take    func(ctx context.Context, j *job) error // called in order, in the caller's goroutine
}

// passes reports whether records of in are written as they were read.
func (p *pass) passes(in *stream) bool {
	if p.r.to != in.format {
		return false
	}
	return p.r.to == JSON || slices.Equal(in.target.Columns, in.schema.Columns)
}

// target gives the columns that the output of in has, and the size of the
// largest record that fits.
func (p *pass) target(in *stream) (*endpoint.Schema, int) {
	if p.r.opt.Sink == nil {
		return in.target, 0
	}
	return in.target, capLimit((&chunk.Options{Max: p.r.opt.MaxChunk, Header: in.header}).MaxRecord())
}

// run reads all inputs and hands their blocks to take, in order.
func (p *pass) run(ctx context.Context, workers int) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p.turn = newTurnstile()
	if p.r.from == CSV {
		var schemas []*endpoint.Schema
		for _, e := range p.r.entries {
			schemas = append(schemas, e.schema)
		}
		p.roomy = p.account.Snapshot().Fits(schemas...)
	}
	if workers <= 1 {
		return p.serial(ctx)
	}
	return p.parallel(ctx, cancel, workers)
}

// serial does everything in the caller's goroutine.
func (p *pass) serial(ctx context.Context) error {
	w := p.newWorker()
	j := p.newJob()
	return p.read(ctx, func() *job { return j }, func(j *job) error {
		var failed error
		w.do(j, func(j *job) bool {
			failed = p.take(ctx, j)
			return failed == nil
		})
		if failed != nil {
			return failed
		}
		return p.take(ctx, j)
	})
}

// parallel has a goroutine read, workers work, and the caller take the results
// in order. The ring of jobs is the only memory, and its size the only bound.
func (p *pass) parallel(ctx context.Context, cancel context.CancelFunc, workers int) error {
	ring := 2*workers + 2
	free := make(chan *job, ring)
	todo := make(chan *job, ring)  // to the workers
	order := make(chan *job, ring) // to the caller, in the order of the input
	for range ring {
		free <- p.newJob()
	}
	var readErr error
	go func() {
		defer close(order)
		defer close(todo)
		readErr = p.read(ctx, func() *job {
			select {
			case j := <-free:
				return j
			case <-ctx.Done():
				return nil
			}
		}, func(j *job) error {
			order <- j // never blocks: the ring has no more jobs than room
			todo <- j
			return nil
		})
	}()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			w := p.newWorker()
			for j := range todo {
				if ctx.Err() == nil {
					w.do(j, func(j *job) bool {
						j.ready <- struct{}{}
						select {
						case <-j.resume:
							return true
						case <-ctx.Done():
							return false
						}
					})
				}
				select {
				case j.ready <- struct{}{}:
				case <-ctx.Done(): // nobody waits for it any more
				}
			}
		})
	}
	err := p.collect(ctx, order, free)
	if err == nil {
		wg.Wait()
		return readErr // the reader has ended: it closed order
	}
	// The run is over. Wake whoever waits; a reader that hangs in its source
	// is left to end by itself.
	cancel()
	p.turn.release()
	return err
}

func (p *pass) collect(ctx context.Context, order <-chan *job, free chan<- *job) error {
	for {
		select {
		case j, ok := <-order:
			if !ok {
				return ctx.Err()
			}
			if err := p.await(ctx, j); err != nil {
				return err
			}
			free <- j
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// await takes a job when it is ready, part by part if it comes in parts.
func (p *pass) await(ctx context.Context, j *job) error {
	for {
		select {
		case <-j.ready:
		case <-ctx.Done():
			return ctx.Err()
		}
		more := j.more
		if err := p.take(ctx, j); err != nil || !more {
			return err
		}
		j.resume <- struct{}{}
	}
}

// read cuts all inputs into jobs. get gives an empty job, or nil when the run is
// over; put sends it on.
func (p *pass) read(ctx context.Context, get func() *job, put func(*job) error) error {
	var seq int64
	for _, e := range p.r.entries {
		s, err := p.r.reopen(ctx, e)
		if err != nil {
			return err
		}
		more := true
		for more {
			j := get()
			if j == nil || ctx.Err() != nil {
				s.close()
				return ctx.Err()
			}
			j.reset()
			j.seq, j.in = seq, s
			seq++
			j.blk, j.data, j.base, err = s.next(j.trim(j.blk.Buf))
			j.end = j.blk.End
			if err != nil {
				more = false
				j.last, j.data = true, nil
				j.base = s.blocks.Pos()
				if err != io.EOF {
					j.err = &InputError{Name: e.in.Name, Err: refusal(e.in.Name, err)}
				} else if f, ok := s.codec.(block.Finisher); ok {
					found := fault.Report{Redact: p.r.report.Redact}
					_ = f.Finish(s.blocks.Pos(), &found)
					j.tell(&found, p.list)
				}
				s.close()
			}
			if err := put(j); err != nil {
				s.close()
				return err
			}
		}
	}
	return nil
}

// reopen gives the open stream of an entry, at its first record.
func (r *run) reopen(ctx context.Context, e *entry) (*stream, error) {
	if s := e.kept; s != nil {
		e.kept = nil
		return s, nil
	}
	s, err := r.open(ctx, e)
	if err != nil {
		return nil, err
	}
	// What is wrong with the header was told when it was first read.
	if err := s.begin(r, &fault.Report{}); err != nil {
		s.close()
		return nil, err
	}
	if !bytes.Equal(s.head, e.raw) {
		s.close()
		return nil, &InputError{Name: e.in.Name, Err: errChanged}
	}
	return s, nil
}

// errChanged says that an input is not what it was when its header was read.
var errChanged = errors.New("the header has changed since the run began")
