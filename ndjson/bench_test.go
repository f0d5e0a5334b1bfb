package ndjson

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/corpus"
)

// sampleColumns is a usual header: 25 columns, a list among them twice.
var sampleColumns = strings.Split("Id,ChannelType,Address,OptOut,EffectiveDate,User.UserId,"+
	"User.UserAttributes.FirstName,User.UserAttributes.LastName,User.UserAttributes.Team,User.UserAttributes.Team,"+
	"Location.City,Location.Country,Location.Region,Location.PostalCode,Location.Latitude,Location.Longitude,"+
	"Demographic.Platform,Demographic.Make,Demographic.Model,Demographic.Locale,Demographic.Timezone,"+
	"Attributes.Interests,Attributes.Plan,Metrics.Logins,Metrics.Spend", ",")

// sampleRow draws a row; each of the optional cells is there in four rows of five.
func sampleRow(rng *rand.Rand) []string {
	pick := func(s ...string) string { return s[rng.IntN(len(s))] }
	number := func(n int) string { return fmt.Sprint(rng.IntN(n)) }
	row := []string{
		fmt.Sprintf("ep-%08x", rng.Uint32()), pick("EMAIL", "EMAIL", "SMS"), "user." + number(100000) + "@mail.example.com", pick("ALL", "NONE"),
		"2017" + pick("10", "11", "12") + "11T150548Z", "user-" + number(1000000),
		pick("Ann", "Wang", "Jürgen", "María José", "Seán"), pick("Lee", "O'Hara", "Müller, Jr.", "Stiles", "Papadopoulos"), pick("red", "blue", `"A"`), pick("north", "south"),
		pick("Berlin", "São Paulo", "New York, NY", "Köln", "Leeds"), pick("USA", "GBR", "DEU", "CHN"), pick("NRW", "WA", "Bavaria"), number(99999), "47." + number(10), "-122." + number(10),
		pick("Android", "iOS"), pick("Apple", "OnePlus", "Google"), pick("Pixel 9", "iPhone 15 Pro", "12T"), pick("en_US", "de_DE"), pick("America/Los_Angeles", "Europe/Berlin"),
		pick("sports", "news and weather", `back\slash`), pick("free", "premium"), number(500), number(900) + ".25",
	}
	for i := 3; i < len(row); i++ {
		if rng.IntN(5) == 0 {
			row[i] = ""
		}
	}
	return row
}

// sampleBatch makes a dense batch of n rows in Data, as a CSV parser would, but
// with all text plain or in need of escapes only where JSON needs them.
func sampleBatch(n int) *endpoint.Batch {
	rng := rand.New(rand.NewPCG(1, 2))
	rows := make([][]string, n)
	for i := range rows {
		rows[i] = sampleRow(rng)
	}
	return denseBatch(sampleColumns, rows...)
}

// denseBatch makes what a CSV parser makes of a header and rows.
func denseBatch(header []string, rows ...[]string) *endpoint.Batch {
	schema := endpoint.NewSchema()
	for _, name := range header {
		c, err := endpoint.ParseColumn([]byte(name))
		if err != nil {
			panic(err)
		}
		schema.Add(c)
	}
	b := &endpoint.Batch{}
	b.Reset(schema, fault.Pos{Line: 1})
	b.Dense = true
	for _, row := range rows {
		r := endpoint.Row{Start: uint32(len(b.Data)), First: uint32(len(b.Vals)), N: uint32(len(row))}
		for col, cell := range row {
			start := len(b.Data)
			b.Data = append(b.Data, cell...)
			b.Data = append(b.Data, ',')
			b.Vals = append(b.Vals, endpoint.MakeValue(start, len(cell), col, care([]byte(cell))))
		}
		b.Data[len(b.Data)-1] = '\n'
		r.End = uint32(len(b.Data))
		b.Rows = append(b.Rows, r)
	}
	return b
}

