package validate

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/corpus"
)

// both gives the profiles with their validators.
func both(fix bool) []*Validator {
	return []*Validator{New(&Options{Fix: fix}), New(&Options{Profile: fault.Current, Fix: fix})}
}

// codes gives what was found as "rule field severity".
func codes(rep *fault.Report) []string {
	out := []string{}
	for _, e := range rep.Faults {
		out = append(out, e.Rule.Code()+" "+e.Field+" "+e.Severity.String())
	}
	return out
}

// times repeats a pair of a record, each with its own name where name has a %d.
func times(n int, name, value string) record {
	var r record
	for i := range n {
		if strings.Contains(name, "%d") {
			r = append(r, [2]string{fmt.Sprintf(name, i), value})
		} else {
			r = append(r, [2]string{name, value})
		}
	}
	return r
}

func join(parts ...record) record { return slices.Concat(parts...) }

var person = rec("Id=i", "ChannelType=EMAIL", "Address=a@example.com")

// TestSeeds has the records of the guides. The table of the user guide is legal in
// profile classic, letter for letter and without a warning.
func TestSeeds(t *testing.T) {
	text := `ChannelType,Address,Location.Country,Demographic.Platform,Demographic.Make
SMS,2065550182,USA,Android,LG
APNS,1a2b3c4d5e6f7g8h9i0j1a2b3c4d5e6f,USA,iOS,Apple
EMAIL,john.stiles@example.com,CAN,iOS,Apple
GCM,4d5e6f1a2b3c4d5e6f7g8h9i0j1a2b3c,EGY,Android,Google
EMAIL,wang.xiulan@example.com,CHN,Android,OnePlus
`
	b := readCSV(t, []byte(text))
	for _, b := range []*endpoint.Batch{b, toSparse(b)} {
		assert.Empty(t, check(t, New(nil), b).Faults)
		assert.Equal(t, 5, b.Kept())
	}
}

// TestCorpus checks that clean data is clean, in both forms of a batch.
func TestCorpus(t *testing.T) {
	for _, s := range corpus.Shapes() {
		b := corpusBatch(t, s.Name, 64<<10)
		assert.Empty(t, messages(check(t, New(nil), b)), s.Name)
		assert.Empty(t, messages(check(t, New(nil), toSparse(b))), s.Name)
	}
}

func TestPlaces(t *testing.T) {
	records := []record{
		rec("ChannelType=FAX", "Address=x", "Location.Country= us", "OptOut=all"),
		person,
		rec("ChannelType=", "Address=", "Location.Country=", "OptOut=NO"),
		rec("ChannelType=SMS", "Address=x", "Location.Country=", "OptOut="),
	}
	s := endpoint.NewSchema()
	for _, name := range []string{"Id", "ChannelType", "Address", "Location.Country", "OptOut"} {
		s.Add(column(name))
	}
	b := dense(s, records...)
	require.Equal(t, ";FAX;x; us;all\ni;EMAIL;a@example.com;;\n;;;;NO\n;SMS;x;;\n", string(b.Data))
	rep := check(t, New(nil), b)
	var got []string
	for _, e := range rep.Faults {
		got = append(got, fmt.Sprintf("%v record %d: %s %s", e.Pos, e.Record, e.Rule.Code(), e.Field))
		assert.Empty(t, e.Pointer)
	}
	assert.Equal(t, []string{
		"in:1:2 record 1: channel-type ChannelType",
		"in:1:8 record 1: value-spaces Location.Country",
		"in:1:8 record 1: location-country Location.Country",
		"in:1:12 record 1: opt-out OptOut",
		"in:3:1 record 3: address-required Address",
		"in:3:1 record 3: channel-required ChannelType",
		"in:3:5 record 3: opt-out OptOut",
		"in:4:6 record 4: address-phone Address",
	}, got)
	assert.Equal(t, 1, b.Kept())

	b = sparse(endpoint.NewSchema(), rec("Id=i", "Attributes.a~b/c="+strings.Repeat("x", 101), "User.UserAttributes.T="+strings.Repeat("x", 101), "Location.Country=UK"))
	rep = check(t, New(nil), b)
	var pointers []string
	for _, e := range rep.Faults {
		pointers = append(pointers, e.Rule.Code()+" "+e.Pointer)
	}
	assert.Equal(t, []string{
		"name-characters /Attributes/a~0b~1c", "value-length /Attributes/a~0b~1c", "value-length /User/UserAttributes/T",
		"location-country /Location/Country",
	}, pointers)
}

