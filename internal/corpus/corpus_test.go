package corpus

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// clean returns the named shape's file of at least size bytes.
func clean(t testing.TB, name string, size int64, seed uint64) []byte {
	t.Helper()
	s, ok := Lookup(name)
	require.True(t, ok, name)
	var buf bytes.Buffer
	_, err := s.WriteCSV(&buf, size, seed)
	require.NoError(t, err)
	return buf.Bytes()
}

// rowsOf reads a file with encoding/csv.
func rowsOf(t testing.TB, data []byte) (header []string, rows [][]string) {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	require.NoError(t, err)
	return all[0], all[1:]
}

// texts are the columns that hold free text.
func texts(s Shape) []int {
	var list []int
	for i, c := range s.columns {
		if slices.Contains([]kind{locationCity, locationRegion, firstName, lastName, company, interest, note}, c.kind) {
			list = append(list, i)
		}
	}
	return list
}

func TestHeadersAreLegal(t *testing.T) {
	legal := regexp.MustCompile(`^(ChannelType|Address|Id|RequestId|OptOut|EndpointStatus|EffectiveDate` +
		`|Demographic\.(AppVersion|Locale|Make|Model|ModelVersion|Platform|PlatformVersion|Timezone)` +
		`|Location\.(City|Country|Latitude|Longitude|PostalCode|Region)|User\.UserId` +
		`|(Attributes|Metrics|User\.UserAttributes)\.([A-Za-z]{1,50}))$`)
	columns := map[string]int{"narrow": 3, "wide": 250}
	for _, s := range append(Shapes(), Warned()...) {
		t.Run(s.Name, func(t *testing.T) {
			want, ok := columns[s.Name]
			if !ok {
				want = 25
			}
			header := s.Header()
			assert.Len(t, header, want)
			assert.NotEmpty(t, s.Doc)

			width, perKind := map[string]int{}, map[string]int{}
			for _, h := range header {
				m := legal.FindStringSubmatch(h)
				require.NotNil(t, m, h)
				if width[h]++; width[h] == 1 && m[4] != "" {
					perKind[m[4]]++
				}
			}
			for h, n := range width {
				isList := strings.HasPrefix(h, "Attributes.") || strings.HasPrefix(h, "User.UserAttributes.")
				assert.True(t, n == 1 || isList && n <= 50, "%s stands there %d times", h, n)
			}
			all := 0
			for k, n := range perKind {
				assert.LessOrEqual(t, n, 20, k)
				all += n
			}
			assert.LessOrEqual(t, all, 40)
		})
	}
	_, ok := Lookup("round")
	assert.False(t, ok)
}

func TestEveryCleanRecordIsValid(t *testing.T) {
	for _, s := range append(Shapes(), Warned()...) {
		t.Run(s.Name, func(t *testing.T) {
			const size = 1 << 20
			var buf bytes.Buffer
			n, err := s.WriteCSV(&buf, size, 7)
			require.NoError(t, err)
			header, rows := rowsOf(t, buf.Bytes())
			assert.Equal(t, s.Header(), header)
			assert.EqualValues(t, n, len(rows))

			addresses, ids := map[string]bool{}, map[string]bool{}
			id := slices.Index(header, "Id")
			for i, row := range rows {
				require.Empty(t, checkRecord(header, row), "record %d: %q", i+1, row)
				for c := range row {
					if c > 0 && header[c] == header[c-1] {
						require.False(t, row[c] != "" && row[c-1] == "", "a hole in a list: %q", row)
					}
				}
				if a := row[slices.Index(header, "Address")]; strings.Contains(a, "@") {
					require.False(t, addresses[a], "e-mail address twice: %s", a)
					addresses[a] = true
				}
				if id >= 0 && row[id] != "" {
					require.False(t, ids[row[id]], "Id twice: %s", row[id])
					ids[row[id]] = true
				}
			}
		})
	}
}

