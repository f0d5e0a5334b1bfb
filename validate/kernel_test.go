package validate

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// usual are values of each operation that its kernel passes.
var usual = map[op][]string{
	opID:        {"1", "7f1c2d3e-1111-4a4a-8b8b-0123456789ab", strings.Repeat("i", 63)},
	opReference: {"u", "crm-12345", strings.Repeat("u u", 40)},
	opToken:     {"1a2b3c", strings.Repeat("0f", 32)},
	opStatus:    {"ACTIVE", "INACTIVE"},
	opOptOut:    {"ALL", "NONE"},
	opDate:      {"20171011T150548Z", "2019-08-23T10:54:35.220Z", "20161231T235959Z", "2020-01-30T00:00:00.000Z", "20000228T000000Z"},
	opLocale:    {"en_US", "zh_CN", "de_CH"},
	opTimezone:  {"UTC", "America/New_York", "Europe/Amsterdam", "America/Argentina/ComodRivadavia", "GB", "Etc/GMT+1"},
	opCountry:   {"USA", "CHE", "CHN"},
	opLatitude:  {"0", "47.6", "-9.5", "89.9", "-0.0", "5"},
	opLongitude: {"179.9", "-100.0", "122.3", "-0.1", "99", "0"},
	opMetric:    {"0", "1", "-1", "12", "0.5", "1384.59", "-12.25", "12345678", "0.000001", "-0"},
	opEmail: {
		"a@b.co", "ann.lee@example.com", "m_0-x+y@sub.example-1.org", "A9@Z.io", "0123456789012345678@example.com",
		"a-rather-long.address_with+everything@mail.example-house.co.uk.org", "0123456789.0123456789@0123456789-0123456789.0123456789.abcdefg",
	},
	opPhone: {"+31201234567", "+12", "+123456789012345"},
}

// What a kernel passes is legal; it passes the usual values and what is empty; and
// it stops at what lies in Aux.
func TestKernelsAreHonest(t *testing.T) {
	const matter = "019.-+e \x00$"
	rng := rand.New(rand.NewPCG(21, 22))
	for _, p := range []fault.Profile{fault.Classic, fault.Current} {
		for o := range opCount {
			quick := kernelOf(o, p)
			if quick == nil {
				require.Empty(t, usual[o])
				continue
			}
			legal := accept(o, p)
			require.NotEmpty(t, usual[o], o)
			passes := func(s string, behind int) bool {
				data := []byte("$ " + s + strings.Repeat("7 ", behind/2))
				vals := []endpoint.Value{endpoint.MakeValue(2, len(s), 0, 0)}
				vals = append(vals, vals[0]|endpoint.MakeValue(0, 0, 0, endpoint.InAux))
				if len(s) > 0 {
					require.Zero(t, quick(vals[1:], 1, data), "%d %q", o, s)
				}
				at := quick(vals, 1, data)
				require.LessOrEqual(t, at, 1+1-min(len(s), 1))
				require.Equal(t, o.number() && at > 0, vals[0].Is(endpoint.Bare))
				return at > 0
			}
			require.Equal(t, o != opEmail && o != opPhone, passes("", 64))
			// Every text of a few characters that matter, and mutations of usual values.
			var all func(s string, n int)
			all = func(s string, n int) {
				if s != "" && passes(s, 64) {
					require.True(t, legal([]byte(s)), "%d %q", o, s)
				}
				for i := 0; n > 0 && i < len(matter); i++ {
					all(s+matter[i:i+1], n-1)
				}
			}
			all("", 4)
			for i, s := range usual[o] {
				if o == opCountry && p == fault.Current {
					s = s[:2]
				}
				if len(s) <= maxQuick || o != opEmail {
					require.True(t, passes(s, 64), "%d %q", o, s)
				}
				for range 3_000 {
					m := mutate(rng, usual[o][(i+rng.IntN(2))%len(usual[o])])
					if m != "" && passes(m, 64*rng.IntN(2)) {
						require.True(t, legal([]byte(m)), "%d %q", o, m)
					}
				}
			}
		}
	}
}

// A kernel stops at the place of the value that is wrong, whatever the step is.
func TestKernelsStop(t *testing.T) {
	for o, list := range usual {
		quick := kernelOf(o, fault.Classic)
		for step := 1; step <= 3; step++ {
			for bad := range 9 {
				data := []byte{' '}
				var vals []endpoint.Value
				for i := range 9 {
					s := list[i%2]
					if i == bad {
						s = " {" + s
					}
					vals = append(vals, endpoint.MakeValue(len(data), len(s), 0, 0))
					data = append(data, s+" "...)
				}
				want := (bad + step - 1) / step * step // the first that is looked at
				if want != bad {
					want = (len(vals) + step - 1) / step * step
				}
				data = append(data, make([]byte, 64)...)
				require.Equal(t, want, quick(vals, step, data), "%d %d %d", o, step, bad)
			}
		}
	}
}
