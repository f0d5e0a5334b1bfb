package endpoint

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/fault"
)

func TestAppendIntoRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	var b Batch
	var reused Endpoint // what one record leaves behind must not show in the next
	for round := range 200 {
		b.Reset(NewSchema(), fault.Pos{File: "f"})
		var want []*Endpoint
		for range rng.IntN(20) {
			e := randomEndpoint(rng)
			require.NoError(t, b.Append(e))
			want = append(want, e)
		}
		require.Len(t, b.Rows, len(want))
		require.False(t, b.Repeated(), "a name has one column")
		for _, i := range rng.Perm(len(want)) {
			require.NoError(t, b.At(i).Into(&reused))
			require.Equal(t, plain(want[i]), plain(&reused), "round %d", round)
			require.Equal(t, int64(i+1), b.At(i).Number())
			require.Empty(t, b.At(i).Raw())
		}
	}
}

func TestAppendMarksValues(t *testing.T) {
	var b Batch
	require.NoError(t, b.Append(&Endpoint{
		Address:    `a"b`,
		Location:   Location{City: "Zoë town", Latitude: "47.60", Longitude: "wrong"},
		Metrics:    Values{{"m", "1"}, {"bad", "+1"}, {"none", ""}},
		Attributes: Lists{{"l", []string{"", "a,b"}}, {"empty", nil}},
	}))
	got := []string{}
	for _, v := range b.Values(0) {
		got = append(got, fmt.Sprintf("%s=%s %04b", b.Columns[v.Column()], b.Bytes(v), v.Flags()))
	}
	assert.Equal(t, []string{
		`Address=a"b 0000`, "Location.City=Zoë town 1010", "Location.Latitude=47.60 1110", "Location.Longitude=wrong 1010",
		"Attributes.l= 1010", "Attributes.l=a,b 1000", "Metrics.m=1 1110", "Metrics.bad=+1 1010",
	}, got, "in the order of the table; only numbers are bare")
}

func TestAppendCopies(t *testing.T) {
	memory := []byte("ann@example.com")
	e := Endpoint{Address: borrow(memory), Attributes: Lists{{borrow(memory), []string{borrow(memory)}}}}
	var b Batch
	require.NoError(t, b.Append(&e))
	want := string(b.Data)
	e = Endpoint{}
	clear(memory)
	assert.Equal(t, want, string(b.Data))
	assert.Equal(t, "Attributes.ann@example.com", strings.Clone(b.Columns[1].String()))
}

func TestLookAgainstEachByte(t *testing.T) {
	naive := func(text []byte) (ascii bool, flags Flags) {
		ascii, flags = true, Plain
		for _, c := range text {
			ascii = ascii && c < utf8.RuneSelf
			switch {
			case c < ' ' || c == '"' || c == '\\':
				flags = 0
			case c == ',':
				flags &= Literal
			}
		}
		return ascii, flags
	}
	check := func(text []byte) {
		ascii, flags := look(text)
		wantASCII, wantFlags := naive(text)
		require.Equal(t, wantASCII, ascii, "%q", text)
		require.Equal(t, wantFlags, flags, "%q", text)
	}
	for n := range 34 {
		text := bytes.Repeat([]byte("~"), n)
		check(text)
		for at := range text { // each byte at each place, alone
			for c := range 256 {
				text[at] = byte(c)
				check(text)
			}
			text[at] = "\x7f !#+-[]\xff"[at%9]
		}
	}
	const strange = "\x00\x01\x1f !\"#+,-[\\]\x7f\x80\xa2\xff~az"
	rng := rand.New(rand.NewPCG(21, 22))
	for range 20000 { // neighbours that borrow from each other
		text := make([]byte, rng.IntN(20))
		for i := range text {
			text[i] = strange[rng.IntN(len(strange))]
		}
		check(text)
	}
}

func TestAppendAfterTheSchemaHasChanged(t *testing.T) {
	// The columns of names are remembered from call to call.
	var b Batch
	a, z := Column{Attributes, "a"}, Column{UserAttributes, "a"}
	e := Endpoint{Id: "1", Attributes: Lists{{"a", []string{"x"}}}, User: User{UserAttributes: Lists{{"a", []string{"y"}}}}}
	for _, s := range []*Schema{NewSchema(), NewSchema(z, a), NewSchema(a, a, z), NewSchema(Column{Field: ID}, z, Column{Field: ID}, a), NewSchema(a)} {
		b.Reset(s, fault.Pos{})
		for range 2 {
			require.NoError(t, b.Append(&e))
			var got Endpoint
			require.NoError(t, b.At(len(b.Rows)-1).Into(&got))
			require.Equal(t, plain(&e), plain(&got))
			for _, v := range b.Values(0) {
				first, ok := s.Lookup(b.Columns[v.Column()])
				require.True(t, ok)
				require.Equal(t, first, v.Column(), "the first column of the name")
			}
		}
	}
}

