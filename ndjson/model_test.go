package ndjson

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
)

// This file holds the parser against a second one, made of encoding/json and
// the table of attributes: slow, without places or repairs, and simple enough to
// be judged right by reading it.

// model reads one line. It gives the values of the record and true if nothing
// is wrong with it.
func model(line string) (values []string, ok bool) {
	if !json.Valid([]byte(line)) || !utf8.ValidString(line) || loneSurrogate(line) {
		return nil, false
	}
	dec := json.NewDecoder(strings.NewReader(line))
	dec.UseNumber()
	m := modeler{dec: dec, ok: true}
	if m.next() != json.Delim('{') {
		return nil, false
	}
	m.object("")
	_, err := dec.Token()
	return m.values, m.ok && err == io.EOF
}

// loneSurrogate looks for half a surrogate pair in valid JSON: encoding/json
// lets it pass.
func loneSurrogate(line string) bool {
	unit := func(i int) uint64 { // the code of an escape at i, 0 if there is none
		if i+6 > len(line) || line[i:i+2] != `\u` {
			return 0
		}
		n, _ := strconv.ParseUint(line[i+2:i+6], 16, 16)
		return n
	}
	for i := 0; i < len(line); i++ {
		if line[i] != '\\' {
			continue
		}
		switch high := unit(i); {
		case high < 0xD800 || high > 0xDFFF:
			i++
		case high < 0xDC00 && unit(i+6) >= 0xDC00 && unit(i+6) <= 0xDFFF:
			i += 11
		default:
			return true
		}
	}
	return false
}

type modeler struct {
	dec    *json.Decoder
	values []string
	ok     bool
}

func (m *modeler) next() json.Token {
	t, err := m.dec.Token()
	if err != nil {
		panic(err) // the line was valid
	}
	return t
}

// object reads an object whose members have names that begin with prefix.
func (m *modeler) object(prefix string) {
	seen := map[string]bool{}
	for m.dec.More() {
		name := m.next().(string)
		m.ok = m.ok && !seen[name]
		seen[name] = true
		if _, known := groupOf(prefix + name); known && !strings.Contains(name, ".") && m.custom(prefix) == endpoint.NoField {
			if m.next() == json.Delim('{') {
				m.object(prefix + name + ".")
			} else {
				m.ok = false
				return
			}
		} else if c, err := endpoint.ParseColumn([]byte(prefix + name)); m.custom(prefix) != endpoint.NoField {
			m.ok = m.ok && len(name) <= maxKey
			m.value(endpoint.Column{Field: m.custom(prefix), Key: name})
		} else if err == nil && !strings.Contains(name, ".") {
			m.value(c)
		} else {
			m.ok = false
		}
		if !m.ok {
			return
		}
	}
	m.next()
}

func groupOf(name string) (endpoint.Group, bool) {
	for g := endpoint.InRecord + 1; g < endpoint.GroupCount; g++ {
		if g.String() == name {
			return g, true
		}
	}
	return 0, false
}

func (m *modeler) custom(prefix string) endpoint.Field {
	for f := endpoint.ID; f < endpoint.FieldCount; f++ {
		if f.Custom() && f.String() == prefix {
			return f
		}
	}
	return endpoint.NoField
}

func (m *modeler) value(c endpoint.Column) {
	switch t := m.next(); c.Field.Kind() {
	case endpoint.Text:
		s, ok := t.(string)
		m.ok = m.ok && ok
		m.values = append(m.values, c.String()+"="+s)
	case endpoint.Number:
		n, ok := t.(json.Number)
		m.ok = m.ok && ok
		m.values = append(m.values, c.String()+"="+n.String())
	case endpoint.List:
		m.ok = m.ok && t == json.Delim('[')
		for m.ok && m.dec.More() {
			s, ok := m.next().(string)
			m.ok = m.ok && ok
			m.values = append(m.values, c.String()+"="+s)
		}
		if m.ok {
			m.next()
		}
	}
}

// compare reads lines with one parser, so that it meets them with all that it
// has learned, and each line with a fresh one, and holds both against the model.
func compare(t testing.TB, text string) {
	const lead = "{}\n" // so that no line is taken for the start of an array
	got := drive(t, []byte(lead+text), nil, len(text)+10, batchSize)
	rows := got.Rows[1:]
	for line := range strings.Lines(text) {
		if strings.Trim(line, " \t\r\n") == "" {
			continue
		}
		require.NotEmpty(t, rows)
		require.Equal(t, line, rows[0].Raw)
		values, ok := model(line)
		require.Equalf(t, ok, rows[0].Flags&endpoint.Rejected == 0, "%q: %v", line, got.Faults)
		if ok {
			require.Equal(t, values, rows[0].values(), line)
		}
		alone := drive(t, []byte(lead+line), nil, len(line)+10, batchSize)
		require.Equal(t, alone.Rows[1], rows[0], line)
		rows = rows[1:]
	}
	require.Empty(t, rows)
}

// TestModel: the sample, and the sample with random damage.
func TestModel(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for _, shuffled := range []bool{false, true} {
		lines := slices.Collect(bytes.Lines(sampleLines(t, 120, shuffled)))
		compare(t, string(bytes.Join(lines, nil)))
		for range 400 {
			var text []byte
			for range 6 {
				line := bytes.Clone(lines[rng.IntN(len(lines))])
				line = bytes.TrimSuffix(line, []byte("\n"))
				for range rng.IntN(3) {
					line = damage(rng, line)
				}
				text = append(append(text, line...), '\n')
			}
			compare(t, string(text))
		}
	}
}