func TestCounts(t *testing.T) {
	for _, c := range []struct {
		name string
		r    record
		want string // in classic; in current what is not about names
	}{
		{"20 of each kind", join(times(20, "Attributes.A%d", "x"), times(20, "Metrics.M%d", "1"), times(20, "User.UserAttributes.U%d", "x")), ""},
		{"21 attributes", times(21, "Attributes.A%d", "x"), "attribute-count Attributes fault"},
		{"21 metrics", times(21, "Metrics.M%d", "1"), "attribute-count Metrics fault"},
		{"21 of two kinds", join(times(21, "Metrics.M%d", "1"), times(22, "User.UserAttributes.U%d", "x")), "attribute-count Metrics fault, attribute-count User.UserAttributes fault"},
		{"50 values", times(50, "Attributes.A", "x"), ""},
		{"51 values", times(51, "Attributes.A", "x"), "value-count Attributes.A fault"},
		{"51 values of two names", join(times(51, "Attributes.A", "x"), times(52, "User.UserAttributes.A", "x")), "value-count Attributes.A fault, value-count User.UserAttributes.A fault"},
	} {
		for _, v := range both(false) {
			want := c.want
			if v.profile == fault.Current && strings.Contains(want, "attribute-count") {
				want = ""
			}
			for _, b := range []*endpoint.Batch{
				sparse(endpoint.NewSchema(), join(person, c.r)),
				dense(endpoint.NewSchema(), join(person, c.r)),
				// The columns are there, but the record has values in few of them.
				dense(endpoint.NewSchema(), join(person, c.r), person),
			} {
				assert.Equal(t, want, strings.Join(codes(check(t, v, b)), ", "), "%s, %v", c.name, v.profile)
				if len(b.Rows) > 1 {
					assert.Zero(t, b.Rows[1].Flags&endpoint.Rejected, c.name)
				}
			}
		}
	}

	r := join(person, times(51, "Attributes.A", "x"), times(23, "Metrics.M%d", "1"))
	rep := check(t, New(nil), sparse(endpoint.NewSchema(), r))
	assert.Equal(t, []string{
		"value-count: Attributes.A has 51 values, where 50 are allowed (keep at most 50 values of a name)",
		"attribute-count: Metrics has 23 names on one endpoint, where 20 are allowed (at most 20 each of Attributes, Metrics and User.UserAttributes)",
	}, messages(rep))
	assert.Equal(t, len(";i;EMAIL;a@example.com;")+50*len("x;")+1, rep.Faults[0].Column, "at the first value too many")
}

// TestManyFaults bounds what a hostile record can cost: a list of a million empty
// or broken values is told of fifty times.
func TestManyFaults(t *testing.T) {
	for _, value := range []string{"", "\n", strings.Repeat("x", 101)} {
		r := join(person, times(5000, "Attributes.A", value), times(60, "User.UserAttributes.B", value))
		b := sparse(endpoint.NewSchema(), r, r)
		rep := check(t, New(&Options{Profile: fault.Current}), b)
		perRule := map[string]int{}
		for _, e := range rep.Faults {
			perRule[fmt.Sprint(e.Record, " ", e.Rule.Code(), " ", e.Field)]++
		}
		for key, n := range perRule {
			assert.LessOrEqual(t, n, 50, key)
		}
		assert.Equal(t, 2*100, len(rep.Faults)-int(countOf(rep, "value-count"))-int(countOf(rep, "endpoint-size")), "%q", value)
	}
}

func countOf(rep *fault.Report, code string) (n int64) {
	for _, c := range rep.Counts() {
		if c.Rule == code {
			n += c.Count
		}
	}
	return n
}

