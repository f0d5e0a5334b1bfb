// This file answers for ISO 639-1.

package iso

import "sync"

// Language reports whether b is an ISO 639-1 code in lower case.
func Language(b []byte) bool {
	return len(b) == 2 && LanguageOf(b[0], b[1])
}

// LanguageOf is [Language] of single characters.
func LanguageOf(first, second byte) bool {
	i, j := first-'a', second-'a'
	return i < 26 && j < 26 && languageBits[i]>>(j&31)&1 != 0
}

// SuggestLanguage guesses which language b is meant to name and returns its ISO
// 639-1 code. It takes codes in any letter case, withdrawn codes (iw), ISO 639-2
// codes (eng, ger), country codes mistaken for languages (jp, cz), English names,
// and names with a slip or two. It reports false if nothing or too much comes to
// mind.
func SuggestLanguage(b []byte) (code string, ok bool) {
	var buf [maxGuess]byte
	key := foldKey(buf[:0], b)
	if len(key) == 0 {
		return "", false
	}
	i, ok := guessLanguage(key)
	if !ok {
		return "", false
	}
	return languageCodes[2*i : 2*i+2], true
}

// guessLanguage finds the index of a language for a folded spelling.
func guessLanguage(key []byte) (int, bool) {
	if k, ok := findKey(languageKeys[:], key); ok {
		return int(languageKeyIndex[k]), true
	}
	best := newNearest(key)
	best.among(languageSpellings())
	return best.result()
}

var languageSpellings = sync.OnceValue(func() []spelling { return spellings(languageKeys[:], languageKeyIndex[:]) })
