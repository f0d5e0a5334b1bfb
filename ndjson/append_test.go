package ndjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// write appends a batch behind some text and gives what was appended.
func write(t testing.TB, b *endpoint.Batch, rep *fault.Report) string {
	t.Helper()
	a := NewAppender(nil)
	const before = "text before"
	out, err := a.Append(a.Header([]byte(before)), b, rep)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(out), before))
	text := string(out[len(before):])
	last := 0
	for _, end := range a.Ends() {
		require.Equal(t, byte('\n'), text[end-1])
		require.True(t, json.Valid([]byte(text[last:end])), "%s", text[last:end])
		last = int(end)
	}
	require.Equal(t, len(text), last)
	return text
}

// written gives the lines of a dense batch.
func written(t testing.TB, header string, rows ...[]string) string {
	t.Helper()
	rep := newReport()
	s := write(t, denseBatch(strings.Split(header, ","), rows...), rep)
	require.Empty(t, rep.Faults)
	return s
}

// The tables of the guides: header, rows, and the same endpoints as JSON.
var guides = []struct{ name, csv, json string }{
	{"user guide", `ChannelType,Address,Location.Country,Demographic.Platform,Demographic.Make
SMS,2065550182,USA,Android,LG
APNS,1a2b3c4d5e6f7g8h9i0j1a2b3c4d5e6f,USA,iOS,Apple
EMAIL,john.stiles@example.com,CAN,iOS,Apple
GCM,4d5e6f1a2b3c4d5e6f7g8h9i0j1a2b3c,EGY,Android,Google
EMAIL,wang.xiulan@example.com,CHN,Android,OnePlus
`, `{"ChannelType":"SMS","Address":"2065550182","Location":{"Country":"USA"},"Demographic":{"Platform":"Android","Make":"LG"}}
{"ChannelType":"APNS","Address":"1a2b3c4d5e6f7g8h9i0j1a2b3c4d5e6f","Location":{"Country":"USA"},"Demographic":{"Platform":"iOS","Make":"Apple"}}
{"ChannelType":"EMAIL","Address":"john.stiles@example.com","Location":{"Country":"CAN"},"Demographic":{"Platform":"iOS","Make":"Apple"}}
{"ChannelType":"GCM","Address":"4d5e6f1a2b3c4d5e6f7g8h9i0j1a2b3c","Location":{"Country":"EGY"},"Demographic":{"Platform":"Android","Make":"Google"}}
{"ChannelType":"EMAIL","Address":"wang.xiulan@example.com","Location":{"Country":"CHN"},"Demographic":{"Platform":"Android","Make":"OnePlus"}}
`},
	{"developer guide", `ChannelType,Address,Location.Country,Demographic.Platform,Demographic.Make,User.UserId
SMS,2065550182,CAN,Android,LG,example-user-id-1
APNS,1a2b3c4d5e6f7g8h9i0j1a2b3c4d5e6f,USA,iOS,Apple,example-user-id-2
EMAIL,john.stiles@example.com,USA,iOS,Apple,example-user-id-2
`, `{"ChannelType":"SMS","Address":"2065550182","Location":{"Country":"CAN"},"Demographic":{"Platform":"Android","Make":"LG"},"User":{"UserId":"example-user-id-1"}}
{"ChannelType":"APNS","Address":"1a2b3c4d5e6f7g8h9i0j1a2b3c4d5e6f","Location":{"Country":"USA"},"Demographic":{"Platform":"iOS","Make":"Apple"},"User":{"UserId":"example-user-id-2"}}
{"ChannelType":"EMAIL","Address":"john.stiles@example.com","Location":{"Country":"USA"},"Demographic":{"Platform":"iOS","Make":"Apple"},"User":{"UserId":"example-user-id-2"}}
`},
}

func TestGuides(t *testing.T) {
	for _, g := range guides {
		lines := strings.Split(strings.TrimSpace(g.csv), "\n")
		var rows [][]string
		for _, line := range lines[1:] {
			rows = append(rows, strings.Split(line, ","))
		}
		assert.Equal(t, g.json, written(t, lines[0], rows...), g.name)

		// And back: the values of each record are the cells, in the same order.
		// The user guide has a space behind the name of Demographic.
		got := read(t, strings.ReplaceAll(g.json, `"Demographic":{`, `"Demographic": {`), nil)
		assert.Empty(t, got.Faults)
		require.Len(t, got.Rows, len(rows))
		for i, row := range rows {
			var want []string
			for j, name := range strings.Split(lines[0], ",") {
				want = append(want, name+"="+row[j])
			}
			assert.Equal(t, want, got.Rows[i].values())
		}
	}
}

