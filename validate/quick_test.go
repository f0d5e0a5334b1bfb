package validate

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// A quick function never lets pass what the accept function of its operation
// refuses, and lets the usual values pass, so that it is worth its while.
func TestQuickIsHonest(t *testing.T) {
	usual := map[op][]string{
		opStatus:    {"", "ACTIVE", "INACTIVE"},
		opOptOut:    {"", "ALL", "NONE"},
		opLocale:    {"", "en_US", "zh_CN", "de_CH"},
		opCountry:   {"", "USA", "CHE", "CHN"},
		opLatitude:  {"", "0", "47.6", "-9.5", "90", "90.0", "-90.0", "5"},
		opLongitude: {"", "180", "-180.0", "122.3", "-0.1", "179.9"},
		opMetric:    {"", "0", "1", "-1", "12", "0.5", "1384.59", "-12.25", "12345678", "0.000001", "-0"},
	}
	rng := rand.New(rand.NewPCG(11, 12))
	quickly := map[op]func(w uint64, n int) bool{
		opStatus: statusWords.has, opOptOut: optOutWords.has, opLocale: quickLocale, opCountry: quickAlpha3, opMetric: quickNumber,
		opLatitude:  func(w uint64, n int) bool { return quickDegrees(w, n, limitLatitude) },
		opLongitude: func(w uint64, n int) bool { return quickDegrees(w, n, limitLongitude) },
	}
	for o, fast := range quickly {
		legal := accept(o, fault.Classic)
		require.NotEmpty(t, usual[o], o)
		require.False(t, fast(0, noWord), "what was not loaded does not pass")
		for _, s := range usual[o] {
			require.True(t, fast(chars(s), len(s)), "%q", s)
		}
		check := func(s string) {
			if len(s) > 0 && len(s) <= 8 && fast(chars(s), len(s)) {
				require.True(t, legal([]byte(s)), "%q", s)
			}
		}
		// Every text of up to five characters that matter, and mutations.
		const alphabet = "0159.-+eE \x00"
		var all func(s string, n int)
		all = func(s string, n int) {
			check(s)
			if n > 0 {
				for i := range alphabet {
					all(s+alphabet[i:i+1], n-1)
				}
			}
		}
		all("", 5)
		for range 30_000 {
			check(mutate(rng, usual[o][rng.IntN(len(usual[o]))]))
		}
	}
}

// What readNumber calls a number without an exponent is one quickly, too.
func TestQuickNumberIsComplete(t *testing.T) {
	const alphabet = "0179.-"
	var all func(s string, n int)
	all = func(s string, n int) {
		if s != "" {
			_, ok := readNumber([]byte(s))
			require.Equal(t, ok, quickNumber(chars(s), len(s)), "%q", s)
		}
		if n > 0 {
			for i := range alphabet {
				all(s+alphabet[i:i+1], n-1)
			}
		}
	}
	all("", 6)
}

// What plainDegrees takes passes quickly, too.
func TestQuickDegreesIsComplete(t *testing.T) {
	for tenths := -2100; tenths <= 2100; tenths++ {
		for _, s := range []string{strconv.FormatFloat(float64(tenths)/10, 'f', 1, 64), strconv.Itoa(tenths / 10), strconv.FormatFloat(float64(tenths)/10, 'f', 2, 64)} {
			require.Equal(t, legalLatitude([]byte(s)), quickDegrees(chars(s), len(s), limitLatitude), "%q", s)
			require.Equal(t, legalLongitude([]byte(s)), quickDegrees(chars(s), len(s), limitLongitude), "%q", s)
		}
	}
}

func TestQuickDate(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	passed := 0
	for _, s := range []string{"20171011T150548Z", "2019-08-23T10:54:35.220Z", "20001231T235959Z", "19991201T000000Z", "2024-02-29T23:59:60.000Z", "20241332T246060Z"} {
		for range 20_000 {
			m := mutate(rng, s)
			if quickDate([]byte(m)) {
				passed++
				require.Equal(t, dateSound, flawOf([]byte(m)), "%q", m)
			}
		}
	}
	require.NotZero(t, passed)
	require.True(t, quickDate([]byte("20171011T150548Z")))
	require.True(t, quickDate([]byte("2019-08-23T10:54:35.220Z")))
}

// A number that was found good is marked so, and only such a one.
func TestNumbersAreMarked(t *testing.T) {
	s := endpoint.NewSchema(column("ChannelType"), column("Address"), column("Metrics.n"), column("Location.Latitude"))
	b := dense(s, rec("ChannelType=GCM", "Address=a", "Metrics.n=1.5e300", "Location.Latitude=47.6"),
		rec("ChannelType=GCM", "Address=b", "Metrics.n=+1", "Location.Latitude=91"))
	check(t, New(nil), b)
	require.True(t, b.Values(0)[2].Is(endpoint.Bare))
	require.True(t, b.Values(0)[3].Is(endpoint.Bare))
	require.False(t, b.Values(1)[2].Is(endpoint.Bare))
	require.False(t, b.Values(1)[3].Is(endpoint.Bare))
}

func TestQuickChannel(t *testing.T) {
	found := 0
	for _, s := range append([]string{"", "X", "EMAIL\x00", "SMS\x00\x00", "EMAI", "GCMX"}, currentChannels...) {
		if len(s) > 8 {
			continue
		}
		want := channelOf([]byte(s), fault.Classic)
		require.Equal(t, want, quickChannel(chars(s), len(s)), "%q", s)
		if want != notChannel {
			found++
		}
	}
	require.Equal(t, len(classicChannels), found)
	require.Equal(t, notChannel, quickChannel(0, noWord))
}

// What passes as an email address quickly is one.
func TestQuickEmail(t *testing.T) {
	pad := func(s string) *[textWindow]byte {
		return (*[textWindow]byte)(append([]byte(s), strings.Repeat("z", textWindow)...))
	}
	for _, s := range []string{"a@b.co", "ann.lee@example.com", "m_0-x+y@sub.example-1.org", "A9@Z.io", "0123456789012345678@example.com"} {
		require.True(t, quickEmail(pad(s), len(s)), s)
	}
	rng := rand.New(rand.NewPCG(15, 16))
	passed := 0
	const alphabet = "ab9.@-_+ ,\xc3Z`{/:[~\x00"
	check := func(s string) {
		if s != "" && quickEmail(pad(s), len(s)) {
			passed++
			require.True(t, legalEmail([]byte(s)), "%q", s)
		}
	}
	for range 200_000 {
		n := 1 + rng.IntN(12)
		text := make([]byte, n)
		for i := range text {
			text[i] = alphabet[rng.IntN(len(alphabet))]
			if rng.IntN(2) == 0 {
				text[i] = "ab.@"[rng.IntN(4)]
			}
		}
		check(string(text))
		check(mutate(rng, "ann.lee@mail.example.com"))
	}
	require.Greater(t, passed, 100)
	for c := range 256 { // every byte on either side
		check("a" + string([]byte{byte(c)}) + "b@c.de")
		check("a@b" + string([]byte{byte(c)}) + "c.de")
		check("a@b.c" + string([]byte{byte(c)}))
		require.Equal(t, byte(c) < 0x80 && (isDigit(byte(c)) || byte(c)|0x20 >= 'a' && byte(c)|0x20 <= 'z'), alphanumeric(uint64(c)<<24)>>3&1 == 1, "%q", c)
	}
}
