// This file answers for ISO 3166-1. An alpha-2 code is looked up in a table
// indexed by its letters. For alpha-3 such a table would be 17 KB, too much of a
// processor cache, so there is a set of third letters for each pair of first
// ones; counting the bits below a letter ranks the code among all codes, and the
// rank leads to the country.

package iso

import (
	"math/bits"
	"sync"
)

// Country is an assigned country.
type Country struct {
	Alpha2 string // ISO 3166-1 alpha-2, such as "NL"
	Alpha3 string // ISO 3166-1 alpha-3, such as "NLD"
	Name   string // everyday English short name, such as "Netherlands"
}

// Alpha2 reports whether b is an officially assigned ISO 3166-1 alpha-2 code in
// upper case.
func Alpha2(b []byte) bool {
	return len(b) == 2 && Alpha2Of(b[0], b[1])
}

// Alpha2Of is [Alpha2] of single characters.
func Alpha2Of(first, second byte) bool {
	i, j := first-'A', second-'A'
	return i < 26 && j < 26 && alpha2Index[int(i)*26+int(j)] != 0
}

// Alpha3 reports whether b is an officially assigned ISO 3166-1 alpha-3 code in
// upper case.
func Alpha3(b []byte) bool {
	return len(b) == 3 && Alpha3Of(b[0], b[1], b[2])
}

// Alpha3Of is [Alpha3] of single characters.
func Alpha3Of(first, second, third byte) bool {
	i, j, k := first-'A', second-'A', third-'A'
	return i < 26 && j < 26 && k < 26 && alpha3Bits[int(i)*26+int(j)]>>(k&31)&1 != 0
}

// ToAlpha3 returns the alpha-3 code of the country whose alpha-2 code, in upper
// case, is given. It reports false if there is none.
func ToAlpha3(alpha2 []byte) (string, bool) {
	if !Alpha2(alpha2) {
		return "", false
	}
	return alpha3At(indexOfAlpha2(alpha2)), true
}

// ToAlpha2 returns the alpha-2 code of the country whose alpha-3 code, in upper
// case, is given. It reports false if there is none.
func ToAlpha2(alpha3 []byte) (string, bool) {
	if !Alpha3(alpha3) {
		return "", false
	}
	return alpha2At(indexOfAlpha3(alpha3)), true
}

// CountryName returns the everyday English short name of the country with the
// given assigned alpha-2 or alpha-3 code, in upper case. It reports false if
// there is none.
func CountryName(code []byte) (string, bool) {
	i, ok := countryOf(code)
	if !ok {
		return "", false
	}
	return countryNames[i], true
}

// countryOf returns the index of the country with the given code of either kind.
func countryOf(code []byte) (int, bool) {
	switch {
	case Alpha2(code):
		return indexOfAlpha2(code), true
	case Alpha3(code):
		return indexOfAlpha3(code), true
	}
	return 0, false
}

// indexOfAlpha2 returns the index of a code for which Alpha2 is true.
func indexOfAlpha2(b []byte) int {
	return int(alpha2Index[int(b[0]-'A')*26+int(b[1]-'A')]) - 1
}

// indexOfAlpha3 returns the index of a code for which Alpha3 is true.
func indexOfAlpha3(b []byte) int {
	pair := int(b[0]-'A')*26 + int(b[1]-'A')
	below := alpha3Bits[pair] & (1<<(b[2]-'A') - 1)
	return int(alpha3Order[int(alpha3Rank[pair])+bits.OnesCount32(below)])
}

// alpha2At returns the alpha-2 code of the country with the given index.
func alpha2At(i int) string { return alpha2Codes[2*i : 2*i+2] }

// alpha3At returns the alpha-3 code of the country with the given index.
func alpha3At(i int) string { return alpha3Codes[3*i : 3*i+3] }

// countryAt returns the country with the given index.
func countryAt(i int) Country {
	return Country{Alpha2: alpha2At(i), Alpha3: alpha3At(i), Name: countryNames[i]}
}

// SuggestCountry guesses which country b is meant to name and returns both of
// its codes. It takes codes in any letter case (usa, U.S.A.), numeric codes
// (840), withdrawn or unofficial codes with a single successor (UK, ROM), common
// codes of the sporting world (GER), English and some other names (England,
// South Korea, Deutschland), and names with a slip or two (Untied States). It
// reports false if nothing or too much comes to mind.
func SuggestCountry(b []byte) (alpha2, alpha3 string, ok bool) {
	var buf [maxGuess]byte
	key := foldKey(buf[:0], b)
	if len(key) == 0 {
		return "", "", false
	}
	i, ok := guessCountry(key)
	if !ok {
		return "", "", false
	}
	return alpha2At(i), alpha3At(i), true
}

// guessCountry finds a country for a folded spelling.
func guessCountry(key []byte) (int, bool) {
	if len(key) <= 3 {
		var code [3]byte
		for i, c := range key {
			if 'a' <= c && c <= 'z' {
				c -= 'a' - 'A'
			}
			code[i] = c
		}
		upper := code[:len(key)]
		if i, ok := countryOf(upper); ok {
			return i, true
		}
		if row := findFormer(upper); row != nil && len(row.successors) == 2 {
			return indexOfAlpha2([]byte(row.successors)), true
		}
		if i, ok := countryByNumber(upper); ok {
			return i, true
		}
	}
	if k, ok := findKey(countryKeys[:], key); ok {
		return int(countryKeyIndex[k]), true
	}
	best := newNearest(key)
	best.among(countrySpellings())
	return best.result()
}

var countrySpellings = sync.OnceValue(func() []spelling { return spellings(countryKeys[:], countryKeyIndex[:]) })

// countryByNumber returns the index of the country with the given ISO 3166-1
// numeric code, which has exactly three digits.
func countryByNumber(digits []byte) (int, bool) {
	if len(digits) != 3 {
		return 0, false
	}
	var n uint16
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + uint16(c-'0')
	}
	for i, m := range countryNumeric[:] {
		if m == n {
			return i, true
		}
	}
	return 0, false
}