func TestAppendDense(t *testing.T) {
	for _, c := range []struct{ header, cells, want string }{
		{"Id", "", "{}\n"},
		{"Id,Address,OptOut", "a||c", `{"Id":"a","OptOut":"c"}` + "\n"},
		{"Location.City,Id,Location.Country,Demographic.Make,Location.Latitude", "a|b|c|d|1.50", `{"Location":{"City":"a","Country":"c","Latitude":1.50},"Id":"b","Demographic":{"Make":"d"}}` + "\n"},
		{"Location.City,Id,Location.Country,Demographic.Make,Location.Latitude", "|b|c||-1", `{"Location":{"Country":"c","Latitude":-1},"Id":"b"}` + "\n"},
		{"Location.City,Id,Location.Country", "|b|", `{"Id":"b"}` + "\n"},
		{"Attributes.a,Id,Attributes.a,Attributes.b,Attributes.a", "1|i|2|3|4", `{"Attributes":{"a":["1","2","4"],"b":["3"]},"Id":"i"}` + "\n"},
		{"Attributes.a,Id,Attributes.a,Attributes.b,Attributes.a", "|i||3|4", `{"Attributes":{"a":["4"],"b":["3"]},"Id":"i"}` + "\n"},
		{"User.UserAttributes.x,Id,User.UserId,Metrics.x,User.UserAttributes.y,User.UserAttributes.x", "1|i|u|0|2|3", `{"User":{"UserAttributes":{"x":["1","3"],"y":["2"]},"UserId":"u"},"Id":"i","Metrics":{"x":0}}` + "\n"},
		{"User.UserId,Id,User.UserAttributes.x,Attributes.x,User.UserAttributes.y", "u|i|1|2|3", `{"User":{"UserId":"u","UserAttributes":{"x":["1"],"y":["3"]}},"Id":"i","Attributes":{"x":["2"]}}` + "\n"},
		{"User.UserId,User.UserAttributes.x,Location.City,Metrics.m", "|1||7", `{"User":{"UserAttributes":{"x":["1"]}},"Metrics":{"m":7}}` + "\n"},
		{"User.UserAttributes.x,User.UserId", "|u", `{"User":{"UserId":"u"}}` + "\n"},
		{"Metrics.a,Location.Latitude,Location.Longitude,Metrics.b", "-0|1E5|0.10e-3|123456789012345678901234567890", `{"Metrics":{"a":-0,"b":123456789012345678901234567890},"Location":{"Latitude":1E5,"Longitude":0.10e-3}}` + "\n"},
		{`Attributes.a"b\c.d,Metrics./é`, "x|1", `{"Attributes":{"a\"b\\c.d":["x"]},"Metrics":{"/é":1}}` + "\n"},
		{"Attributes." + strings.Repeat("long", 20) + ",Metrics." + strings.Repeat("n", 27) + ",Id", "x|1|i", `{"Attributes":{"` + strings.Repeat("long", 20) + `":["x"]},"Metrics":{"` + strings.Repeat("n", 27) + `":1},"Id":"i"}` + "\n"},
		{"Address,Attributes.a", "\x00\x01\b\t\n\v\f\r\x1b\x1f\x7f\"\\/<>&\u2028é😀,|,", `{"Address":"\u0000\u0001\b\t\n\u000b\f\r\u001b\u001f` + "\x7f" + `\"\\/<>&` + "\u2028é😀" + `,","Attributes":{"a":[","]}}` + "\n"},
	} {
		assert.Equal(t, c.want, written(t, c.header, strings.Split(c.cells, "|")), c.header)
	}
}

