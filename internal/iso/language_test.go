package iso

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

func TestLanguagesExhaustive(t *testing.T) {
	want := map[string]string{}
	for _, l := range readListed(t, "languages.txt", 2) {
		want[l.codes[0]] = l.codes[1]
	}
	require.Len(t, want, 183)

	// The two-letter codes that x/text knows and set 1 of ISO 639 has no longer.
	withdrawn := []string{"bh", "in", "iw", "ji", "jw", "mo", "sh"}
	var extra []string
	words(2, 'a', func(word []byte) {
		code := string(word)
		_, valid := want[code]
		assert.Equal(t, valid, Language(word), code)
		base, err := language.ParseBase(code)
		if !valid {
			if err == nil {
				extra = append(extra, code)
			}
			return
		}
		require.NoError(t, err, code)
		assert.Equal(t, want[code], base.ISO3(), code)
	})
	assert.Equal(t, withdrawn, extra)
}

func TestLanguageExact(t *testing.T) {
	for _, s := range []string{"", "e", "EN", "En", "eN", "en ", "eng", "e`", "e{", "`n", "{n", "\xff\xff", "e\x00"} {
		assert.False(t, Language([]byte(s)), "%q", s)
	}
	assert.False(t, Language(nil))
}

func TestSuggestLanguageTakesEverySpelling(t *testing.T) {
	for _, l := range readListed(t, "languages.txt", 2) {
		for _, s := range append(l.codes, l.spellings...) {
			for _, in := range []string{s, strings.ToUpper(s), " " + s + " "} {
				got, ok := SuggestLanguage([]byte(in))
				if !ok || got != l.codes[0] {
					t.Errorf("%q: got %q %v, want %s", in, got, ok, l.codes[0])
				}
			}
		}
	}
}

// English names from elsewhere lead to the code, but where x/text has one name
// for two codes.
func TestSuggestLanguageAgreesWithText(t *testing.T) {
	same := map[string]string{"no": "nb", "tw": "ak"}
	for _, l := range readListed(t, "languages.txt", 2) {
		code := l.codes[0]
		name := display.English.Languages().Name(language.MustParseBase(code))
		got, ok := SuggestLanguage([]byte(name))
		assert.True(t, ok, name)
		if got != same[code] {
			assert.Equal(t, code, got, name)
		}
	}
}

func TestSuggestLanguage(t *testing.T) {
	for in, want := range map[string]string{
		"EN": "en", "eng": "en", "ger": "de", "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr",
		"jp": "ja", "cz": "cs", "dk": "da", "ua": "uk", "Brazilian Portuguese": "pt", "Norwegian Bokmal": "nb",
		"Portugese": "pt", "Enlgish": "en", "français": "fr",
		"": "", "bh": "", "qq": "", "qqq": "", "Klingon": "", "日本語": "", "en\xff": "", strings.Repeat("a", 65): "",
	} {
		got, ok := SuggestLanguage([]byte(in))
		assert.Equal(t, want, got, "%q", in)
		assert.Equal(t, want != "", ok, "%q", in)
	}
}
