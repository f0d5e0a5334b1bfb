package endpoint

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	goccy "github.com/goccy/go-json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/fault"
)

// tree gives e as plain maps, for encoding/json to write.
func tree(e *Endpoint) map[string]any {
	root := map[string]any{}
	put := func(c Column, value any) {
		info, at := c.Field.Info(), root
		path := []string{}
		for g := info.Group; g != InRecord; g = g.Info().Parent {
			path = append([]string{g.Info().Member}, path...)
		}
		for _, member := range path {
			if at[member] == nil {
				at[member] = map[string]any{}
			}
			at = at[member].(map[string]any)
		}
		at[info.Member+c.Key] = value
	}
	for f := ID; f < Attributes; f++ {
		if p := e.member(f); f.Kind() == Text && *p != "" {
			put(Column{Field: f}, *p)
		}
	}
	for f, d := range map[Field]Decimal{LocationLatitude: e.Location.Latitude, LocationLongitude: e.Location.Longitude} {
		if d != "" {
			put(Column{Field: f}, json.Number(d))
		}
	}
	for f, lists := range map[Field]Lists{Attributes: e.Attributes, UserAttributes: e.User.UserAttributes} {
		for _, l := range lists {
			put(Column{f, l.Name}, l.Values)
		}
	}
	for _, m := range e.Metrics {
		put(Column{Metrics, m.Name}, json.Number(m.Value))
	}
	return root
}

// decode reads JSON with numbers as they stand.
func decode(t *testing.T, text []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	require.NoError(t, d.Decode(&v), "%s", text)
	return v
}

func TestJSONAgainstStandardLibrary(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 500 {
		e := randomEndpoint(rng)
		want, err := json.Marshal(tree(e))
		require.NoError(t, err)

		own, err := e.MarshalJSON()
		require.NoError(t, err)
		require.NotContains(t, string(own), "\n")
		require.Equal(t, decode(t, want), decode(t, own))

		for name, marshal := range map[string]func(any) ([]byte, error){"encoding/json": json.Marshal, "goccy": goccy.Marshal} {
			for _, v := range []any{e, *e} {
				got, err := marshal(v)
				require.NoError(t, err)
				require.Equal(t, decode(t, want), decode(t, got), name)
			}
		}

		for name, unmarshal := range map[string]func([]byte, any) error{"encoding/json": json.Unmarshal, "goccy": func(b []byte, v any) error { return goccy.Unmarshal(b, v) }} {
			var got Endpoint
			require.NoError(t, unmarshal(own, &got))
			require.Equal(t, plain(e), plain(&got), name)
		}
	}
}

func TestMarshalJSON(t *testing.T) {
	e := Endpoint{
		Address: "+1<&>2", ChannelType: "SMS", Location: Location{Country: "USA", Latitude: "47.60"},
		Attributes: Lists{{"z", []string{"1", ""}}, {"none", nil}, {"a", []string{"é"}}},
		Metrics:    Values{{"m", "1e5"}, {"none", ""}},
		User:       User{UserAttributes: Lists{{"Team", []string{`the "A" team`}}}},
	}
	got, err := e.MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, `{"ChannelType":"SMS","Address":"+1<&>2","Location":{"Country":"USA","Latitude":47.60},`+
		`"User":{"UserAttributes":{"Team":["the \"A\" team"]}},"Attributes":{"z":["1",""],"a":["é"]},"Metrics":{"m":1e5}}`, string(got))

	for _, e := range []Endpoint{
		{},
		{Attributes: Lists{}, Metrics: Values{}, User: User{UserAttributes: Lists{}}},
		{Attributes: Lists{{"none", nil}}, Metrics: Values{{"none", ""}}, User: User{UserAttributes: Lists{{"none", []string{}}}}},
	} {
		got, err := e.MarshalJSON()
		require.NoError(t, err)
		assert.Equal(t, "{}", string(got), "absent members are left out, and so are groups without members")
	}

	broken := Endpoint{Address: "a\xffb", Attributes: Lists{{"n\xff", []string{"v\xff"}}}}
	got, err = broken.MarshalJSON()
	require.NoError(t, err)
	assert.True(t, utf8.Valid(got))
}

func TestUnmarshalJSON(t *testing.T) {
	const all = `{"ChannelType":"SMS", "Unknown":{"x":[1,{"y":null}]}, "Location":{"Latitude":47.60,"Longitude":"-122.3"},
		"Attributes":{"b":["1","2"],"a":"bare","none":null,"nothing":[]}, "Metrics":{"m":1E+2,"q":"7","none":null},
		"User":{"UserId":"u","UserAttributes":{"t":["x"]}}, "Address":null}`
	want := &Endpoint{
		ChannelType: "SMS", Location: Location{Latitude: "47.60", Longitude: "-122.3"},
		Attributes: Lists{{"b", []string{"1", "2"}}, {"a", []string{"bare"}}},
		Metrics:    Values{{"m", "1E+2"}, {"q", "7"}},
		User:       User{UserId: "u", UserAttributes: Lists{{"t", []string{"x"}}}},
	}
	data := []byte(all)
	got := Endpoint{Address: "stale", Id: "stale", Metrics: Values{{"stale", "1"}}}
	require.NoError(t, got.UnmarshalJSON(data))
	clear(data)
	assert.Equal(t, want, plain(&got), "nothing stale is left, and nothing is borrowed")

	for _, bad := range []string{
		``, `{`, `[]`, `"x"`, `7`, `{"Id":1}`, `{"Id":"a"`, `{"Id":"a"}}`, `{"Id":"a",}`, `{"Id":"` + "\n" + `"}`,
		`{"Attributes":[]}`, `{"Attributes":{"a":1}}`, `{"Attributes":{"a":["x",]}}`, `{"Attributes":{"a":{"b":"c"}}}`, `{"Attributes":{"a" ["x"]}}`,
		`{"Metrics":{"a":"x"}}`, `{"Metrics":{"a":true}}`, `{"Metrics":{"a":01}}`, `{"Metrics":{"a":[1]}}`, `{"Location":{"Latitude":"x"}}`, `{"Location":"x"}`,
	} {
		e := Endpoint{Id: "before"}
		require.Error(t, e.UnmarshalJSON([]byte(bad)), bad)
		assert.Equal(t, Endpoint{Id: "before"}, e, "after an error e is as before: %s", bad)
	}
}