// TestAppendAgainstStandard draws rows and holds what is written against what
// the standard library reads of it.
func TestAppendAgainstStandard(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for range 200 {
		var header []string
		for i := range 1 + rng.IntN(90) {
			header = append(header, []string{"Location.City", "Attributes.a" + fmt.Sprint(rng.IntN(6)), "User.UserAttributes.\x01" + fmt.Sprint(rng.IntN(6)), fmt.Sprintf("Metrics.%dm", i), "User.UserId", "Id", "Location.Latitude"}[rng.IntN(7)])
		}
		seen := map[string]bool{}
		header = slicesDelete(header, func(name string) bool {
			twice := seen[name] && !strings.Contains(name, "Attributes.")
			seen[name] = true
			return twice
		})
		row := make([]string, len(header))
		want := map[string]any{}
		for i, name := range header {
			if rng.IntN(4) == 0 {
				continue
			}
			if strings.HasPrefix(name, "Metrics.") || name == "Location.Latitude" {
				row[i] = fmt.Sprint(rng.IntN(100))
			} else {
				row[i] = randomText(rng)
			}
			put(want, name, row[i])
		}
		var got map[string]any
		dec := json.NewDecoder(strings.NewReader(written(t, strings.Join(header, ","), row)))
		dec.UseNumber()
		require.NoError(t, dec.Decode(&got))
		require.Equal(t, want, got)
	}
}

func slicesDelete(s []string, drop func(string) bool) []string {
	kept := s[:0]
	for _, x := range s {
		if !drop(x) {
			kept = append(kept, x)
		}
	}
	return kept
}

// put adds a value to a nested map.
func put(m map[string]any, name, value string) {
	c, err := endpoint.ParseColumn([]byte(name))
	if err != nil {
		panic(err)
	}
	info := c.Field.Info()
	var way []string
	for g := info.Group; g != endpoint.InRecord; g = g.Info().Parent {
		way = append([]string{g.Info().Member}, way...)
	}
	for _, step := range way {
		if m[step] == nil {
			m[step] = map[string]any{}
		}
		m = m[step].(map[string]any)
	}
	switch info.Kind {
	case endpoint.List:
		list, _ := m[c.Key].([]any)
		m[c.Key] = append(list, value)
	case endpoint.Number:
		m[info.Member+c.Key] = json.Number(value)
	default:
		m[info.Member] = value
	}
}

// randomText gives text of many lengths, some of it in need of escapes.
func randomText(rng *rand.Rand) string {
	s := []rune(strings.Repeat("aé", 1+rng.IntN(40)))
	for range rng.IntN(4) {
		s[rng.IntN(len(s))] = []rune("\"\\\n\x00,\x1f/\u2029😀")[rng.IntN(9)]
	}
	return string(s)
}

// TestAppendRejects: what JSON cannot say is rejected and reported, and nothing
// of the row is left behind.
func TestAppendRejects(t *testing.T) {
	b := denseBatch([]string{"Id", "Metrics.a", "Location.Latitude", "Location.Longitude"},
		[]string{"1", "5", "", ""}, []string{"2", ".5", "", ""}, []string{"3", "five", "", ""}, []string{"4", "", "n", ""}, []string{"5", "", "", "0x1"},
		[]string{"6", "+1", "", ""}, []string{"7", "1.", "", ""}, []string{"8", "NaN", "", ""}, []string{"9", "1", "2", "3"})
	b.Rows[0].Flags = endpoint.Rejected
	rep := newReport()
	assert.Equal(t, `{"Id":"9","Metrics":{"a":1},"Location":{"Latitude":2,"Longitude":3}}`+"\n", write(t, b, rep))
	var rules []fault.Rule
	for _, e := range rep.Faults {
		rules = append(rules, e.Rule)
		assert.Equal(t, int(e.Record), int(e.Line))
	}
	assert.Equal(t, []fault.Rule{fault.NumberForm, fault.MetricNumber, fault.Latitude, fault.Longitude, fault.NumberForm, fault.NumberForm, fault.MetricNumber}, rules)
	assert.Equal(t, "Metrics.a", rep.Faults[0].Field)
	assert.Equal(t, ".5", rep.Faults[0].Value)
	assert.Equal(t, 1, b.Kept())

	stop := &fault.Report{Max: 1}
	b = denseBatch([]string{"Id", "Metrics.a"}, []string{"1", "1"}, []string{"2", "x"}, []string{"3", "3"})
	out, err := NewAppender(nil).Append(nil, b, stop)
	require.ErrorIs(t, err, fault.ErrStop)
	assert.Equal(t, `{"Id":"1","Metrics":{"a":1}}`+"\n", string(out))
}

