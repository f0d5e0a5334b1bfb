package iso

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // so that a machine without zone files can run the test

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readZones returns the names of timezones.txt.
func readZones(t testing.TB) []string {
	t.Helper()
	lines := readList(t, "timezones.txt")
	require.Equal(t, "version "+TZDataVersion, lines[0])
	return lines[1:]
}

func TestTimezoneTakesEveryName(t *testing.T) {
	names := readZones(t)
	require.Len(t, names, 597)
	require.Equal(t, 597, zoneCount)
	require.True(t, slices.IsSorted(names))
	for i, name := range names {
		assert.Equal(t, name, zoneName(i))
		assert.True(t, Timezone([]byte(name)), name)
		_, err := time.LoadLocation(name)
		assert.NoError(t, err, name)

		for _, other := range []string{strings.ToLower(name), strings.ToUpper(name), swapCase(name), name} {
			assert.Equal(t, other == name, Timezone([]byte(other)), other)
			got, ok := TimezoneFold([]byte(other))
			assert.True(t, ok, other)
			assert.Equal(t, name, got, other)
			got, ok = SuggestTimezone([]byte(other))
			assert.True(t, ok, other)
			assert.Equal(t, name, got, other)
		}
		for _, in := range []string{
			" " + name + "\t", strings.ReplaceAll(name, "_", " "), "posix/" + name, "right/" + name, ":" + name,
			strings.ReplaceAll(name, "/", `\`),
		} {
			got, ok := SuggestTimezone([]byte(in))
			assert.True(t, ok, in)
			assert.Equal(t, name, got, in)
		}
	}
}

// A name with any one byte changed, left out or added is no name, unless it is
// another one of the list.
func TestTimezoneRefusesNeighbours(t *testing.T) {
	names := readZones(t)
	is := map[string]bool{}
	folded := map[string]string{}
	for _, name := range names {
		is[name] = true
		folded[strings.ToLower(name)] = name
	}
	check := func(b []byte) {
		if got := Timezone(b); got != is[string(b)] {
			t.Errorf("%q: %v", b, got)
		}
		want := ""
		if isASCII(b) {
			want = folded[strings.ToLower(string(b))]
		}
		if got, ok := TimezoneFold(b); got != want || ok != (want != "") {
			t.Errorf("%q folds to %q %v", b, got, ok)
		}
	}
	for _, name := range names {
		for i := range len(name) {
			check([]byte(name[:i] + name[i+1:]))
			for _, c := range []byte{0, ' ', '/', '_', 'a', 'Z', name[i] ^ 0x20, name[i] ^ 0x80, name[i] + 1, 0xff} {
				check([]byte(name[:i] + string([]byte{c}) + name[i+1:]))
				check([]byte(name[:i] + string([]byte{c}) + name[i:]))
			}
		}
		check([]byte(name + "/"))
		check([]byte(name + "\x00"))
	}
}

func TestTimezoneRefuses(t *testing.T) {
	for _, s := range []string{
		"", "Local", "Factory", "PST", "CST", "GMT+5", "UTC+1", "+01:00", "posix/UTC", "right/UTC", "../UTC", "Europe/",
		"/Europe/Paris", "Europe//Paris", "Europe", "Europe/Pari\u017f", "\u212aiev", strings.Repeat("A", 1<<16), "zone.tab",
	} {
		assert.False(t, Timezone([]byte(s)), "%q", s)
		_, ok := TimezoneFold([]byte(s))
		assert.False(t, ok, "%q", s)
	}
	assert.False(t, Timezone(nil))
	_, ok := TimezoneFold(nil)
	assert.False(t, ok)
}

func TestSuggestTimezoneTakesEveryAbbreviation(t *testing.T) {
	for _, line := range readList(t, "abbreviations.txt") {
		left, name, ok := strings.Cut(line, " = ")
		require.True(t, ok, line)
		for s := range strings.SplitSeq(left, " | ") {
			for _, in := range []string{s, strings.ToLower(s), strings.ReplaceAll(s, " ", "_")} {
				got, ok := SuggestTimezone([]byte(in))
				if !ok || got != name {
					t.Errorf("%q: got %q %v, want %s", in, got, ok, name)
				}
			}
		}
	}
}

func TestSuggestTimezone(t *testing.T) {
	for in, want := range map[string]string{
		"america/new york": "America/New_York", "America / New York": "America/New_York",
		"America/New-York": "America/New_York", "New York": "America/New_York", "Los_Angeles": "America/Los_Angeles",
		"PST": "America/Los_Angeles", "pdt": "America/Los_Angeles", "Pacific Standard Time": "America/Los_Angeles",
		"IST": "Asia/Kolkata", "est": "EST", "est5edt": "EST5EDT", "utc": "UTC", "Z": "UTC", "St. John's": "America/St_Johns",
		"Europe/Tokyo": "Asia/Tokyo", "Europe/Nowhere": "", "Asia/Tokio": "Asia/Tokyo", "Tokyo": "Asia/Tokyo", "Los Angelos": "America/Los_Angeles",
		"Amercia/New_York": "America/New_York", "Europe/Pairs": "Europe/Paris", "Louisville": "America/Louisville",
		"Zürich": "Europe/Zurich", "São Paulo": "America/Sao_Paulo", "Noronha": "America/Noronha",
		// Offsets. The sign of the Etc area is turned round.
		"UTC+5": "Etc/GMT-5", "GMT-8": "Etc/GMT+8", "utc +05:00": "Etc/GMT-5", "+0500": "Etc/GMT-5", "-08:00": "Etc/GMT+8",
		"UTC-8": "Etc/GMT+8", "UTC+14": "Etc/GMT-14", "UTC-12": "Etc/GMT+12", "+10": "Etc/GMT-10", "UTC+5:30": "Asia/Kolkata",
		"GMT-330": "America/St_Johns", "+00:00": "UTC", "UTC+0": "UTC", "-0000": "UTC", "+05:45": "Asia/Kathmandu",
		"UTC+15": "", "UTC-13": "", "UTC+5:15": "", "UTC+5:60": "", "UTC+5:3": "", "UTC+:30": "", "UTC+": "UTC", "+": "",
		"+1:2:3": "", "+12345": "", "UTC+5:300": "", "+005:30": "", "-": "", "UTC5": "", "+1x": "",
		// Nothing comes to mind.
		"": "", "   ": "", "Local": "", "Factory": "", "xyz": "", "Москва": "", "UTC\xff": "", "posix/": "", "//": "",
		strings.Repeat("a", 65): "", strings.Repeat("a", 64): "",
	} {
		got, ok := SuggestTimezone([]byte(in))
		assert.Equal(t, want, got, "%q", in)
		assert.Equal(t, want != "", ok, "%q", in)
	}
}

// Every zone that stands for an offset keeps it, at some time of the year.
func TestZoneAtOffset(t *testing.T) {
	found := 0
	for minutes := -16 * 60; minutes <= 16*60; minutes++ {
		name, ok := zoneAtOffset(minutes)
		if !ok {
			assert.Empty(t, name)
			continue
		}
		found++
		assert.True(t, Timezone([]byte(name)), name)
		loc, err := time.LoadLocation(name)
		require.NoError(t, err)
		_, winter := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).In(loc).Zone()
		_, summer := time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC).In(loc).Zone()
		assert.True(t, winter == minutes*60 || summer == minutes*60, "%s at %d minutes", name, minutes)
	}
	assert.Equal(t, 27+13, found) // -12 to +14 hours, and the odd ones
}

func swapCase(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'a' <= c|0x20 && c|0x20 <= 'z' {
			b[i] ^= 0x20
		}
	}
	return string(b)
}

func isASCII(b []byte) bool {
	return !slices.ContainsFunc(b, func(c byte) bool { return c >= 0x80 })
}

func ExampleSuggestTimezone() {
	for _, s := range []string{"PST", "UTC+5", "new york"} {
		name, _ := SuggestTimezone([]byte(s))
		fmt.Println(name)
	}
	// Output:
	// America/Los_Angeles
	// Etc/GMT-5
	// America/New_York
}