// damage changes a text at a random place.
func damage(rng *rand.Rand, text []byte) []byte {
	const alphabet = `{}[]",:\ 019-+.eEtrufalsn/` + "\x00\t\r\xff\x80"
	i := rng.IntN(len(text))
	j := min(len(text), i+1+rng.IntN(12))
	switch rng.IntN(5) {
	case 0: // change a byte
		text[i] = alphabet[rng.IntN(len(alphabet))]
		return text
	case 1: // insert a byte
		return slices.Insert(text, i, alphabet[rng.IntN(len(alphabet))])
	case 2: // take some bytes out
		return slices.Delete(text, i, min(j, len(text)-1))
	case 3: // say something twice
		return slices.Insert(text, i, bytes.Clone(text[i:j])...)
	}
	k := bytes.IndexByte(text[i:], ',') // take a member out
	if k < 0 {
		return text
	}
	if n := bytes.IndexByte(text[i+k+1:], ','); n >= 0 {
		return slices.Delete(text, i+k, i+k+1+n)
	}
	return text
}

// TestLearned: texts that look like what was learned, but are not.
func TestLearned(t *testing.T) {
	first := `{"Id":"a","Location":{"City":"c","Latitude":1},"Metrics":{"n":1,"m":2},"Attributes":{"x":["1","2"],"y":["3"]},"OptOut":"ALL"}`
	padding := strings.Repeat(" ", 2*stride) // so that there is enough text to compare
	for _, second := range []string{
		first,
		`{"Id":"a","Id":"b"}`,
		`{"Id":"a","Location":{"City":"c"},"Location":{"City":"d"}}`,
		`{"Id":"a","Location":{"City":"c","Latitude":1},"Metrics":{"n":1,"m":2},"Metrics":{"n":1,"m":2}}`,
		`{"Id":"a","Location":{"City":"c","Latitude":"1"}}`,
		`{"Id":"a","Location":{"City":"c","Latitude":null},"Metrics":{"n":1}}`,
		`{"Id":"a","Location":{"City":"c","Latitude":-},"Metrics":{"n":1}}`,
		`{"Id":"a","Location":{"City":"c","Latitude":01},"Metrics":{"n":1}}`,
		`{"Id":"a","Location":{"City":"c","Latitude":`,
		`{"Id":"a","Location":{"City":"c","Latitude":1}`,
		`{"Id":"a","Location":{"City":"`,
		`{"Id":"a","Attributes":{"x":["1","2"],"y":["3"],"x":["4"]}}`,
		`{"Attributes":{"x":["1","2"],"y":["3"]},"OptOut":"ALL"}}`,
		`{"Attributes":{"x":["1","2","3","\n","4"],"y":["3"]},"OptOut":"ALL"} x`,
		`{"OptOut":"ALL"}`, `{"OptOut":"ALL"} `, `{"OptOut":"ALL"},`,
		`{"Id":"a","Location":{"City":"c","Latitude":1},"Metrics":{"n":1,"m":2},"Attributes":{"x":["1","2"],"y":["3"]},"OptOut":"ALL"}}`,
	} {
		compare(t, first+"\n"+second+"\n"+padding+"\n"+first+padding)
		compare(t, first+"\n"+first+"\n"+second)
		compare(t, first+"\n"+first+"\n"+second+"\n"+first+padding) // read one after another
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range grammar {
		f.Add(c.text, 3)
	}
	for _, c := range arrays {
		f.Add(c.text, 2)
	}
	for _, shuffled := range []bool{false, true} {
		f.Add(string(sampleLines(f, 3, shuffled)), 100)
	}
	f.Fuzz(func(t *testing.T, text string, size int) {
		if len(text) > 4096 {
			return
		}
		size = 1 + (size&0xff)%(len(text)+1)
		for _, opt := range []*Options{nil, {Fix: true, MaxRecord: 60}} {
			want := drive(t, []byte(text), opt, len(text)+1, batchSize)
			require.Equal(t, want, drive(t, []byte(text), opt, size, 1+size%31))
			checkWritten(t, text, opt)
		}
		compare(t, text)
		// The second time, it is read by memory.
		compare(t, text+"\n"+text+"\n"+text+strings.Repeat(" ", 2*stride))
	})
}

// checkWritten writes what was read, reads that, and wants the same values.
func checkWritten(t testing.TB, text string, opt *Options) {
	p, b, rep := NewParser(opt), &endpoint.Batch{}, newReport()
	data := []byte(text)
	_, n, err := p.Header(data, start, rep)
	require.NoError(t, err)
	for at := n; at < len(data); {
		n, err := p.Parse(b, data[at:], start, 1, rep)
		require.NoError(t, err)
		at += n
		out, err := NewAppender(nil).Append(nil, b, rep)
		require.NoError(t, err)
		again := drive(t, out, nil, len(out)+1, batchSize)
		require.Len(t, again.Rows, b.Kept(), "%q", out)
		i := 0
		for rec := range b.Records() {
			row := again.Rows[i]
			require.Zero(t, row.Flags, "%q %v", out, again.Faults)
			var values []string
			for c, v := range rec.All() {
				values = append(values, c.String()+"="+string(v))
			}
			require.Equal(t, values, row.values())
			i++
		}
	}
}

// TestRoundTrip: canonical lines come out as they went in.
func TestRoundTrip(t *testing.T) {
	lines := sampleLines(t, 300, false)
	p, b, rep := NewParser(nil), &endpoint.Batch{}, newReport()
	a := NewAppender(nil)
	var out []byte
	for at := 0; at < len(lines); {
		n, err := p.Parse(b, lines[at:], start, 1, rep)
		require.NoError(t, err)
		at += n
		out, err = a.Append(out, b, rep)
		require.NoError(t, err)
	}
	require.Empty(t, rep.Faults)
	assert.Equal(t, string(lines), string(out))
	checkWritten(t, string(sampleLines(t, 100, true)), nil)
}
