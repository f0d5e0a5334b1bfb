package corpus

import (
	"errors"
	"io"
	"math/rand/v2"
)

// ErrNoColumns is what a Shape that was not taken from this package's list returns.
var ErrNoColumns = errors.New("corpus: the shape has no columns: take one from Shapes or Lookup")

// ErrSpoiledJSON is what a FaultRate for another form than CSV returns: the spoils are those of
// cells.
var ErrSpoiledJSON = errors.New("corpus: only CSV can be spoiled")

// Options says what [Shape.Generate] writes.
type Options struct {
	// Form is how the records are written.
	Form Form
	// Bytes is how long the output is at least, the header included; the last record is whole.
	// Zero gives the header alone, which JSON does not have.
	Bytes int64
	// Seed chooses the data; every seed is as good as another.
	Seed uint64
	// FaultRate is the share of records that are spoiled, from 0 to 1; zero spoils none. The
	// records between them are those of a file without faults, byte for byte.
	FaultRate float64
}

// Result says what [Shape.Generate] wrote.
type Result struct {
	Rows    int64 // records, the header not counted, spoiled ones counted
	Bytes   int64 // all bytes, the header counted
	Spoiled int64 // records that were spoiled; each in one way only
	// Spoils says how many records were spoiled in each way; nil when none were.
	Spoils map[Spoil]int64
}

// flushSize is how many bytes are gathered for one call of Write.
const flushSize = 256 << 10

// Generate writes a header, if the form has one, and records to w, some of them spoiled if opt says so. Nil options
// are the zero Options. Equal shapes and options give equal bytes on every machine. It holds
// less than a mebibyte, whatever the size.
//
// The errors are [ErrNoColumns], [ErrSpoiledJSON] and those of w, as they are; what was handed to w before is
// counted in the result.
func (s Shape) Generate(w io.Writer, opt *Options) (Result, error) {
	if len(s.columns) == 0 {
		return Result{}, ErrNoColumns
	}
	if opt == nil {
		opt = &Options{}
	}
	if opt.Form != CSV && opt.FaultRate > 0 {
		return Result{}, ErrSpoiledJSON
	}
	g := newGenerator(&s, opt)
	buf := make([]byte, 0, flushSize+flushSize/4)
	if g.json == nil {
		buf = g.appendHeader(buf)
	}
	var res Result
	for {
		size := res.Bytes + int64(len(buf))
		if done := size >= opt.Bytes; done || len(buf) >= flushSize {
			n, err := w.Write(buf)
			res.Bytes += int64(n)
			if err == nil && n < len(buf) {
				err = io.ErrShortWrite
			}
			if err != nil || done {
				res.Rows, res.Spoiled, res.Spoils = g.rows, g.spoiled, g.spoils
				return res, err
			}
			buf = buf[:0]
		}
		buf = g.appendRecord(buf)
	}
}

// generator makes the rows of one file, one after the other.
type generator struct {
	*pools
	rng   *rand.PCG // draws the data
	luck  *rand.PCG // draws which rows are spoiled, so that the data does not depend on it
	rate  float64
	short bool
	rows  int64
	who   person
	json  *encoder // nil for CSV

	breakages []breakage
	spoiled   int64
	spoils    map[Spoil]int64
}

// newGenerator prepares the texts of the shape; the same seed gives other data for other shapes.
func newGenerator(s *Shape, opt *Options) *generator {
	stream := uint64(14695981039346656037) // FNV-1a, 64 bits: a number from the shape's name
	for i := range len(s.Name) {
		stream = (stream ^ uint64(s.Name[i])) * 1099511628211
	}
	rng := rand.NewPCG(opt.Seed, stream)
	g := &generator{pools: newPools(s, rng), rng: rng, luck: rand.NewPCG(opt.Seed, ^stream), short: s.short}
	if opt.FaultRate > 0 {
		g.rate, g.breakages, g.spoils = opt.FaultRate, breakages(s), make(map[Spoil]int64)
	}
	if opt.Form != CSV {
		g.json = newEncoder(s, opt.Form, rand.NewPCG(^opt.Seed, stream))
	}
	return g
}

// draw returns a number from 0 to n-1.
func (g *generator) draw(n int) int { return draw(g.rng, n) }

// appendHeader appends the first line.
func (g *generator) appendHeader(dst []byte) []byte {
	for i, c := range g.shape.columns {
		if i > 0 {
			dst = append(dst, ',')
		}
		if g.shape.quoteAll {
			dst = append(append(append(dst, '"'), c.name...), '"')
		} else {
			dst = append(dst, c.name...)
		}
	}
	return g.appendEnd(dst)
}

// appendEnd ends a record.
func (g *generator) appendEnd(dst []byte) []byte {
	if g.shape.crlf {
		dst = append(dst, '\r')
	}
	return append(dst, '\n')
}

// appendRecord appends the next record in the form that was asked for.
func (g *generator) appendRecord(dst []byte) []byte {
	if g.json == nil {
		return g.appendRow(dst)
	}
	g.json.row = g.appendRow(g.json.row[:0])
	return g.json.appendRow(dst)
}

// appendRow appends the next record as CSV.
func (g *generator) appendRow(dst []byte) []byte {
	g.next()
	broken := g.nextBreakage()
	filled := false
	for i := range g.shape.columns {
		c := &g.shape.columns[i]
		start := len(dst)
		if i > 0 {
			dst = append(dst, ',')
		}
		if g.shape.quoteAll {
			dst = append(dst, '"')
		}
		value := len(dst)
		filled = c.fill == 100 || (filled || !c.repeated) && g.draw(100) < int(c.fill)
		if filled {
			dst = g.appendValue(dst, c.kind)
		}
		if broken != nil {
			dst = broken.spoil(dst, i, start, value)
		}
		if g.shape.quoteAll && len(dst) > start {
			dst = append(dst, '"')
		}
	}
	g.rows++
	return g.appendEnd(dst)
}