func TestListsAndValuesUnmarshalByThemselves(t *testing.T) {
	l, m := Lists{{"stale", nil}}, Values{{"stale", ""}}
	require.NoError(t, json.Unmarshal([]byte(`{"a":["1"]}`), &l))
	require.NoError(t, json.Unmarshal([]byte(`{"a":1}`), &m))
	assert.Equal(t, Lists{{"a", []string{"1"}}}, l)
	assert.Equal(t, Values{{"a", "1"}}, m)
	require.NoError(t, l.UnmarshalJSON([]byte(` null `)))
	require.NoError(t, m.UnmarshalJSON([]byte(`null`)))
	assert.Empty(t, l)
	assert.Empty(t, m)
	for _, bad := range []string{``, `[`, `{`, `{"a"`, `{"a":`, `{"a":[`, `{1:2}`, `nul`, `{"a":x}`} {
		require.Error(t, l.UnmarshalJSON([]byte(bad)), bad)
		require.Error(t, m.UnmarshalJSON([]byte(bad)), bad)
	}
}

func TestDecimal(t *testing.T) {
	numbers := []string{"0", "-0", "7", "47.60", "-122.3", "1e5", "1E+5", "0.1e-10", "1e400", strings.Repeat("9", 400)}
	others := []string{"", "-", "+1", ".5", "1.", "01", "-01", "00", "1e", "1e+", "1.e5", "1 ", " 1", "1\n", "0x1", "1_0", "NaN", "Infinity", "-Infinity", "1,5", `"1"`, "true", "null", "[1]", "1 2", "٣", "--1", "1e5.5", "1\x00"}
	for _, s := range numbers {
		got, err := Decimal(s).MarshalJSON()
		require.NoError(t, err, s)
		assert.Equal(t, s, string(got))
		assert.True(t, json.Valid(got))
		var back Decimal
		require.NoError(t, json.Unmarshal(got, &back))
		assert.Equal(t, Decimal(s), back)
	}
	for _, s := range others {
		_, err := Decimal(s).MarshalJSON()
		require.Error(t, err, "%q", s)
		e := Endpoint{Metrics: Values{{"m", Decimal(s)}}}
		_, err = e.MarshalJSON()
		require.Equal(t, s != "", err != nil, "%q", s)
	}
	for f, want := range map[float64]Decimal{0: "0", 47.6: "47.6", -0.1: "-0.1", 1e21: "1e+21", 1e-9: "1e-09", math.MaxFloat64: "1.7976931348623157e+308"} {
		d := DecimalOf(f)
		assert.Equal(t, want, d)
		assert.True(t, d.valid(), d)
		back, err := d.Float64()
		require.NoError(t, err)
		assert.InDelta(t, f, back, 0)
	}
	for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		_, err := DecimalOf(f).MarshalJSON()
		require.Error(t, err)
	}
	_, err := Decimal("x").Float64()
	require.Error(t, err)
}

func FuzzDecimal(f *testing.F) {
	for _, s := range []string{"0", "-1.5e+7", "01", "1.", "", "-", "1e", `"1"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		number := s != "" && (s[0] == '-' || s[0] >= '0' && s[0] <= '9') && !strings.ContainsAny(s, " \t\r\n")
		if want := number && json.Valid([]byte(s)); Decimal(s).valid() != want {
			t.Errorf("%q is a number: %v", s, want)
		}
	})
}

func FuzzEndpointJSON(f *testing.F) {
	rng := rand.New(rand.NewPCG(9, 10))
	for range 20 {
		text, err := randomEndpoint(rng).MarshalJSON()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"Attributes":{"a":"bare","a":["x"]},"Metrics":{"m":"1"},"id":null,"x":[[[]]]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var e Endpoint
		if e.UnmarshalJSON(data) != nil {
			return
		}
		require.True(t, json.Valid(data), "what is not JSON is refused")
		text, err := e.MarshalJSON()
		require.NoError(t, err)
		require.True(t, json.Valid(text), "%s", text)
		require.NotContains(t, string(text), "\n")
		var again Endpoint
		require.NoError(t, again.UnmarshalJSON(text), "%s", text)
		require.Equal(t, plain(&e), plain(&again))
		checkAppend(t, &e)
	})
}

// checkAppend takes e through a batch and back.
func checkAppend(t *testing.T, e *Endpoint) {
	t.Helper()
	for _, lists := range []Lists{e.Attributes, e.User.UserAttributes} {
		seen := map[string]bool{}
		for _, l := range lists {
			if seen[l.Name] {
				return // one list in a batch
			}
			seen[l.Name] = true
		}
	}
	var b Batch
	b.Reset(NewSchema(), fault.Pos{})
	require.NoError(t, b.Append(e))
	var got Endpoint
	require.NoError(t, b.At(0).Into(&got))
	require.Equal(t, plain(e), plain(&got))
}
