package endpoint

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/endpointfile/endpointfile/fault"
)

// texts are values that some format or some step has to take care of.
var texts = []string{
	"a", "EMAIL", "ann.lee@example.com", "O'Neil", `say "hi"`, "a,b", "line\nbreak", "crlf\r\n", `back\slash`, "tab\t",
	" space ", "Zoë", "東京", "🚀", "\u2028", "<b>&", "\x00", "\x7f", "null", "[]", "{}", "0", strings.Repeat("x", 100),
}

func pick(rng *rand.Rand) string { return texts[rng.IntN(len(texts))] }

// randomLists makes lists with distinct names, some with values that are empty.
func randomLists(rng *rand.Rand) Lists {
	var l Lists
	for i := range rng.IntN(5) {
		n := NamedList{Name: pick(rng) + strconv.Itoa(i)}
		for range rng.IntN(4) + 1 {
			n.Values = append(n.Values, []string{"", pick(rng)}[min(rng.IntN(5), 1)])
		}
		l = append(l, n)
	}
	return l
}

// randomEndpoint makes an endpoint in which every member may be there or not.
func randomEndpoint(rng *rand.Rand) *Endpoint {
	e := &Endpoint{Attributes: randomLists(rng)}
	e.User.UserAttributes = randomLists(rng)
	for f := ID; f < Attributes; f++ {
		if f.Kind() == Text && rng.IntN(2) == 0 {
			*e.member(f) = pick(rng)
		}
	}
	number := func() Decimal { return Decimal([]string{"", "0", "-0.10", "47.6", "1e5", "-122.30"}[rng.IntN(6)]) }
	e.Location.Latitude, e.Location.Longitude = number(), number()
	for i := range rng.IntN(4) {
		e.Metrics = append(e.Metrics, Metric{pick(rng) + strconv.Itoa(i), DecimalOf(rng.NormFloat64())})
	}
	return e
}

// plain gives a copy of e without empty slices, for comparison.
func plain(e *Endpoint) *Endpoint {
	c := e.Clone()
	if len(c.Attributes) == 0 {
		c.Attributes = nil
	}
	if len(c.Metrics) == 0 {
		c.Metrics = nil
	}
	if len(c.User.UserAttributes) == 0 {
		c.User.UserAttributes = nil
	}
	return c
}

// cells fills b as a CSV parser would: one row for each line of plain cells.
func cells(b *Batch, s *Schema, base fault.Pos, text string) {
	b.Reset(s, base)
	b.Dense, b.Data = true, []byte(text)
	at := 0
	for line := range strings.Lines(text) {
		row := Row{Start: uint32(at), End: uint32(at + len(line)), First: uint32(len(b.Vals)), N: uint32(s.Len())}
		cell := at
		for i, c := range strings.Split(strings.TrimSuffix(line, "\n"), ",") {
			b.Vals = append(b.Vals, MakeValue(cell, len(c), i, Plain))
			cell += len(c) + 1
		}
		b.Rows = append(b.Rows, row)
		at += len(line)
	}
}
