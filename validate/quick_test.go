package validate

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

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

// What fineDegrees takes has too many decimal places and no other flaw, and it takes
// all such numbers but those at the limit.
func TestFineDegrees(t *testing.T) {
	taken := 0
	try := func(s string) {
		for _, degrees := range []struct {
			op    op
			limit uint64
			most  float64
		}{{opLatitude, limitLatitude, 90}, {opLongitude, limitLongitude, 180}} {
			window := [fineWindow]byte([]byte(s + strings.Repeat("7", fineWindow))[:fineWindow])
			x, _ := strconv.ParseFloat(s, 64)
			want := New(nil).judge(degrees.op, s, false) == finding{rule: fault.CoordinatePrecision} && !strings.ContainsAny(s, "eE") && math.Abs(x) < degrees.most
			require.Equal(t, want, fineDegrees(&window, len(s), degrees.limit), "%q", s)
			if want {
				taken++
			}
		}
	}
	const alphabet = "0189.-e"
	var all func(s string, n int)
	all = func(s string, n int) {
		try(s)
		for i := 0; n > 0 && i < len(alphabet); i++ {
			all(s+alphabet[i:i+1], n-1)
		}
	}
	all("", 6)
	rng := rand.New(rand.NewPCG(15, 16))
	for range 40_000 {
		s := mutate(rng, strconv.FormatFloat((rng.Float64()-0.5)*400, 'f', rng.IntN(11), 64))
		if len(s) < fineWindow {
			try(s)
		}
	}
	require.Greater(t, taken, 20_000)
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
		rec("ChannelType=GCM", "Address=b", "Metrics.n=+1", "Location.Latitude=91"),
		rec("ChannelType=GCM", "Address=c", "Metrics.n=1", "Location.Latitude=47.61234"),
		rec("ChannelType=GCM", "Address=d", "Metrics.n=1", "Location.Latitude=47.61235"),
		rec("ChannelType=GCM", "Address=e", "Metrics.n=1", "Location.Latitude=1"))
	check(t, New(nil), b)
	require.True(t, b.Values(0)[2].Is(endpoint.Bare))
	require.True(t, b.Values(0)[3].Is(endpoint.Bare))
	require.False(t, b.Values(1)[2].Is(endpoint.Bare))
	require.False(t, b.Values(1)[3].Is(endpoint.Bare))
	require.True(t, b.Values(2)[3].Is(endpoint.Bare), "a warning does not make it worse a number")
	require.True(t, b.Values(3)[3].Is(endpoint.Bare))
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
