package validate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// FuzzCheck checks a record of a few values: nothing panics, a dense and a sparse
// batch are judged alike, Fix finds what no Fix finds, and what it has mended needs
// no more mending.
func FuzzCheck(f *testing.F) {
	for name, list := range values {
		for _, value := range list {
			f.Add(name, value, "EMAIL", "a@example.com", byte(0))
			f.Add(name, value, "sms", value, byte(1))
		}
	}
	f.Fuzz(func(t *testing.T, name, value, channel, address string, kind byte) {
		for _, s := range []string{name, value, channel, address} {
			if !utf8.ValidString(s) || len(s) > 1000 {
				return
			}
		}
		c, err := endpoint.ParseColumn([]byte(name))
		if err != nil {
			c = endpoint.Column{Field: endpoint.Attributes + endpoint.Field(kind%3), Key: name}
		}
		r := record{{"ChannelType", channel}, {"Address", address}, {c.String(), value}}
		if c.Field == endpoint.ChannelType || c.Field == endpoint.Address {
			r = r[:2]
		}
		fuzzRecord(t, r)
	})
}

func fuzzRecord(t *testing.T, r record) {
	for p := range fault.Profile(2) {
		plain, fixing := New(&Options{Profile: p}), New(&Options{Profile: p, Fix: true})
		b, fixed := sparse(endpoint.NewSchema(), r), sparse(endpoint.NewSchema(), r)
		found, mended := check(t, plain, b), check(t, fixing, fixed)
		require.Len(t, mended.Faults, len(found.Faults))
		for i := range found.Faults {
			require.Equal(t, found.Faults[i].Rule, mended.Faults[i].Rule)
		}
		if !hasEmpty(r) {
			require.Equal(t, messages(found), messages(check(t, plain, dense(endpoint.NewSchema(), r))))
		}
		for i := range fixed.Rows { // what a parser has rejected is not asked for what it lacks
			fixed.Rows[i].Flags &^= endpoint.Rejected
		}
		again := check(t, fixing, fixed)
		require.Zero(t, again.Count(fault.Repaired), "%q", r)
		require.Equal(t, mended.Count(fault.Reject), again.Count(fault.Reject), "%q", r)
		if mended.Count(fault.Reject) == 0 {
			require.Zero(t, check(t, plain, fixed).Count(fault.Reject), "%q", r)
		}
		for _, pair := range valuesOf(fixed, 0) {
			if k := column(pair[0]).Field.Kind(); k == endpoint.Number && fixed.Kept() == 1 {
				jsonNumber(t, pair[1])
			}
		}
	}
}

// jsonNumber asserts that s is a number that may stand in JSON.
func jsonNumber(t *testing.T, s string) {
	x, err := strconv.ParseFloat(s, 64)
	require.NoError(t, err, s)
	require.False(t, math.IsInf(x, 0) || math.IsNaN(x), s)
	require.Regexp(t, `^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`, s)
}

// TestJudgeAgrees checks on a great many mutations that what an accept function
// lets pass has no fault, and what it refuses has one wherever it claims to be
// complete.
func TestJudgeAgrees(t *testing.T) {
	seeds := []string{"x", "-12.5e3", "20171011T150548.123Z", "2019-08-23T10:54:35.220+02:00", "en_US", "America/New_York", "USA", "US", "EMAIL", "ACTIVE", "NONE", "90.0", "-179.9", "GBRX", "DE", "usa", "+1 (206) 555-0182", "e-mail", "Actve", "1,5", "12.5 kg", "90.1", "a.b@c-d.example"}
	complete := []op{opID, opReference, opToken, opEmail, opPhone, opStatus, opOptOut, opDate, opLocale, opTimezone, opCountry, opMetric}
	rng := rand.New(rand.NewPCG(5, 6))
	for range 5_000 {
		s := mutate(rng, seeds[rng.IntN(len(seeds))])
		if s == "" {
			continue
		}
		for _, v := range both(false) {
			for o := range opCount {
				legal := accept(o, v.profile)
				if legal == nil {
					continue
				}
				f, b := v.judge(o, s, false), v.judge(o, s, true)
				require.Equal(t, f.rule, b.rule, "%q %d", s, o)
				require.Equal(t, f.repair, b.repair, "%q %d", s, o)
				if legal([]byte(s)) {
					require.Zero(t, f, "%q %d", s, o)
				} else if slices.Contains(complete, o) {
					require.NotZero(t, f, "%q %d", s, o)
				}
			}
		}
	}
}

// mutate changes a few bytes of a value, to others that matter to some rule.
func mutate(rng *rand.Rand, s string) string {
	b := []byte(s)
	const alphabet = "0123456789+-.eEZT:_/@ \t,aUxX$()\"\\"
	for range rng.IntN(4) {
		c := alphabet[rng.IntN(len(alphabet))]
		i := rng.IntN(len(b) + 1)
		switch rng.IntN(3) {
		case 0:
			b = slices.Insert(b, i, c)
		case 1:
			if i < len(b) {
				b[i] = c
			}
		default:
			if i < len(b) {
				b = slices.Delete(b, i, i+1)
			}
		}
	}
	return string(b)
}

// TestDates compares the reader of dates with the standard library.
func TestDates(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 20_000 {
		zone := []string{"Z", "+02:00", "-11:30", "+14:00"}[rng.IntN(4)]
		s := fmt.Sprintf("%04d-%02d-%02dT%02d:%02d:%02d%s", rng.IntN(3000), rng.IntN(14), rng.IntN(33), rng.IntN(26), rng.IntN(62), rng.IntN(60), zone)
		_, err := time.Parse(time.RFC3339, s)
		require.Equal(t, err == nil, legalDate([]byte(s)), s)
		basic := strings.NewReplacer("-11:30", "-1130", "-", "", ":", "").Replace(s)
		require.Equal(t, err == nil, legalDate([]byte(basic)), basic)
	}
}

// TestRewrite checks that numbers keep their value when they are brought into the
// form of JSON.
func TestRewrite(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for range 20_000 {
		s := mutate(rng, []string{".5", "+1.", "007.25", "-0.e3", "+00.10E-2"}[rng.IntN(5)])
		neat, ok := rewriteNumber([]byte(s))
		if !ok {
			continue
		}
		want, err := strconv.ParseFloat(s, 64)
		if err != nil {
			assert.ErrorIs(t, err, strconv.ErrRange, s)
			continue
		}
		got, err := strconv.ParseFloat(neat, 64)
		require.NoError(t, err, neat)
		require.Equal(t, math.Float64bits(want), math.Float64bits(got), "%s %s", s, neat)
		jsonNumber(t, neat)
	}
}
