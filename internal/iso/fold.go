// This file brings what people write to the form in which the spellings of the
// tables are stored. The generator makes those with golang.org/x/text; here the
// Latin letters of a small table do.

package iso

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// maxGuess is the longest input, in bytes, for which a guess is made: longer than
// any name in the tables, and short enough that a guess stays cheap whatever the
// input.
const maxGuess = 64

// fold appends the words of b to dst in lower-case ASCII letters and digits,
// parted by single spaces, and returns the result. Accents are dropped, and all
// that is neither letter nor digit parts words. The result is empty if b is longer
// than maxGuess, is not UTF-8, or has letters that are not Latin: half a word says
// nothing. It is never longer than b.
func fold(dst, b []byte) []byte {
	if len(b) > maxGuess {
		return nil
	}
	start, gap := len(dst), false
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		b = b[size:]
		var c byte
		switch {
		case r < utf8.RuneSelf:
			c = lower(byte(r))
		case r == utf8.RuneError:
			return nil
		case r >= firstLatin && r <= lastLatin:
			c = latinBase[r-firstLatin]
		case unicode.Is(unicode.Mn, r):
			continue // an accent that follows its letter
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			return nil
		}
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			if gap && len(dst) > start {
				dst = append(dst, ' ')
			}
			dst, gap = append(dst, c), false
		} else {
			gap = true
		}
	}
	return dst[start:]
}

// foldKey is fold without the spaces, and in spellings of more than one word also
// without "and", "of" and "the", and with "Saint" for "St".
func foldKey(dst, b []byte) []byte {
	var buf [maxGuess]byte
	rest := fold(buf[:0], b)
	if bytes.IndexByte(rest, ' ') < 0 {
		return append(dst, rest...)
	}
	for more := true; more; {
		var word []byte
		word, rest, more = bytes.Cut(rest, []byte(" "))
		switch string(word) {
		case "and", "of", "the":
		case "st":
			dst = append(dst, "saint"...)
		default:
			dst = append(dst, word...)
		}
	}
	return dst
}

// squash takes the spaces out of words, in place.
func squash(words []byte) []byte {
	n := 0
	for _, c := range words {
		if c != ' ' {
			words[n] = c
			n++
		}
	}
	return words[:n]
}

// findKey returns the place of key in the sorted keys.
func findKey(keys []string, key []byte) (int, bool) {
	lo, hi := 0, len(keys)
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		if keys[mid] < string(key) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < len(keys) && keys[lo] == string(key)
}
