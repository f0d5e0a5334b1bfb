package corpus

import (
	"slices"
	"strings"
)

// Spoil is one way to break a record. Each breaks one rule; no way opens a quote that is never
// closed, since that would take the records after it along.
type Spoil uint8

// The ways to break a record. A shape without the column that one needs goes without it.
const (
	UnknownChannel     Spoil = iota // a ChannelType that does not exist
	NoAddress                       // neither an Address nor an Id
	UnknownOptOut                   // an OptOut that does not exist
	NoDate                          // an EffectiveDate in a thirteenth month
	UnknownCountry                  // a code that ISO 3166-1 has never given
	LatitudeOutOfRange              // a Latitude beyond the pole
	UnknownLocale                   // a Locale of the right form with an unknown language
	UnknownTimezone                 // an abbreviation instead of a name of the tz database
	OverlongValue                   // a custom value of 101 characters
	NoNumber                        // a metric that is not a number
	InvalidUTF8                     // a byte that UTF-8 does not have
	BareQuote                       // a quote inside an unquoted cell, or text after a closing one
	TooFewCells                     // the last cell is missing, and the comma before it
	TooManyCells                    // one cell more than the header has
	spoils                          // how many there are
)

// String returns a short name such as "unknown-country".
func (s Spoil) String() string {
	if s >= spoils {
		return "unknown-spoil"
	}
	return [spoils]string{
		"unknown-channel", "no-address", "unknown-opt-out", "no-date", "unknown-country", "latitude-out-of-range",
		"unknown-locale", "unknown-timezone", "overlong-value", "no-number", "invalid-utf-8", "bare-quote",
		"too-few-cells", "too-many-cells",
	}[s]
}

// breakage is a way to break the records of one shape.
type breakage struct {
	how     Spoil
	columns []int  // the cells concerned
	value   string // what they get
	keep    bool   // append the value instead of putting it in the place of the cell's own
	remove  bool   // take the cell away, comma and all
}

// breakages returns the ways that a shape offers, in the order of the constants.
func breakages(s *Shape) []breakage {
	// The cell that grammar faults hit: a text if there is one, else the address.
	text := atMostOne(columnsOf(s, note, company, interest, address))
	last := []int{len(s.columns) - 1}
	extra := ",extra"
	if s.quoteAll {
		extra = `","extra`
	}
	all := []breakage{
		{how: UnknownChannel, columns: columnsOf(s, channelType), value: "FAX"},
		{how: NoAddress, columns: columnsOf(s, address, id)},
		{how: UnknownOptOut, columns: columnsOf(s, optOut), value: "SOMETIMES"},
		{how: NoDate, columns: columnsOf(s, effectiveDate), value: "2019-13-01T10:00:00.000Z"},
		{how: UnknownCountry, columns: columnsOf(s, locationCountry), value: "ZZQ"},
		{how: LatitudeOutOfRange, columns: columnsOf(s, latitude), value: "91.5"},
		{how: UnknownLocale, columns: columnsOf(s, locale), value: "qq_US"},
		{how: UnknownTimezone, columns: columnsOf(s, timezone), value: "PST"},
		{how: OverlongValue, columns: atMostOne(columnsOf(s, note, company, interest)), value: strings.Repeat("too long ", 11) + "by"},
		{how: NoNumber, columns: columnsOf(s, count), value: "twelve"},
		{how: InvalidUTF8, columns: text, value: "caf\xe9 latin-1"},
		{how: BareQuote, columns: text, value: `the "bare quote`},
		{how: TooFewCells, columns: last, remove: true},
		{how: TooManyCells, columns: last, value: extra, keep: true},
	}
	return slices.DeleteFunc(all, func(b breakage) bool { return len(b.columns) == 0 })
}

// columnsOf returns the first column of each kind that the shape has, in the order of the kinds.
func columnsOf(s *Shape, want ...kind) []int {
	var found []int
	for _, k := range want {
		if i := slices.IndexFunc(s.columns, func(c column) bool { return c.kind == k }); i >= 0 {
			found = append(found, i)
		}
	}
	return found
}

// atMostOne keeps the first of a list that may be empty.
func atMostOne(list []int) []int { return list[:min(len(list), 1)] }

// nextBreakage decides whether the next row is spoiled, and how: the ways take turns, so that a
// file of a few rows has them all.
func (g *generator) nextBreakage() *breakage {
	if g.rate == 0 || float64(g.luck.Uint64()>>11)/(1<<53) >= g.rate {
		return nil
	}
	b := &g.breakages[g.spoiled%int64(len(g.breakages))]
	g.spoiled++
	g.spoils[b.how]++
	return b
}

// spoil changes the cell of column i, the last one in dst, if the breakage concerns it. The cell
// begins at start with its comma and at value with what it holds, an outer quote left out.
func (b *breakage) spoil(dst []byte, i, start, value int) []byte {
	switch {
	case !slices.Contains(b.columns, i):
		return dst
	case b.remove:
		return dst[:start]
	case b.keep:
		return append(dst, b.value...)
	default:
		return append(dst[:value], b.value...)
	}
}
