// This file cuts a stream of whole records into chunks.
//
// The splitter holds at most one open object, the one that is being filled. It is
// opened by the first record that goes into it and closed by the first record that
// does not fit, so no chunk is empty and records that were rejected after a full chunk
// still belong to its range. A full chunk is committed in the background; its
// goroutine touches only its own part.
//
//	Write -> open part -> records -> cut -> [commit in background] -> open part ...

package chunk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"sort"
	"sync"
	"time"
)

// abortTimeout bounds the cleaning up after a cancelled run.
const abortTimeout = 30 * time.Second

// A Splitter cuts records into chunks. It belongs to one goroutine. Each one must be
// ended with Close or Abort; Abort after Close does nothing, so it may be deferred.
//
// After the first error the splitter is dead: Write and SetHeader return that error
// again, and Close cleans up and returns it. After Close or Abort without an earlier
// error it is fs.ErrClosed.
type Splitter struct {
	ctx     context.Context
	cancel  context.CancelFunc
	sink    Sink
	opt     Options
	header  []byte
	slots   chan struct{} // one token for each running commit
	wg      sync.WaitGroup
	parts   []*part // all parts, in order; the last is cur if cur != nil
	cur     *part   // being filled; nil before the first record
	waiting []Range // ranges seen before the first record
	started bool
	file    int   // of the last piece
	at      Point // end of the last piece
	ended   bool

	mu  sync.Mutex
	err error // the first error
}

// part is a chunk in the making. The commit goroutine writes URL and whole; they are
// read after wg.Wait.
type part struct {
	Chunk
	obj   Object
	head  []byte // the header it begins with
	crc   CRC64
	sha   hash.Hash // nil if not asked for
	whole bool      // committed
}

// NewSplitter makes a splitter that writes to sink. When ctx ends, nothing more is
// written or committed, and Close or Abort removes what is unfinished; chunks that
// were committed before stay.
func NewSplitter(ctx context.Context, sink Sink, opt *Options) *Splitter {
	s := &Splitter{sink: sink}
	if opt != nil {
		s.opt = *opt
	}
	s.opt.Max = opt.limit()
	if s.opt.Prefix == "" {
		s.opt.Prefix = PartPrefix
	}
	if s.opt.Ext == "" {
		s.opt.Ext = ".json"
	}
	s.header = bytes.Clone(s.opt.Header)
	s.slots = make(chan struct{}, max(1, s.opt.Committing))
	s.ctx, s.cancel = context.WithCancel(ctx)
	return s
}

// Write adds the records of p. A record that cannot fit into any chunk is a
// [TooLargeError], a piece that contradicts itself a [PieceError]; other errors come
// from the sink, perhaps from an earlier chunk that failed in the background, or from
// the context.
func (s *Splitter) Write(p Piece) error {
	if err := s.ready(); err != nil {
		return err
	}
	if err := s.write(&p); err != nil {
		return s.fail(err)
	}
	return nil
}

func (s *Splitter) write(p *Piece) error {
	if err := s.checkPiece(p); err != nil {
		return err
	}
	s.started, s.file, s.at = true, p.File, p.To
	var (
		from     = p.From // begin of what is not yet in a range
		kept     int      // records that are in a range
		rejected int64    // the same
		base     int64    // begin of record i in Data
	)
	for i := 0; i < len(p.Ends); {
		// fit = records from i on that still go into cur.
		var fit int
		if s.cur != nil && bytes.Equal(s.cur.head, s.header) {
			room := s.opt.Max - s.cur.Bytes
			fit = sort.Search(len(p.Ends)-i, func(k int) bool { return int64(p.Ends[i+k])-base > room })
		}
		if fit > 0 {
			end := int64(p.Ends[i+fit-1])
			if err := s.cur.write(p.Data[base:end]); err != nil {
				return err
			}
			s.cur.Records += int64(fit)
			base, i = end, i+fit
			continue
		}
		// Record i begins a chunk.
		size := int64(p.Ends[i]) - base
		if size > s.opt.Max-int64(len(s.header)) {
			e := &TooLargeError{File: p.File, At: p.From, Size: size, Header: len(s.header), Max: s.opt.Max}
			if p.At != nil {
				e.At, _ = p.At(i)
			}
			return e
		}
		if s.cur != nil {
			place, before, err := p.cutAt(i, from, rejected)
			if err != nil {
				return err
			}
			s.cover(p.File, from, place, int64(i-kept), before-rejected)
			from, kept, rejected = place, i, before
			if err := s.cut(); err != nil {
				return err
			}
		}
		if err := s.openPart(); err != nil {
			return err
		}
	}
	s.cover(p.File, from, p.To, int64(len(p.Ends)-kept), p.Rejected-rejected)
	return nil
}

// cover adds a stretch of input to the open chunk, or keeps it for the first one.
func (s *Splitter) cover(file int, from, to Point, kept, rejected int64) {
	if from == to {
		return
	}
	ranges := &s.waiting
	if s.cur != nil {
		ranges = &s.cur.Inputs
	}
	*ranges = appendRange(*ranges, Range{
		File:     file,
		Bytes:    [2]int64{from.Offset, to.Offset},
		Lines:    [2]int64{from.Line, to.Line},
		Records:  [2]int64{from.Record, to.Record},
		Kept:     kept,
		Rejected: rejected,
	})
}