// sampleLines makes n lines; shuffled ones have their members in ever new orders.
func sampleLines(t testing.TB, n int, shuffled bool) []byte {
	out, err := NewAppender(nil).Append(nil, sampleBatch(n), &fault.Report{})
	require.NoError(t, err)
	if !shuffled {
		return out
	}
	rng := rand.New(rand.NewPCG(5, 6))
	var mixed []byte
	for line := range bytes.Lines(out) {
		mixed = append(mix(rng, mixed, bytes.TrimSpace(line)), '\n')
	}
	return mixed
}

// mix appends JSON with the members of all objects in a random order.
func mix(rng *rand.Rand, dst, text []byte) []byte {
	var object map[string]json.RawMessage
	if text[0] != '{' || json.Unmarshal(text, &object) != nil {
		return append(dst, text...)
	}
	names := slices.Sorted(maps.Keys(object))
	rng.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	dst = append(dst, '{')
	for i, name := range names {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendString(dst, name), ':')
		dst = mix(rng, dst, object[name])
	}
	return append(dst, '}')
}

// benchShapes are the shapes of data that are measured.
var benchShapes = []string{"default", "narrow", "wide", "unicode", "long", "multiline", "escaped"}

// benchLines makes some megabytes of lines of a shape: less would be learned by
// heart by the processor.
func benchLines(b *testing.B, name string) []byte {
	shape, ok := corpus.Lookup(name)
	require.True(b, ok)
	var text bytes.Buffer
	_, err := shape.WriteCSV(&text, 4<<20, 1)
	require.NoError(b, err)
	r := csv.NewReader(&text)
	header, err := r.Read()
	require.NoError(b, err)
	rows, err := r.ReadAll()
	require.NoError(b, err)
	a, rep := NewAppender(nil), &fault.Report{}
	var out []byte
	for part := range slices.Chunk(rows, 1000) {
		out, err = a.Append(out, denseBatch(header, part...), rep)
		require.NoError(b, err)
	}
	require.Empty(b, rep.Faults)
	return out
}

// BenchmarkCut measures the cutter: lines of all shapes are cut alike, an array
// by its brackets.
func BenchmarkCut(b *testing.B) {
	lines := benchLines(b, "default")
	array := slices.Concat([]byte("["), bytes.ReplaceAll(bytes.TrimSpace(lines), []byte("\n"), []byte(",\n")), []byte("]\n"))
	for name, data := range map[string][]byte{"lines": lines, "array": array} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				c := NewCutter(nil)
				for rest := data; len(rest) > 0; {
					block := rest[:min(len(rest), 256<<10)]
					cut := c.Cut(block, len(block) == len(rest))
					if cut.N == 0 || cut.Fragment {
						b.Fatal(cut)
					}
					rest = rest[cut.N:]
				}
			}
		})
	}
}

// BenchmarkParse measures the parser: shuffled records have their members in
// ever new orders.
func BenchmarkParse(b *testing.B) {
	run := func(name string, data []byte) {
		b.Run(name, func(b *testing.B) {
			p, batch, rep := NewParser(nil), &endpoint.Batch{}, &fault.Report{}
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				for at := 0; at < len(data); {
					n, err := p.Parse(batch, data[at:], fault.Pos{Line: 1}, 1, rep)
					if err != nil {
						b.Fatal(err)
					}
					at += n
				}
			}
			require.Empty(b, rep.Faults)
		})
	}
	for _, name := range benchShapes {
		run(name, benchLines(b, name))
	}
	run("shuffled", sampleLines(b, 4000, true))
}

func BenchmarkAppend(b *testing.B) {
	batch := sampleBatch(250)
	a, rep := NewAppender(nil), &fault.Report{}
	out, err := a.Append(nil, batch, rep)
	require.NoError(b, err)
	b.SetBytes(int64(len(out)))
	b.ReportAllocs()
	for b.Loop() {
		out, _ = a.Append(out[:0], batch, rep)
	}
	b.ReportMetric(float64(len(batch.Data))*float64(b.N)/b.Elapsed().Seconds()/1e6, "csv-MB/s")
}
