package iso

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

func TestCountryCodesExhaustive(t *testing.T) {
	to3, to2, names := map[string]string{}, map[string]string{}, map[string]string{}
	for _, c := range readListed(t, "countries.txt", 3) {
		to3[c.codes[0]], to2[c.codes[1]] = c.codes[1], c.codes[0]
		names[c.codes[0]], names[c.codes[1]] = c.spellings[0], c.spellings[0]
	}
	require.Len(t, to3, 249)
	require.Len(t, to2, 249)
	require.Equal(t, 249, countryCount)

	seen := 0
	check := func(is func([]byte) bool, convert func([]byte) (string, bool), want map[string]string) func([]byte) {
		return func(word []byte) {
			other, ok := want[string(word)]
			if ok {
				seen++
			}
			got, converted := convert(word)
			name, named := CountryName(word)
			if is(word) != ok || converted != ok || got != other || named != ok || name != names[string(word)] {
				t.Errorf("%s: assigned %v, converts to %q, name %q", word, is(word), got, name)
			}
		}
	}
	words(2, 'A', check(Alpha2, ToAlpha3, to3))
	words(3, 'A', check(Alpha3, ToAlpha2, to2))
	assert.Equal(t, 2*249, seen)
}

func TestCountryCodesExact(t *testing.T) {
	for _, s := range []string{
		"", "N", "nl", "Nl", "nL", "NL ", " NL", "N\x00", "N@", "N[", "@L", "[L", "\xff\xff", "nld", "NLd", "NlD", "nLD",
		"NLDA", "NL@", "NL[", "N[D", "[LD", "@LD", "NL\xff", "528", "52",
	} {
		b := []byte(s)
		assert.False(t, Alpha2(b), "%q", s)
		assert.False(t, Alpha3(b), "%q", s)
		_, ok := ToAlpha3(b)
		assert.False(t, ok, "%q", s)
		_, ok = ToAlpha2(b)
		assert.False(t, ok, "%q", s)
		_, ok = CountryName(b)
		assert.False(t, ok, "%q", s)
	}
	assert.False(t, Alpha2(nil))
	assert.False(t, Alpha3(nil))
	assert.False(t, Alpha2([]byte("NLD")))
	assert.False(t, Alpha3([]byte("NL")))
}

// notAssigned are the codes that x/text takes for countries and ISO 3166-1 does
// not assign.
var notAssigned = strings.Fields("AC AN BU CP CQ CS CT DD DG DY EA EZ FQ FX HV IC JT MI " +
	"NH NQ NT PC PU PZ RH SU TA TP UK UN VD WK XK YD YU ZR")

func TestCountriesAgreeWithText(t *testing.T) {
	var extra []string
	words(2, 'A', func(word []byte) {
		code := string(word)
		region, err := language.ParseRegion(code)
		known := err == nil && region.IsCountry()
		if !Alpha2(word) {
			if known {
				extra = append(extra, code)
			}
			return
		}
		require.True(t, known, code)
		alpha3, _ := ToAlpha3(word)
		assert.Equal(t, region.ISO3(), alpha3, code)
		assert.Equal(t, region.M49(), int(countryNumeric[indexOfAlpha2(word)]), code)

		// Its English names lead to the code by way of the guess.
		for _, name := range []string{display.English.Regions().Name(region), countryNames[indexOfAlpha2(word)]} {
			got2, got3, ok := SuggestCountry([]byte(name))
			assert.True(t, ok, name)
			assert.Equal(t, code, got2, name)
			assert.Equal(t, alpha3, got3, name)
		}
	})
	assert.Equal(t, notAssigned, extra)
}

func TestSuggestCountryTakesEverySpelling(t *testing.T) {
	for _, c := range readListed(t, "countries.txt", 3) {
		inputs := append([]string{
			c.codes[0], strings.ToLower(c.codes[0]), c.codes[1], strings.ToLower(c.codes[1]), c.codes[2],
			" " + c.codes[1] + "\t", strings.Join(strings.Split(c.codes[1], ""), "."),
		}, c.spellings...)
		for _, s := range c.spellings {
			inputs = append(inputs, strings.ToUpper(s), "The "+s)
		}
		for _, in := range inputs {
			alpha2, alpha3, ok := SuggestCountry([]byte(in))
			if !ok || alpha2 != c.codes[0] || alpha3 != c.codes[1] {
				t.Errorf("%q: got %q %q %v, want %s", in, alpha2, alpha3, ok, c.codes[0])
			}
		}
	}
}

func TestSuggestCountry(t *testing.T) {
	for in, want := range map[string]string{
		"usa": "US", "U.S.A.": "US", "u.s.": "US", "United States": "US", "UNITED STATES OF AMERICA": "US",
		"Untied States": "US", "840": "US", "UK": "GB", "uk": "GB", "U.K.": "GB", "England": "GB", "EL": "GR",
		"South Korea": "KR", "Republic of Korea": "KR", "Korea, Republic of": "KR", "Russia": "RU",
		"ROM": "RO", "rom": "RO", "TMP": "TL", "ZAR": "CD", "DDR": "DE", "German Democratic Republic": "DE",
		"GER": "DE", "Deutschland": "DE", "Germny": "DE", "Cote d’Ivoire": "CI", "COTE D'IVOIRE": "CI",
		"Co\u0302te d\u2019Ivoire": "CI", "Curacao": "CW", "St. Lucia": "LC", "St": "ST", "and": "AD", "Trinidad & Tobago": "TT",
		"Bosnia-Herzegovina": "BA", "the Netherlands": "NL", "Türkiye": "TR", "Turkey": "TR", "Sweeden": "SE",
		"Niger": "NE", "Nigeria": "NG", "Viet\u00a0Nam": "VN", "Upper Volta": "BF", "IC": "ES",
		// Nothing comes to mind, or too much.
		"": "", "   ": "", "??": "", "X": "", "QQ": "", "QQQ": "", "999": "", "84": "", "8400": "", "YU": "", "SUN": "", "AN": "",
		"XK": "", "XKX": "", "EU": "", "UN": "", "Nigeri": "", "Atlantis": "", "Россия": "", "US Россия": "",
		"US\xff": "", strings.Repeat("x", 65): "", strings.Repeat(" ", 64) + "US": "", strings.Repeat("st ", 21): "",
	} {
		alpha2, alpha3, ok := SuggestCountry([]byte(in))
		assert.Equal(t, want, alpha2, "%q", in)
		assert.Equal(t, want != "", ok, "%q", in)
		back, _ := ToAlpha2([]byte(alpha3))
		assert.Equal(t, want, back, "%q", in)
	}
}

func ExampleSuggestCountry() {
	value := []byte("UK")
	fmt.Println(Alpha2(value), Alpha3(value))
	if alpha2, alpha3, ok := SuggestCountry(value); ok {
		name, _ := CountryName([]byte(alpha2))
		fmt.Println(alpha2, alpha3, name)
	}
	// Output:
	// false false
	// GB GBR United Kingdom
}