// TestAppendRow appends single rows, also such as Append would leave out.
func TestAppendRow(t *testing.T) {
	b := denseBatch([]string{"Id", "Metrics.a"}, []string{"1", "1"}, []string{"2", "x"}, []string{"3", "3"})
	b.Reject(0)
	a, rep := NewAppender(nil), newReport()
	var out []byte
	for row := range b.Rows {
		var err error
		out, err = a.AppendRow(out, b, row, rep)
		require.NoError(t, err)
	}
	assert.Equal(t, `{"Id":"1","Metrics":{"a":1}}`+"\n"+`{"Id":"3","Metrics":{"a":3}}`+"\n", string(out))
	assert.Equal(t, endpoint.Rejected, b.Rows[1].Flags)
	require.ErrorIs(t, rep.Err(), fault.MetricNumber)
}

// TestMaxOut: a record that is larger than a chunk may be is taken back.
func TestMaxOut(t *testing.T) {
	b := denseBatch([]string{"Id"}, []string{"1234"}, []string{"12345"}, []string{"1"})
	a, rep := NewAppender(&AppendOptions{MaxOut: len(`{"Id":"1234"}`) + 1}), newReport()
	out, err := a.Append(nil, b, rep)
	require.NoError(t, err)
	assert.Equal(t, "{\"Id\":\"1234\"}\n{\"Id\":\"1\"}\n", string(out))
	assert.Equal(t, []uint32{14, 25}, a.Ends())
	assert.Equal(t, endpoint.Rejected, b.Rows[1].Flags)
	require.Len(t, rep.Faults, 1)
	assert.Equal(t, fault.ChunkSize, rep.Faults[0].Rule)
	assert.Equal(t, int64(2), rep.Faults[0].Line)
	assert.Equal(t, "the record takes 15 bytes, a chunk 14", rep.Faults[0].Detail)
}

// TestAppendSparse: records of the struct's making come out with groups and
// lists whole, and what stands twice is rejected.
func TestAppendSparse(t *testing.T) {
	e := endpoint.Endpoint{
		Id: "i", Address: "a\"b", Location: endpoint.Location{City: "c", Latitude: "1.0"}, Demographic: endpoint.Demographic{Make: "m"},
		User:       endpoint.User{UserId: "u", UserAttributes: endpoint.Lists{{Name: "x", Values: []string{"1", "2"}}}},
		Attributes: endpoint.Lists{{Name: "p", Values: []string{"1"}}, {Name: "q", Values: []string{"", "2"}}, {Name: "p", Values: []string{"3"}}},
		Metrics:    endpoint.Values{{Name: "n", Value: "7"}},
	}
	b := &endpoint.Batch{}
	b.Reset(endpoint.NewSchema(), fault.Pos{})
	require.NoError(t, b.Append(&e))
	require.NoError(t, b.Append(&endpoint.Endpoint{Address: "z", Location: endpoint.Location{Longitude: "2"}}))
	require.NoError(t, b.Append(&endpoint.Endpoint{Metrics: endpoint.Values{{Name: "n", Value: "7"}, {Name: "m", Value: "7"}, {Name: "n", Value: "8"}}}))
	require.NoError(t, b.Append(&endpoint.Endpoint{Metrics: endpoint.Values{{Name: "n", Value: "x"}}}))
	require.NoError(t, b.Append(&endpoint.Endpoint{}))
	rep := newReport()
	assert.Equal(t, `{"Id":"i","Address":"a\"b","Demographic":{"Make":"m"},"Location":{"City":"c","Latitude":1.0},"User":{"UserId":"u","UserAttributes":{"x":["1","2"]}},"Attributes":{"p":["1","3"],"q":["","2"]},"Metrics":{"n":7}}
{"Address":"z","Location":{"Longitude":2}}
{}
`, write(t, b, rep))
	require.Len(t, rep.Faults, 2)
	assert.Equal(t, fault.JSONDuplicate, rep.Faults[0].Rule)
	assert.Equal(t, fault.MetricNumber, rep.Faults[1].Rule)
}