// TestSize compares the size of an endpoint with that of its JSON.
func TestSize(t *testing.T) {
	records := []record{
		person,
		rec("Id=i"),
		{},
		rec("User.UserAttributes.A=x"),
		rec("Id=i", "Location.Latitude=47.6", "Location.City=Köln", "Metrics.M=1.50", "Metrics.N=2"),
		rec("Id=i", "Demographic.Make=LG", "Attributes.A=1", "User.UserId=u", "Attributes.B=2", "Attributes.A=3", "User.UserAttributes.T=x", "User.UserAttributes.T=y", "OptOut=ALL"),
		join(person, times(20, "Attributes.A%d", "x"), times(30, "User.UserAttributes.L", strings.Repeat("v", 90))),
	}
	for _, r := range records {
		b := sparse(endpoint.NewSchema(), r)
		c, err := New(&Options{Profile: fault.Current}).For(nil, nil)
		require.NoError(t, err)
		c.compile(b.Schema)
		c.b = b
		var e endpoint.Endpoint
		require.NoError(t, b.At(0).Into(&e))
		text, err := json.Marshal(&e)
		require.NoError(t, err)
		assert.Equal(t, len(text), c.size(0), string(text))
		assert.GreaterOrEqual(t, c.sizeAtMost(0), c.size(0))
	}

	// The values of the lists fill the endpoint up to the limit, byte by byte.
	base := join(person, times(50, "Attributes.A", strings.Repeat("x", 100)), times(50, "Attributes.B", strings.Repeat("x", 100)))
	for pad := 4200; pad < 4600; pad++ {
		r := join(base, rec("Location.City="+strings.Repeat("c", pad)))
		for _, b := range []*endpoint.Batch{sparse(endpoint.NewSchema(), r), dense(endpoint.NewSchema(), r)} {
			var e endpoint.Endpoint
			require.NoError(t, b.At(0).Into(&e))
			text, err := json.Marshal(&e)
			require.NoError(t, err)
			want := []string{}
			if len(text) > 15000 {
				want = append(want, fmt.Sprintf("endpoint-size: the endpoint has %d bytes, where 15000 are allowed (drop attributes that are not needed)", len(text)))
			}
			require.Equal(t, want, messages(check(t, New(&Options{Profile: fault.Current}), b)))
			require.Empty(t, messages(check(t, New(nil), b)))
		}
	}
}

func TestHeader(t *testing.T) {
	long := strings.Repeat("n", 51)
	s := endpoint.NewSchema(column("Id"), column("EndpointStatus"), column("Attributes."+long), column("Attributes."+long), column("Metrics.a:b"), column("Attributes."))
	rep := &fault.Report{}
	c, err := New(nil).For(s, rep)
	require.Nil(t, c)
	require.ErrorIs(t, err, fault.NameLength)
	assert.Equal(t, []string{"name-length Attributes." + long + " refused", "name-characters Metrics.a:b warning", "name-empty Attributes. refused"}, codes(rep))
	_, err = New(nil).For(s, nil)
	require.ErrorIs(t, err, fault.NameLength)
	_, err = New(nil).For(s, &fault.Report{Max: 1})
	require.ErrorIs(t, err, fault.ErrStop)

	s = endpoint.NewSchema(column("Id"), column("EndpointStatus"), column("Metrics.a:b"))
	rep = &fault.Report{}
	_, err = New(&Options{Profile: fault.Current}).For(s, rep)
	e, ok := errors.AsType[*fault.Error](err)
	require.True(t, ok)
	assert.Equal(t, fault.Refuse, e.Severity)
	assert.Equal(t, []string{"unsupported EndpointStatus warning", "name-characters Metrics.a:b refused"}, codes(rep))

	// What was told of the header is not told of each record, but of columns that
	// came later and of other schemas it is.
	rep = &fault.Report{}
	c, err = New(nil).For(s, rep)
	require.NoError(t, err)
	require.Len(t, rep.Faults, 1)
	r := rec("Id=i", "EndpointStatus=ACTIVE", "Metrics.a:b=1")
	rep = &fault.Report{}
	require.NoError(t, c.Check(dense(s, r, r), rep))
	assert.Empty(t, codes(rep))
	require.NoError(t, c.Check(sparse(s, join(r, rec("Attributes.c#d=x"))), rep))
	assert.Equal(t, []string{"name-characters Attributes.c#d warning"}, codes(rep))
	rep.Reset()
	require.NoError(t, c.Check(dense(endpoint.NewSchema(), r, r), rep))
	assert.Equal(t, []string{"name-characters Metrics.a:b warning", "name-characters Metrics.a:b warning"}, codes(rep))
}

// TestSchemas gives one checker the batches of schemas that grow and change.
func TestSchemas(t *testing.T) {
	c, err := New(nil).For(nil, nil)
	require.NoError(t, err)
	one, two := endpoint.NewSchema(), endpoint.NewSchema()
	for i := range 60 {
		r := join(person, times(i, "Attributes.A%d", "x"), rec("OptOut=all"))
		for _, s := range []*endpoint.Schema{one, two} {
			rep := &fault.Report{}
			b := sparse(s, r)
			require.NoError(t, c.Check(b, rep))
			want := messages(check(t, New(nil), b))
			require.Equal(t, want, messages(rep))
			require.Equal(t, i > 20, slices.ContainsFunc(rep.Faults, func(e *fault.Error) bool { return e.Rule == fault.AttributeCount }))
		}
	}
}

