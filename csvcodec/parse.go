package csvcodec

import (
	"bytes"
	"slices"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/scan"
)

const (
	// batchSize is how many bytes of records make a batch: few enough that the
	// text, its index and its values stay in the processor's first cache.
	batchSize = 16 << 10
	// batchValues ends a batch early: records of few cells under a wide header
	// are padded, and would make a batch of gigabytes.
	batchValues = 1 << 16
	// indexCells has room for the cells of a record with every column.
	indexCells = endpoint.MaxColumns + 512
	// fillSlack is how many values behind the last one [fillRows] may read or write.
	fillSlack = 4
)

// Parser reads the header and the records of one CSV input.
//
// It works in two steps: package scan writes down where the cells of a stretch
// of text end and which bytes need care, then rows are made from that index,
// most of them without looking at the text again. A record that the index
// cannot tell for certain is walked byte by byte instead; see walk.go.
//
// A Parser belongs to one goroutine.
type Parser struct {
	fix    bool
	max    int
	size   int // of a batch; see batchSize
	schema *endpoint.Schema
	width  int              // columns
	tags   []endpoint.Value // by column: its number, and the flag Plain; fillSlack more behind
	index  *scan.CSVIndex
}

// NewParser makes a Parser. Nil options are the defaults. Its columns come from
// [Parser.Header], or from [Parser.SetSchema].
func NewParser(opt *Options) *Parser {
	p := &Parser{max: opt.maxRecord()}
	p.size = min(batchSize, 16*p.max) // what lies behind a record that is too long is indexed anew
	if opt != nil {
		p.fix = opt.Fix
	}
	p.SetSchema(endpoint.NewSchema())
	return p
}

// SetSchema gives the columns of records whose header another Parser has read,
// as when several goroutines read stretches of one input. The schema may be
// shared; it must not grow any more.
func (p *Parser) SetSchema(s *endpoint.Schema) {
	p.schema, p.width = s, s.Len()
	p.tags = slices.Grow(p.tags[:0], p.width+fillSlack)[:p.width+fillSlack]
	for i := range p.width {
		p.tags[i] = endpoint.MakeValue(0, 0, i, endpoint.Plain)
	}
}

// Width gives the number of cells that a record must have.
func (p *Parser) Width() int { return p.width }

// Parse resets b and fills it with records from the head of data, which starts
// at the start of a record and holds whole records only: a last one without a
// line end is taken for the last of the input. It gives the bytes consumed,
// those of one record at least unless data is empty; the batch has no rows if
// these are blank lines. pos is the place of data[0] and record the number of
// the first record. The batch is dense and borrows data.
//
// Faults go to rep, in the order of the records, and mark their rows. The error
// is [fault.ErrStop], if rep says so, or nil; the row of the last fault is then
// the last of the batch.
func (p *Parser) Parse(b *endpoint.Batch, data []byte, pos fault.Pos, record int64, rep *fault.Report) (int, error) {
	b.Reset(p.schema, pos)
	b.Record, b.Dense, b.Data = record, true, data
	f := filler{Parser: p, b: b, rep: rep}
	src := data[:min(len(data), p.size)]
	src = src[:bytes.LastIndexByte(src, '\n')+1]
	if p.index == nil {
		p.index = scan.NewCSVIndex(indexCells)
	}
	f.suspect = !scan.ValidUTF8(src)
	f.fill(src)
	b.Data = data[:f.at:f.at]
	return f.at, f.err
}