func TestDefaultShapeHasItsFigures(t *testing.T) {
	data := clean(t, "default", 4<<20, 3)
	header, rows := rowsOf(t, data)
	assert.InDelta(t, 251, float64(len(data))/float64(len(rows)), 3, "bytes a row")

	quoted, backslash := 0, 0
	filled := make([]int, len(header))
	for _, row := range rows {
		all := strings.Join(row, "\x00")
		if strings.ContainsAny(all, ",\"\n") {
			quoted++
		}
		if strings.Contains(all, `\`) {
			backslash++
		}
		for i, cell := range row {
			if cell != "" {
				filled[i]++
			}
		}
	}
	assert.InDelta(t, 0.14, float64(quoted)/float64(len(rows)), 0.01, "rows with a quoted cell")
	assert.NotZero(t, backslash)
	for i, n := range filled {
		share := float64(n) / float64(len(rows))
		if header[i] == "ChannelType" || header[i] == "Address" {
			assert.EqualValues(t, 1, share)
			continue
		}
		assert.True(t, share > 0.4 && share < 0.92, "%s is filled in %.2f of the rows", header[i], share)
	}
}

func TestDefaultShapeIsWhatEncodingCSVWrites(t *testing.T) {
	for _, name := range []string{"default", "narrow", "wide", "unicode", "long", "multiline", "escaped"} {
		data := clean(t, name, 200_000, 5)
		var again bytes.Buffer
		header, rows := rowsOf(t, data)
		require.NoError(t, csv.NewWriter(&again).WriteAll(append([][]string{header}, rows...)))
		assert.Equal(t, string(data), again.String(), "%s: no quote is missing and none is needless", name)
	}
}

func TestShapesKeepTheirWord(t *testing.T) {
	tests := []struct {
		shape string
		text  func(cell string) bool // holds for every free text that is there
	}{
		{"unicode", func(c string) bool { return !isASCII(c) }},
		{"long", func(c string) bool { n := utf8.RuneCountInString(c); return n >= 89 && n <= 100 }},
		{"multiline", func(c string) bool { return strings.Contains(c, "\n") }},
		{"escaped", func(c string) bool { return strings.ContainsAny(c, "\"\\\t") }},
	}
	for _, tt := range tests {
		s, _ := Lookup(tt.shape)
		_, rows := rowsOf(t, clean(t, tt.shape, 300_000, 1))
		for _, row := range rows {
			for _, i := range texts(s) {
				require.True(t, row[i] == "" || tt.text(row[i]), "%s: %q", tt.shape, row[i])
			}
		}
	}

	t.Run("emails", func(t *testing.T) {
		_, rows := rowsOf(t, clean(t, "emails", 300_000, 1))
		for _, row := range rows {
			require.Equal(t, "EMAIL", row[0])
			require.True(t, len(row[1]) >= 36 && len(row[1]) <= 105, row[1])
		}
	})
	t.Run("places", func(t *testing.T) {
		header, rows := rowsOf(t, clean(t, "places", 300_000, 1))
		places := map[int]int{}
		for _, row := range rows {
			if _, digits, ok := strings.Cut(row[slices.Index(header, "Location.Latitude")], "."); ok {
				places[len(digits)]++
			}
		}
		assert.Len(t, places, 3)
		assert.True(t, places[4] > 0 && places[5] > 0 && places[6] > 0)
	})
	t.Run("narrow", func(t *testing.T) {
		data := clean(t, "narrow", 300_000, 1)
		assert.Less(t, len(data)/bytes.Count(data, []byte("\n")), 40)
	})
	t.Run("quoted", func(t *testing.T) {
		data := clean(t, "quoted", 300_000, 1)
		bare := regexp.MustCompile(`^("([^"]|"")*",){24}"([^"]|"")*"\n`)
		for len(data) > 0 {
			m := bare.Find(data)
			require.NotNil(t, m, "%.300s", data)
			data = data[len(m):]
		}
	})
	t.Run("crlf", func(t *testing.T) {
		data := clean(t, "crlf", 300_000, 1)
		ends, breaks, inQuotes := 0, 0, false
		for i, c := range data {
			switch {
			case c == '"':
				inQuotes = !inQuotes
			case c == '\n' && inQuotes:
				breaks++
				require.NotEqual(t, byte('\r'), data[i-1])
			case c == '\n':
				ends++
				require.Equal(t, byte('\r'), data[i-1])
			}
		}
		_, rows := rowsOf(t, data)
		assert.Equal(t, len(rows)+1, ends)
		assert.NotZero(t, breaks)
	})
}

func TestSameSeedSameBytes(t *testing.T) {
	for _, s := range append(Shapes(), Warned()...) {
		a, b := clean(t, s.Name, 600_000, 1), clean(t, s.Name, 600_000, 1)
		assert.True(t, bytes.Equal(a, b), s.Name)
		assert.False(t, bytes.Equal(a, clean(t, s.Name, 600_000, 2)), s.Name)
		assert.True(t, bytes.HasPrefix(a, clean(t, s.Name, 10_000, 1)), "%s: a larger size only adds", s.Name)
	}
}

func TestSizeIsTheLeastThatHoldsIt(t *testing.T) {
	s, _ := Lookup("default")
	head := len(strings.Join(s.Header(), ",")) + 1
	for _, size := range []int64{0, 1, int64(head), int64(head) + 1, 9_999, flushSize - 1, flushSize, flushSize + 1, 3*flushSize + 17} {
		var buf bytes.Buffer
		res, err := s.Generate(&buf, &Options{Bytes: size, Seed: 1})
		require.NoError(t, err)
		assert.EqualValues(t, buf.Len(), res.Bytes)
		assert.GreaterOrEqual(t, res.Bytes, size)
		_, rows := rowsOf(t, buf.Bytes())
		assert.EqualValues(t, len(rows), res.Rows)
		if size <= int64(head) {
			assert.Zero(t, res.Rows)
			continue
		}
		one := new(bytes.Buffer)
		_, err = s.WriteCSV(one, size-1, 1)
		require.NoError(t, err)
		assert.LessOrEqual(t, res.Bytes-int64(one.Len()), int64(1000), "one record too many")
	}
	var buf bytes.Buffer
	res, err := s.Generate(&buf, nil)
	require.NoError(t, err)
	assert.Equal(t, Result{Bytes: int64(head)}, res)
}

func TestSpoiledRecordsAreCountedAndNothingElseChanges(t *testing.T) {
	ways := map[string]int{"narrow": 7}
	for _, s := range append(Shapes(), Warned()...) {
		t.Run(s.Name, func(t *testing.T) {
			const rows = 2000
			good, bad := newGenerator(&s, &Options{Seed: 9}), newGenerator(&s, &Options{Seed: 9, FaultRate: 0.25})
			header := string(good.appendHeader(nil))
			for range rows {
				before, spoils := bad.spoiled, sum(bad.spoils)
				a, b := string(good.appendRow(nil)), string(bad.appendRow(nil))
				if bad.spoiled == before {
					require.Equal(t, a, b)
					continue
				}
				require.Equal(t, spoils+1, sum(bad.spoils))
				require.NotEqual(t, a, b)
				how := bad.breakages[before%int64(len(bad.breakages))].how
				require.Equal(t, how.String(), faultOf(header+b), "%q", b)
			}
			assert.InDelta(t, rows/4, bad.spoiled, rows/20)
			want, ok := ways[s.Name]
			if !ok {
				want = int(spoils)
			}
			assert.Len(t, bad.spoils, want)
		})
	}
}

// sum adds up the counts of all ways.
func sum(m map[Spoil]int64) (n int64) {
	for _, v := range m {
		n += v
	}
	return n
}

// faultOf says what is wrong with the one record of a file.
func faultOf(file string) string {
	r := csv.NewReader(strings.NewReader(file))
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	switch {
	case errors.Is(err, csv.ErrBareQuote) || errors.Is(err, csv.ErrQuote):
		return BareQuote.String()
	case err != nil:
		return err.Error()
	case len(all) != 2:
		return "not one record"
	case len(all[1]) < len(all[0]):
		return TooFewCells.String()
	case len(all[1]) > len(all[0]):
		return TooManyCells.String()
	}
	return checkRecord(all[0], all[1])
}

func TestResultCountsSpoils(t *testing.T) {
	s, _ := Lookup("default")
	res, err := s.Generate(io.Discard, &Options{Bytes: 1 << 20, Seed: 1, FaultRate: 0.1})
	require.NoError(t, err)
	assert.InDelta(t, 0.1, float64(res.Spoiled)/float64(res.Rows), 0.02)
	assert.Equal(t, res.Spoiled, sum(res.Spoils))

	res, err = s.Generate(io.Discard, &Options{Bytes: 1 << 16, Seed: 1, FaultRate: 1})
	require.NoError(t, err)
	assert.Equal(t, res.Rows, res.Spoiled)

	names := map[string]bool{}
	for how := range spoils {
		names[how.String()] = true
	}
	assert.Len(t, names, int(spoils))
	assert.Equal(t, "unknown-spoil", spoils.String())
}

// limited takes some bytes and then fails.
type limited struct {
	room int
	err  error
}

func (w *limited) Write(p []byte) (int, error) {
	n := min(len(p), w.room)
	w.room -= n
	if n < len(p) {
		return n, w.err
	}
	return n, nil
}

func TestErrorsPassThrough(t *testing.T) {
	s, _ := Lookup("default")
	full := errors.New("disk full")
	res, err := s.Generate(&limited{room: flushSize + flushSize/2, err: full}, &Options{Bytes: 1 << 20, Seed: 1})
	assert.Same(t, full, err)
	assert.EqualValues(t, flushSize+flushSize/2, res.Bytes)

	_, err = s.WriteCSV(&limited{room: 10}, 1<<20, 1)
	assert.Same(t, io.ErrShortWrite, err)

	_, err = Shape{}.WriteCSV(io.Discard, 10, 1)
	assert.ErrorIs(t, err, ErrNoColumns)
}

func TestSamplesAreWhatTheGeneratorMakes(t *testing.T) {
	for name, size := range map[string]int64{"endpoints.csv": 1_000_000, "endpoints-small.csv": 5_000} {
		got, err := os.ReadFile(filepath.Join("..", "..", "testdata", name))
		require.NoError(t, err)
		assert.True(t, bytes.Equal(clean(t, "default", size, 1), got), "%s is stale: run go generate ./internal/corpus", name)
	}
}

func TestRowsDoNotAllocate(t *testing.T) {
	for _, s := range append(Shapes(), Warned()...) {
		for form := range forms {
			opt := &Options{Form: form, Seed: 1}
			if form == CSV {
				opt.FaultRate = 0.1
			}
			g := newGenerator(&s, opt)
			buf := make([]byte, 0, 1<<17)
			if g.json != nil {
				g.json.row, g.json.text = make([]byte, 0, 1<<16), make([]byte, 0, 1<<16)
			}
			assert.Zero(t, testing.AllocsPerRun(500, func() { buf = g.appendRecord(buf[:0]) }), s.Name)
		}
	}
}

func BenchmarkWriteCSV(b *testing.B) {
	for _, s := range append(Shapes(), Warned()...) {
		b.Run(s.Name, func(b *testing.B) {
			const size = 16 << 20
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.WriteCSV(io.Discard, size, 1); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
