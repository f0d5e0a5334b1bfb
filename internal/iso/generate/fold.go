// This file brings spellings to the form in which they are looked up. Package
// iso has a body of its own for the same rules, without golang.org/x/text; its
// tests look every spelling of the lists up and so hold the two together.

package main

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The ends of the fold table: the letters of Latin-1 and Latin Extended-A.
const (
	firstLatin = 'À'
	lastLatin  = 'ſ'
)

// undecomposed gives a base letter to the letters that Unicode does not take
// apart, or not into ASCII.
var undecomposed = map[rune]rune{
	'æ': 'a', 'ð': 'd', 'ø': 'o', 'þ': 't', 'ß': 's', 'đ': 'd', 'ħ': 'h', 'ı': 'i', 'ĳ': 'i',
	'ĸ': 'k', 'ŀ': 'l', 'ł': 'l', 'ŉ': 'n', 'ŋ': 'n', 'œ': 'o', 'ŧ': 't', 'ſ': 's',
}

// foldRune returns the lower-case ASCII letter or digit that stands for r, or a
// space.
func foldRune(r rune) rune {
	r = unicode.ToLower(r)
	if d := norm.NFD.String(string(r)); d[0] < 0x80 {
		r = rune(d[0])
	} else if base, ok := undecomposed[r]; ok {
		r = base
	}
	if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
		return r
	}
	return ' '
}

// fold returns the words of s in lower-case ASCII, parted by single spaces.
func fold(s string) string {
	return strings.Join(strings.Fields(strings.Map(foldRune, s)), " ")
}

// foldKey is fold without the spaces, and in spellings of more than one word
// without the words that people leave out, and with Saint written in full.
func foldKey(s string) string {
	words := strings.Fields(fold(s))
	if len(words) == 1 {
		return words[0]
	}
	var key strings.Builder
	for _, w := range words {
		switch w {
		case "and", "of", "the":
		case "st":
			key.WriteString("saint")
		default:
			key.WriteString(w)
		}
	}
	return key.String()
}