func TestRows(t *testing.T) {
	bad := rec("Id=i", "OptOut=all")
	for _, b := range []*endpoint.Batch{sparse(endpoint.NewSchema(), bad, bad, bad, record{}, record{}), dense(endpoint.NewSchema(), bad, bad, bad, record{}, record{})} {
		b.Rows[1].Flags |= endpoint.Rejected
		b.Rows[2].Flags |= endpoint.Rejected
		b.Rows[3].Flags |= endpoint.Rejected | endpoint.Torn
		rep := check(t, New(nil), b)
		var records []int64
		for _, e := range rep.Faults {
			records = append(records, e.Record)
		}
		assert.Equal(t, []int64{1, 2, 3, 5, 5}, records, "what was rejected is checked, what is torn is not")
	}
	// A sparse row may be torn in the middle of its values.
	for _, v := range both(false) {
		b := sparse(endpoint.NewSchema(), join(bad, rec("Location.City=a\nb", "Attributes.A="+strings.Repeat("x", 20000))))
		b.Rows[0].Flags |= endpoint.Rejected | endpoint.Torn
		assert.Empty(t, check(t, v, b).Faults)
	}
}

func TestStop(t *testing.T) {
	bad := rec("Id=i", "OptOut=all", "Location.Country=UK")
	for _, fix := range []bool{false, true} {
		c, err := New(&Options{Fix: fix}).For(nil, nil)
		require.NoError(t, err)
		b := sparse(endpoint.NewSchema(), bad, person, bad, bad)
		rep := &fault.Report{Max: 1}
		require.ErrorIs(t, c.Check(b, rep), fault.ErrStop)
		assert.Equal(t, 1, b.Kept(), "all rows are marked")
		assert.EqualValues(t, 1, rep.Count(fault.Reject))
		assert.NoError(t, c.Check(b, nil), "a checker goes on after that, and without a report")
		assert.NoError(t, c.Check(&endpoint.Batch{}, nil))
	}
}

// values are good and bad values of every field, for records at random.
var values = map[string][]string{
	"Id":                     {"i", "", "a$b", " x"},
	"ChannelType":            {"EMAIL", "SMS", "email", "", "FAX", "VOICE", " SMS"},
	"Address":                {"a@example.com", "+12065550182", "", "x", "+1 (206) 555-0182", " +12065550182"},
	"EffectiveDate":          {"20171011T150548Z", "", "2019-08-23T10:54:35", "2019-02-30", " 20190823"},
	"EndpointStatus":         {"ACTIVE", "", "active", "x"},
	"OptOut":                 {"ALL", "", "none "},
	"Demographic.Locale":     {"en_US", "", "en-us", "xx_US"},
	"Demographic.Timezone":   {"Europe/Berlin", "", "europe/berlin", "CET+1"},
	"Location.Country":       {"USA", "US", "", "us", "UK"},
	"Location.Latitude":      {"47.6", "47.60", ".5", "91"},
	"Location.Longitude":     {"-122.3", "+1", "x"},
	"Location.City":          {"Paris", "", "a\nb"},
	"User.UserId":            {"u", "", " u"},
	"Attributes.A":           {"x", "", "a\tb", strings.Repeat("x", 101)},
	"Attributes.B#":          {"x", ""},
	"User.UserAttributes.A":  {"x", strings.Repeat("é", 101)},
	"Metrics.M":              {"1", "-2.5e3", ".5", "007", "1,5", "1e999"},
	"Metrics.N":              {"1"},
	"User.UserAttributes.A/": {"x"},
}

// randomRecord draws the names in any order, a few of them several times.
func randomRecord(rng *rand.Rand) record {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	rng.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	var r record
	for _, name := range names[:rng.IntN(len(names))] {
		n := 1
		if strings.Contains(name, "Attributes.") && rng.IntN(8) == 0 {
			n = 1 + rng.IntN(70)
		}
		for range n {
			r = append(r, [2]string{name, values[name][rng.IntN(len(values[name]))]})
		}
	}
	return r
}

