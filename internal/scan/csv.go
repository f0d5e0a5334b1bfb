package scan

// LineFeed marks an index entry of [IndexCSV] that is a line feed; without it
// the entry is a comma.
const LineFeed = 1 << 31

// IndexSlack is how many free entries [IndexCSV] wants before it looks at the
// next 64 bytes.
const IndexSlack = 64

// MaxCSV is the most bytes that one call of [IndexCSV] may be given: offsets
// share their entry with [LineFeed].
const MaxCSV = 1<<31 - 1

// IndexCSV finds the cells of CSV text (RFC 4180, comma separated) that starts
// at the start of a record.
//
// It writes the offset of each comma and each line feed that stands outside
// quotes to index, in order, line feeds with the bit [LineFeed], and gives
// their number n.
//
// To special, which must have a bit for each byte of src and one word more, it
// writes which bytes keep a cell from being copied as it is: quotes,
// backslashes, control characters (bytes below 0x20) and commas inside quotes.
// The line feed that ends a record, and a carriage return right before it, are
// not marked. Bit i of the set is bit i%64 of word i/64; the words up to end/64
// are written, and bits from end on mean nothing.
//
// It stops before the first byte that the grammar does not allow, a quote
// inside an unquoted cell or a byte after a closing quote that is no comma, no
// line end and no quote, and also where index has fewer than [IndexSlack] free
// entries; end tells how far it came. What src ends with is not judged: a quote
// may be open there, or may have closed just before.
//
// Entries of index from n on may be overwritten. src holds at most [MaxCSV] bytes.
func IndexCSV(index []uint32, special []uint64, src []byte) (n, end int) {
	return indexCSV(index, special, src)
}