func TestAppendErrors(t *testing.T) {
	const bad = "a\xffb"
	big := strings.Repeat("x", MaxRecord+1)
	half := strings.Repeat("x", MaxRecord/2)
	names := Lists{}
	for i := range MaxColumns + 1 {
		names = append(names, NamedList{strconv.Itoa(i), []string{"v"}})
	}
	for _, c := range []struct {
		name  string
		e     Endpoint
		rule  fault.Rule
		field string
	}{
		{"a value that is not UTF-8", Endpoint{Id: "1", Address: bad}, fault.UTF8, "Address"},
		{"a name that is not UTF-8", Endpoint{Attributes: Lists{{bad, []string{"v"}}}}, fault.UTF8, "Attributes." + bad},
		{"a number that is not UTF-8", Endpoint{Metrics: Values{{"m", bad}}}, fault.UTF8, "Metrics.m"},
		{"a large value", Endpoint{Address: big}, fault.RecordSize, "Address"},
		{"a large endpoint", Endpoint{Address: half, Attributes: Lists{{"l", []string{half, "xx"}}}}, fault.RecordSize, ""},
		{"a huge endpoint", Endpoint{Attributes: Lists{{"l", slices.Repeat([]string{half}, 10)}}}, fault.RecordSize, "Attributes.l"},
		{"too many names", Endpoint{Attributes: names}, fault.HeaderColumns, "Attributes." + strconv.Itoa(MaxColumns-1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b Batch
			b.Reset(NewSchema(), fault.Pos{File: "f"})
			require.NoError(t, b.Append(&Endpoint{Address: "before"}))
			vals, data := slices.Clone(b.Vals), slices.Clone(b.Data)

			err := b.Append(&c.e)
			require.ErrorIs(t, err, c.rule)
			e, ok := errors.AsType[*fault.Error](err)
			require.True(t, ok)
			assert.Equal(t, c.field, e.Field)
			assert.Equal(t, int64(2), e.Record)
			assert.Equal(t, "f", e.File)
			assert.LessOrEqual(t, len(e.Value), fault.MaxValue)

			require.Len(t, b.Rows, 1, "the rows are as before")
			assert.Equal(t, vals, b.Vals)
			assert.Equal(t, data, b.Data)
			if c.rule == fault.HeaderColumns {
				return // the schema is full for good
			}
			require.NoError(t, b.Append(&Endpoint{Address: "after"}))
			var got Endpoint
			require.NoError(t, b.At(1).Into(&got))
			assert.Equal(t, &Endpoint{Address: "after"}, plain(&got))
		})
	}
}

func TestAppendToAFullBatch(t *testing.T) {
	var b Batch
	e := Endpoint{Address: strings.Repeat("x", MaxRecord-100)}
	for range MaxData / MaxRecord {
		require.NoError(t, b.Append(&e))
	}
	rows := len(b.Rows)
	err := b.Append(&Endpoint{Address: strings.Repeat("y", MaxRecord-100)})
	require.ErrorIs(t, err, fault.RecordSize)
	assert.ErrorContains(t, err, "the batch is full")
	assert.Len(t, b.Rows, rows)

	b.Reset(b.Schema, b.Base)
	require.NoError(t, b.Append(&e), "an empty one has room")
}

func TestIntoOfManyNames(t *testing.T) {
	// Names that come again after all the others, in two families: as columns of
	// a wide CSV file.
	s := NewSchema()
	var text strings.Builder
	const names, repeats = 500, 4
	for range repeats {
		for i := range names {
			s.Add(Column{Attributes, strconv.Itoa(i)})
			s.Add(Column{UserAttributes, strconv.Itoa(i)})
		}
	}
	for i := range s.Len() {
		if i > 0 {
			text.WriteByte(',')
		}
		if i%3 > 0 { // leave cells empty, the first of a name among them
			text.WriteString(strconv.Itoa(i))
		}
	}
	text.WriteByte('\n')
	var b Batch
	cells(&b, s, fault.Pos{}, text.String())
	b.seats.mark = math.MaxUint32 - 1 // so that it starts anew
	var e Endpoint
	for range 4 {
		require.NoError(t, b.At(0).Into(&e))
		require.Len(t, e.Attributes, names)
		require.Len(t, e.User.UserAttributes, names)
		for i := range names {
			for family, lists := range []Lists{e.Attributes, e.User.UserAttributes} {
				values := []string{}
				for r := range repeats {
					if at := 2*(r*names+i) + family; at%3 > 0 {
						values = append(values, strconv.Itoa(at))
					}
				}
				require.Equal(t, values, lists.Get(strconv.Itoa(i)))
			}
		}
	}
}