// TestPartition checks that what is said of a record does not depend on the batch
// that it comes in.
func TestPartition(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 25 {
		records := make([]record, 1+rng.IntN(12))
		for i := range records {
			records[i] = randomRecord(rng)
		}
		for _, v := range append(both(false), both(true)...) {
			for _, form := range []func(*endpoint.Schema, ...record) *endpoint.Batch{sparse, dense} {
				whole := form(endpoint.NewSchema(), records...)
				want := check(t, v, whole)
				c, err := v.For(nil, nil)
				require.NoError(t, err)
				rep := &fault.Report{}
				for i := 0; i < len(records); {
					j := min(i+1+rng.IntN(4), len(records))
					// The part is the same batch, with fewer rows.
					part := form(whole.Schema, records...)
					part.Rows = part.Rows[i:j]
					part.Vals = part.Vals[:part.Rows[j-i-1].First+part.Rows[j-i-1].N]
					part.Record = int64(i + 1)
					require.NoError(t, c.Check(part, rep))
					for k := range part.Rows {
						require.Equal(t, whole.Rows[i+k].Flags, part.Rows[k].Flags, round)
						require.Equal(t, valuesOf(whole, i+k), valuesOf(part, k), round)
					}
					i = j
				}
				require.Equal(t, want.Faults, rep.Faults, round)
			}
		}
	}
}

// TestBrief checks that a report which only counts gets the counts of one which holds
// all, that the batch comes out the same, and that no report at all makes no difference.
func TestBrief(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for round := range 100 {
		records := make([]record, 1+rng.IntN(12))
		for i := range records {
			records[i] = randomRecord(rng)
		}
		for _, v := range append(both(false), both(true)...) {
			for _, form := range []func(*endpoint.Schema, ...record) *endpoint.Batch{sparse, dense} {
				whole := form(endpoint.NewSchema(), records...)
				want := check(t, v, whole)
				// With room for few counts it tells which of them came first.
				fields := 1 + rng.IntN(8)
				few := &fault.Report{Fields: fields}
				for _, e := range want.Faults {
					require.NoError(t, few.Add(e))
				}
				for _, rep := range []*fault.Report{{Keep: -1, Fields: fields}, nil} {
					b := form(endpoint.NewSchema(), records...)
					c, err := v.For(nil, nil)
					require.NoError(t, err)
					require.NoError(t, c.Check(b, rep))
					for r := range b.Rows {
						require.Equal(t, whole.Rows[r].Flags, b.Rows[r].Flags, round)
						require.Equal(t, valuesOf(whole, r), valuesOf(b, r), round)
					}
					if rep != nil {
						require.Equal(t, few.Counts(), rep.Counts(), round)
					}
				}
			}
		}
	}
}

// TestAllocs asserts that clean records cost no allocation, nor does a warning on
// every record of which only the number is wanted.
func TestAllocs(t *testing.T) {
	long := strings.Repeat("a-long-label.", 8) + "example"
	b := sparse(endpoint.NewSchema(), rec("ChannelType=EMAIL", "Address=ann@"+long), rec("ChannelType=EMAIL", "Address=ünal@"+long))
	c, err := New(nil).For(nil, nil)
	require.NoError(t, err)
	require.Zero(t, testing.AllocsPerRun(5, func() { require.NoError(t, c.Check(b, &fault.Report{})) }), "long domains")

	b = corpusBatch(t, "places", 16<<10)
	c, err = New(nil).For(nil, nil)
	require.NoError(t, err)
	counted := &fault.Report{Keep: -1}
	require.Zero(t, testing.AllocsPerRun(5, func() { require.NoError(t, c.Check(b, counted)) }), "warnings")
	require.NotZero(t, counted.Count(fault.Warning))

	for _, s := range corpus.Shapes() {
		d := corpusBatch(t, s.Name, 16<<10)
		for _, b := range []*endpoint.Batch{d, toSparse(d)} {
			c, err := New(nil).For(nil, nil)
			require.NoError(t, err)
			rep := &fault.Report{}
			assert.Zero(t, testing.AllocsPerRun(5, func() { require.NoError(t, c.Check(b, rep)) }), s.Name)
		}
	}
	b = sparse(endpoint.NewSchema(), join(person, rec("Location.Country=US", "Metrics.M=1", "Attributes.A=x\\y")))
	c, err = New(&Options{Profile: fault.Current}).For(nil, nil)
	require.NoError(t, err)
	assert.Zero(t, testing.AllocsPerRun(5, func() { require.NoError(t, c.Check(b, nil)) }))
}
