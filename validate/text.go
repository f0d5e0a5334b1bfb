// This file has the few text functions that wording a finding needs. They run
// when something was found, never on the way of a clean record.

package validate

import (
	"strconv"
	"strings"

	"github.com/endpointfile/endpointfile/fault"
)

// didYouMean makes a guess into a hint.
func didYouMean(s string) string { return "did you mean " + s + "?" }

// tooLong words a length above a limit.
func tooLong(what string, n, limit int) string {
	return what + strconv.Itoa(n) + " characters, where " + strconv.Itoa(limit) + " are allowed"
}

// list joins words as a sentence does: "a, b and c".
func list(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

// upperASCII gives a copy of b with a to z in upper case.
func upperASCII(b []byte) []byte {
	out := append(make([]byte, 0, len(b)), b...)
	for i, c := range out {
		if c >= 'a' && c <= 'z' {
			out[i] = c - ('a' - 'A')
		}
	}
	return out
}

// lowerASCII gives a copy of b with A to Z in lower case.
func lowerASCII(b []byte) []byte {
	out := append(make([]byte, 0, len(b)), b...)
	for i, c := range out {
		if c >= 'A' && c <= 'Z' {
			out[i] = c + ('a' - 'A')
		}
	}
	return out
}

// equalFoldASCII compares without regard to the case of ASCII letters.
// strings.EqualFold would also hold the Kelvin sign for a K.
func equalFoldASCII(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		x, y := a[i], b[i]
		if x >= 'a' && x <= 'z' {
			x -= 'a' - 'A'
		}
		if y >= 'a' && y <= 'z' {
			y -= 'a' - 'A'
		}
		if x != y {
			return false
		}
	}
	return true
}

// isSpace reports whether c is one of the two characters that count as space
// around a value. Line ends are no spaces here: they belong to the grammar, or to
// [fault.LineBreak].
func isSpace(c byte) bool { return c == ' ' || c == '\t' }

// spaced reports whether a value that is not empty has a space before or after it.
func spaced(b []byte) bool { return isSpace(b[0]) || isSpace(b[len(b)-1]) }

// judgeSpaces finds fault with the spaces around a value.
func judgeSpaces(s string) finding {
	if s == "" || !isSpace(s[0]) && !isSpace(s[len(s)-1]) {
		return finding{}
	}
	trimmed := strings.Trim(s, " \t")
	if trimmed == "" {
		return finding{rule: fault.Spaces, detail: "holds nothing but space", hint: "leave it empty"}
	}
	return finding{rule: fault.Spaces, repair: trimmed}
}

// characters counts the characters of valid UTF-8: all bytes but those that
// continue one. utf8.RuneCount makes a string of long values, which allocates.
func characters(b []byte) int {
	n := 0
	for _, c := range b {
		if c&0xC0 != 0x80 {
			n++
		}
	}
	return n
}