// appendRange adds r, widening the last range if it is of the same file. Ranges of one
// file come in order and without gaps: checkPiece sees to it.
func appendRange(rs []Range, r Range) []Range {
	if n := len(rs); n > 0 && rs[n-1].File == r.File {
		last := &rs[n-1]
		last.Bytes[1], last.Lines[1], last.Records[1] = r.Bytes[1], r.Lines[1], r.Records[1]
		last.Kept += r.Kept
		last.Rejected += r.Rejected
		return rs
	}
	return append(rs, r)
}

// SetHeader says that the records from here on belong under the header h, of which the
// splitter keeps a copy. If the open chunk has another one, the next kept record
// begins a new chunk. Rejected records before it belong to the open chunk, as they do
// at every cut. Errors are as for Write.
func (s *Splitter) SetHeader(h []byte) error {
	if err := s.ready(); err != nil {
		return err
	}
	if !bytes.Equal(h, s.header) {
		s.header = bytes.Clone(h) // the open chunk keeps the old one
	}
	return nil
}

func (s *Splitter) openPart() error {
	name := fmt.Sprintf("%s%05d%s", s.opt.Prefix, len(s.parts)+1, s.opt.Ext)
	obj, err := s.sink.Create(s.ctx, name)
	if err != nil {
		return err
	}
	p := &part{Chunk: Chunk{Name: name, Inputs: s.waiting}, obj: obj, head: s.header}
	if s.opt.SHA256 {
		p.sha = sha256.New()
	}
	s.parts, s.cur, s.waiting = append(s.parts, p), p, nil
	if len(s.header) == 0 {
		return nil
	}
	return p.write(s.header)
}

// write writes and sums. SHA-256 takes longer than both the writing and the other sum,
// so it goes on beside them.
func (p *part) write(b []byte) error {
	if p.sha != nil {
		var hashing sync.WaitGroup
		hashing.Go(func() { _, _ = p.sha.Write(b) })
		defer hashing.Wait()
	}
	n, err := p.obj.Write(b)
	if err == nil && n != len(b) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return err
	}
	p.Bytes += int64(len(b))
	_, _ = p.crc.Write(b)
	return nil
}

// cut sends the open chunk to its commit, waiting for a free slot.
func (s *Splitter) cut() error {
	select {
	case s.slots <- struct{}{}:
	case <-s.ctx.Done():
		return s.ctx.Err()
	}
	if err := s.failed(); err != nil { // the commit that freed the slot may have failed
		<-s.slots
		return err
	}
	p := s.cur
	s.cur = nil
	s.wg.Go(func() {
		defer func() { <-s.slots }()
		url, err := p.obj.Commit(s.ctx)
		if err == nil {
			p.URL, p.whole, p.obj = url, true, nil
			return
		}
		if left := s.abort(p); left != nil {
			err = errors.Join(err, left)
		}
		_ = s.fail(err)
	})
	return nil
}

// abort removes an object also when the run is cancelled, but not for ever.
func (s *Splitter) abort(p *part) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), abortTimeout)
	defer cancel()
	return p.obj.Abort(ctx)
}

// Close commits the last chunk, waits for all commits and returns the chunks in order.
// When there was an error, now or before, the open chunk is removed, and the chunks
// that are whole are returned with the error. Calling it again returns the same.
func (s *Splitter) Close() ([]Chunk, error) {
	if !s.ended {
		if s.ready() == nil && s.cur != nil {
			if err := s.cut(); err != nil {
				_ = s.fail(err)
			}
		}
		s.wg.Wait()
		s.end()
	}
	return s.chunks(), s.failed()
}

// Abort cancels what is being committed and removes what is unfinished; chunks that
// were committed before stay. The error is that of the removal.
func (s *Splitter) Abort() error {
	if s.ended {
		return nil
	}
	_ = s.fail(fs.ErrClosed)
	s.cancel()
	s.wg.Wait()
	return s.end()
}

// end removes the open chunk, if there is one, and lets everything go. No commit is
// running.
func (s *Splitter) end() error {
	s.ended = true
	s.cancel()
	if s.cur == nil {
		return nil
	}
	err := s.abort(s.cur)
	s.cur = nil
	if err != nil {
		s.mu.Lock()
		s.err = errors.Join(s.err, err)
		s.mu.Unlock()
	}
	return err
}

func (s *Splitter) chunks() []Chunk {
	var chunks []Chunk
	for _, p := range s.parts {
		if !p.whole {
			continue
		}
		c := p.Chunk
		c.CRC64NVME = p.crc.String()
		if p.sha != nil {
			c.SHA256 = hex.EncodeToString(p.sha.Sum(nil))
		}
		chunks = append(chunks, c)
	}
	return chunks
}

// ready returns the reason why nothing more can be written, if there is one. The first
// reason is kept.
func (s *Splitter) ready() error {
	if err := s.failed(); err != nil {
		return err
	}
	if s.ended {
		return fs.ErrClosed
	}
	if err := s.ctx.Err(); err != nil {
		return s.fail(err)
	}
	return nil
}

func (s *Splitter) failed() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// fail keeps the first error and returns it.
func (s *Splitter) fail(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = err
	}
	return s.err
}

// Begun returns how many chunks were begun, the open one among them.
func (s *Splitter) Begun() int { return len(s.parts) }
