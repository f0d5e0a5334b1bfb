package iso

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
)

// successors returns the alpha-2 codes of what came after, joined by commas.
func successors(t *testing.T, f Former) string {
	t.Helper()
	var codes []string
	for _, c := range f.Successors {
		assert.True(t, Alpha2([]byte(c.Alpha2)), c)
		alpha3, _ := ToAlpha3([]byte(c.Alpha2))
		assert.Equal(t, alpha3, c.Alpha3)
		name, _ := CountryName([]byte(c.Alpha2))
		assert.Equal(t, name, c.Name)
		codes = append(codes, c.Alpha2)
	}
	return strings.Join(codes, ",")
}

func TestWithdrawnTakesEveryLine(t *testing.T) {
	reasons := map[string]Reason{
		"withdrawn": Ended, "reserved": Reserved, "user-assigned": UserAssigned, "mistaken": Mistaken,
	}
	known := map[string]bool{}
	for _, line := range readList(t, "withdrawn.txt") {
		f := strings.Fields(strings.ReplaceAll(line, " - ", " 0 "))
		for _, code := range f[:2] {
			if code == "-" || code == "0" {
				continue
			}
			known[code] = true
			got, ok := Withdrawn([]byte(code))
			require.True(t, ok, code)
			assert.True(t, strings.HasSuffix(line, " "+got.Name), code)
			assert.Equal(t, f[2], fmt.Sprint(got.Year), code)
			assert.Equal(t, reasons[f[3]], got.Reason, code)
			assert.Equal(t, strings.Trim(f[4], "-0"), successors(t, got), code)
			_, ok = Withdrawn([]byte(strings.ToLower(code)))
			assert.False(t, ok, code)
		}
	}
	check := func(word []byte) {
		if _, ok := Withdrawn(word); ok != known[string(word)] || ok && (Alpha2(word) || Alpha3(word)) {
			t.Errorf("%s: withdrawn %v", word, ok)
		}
	}
	words(2, 'A', check)
	words(3, 'A', check)
	for _, s := range []string{"", "A", "ANTI", "an"} {
		_, ok := Withdrawn([]byte(s))
		assert.False(t, ok, s)
	}
}

func TestWithdrawn(t *testing.T) {
	for code, want := range map[string]string{
		"AN": "BQ,CW,SX", "ANT": "BQ,CW,SX", "YU": "RS,ME", "YUG": "RS,ME", "CS": "RS,ME,CZ,SK", "SCG": "RS,ME",
		"CSK": "CZ,SK", "DDR": "DE", "TP": "TL", "ZAR": "CD", "BUR": "MM", "ROM": "RO", "FXX": "FR", "NTZ": "IQ,SA",
		"YMD": "YE", "UK": "GB", "EL": "GR", "XK": "", "XKX": "", "EU": "", "GEL": "KI,TV", "SKM": "IN",
	} {
		got, ok := Withdrawn([]byte(code))
		assert.True(t, ok, code)
		assert.Equal(t, want, successors(t, got), code)
	}
	union, _ := Withdrawn([]byte("SU"))
	assert.Len(t, union.Successors, 13)
	assert.Equal(t, 1992, union.Year)
}

// Whatever x/text takes for a country is a country or explained. Where x/text
// knows one successor, so do we.
func TestWithdrawnAgreesWithText(t *testing.T) {
	for _, code := range notAssigned {
		former, ok := Withdrawn([]byte(code))
		require.True(t, ok, code)
		region := language.MustParseRegion(code)
		if next := region.Canonicalize(); next != region && len(former.Successors) == 1 {
			assert.Equal(t, next.String(), former.Successors[0].Alpha2, code)
		}
		if alpha3 := region.ISO3(); alpha3 != "ZZZ" && !Alpha3([]byte(alpha3)) {
			_, ok = Withdrawn([]byte(alpha3))
			assert.True(t, ok, alpha3)
		}
	}
}

func TestWithdrawnGivesItsSuccessorsAway(t *testing.T) {
	first, _ := Withdrawn([]byte("AN"))
	first.Successors[0] = Country{}
	second, _ := Withdrawn([]byte("AN"))
	assert.Equal(t, Country{"BQ", "BES", "Bonaire, Sint Eustatius and Saba"}, second.Successors[0])
}

func ExampleWithdrawn() {
	if f, ok := Withdrawn([]byte("ANT")); ok {
		fmt.Println(f.Name, f.Reason, f.Year)
		for _, c := range f.Successors {
			fmt.Println(c.Alpha3, c.Name)
		}
	}
	// Output:
	// Netherlands Antilles withdrawn 2010
	// BES Bonaire, Sint Eustatius and Saba
	// CUW Curaçao
	// SXM Sint Maarten
}