// TestAppendRepaired: what was mended is written as mended.
func TestAppendRepaired(t *testing.T) {
	p, b, rep := NewParser(&Options{Fix: true}), &endpoint.Batch{}, newReport()
	_, err := p.Parse(b, []byte(`{"Location":{"latitude":"1.50","City":null,"country":"US"},"Attributes":{"a":"x\n"},"CohortId":"1","Id":"i"}`), start, 1, rep)
	require.NoError(t, err)
	b.Replace(0, 1, []byte("U\"S\"A"), 0)
	assert.Equal(t, `{"Location":{"Latitude":1.50,"Country":"U\"S\"A"},"Attributes":{"a":["x\n"]},"Id":"i"}`+"\n", write(t, b, rep))
}

// TestOneAppenderManySchemas: an appender may be given batches of several
// schemas, growing ones and both forms among them.
func TestOneAppenderManySchemas(t *testing.T) {
	a, rep := NewAppender(nil), newReport()
	p, sparse := NewParser(nil), &endpoint.Batch{}
	for i, c := range []struct {
		text  string
		dense *endpoint.Batch
	}{
		{text: `{"Id":"1"}`},
		{dense: denseBatch([]string{"Location.City", "Id", "Location.Region"}, []string{"c", "i", "r"})},
		{text: `{"Id":"1","Attributes":{"a":["x"]}}`},
		{text: `{"Attributes":{"b":["x"],"a":["y"]},"OptOut":"o"}`},
		{dense: denseBatch([]string{"Id"}, []string{"i"})},
	} {
		b := c.dense
		if b == nil {
			_, err := p.Parse(sparse, []byte(c.text), start, 1, rep)
			require.NoError(t, err)
			b = sparse
		}
		got, err := a.Append(nil, b, rep)
		require.NoError(t, err)
		assert.Equal(t, write(t, b, rep), string(got), i)
	}
	// The columns of a sparse batch, now taken for a dense one.
	dense := &endpoint.Batch{Data: []byte("abcd")}
	dense.Schema, dense.Dense = p.schema, true
	for i := range p.schema.Len() {
		dense.Vals = append(dense.Vals, endpoint.MakeValue(i, 1, i, endpoint.Plain))
	}
	dense.Rows = []endpoint.Row{{N: uint32(p.schema.Len())}}
	got, err := a.Append(nil, dense, rep)
	require.NoError(t, err)
	assert.Equal(t, `{"Id":"a","Attributes":{"a":["b"],"b":["c"]},"OptOut":"d"}`+"\n", string(got))
	require.Empty(t, rep.Faults)
}

func TestWriter(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out, nil)
	require.NoError(t, w.Write(&endpoint.Endpoint{Id: "1", User: endpoint.User{UserAttributes: endpoint.Lists{{Name: "a", Values: []string{"x", "y"}}}}}))
	require.ErrorIs(t, w.Write(&endpoint.Endpoint{Id: "\xff"}), fault.UTF8)
	err := w.Write(&endpoint.Endpoint{Metrics: endpoint.Values{{Name: "a", Value: "x"}}})
	require.ErrorIs(t, err, fault.MetricNumber)
	e, ok := errors.AsType[*fault.Error](err)
	require.True(t, ok)
	assert.Equal(t, int64(3), e.Record)
	b := denseBatch([]string{"Id", "Metrics.a"}, []string{"2", "1"}, []string{"3", "x"}, []string{"4", "y"}, []string{"5", "1"})
	err = w.WriteBatch(b)
	require.ErrorIs(t, err, fault.MetricNumber)
	e, _ = errors.AsType[*fault.Error](err)
	assert.Equal(t, int64(2), e.Record)
	require.NoError(t, w.WriteBatch(b), "its bad rows are known now")
	assert.Zero(t, out.Len(), "nothing is written before it is time")
	require.NoError(t, w.Flush())
	require.NoError(t, w.Flush())
	five := `{"Id":"2","Metrics":{"a":1}}` + "\n" + `{"Id":"5","Metrics":{"a":1}}` + "\n"
	assert.Equal(t, `{"Id":"1","User":{"UserAttributes":{"a":["x","y"]}}}`+"\n"+five+five, out.String())
}

