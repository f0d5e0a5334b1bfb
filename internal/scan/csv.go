package scan

// CSVIndex says where the cells of some CSV text lie. Its memory is used again
// by the next [CSVIndex.Scan]; it belongs to one goroutine.
type CSVIndex struct {
	// Bounds tells where cells end. The first entry stands for the place before
	// the text, so that cell i, from 0, is src[Bounds[i]+1 : Bounds[i+1]] in
	// arithmetic modulo 2^32; each further one is the offset of a comma or a line
	// feed outside quotes. Room for [CSVSlack] more entries is behind them.
	Bounds []uint32
	// Rows are the offsets of those that are line feeds.
	Rows []uint32
	// Special has a bit for each byte that keeps a cell from being copied as it
	// is: quotes, backslashes, control characters (bytes below 0x20) and commas
	// inside quotes. The line feed that ends a record, and a carriage return right
	// before it, are not marked. Bit i of the set is bit i%64 of word i/64; bits from
	// the end of the scan on mean nothing.
	Special []uint64
	// Hard are those of Special that are not the quotes around a cell: a cell without
	// one can be copied as it stands between its quotes. The quote that closes a cell may
	// be marked, too.
	Hard []uint64
}

const (
	// CSVSlack is how many entries behind the bounds may be read and written.
	CSVSlack = 64

	// before is the bound in front of the text.
	before = 1<<32 - 1
)

// MaxCSV is the most bytes that one scan may be given, so that an offset fits
// into an entry.
const MaxCSV = 1<<31 - 1

// NewCSVIndex makes an index that has room for the given number of cells.
func NewCSVIndex(cells int) *CSVIndex {
	x := &CSVIndex{Bounds: make([]uint32, 1+cells+2*CSVSlack), Rows: make([]uint32, cells+2*CSVSlack)}
	x.Bounds, x.Rows = x.Bounds[:1], x.Rows[:0]
	x.Bounds[0] = before
	return x
}

// Scan finds the cells of CSV text (RFC 4180, comma separated) that starts at
// the start of a record, and gives the place that it came to.
//
// It stops before the first byte that the grammar does not allow, a quote
// inside an unquoted cell or a byte after a closing quote that is no comma, no
// line end and no quote, and also before the index has more cells than it was
// made for; full tells the second case. What src ends with is not judged: a quote may be
// open there, or may have closed just before.
//
// src holds at most [MaxCSV] bytes.
func (x *CSVIndex) Scan(src []byte) (end int, full bool) {
	if words := len(src)/64 + 2; len(x.Special) < words {
		x.Special, x.Hard = make([]uint64, words+words/8), make([]uint64, words+words/8)
	}
	bounds, rows := x.Bounds[:cap(x.Bounds)], x.Rows[:cap(x.Rows)]
	s := csvScan{src: src, bounds: bounds[1:], rows: rows, special: x.Special, hard: x.Hard, limit: len(bounds) - 1 - 2*CSVSlack}
	s.cellAt = 1
	end = s.run()
	x.Bounds, x.Rows = bounds[:1+s.n], rows[:s.lines]
	return end, end < len(src) && s.n >= s.limit
}
