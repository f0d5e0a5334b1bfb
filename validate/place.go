// This file judges where an endpoint is and what it speaks: Location.Country,
// Demographic.Locale and Demographic.Timezone. The lists are those of package
// iso.

package validate

import (
	"strconv"
	"strings"

	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/iso"
)

// judgeCountry finds fault with a country code. Only what names one country
// without a doubt is repaired: its code in another letter case or in the form of
// the other profile. Names, withdrawn codes and slips make hints.
func judgeCountry(s string, p fault.Profile, brief bool) finding {
	text := []byte(s)
	form, length := "alpha-3", 3
	if p == fault.Current {
		form, length = "alpha-2", 2
	}
	f := finding{rule: fault.Country}
	if !brief {
		f.detail = "is not an assigned ISO 3166-1 " + form + " code"
	}
	upper := upperASCII(text)
	code := ""
	switch {
	case iso.Alpha3(upper):
		code = string(upper)
		if length == 2 {
			code, _ = iso.ToAlpha2(upper)
		}
	case iso.Alpha2(upper):
		code = string(upper)
		if length == 3 {
			code, _ = iso.ToAlpha3(upper)
		}
	}
	switch {
	case code == "" && brief:
		return f
	case code == "":
		f.hint = countryHint(text, upper, length)
		return f
	case code == s:
		return finding{}
	case string(upper) == s:
		f.rule = fault.CountryForm
		f.detail = "is an alpha-3 country code, where profile current has alpha-2"
		if length == 3 {
			f.detail = "is an alpha-2 country code, where profile classic has alpha-3"
		}
		f.hint = "write " + code
	default:
		f.hint = didYouMean(code)
	}
	f.repair = code
	return f
}

// countryHint says what may have been meant by a value that is no code.
func countryHint(text, upper []byte, length int) string {
	codeOf := func(c iso.Country) string {
		if length == 2 {
			return c.Alpha2
		}
		return c.Alpha3
	}
	if was, ok := iso.Withdrawn(upper); ok {
		var after []string
		for _, c := range was.Successors {
			after = append(after, codeOf(c))
		}
		switch {
		case was.Reason == iso.Ended && len(after) == 1:
			return string(upper) + " (" + was.Name + ") was withdrawn in " + strconv.Itoa(was.Year) + ", its successor is " + after[0]
		case was.Reason == iso.Ended:
			return string(upper) + " (" + was.Name + ") was withdrawn in " + strconv.Itoa(was.Year) + ", its successors are " + list(after)
		case len(after) == 1:
			return didYouMean(after[0])
		default:
			return string(upper) + " (" + was.Name + ") is " + string(was.Reason) + " and no country of the standard"
		}
	}
	if two, three, ok := iso.SuggestCountry(text); ok {
		return didYouMean(codeOf(iso.Country{Alpha2: two, Alpha3: three}))
	}
	if length == 2 {
		return "write two letters, as in US"
	}
	return "write three letters, as in USA"
}

// legalLocale accepts ll_CC.
func legalLocale(b []byte) bool {
	return len(b) == 5 && b[2] == '_' && iso.Language(b[:2]) && iso.Alpha2(b[3:])
}

// judgeLocale finds fault with a locale. Letter case and a hyphen in the place of
// the underscore are repaired.
func judgeLocale(s string, brief bool) finding {
	text := []byte(s)
	if legalLocale(text) {
		return finding{}
	}
	f := finding{rule: fault.Locale}
	if len(text) == 5 && (text[2] == '_' || text[2] == '-') {
		neat := append(append(lowerASCII(text[:2]), '_'), upperASCII(text[3:])...)
		if legalLocale(neat) {
			f.repair = string(neat)
			f.hint = didYouMean(f.repair)
			return f
		}
	}
	if brief || len(s) > 64 {
		return f
	}
	// What stands behind a period or an at sign is a charset or a variant, as in
	// de_DE.UTF-8 and de_DE@euro.
	core := s
	if i := strings.IndexAny(core, ".@"); i >= 0 {
		core = core[:i]
	}
	parts := strings.FieldsFunc(core, func(r rune) bool { return r == '_' || r == '-' || r == ' ' })
	if len(parts) == 0 {
		return f
	}
	language := strings.ToLower(parts[0])
	if !iso.Language([]byte(language)) {
		guess, ok := iso.SuggestLanguage([]byte(parts[0]))
		if len(parts[0]) <= 3 {
			f.detail = "does not begin with a language of ISO 639-1"
		}
		if !ok || len(parts) == 1 {
			return f
		}
		language = guess
	}
	if len(parts) == 1 {
		f.detail = "lacks the country"
		f.hint = "write " + language + "_ and an ISO 3166-1 alpha-2 country"
		return f
	}
	// The country is the last part: a script may stand before it, as in zh-Hans-CN.
	last := parts[len(parts)-1]
	country := string(upperASCII([]byte(last)))
	if !iso.Alpha2([]byte(country)) {
		if f.detail == "" {
			f.detail = "does not end in a country of ISO 3166-1 alpha-2"
		}
		two, _, ok := iso.SuggestCountry([]byte(last))
		if !ok {
			return f
		}
		country = two
	}
	f.hint = didYouMean(language + "_" + country)
	return f
}

// judgeTimezone finds fault with the name of a time zone. Letter case is
// repaired, since no two names differ in it alone.
func judgeTimezone(s string, brief bool) finding {
	text := []byte(s)
	if iso.Timezone(text) {
		return finding{}
	}
	f := finding{rule: fault.Timezone}
	if name, ok := iso.TimezoneFold(text); ok {
		f.repair, f.hint = name, didYouMean(name)
		return f
	}
	if brief {
		return f
	}
	if name, ok := iso.SuggestTimezone(text); ok {
		f.hint = didYouMean(name)
	}
	return f
}