// TestWriterNames: a writer of ever new names does not grow for ever.
func TestWriterNames(t *testing.T) {
	w := NewWriter(&bytes.Buffer{}, nil)
	for i := range 2 * maxSchema {
		require.NoError(t, w.Write(&endpoint.Endpoint{Metrics: endpoint.Values{{Name: fmt.Sprint(i), Value: "1"}}}))
		require.LessOrEqual(t, w.schema.Len(), maxSchema+1)
	}
}

// badWriter takes some bytes and then fails, or only says that it took fewer.
type badWriter struct {
	room  int
	short bool
	calls int
}

var errBroken = errors.New("broken")

func (w *badWriter) Write(p []byte) (int, error) {
	w.calls++
	if w.room -= len(p); w.room >= 0 {
		return len(p), nil
	}
	if w.short {
		return 0, nil
	}
	return 0, errBroken
}

func TestWriterErrors(t *testing.T) {
	for _, short := range []bool{false, true} {
		bad := &badWriter{room: 2 * writeSize, short: short}
		w := NewWriter(bad, nil)
		batch := sampleBatch(200)
		var err error
		for err == nil {
			err = w.WriteBatch(batch)
		}
		if short {
			require.EqualError(t, err, "short write")
		} else {
			require.Equal(t, errBroken, err)
		}
		calls := bad.calls
		require.Equal(t, err, w.WriteBatch(batch))
		require.Equal(t, err, w.Write(&endpoint.Endpoint{}))
		require.Equal(t, err, w.Flush())
		assert.Equal(t, calls, bad.calls)
	}
}

// TestSparseByTable: what is written by the table is what is written without it.
func TestSparseByTable(t *testing.T) {
	rng := rand.New(rand.NewPCG(51, 52))
	texts := []string{"", "a", "ann@example.com", `a"b`, "a,b", "Zoë", "line\nbreak", strings.Repeat("long ", 30)}
	pick := func() string { return texts[rng.IntN(len(texts))] }
	lists := func() (l endpoint.Lists) {
		for range rng.IntN(4) { // some names come again, at once or later
			l = append(l, endpoint.NamedList{Name: strconv.Itoa(rng.IntN(5)), Values: slices.Repeat([]string{pick()}, rng.IntN(4))})
		}
		return l
	}
	schema := endpoint.NewSchema()
	byTable, slowly := NewAppender(nil), NewAppender(nil)
	written, rejected := 0, 0
	for round := range 300 {
		b := &endpoint.Batch{}
		b.Reset(schema, fault.Pos{})
		for range 10 {
			e := endpoint.Endpoint{
				Id: pick(), Address: pick(), Location: endpoint.Location{City: pick()}, Demographic: endpoint.Demographic{Make: pick()},
				User: endpoint.User{UserId: pick(), UserAttributes: lists()}, Attributes: lists(),
			}
			for i := range rng.IntN(3) {
				e.Metrics = append(e.Metrics, endpoint.Metric{Name: strconv.Itoa(i), Value: []endpoint.Decimal{"1", "-2.50", "x", ""}[min(rng.IntN(9), 3)]})
			}
			if rng.IntN(10) == 0 {
				e.Metrics = append(e.Metrics, endpoint.Metric{Name: "0", Value: "7"}) // twice, perhaps
			}
			require.NoError(t, b.Append(&e))
		}
		c := *b
		c.Rows = slices.Clone(b.Rows)
		rep1, rep2 := newReport(), newReport()
		got, err := byTable.Append(nil, b, rep1)
		require.NoError(t, err)
		slowly.plan.rows = -len(b.Rows) // so that it never comes to make a table
		want, err := slowly.Append(nil, &c, rep2)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got))
		require.Equal(t, c.Rows, b.Rows)
		require.Equal(t, rep2.Faults, rep1.Faults)
		require.Equal(t, slowly.Ends(), byTable.Ends())
		if round == 299 {
			require.NotEmpty(t, byTable.plan.cells)
			require.Empty(t, slowly.plan.cells)
		}
		written += len(byTable.Ends())
		rejected += len(rep1.Faults)
	}
	require.Greater(t, written, 2000)
	require.Greater(t, rejected, 100)
}