func TestIntoOfATornRecord(t *testing.T) {
	var b Batch
	cells(&b, NewSchema(Column{Field: Address}), fault.Pos{File: "f", Line: 1, Column: 1}, "ann\nbob\n")
	b.Rows[1].Flags |= Rejected | Torn
	e := Endpoint{Address: "stale", Attributes: Lists{{"l", []string{"v"}}}}
	err := b.At(1).Into(&e)
	require.ErrorIs(t, err, fault.CSVCells)
	fe, ok := errors.AsType[*fault.Error](err)
	require.True(t, ok)
	assert.Equal(t, int64(2), fe.Record)
	assert.Equal(t, int64(2), fe.Line)
	assert.Equal(t, &Endpoint{}, plain(&e), "nothing stale is left")

	b.Dense = false
	require.ErrorIs(t, b.At(1).Into(&e), fault.JSONSyntax)
	b.Rows[0].Flags |= Rejected
	require.NoError(t, b.At(0).Into(&e), "what is only rejected has its values")
	assert.Equal(t, "ann", e.Address)
}

func TestIntoPassesOverNamelessColumns(t *testing.T) {
	var b Batch
	cells(&b, NewSchema(Column{}, Column{Field: Address}), fault.Pos{}, "x,ann\n")
	var e Endpoint
	require.NoError(t, b.At(0).Into(&e))
	assert.Equal(t, &Endpoint{Address: "ann"}, plain(&e))
}

func TestCloneSharesNothing(t *testing.T) {
	s := NewSchema(Column{Attributes, "a"}, Column{Metrics, "m"}, Column{UserAttributes, "u"}, Column{Field: LocationLatitude}, Column{Field: LocationLongitude})
	for f := ID; f < Attributes; f++ {
		if f.Kind() == Text {
			s.Add(Column{Field: f})
		}
	}
	var b Batch
	cells(&b, s, fault.Pos{}, strings.TrimSuffix(strings.Repeat("123,", s.Len()), ",")+"\n")
	for i := 0; i < len(b.Vals); i += 2 {
		b.Replace(0, i, []byte("456"), Plain) // some in Aux
	}
	var e Endpoint
	require.NoError(t, b.At(0).Into(&e))
	c := e.Clone()
	require.Equal(t, &e, c)
	before := fmt.Sprintf("%+v", c)

	clear(b.Data)
	clear(b.Aux)
	assert.Equal(t, before, fmt.Sprintf("%+v", c), "nor with the batch")
	e.Attributes[0].Values[0], e.Attributes[0].Name = "changed", "changed"
	e.User.UserAttributes[0].Values[0] = "changed"
	e.Metrics[0].Value = "9"
	e.Reset()
	assert.Equal(t, before, fmt.Sprintf("%+v", c), "nor with e")
	assert.NotContains(t, before, "changed")

	assert.Equal(t, &Endpoint{}, (&Endpoint{}).Clone())
}

func TestListsAndValues(t *testing.T) {
	var l Lists
	assert.Nil(t, l.Get("a"))
	l.Set("a", "1", "2")
	l.Set("b", "3")
	l.Set("a", "4")
	assert.Equal(t, Lists{{"a", []string{"4"}}, {"b", []string{"3"}}}, l)
	assert.Equal(t, []string{"3"}, l.Get("b"))

	var m Values
	assert.Empty(t, m.Get("a"))
	m.Set("a", "1")
	m.Set("b", DecimalOf(0.5))
	m.Set("a", "2")
	assert.Equal(t, Values{{"a", "2"}, {"b", "0.5"}}, m)
	assert.Equal(t, Decimal("0.5"), m.Get("b"))
}

func TestAppendBehindWhatWasRead(t *testing.T) {
	var b Batch
	s := NewSchema(Column{Field: Address})
	cells(&b, s, fault.Pos{File: "f", Line: 7, Column: 1}, "ann\nbob\n")
	b.Dense = false
	require.NoError(t, b.Append(&Endpoint{Address: "cid"}))
	for i, want := range []string{"ann", "bob", "cid"} {
		var e Endpoint
		require.NoError(t, b.At(i).Into(&e))
		assert.Equal(t, want, e.Address)
		assert.Equal(t, []int64{7, 8, 7}[i], b.FaultOf(i, b.Values(i)[0], fault.Latitude).Line, "what was not read has the place of the batch")
	}
	assert.Equal(t, "bob\n", string(b.Raw(1)))
	assert.Empty(t, b.Raw(2))
}
