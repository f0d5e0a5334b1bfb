// This file judges addresses by the channel of their record: email addresses and
// telephone numbers. Push tokens and the addresses of custom channels have no form
// that could be checked.

package validate

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/endpointfile/endpointfile/fault"
)

// The limits of RFC 5321, section 4.5.3.1, and of RFC 1035, section 2.3.4.
const (
	maxEmail = 254
	maxLocal = 64
	maxLabel = 63
)

// Facts about bytes in email addresses.
const (
	noLocal  = 1 << iota // may not stand in a local part that is not quoted
	noDomain             // may not stand in a domain
	isDot
	isHyphen
)

// emailBytes has the facts of each byte. Characters beyond ASCII may be legal on
// both sides (RFC 6531), but a byte does not tell: [strangeIn] does.
var emailBytes = [256]byte{
	0x00: xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx,
	0x10: xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx,
	0x20: xx, nd, xx, nd, nd, nd, nd, nd, xx, xx, nd, nd, xx, isHyphen, isDot, nd,
	0x30: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, xx, xx, xx, nd, xx, nd,
	0x40: xx, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0x50: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, xx, xx, xx, nd, nd,
	0x60: nd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0x70: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, nd, nd, nd, nd, xx,
	0x80: xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx,
	0x90: xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx,
	0xa0: xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx,
	0xb0: xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx,
	0xc0: xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx,
	0xd0: xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx,
	0xe0: xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx,
	0xf0: xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx, xx,
}

// Short for the table above.
const (
	xx = noLocal | noDomain
	nd = noDomain
)

// legalEmail accepts email addresses, the usual ones at once.
func legalEmail(b []byte) bool {
	if usualEmail(b) {
		return true
	}
	flaw, _ := emailFlaw(b, true)
	return flaw == ""
}

// usualEmail accepts the usual email addresses. Quoted local parts, characters
// beyond ASCII and domains that are longer than a label are left to [emailFlaw].
func usualEmail(b []byte) bool {
	at := bytes.IndexByte(b, '@')
	if at < 1 || at > maxLocal || len(b) > maxEmail {
		return false
	}
	domain := b[at+1:]
	if len(domain) == 0 || len(domain) > maxLabel || isDigit(domain[len(domain)-1]) {
		return false
	}
	// Both parts begin and end as if behind and before a period, which is how
	// two neighbouring facts tell a misplaced one.
	var wrong, any byte
	last := byte(isDot)
	for _, c := range b[:at] {
		f := emailBytes[c]
		wrong |= f&noLocal | f&last&isDot
		last = f
	}
	wrong |= last & isDot
	last = isDot
	for _, c := range domain {
		f := emailBytes[c]
		wrong |= f&noDomain | f&last&isDot | f>>1&last&isDot | f&(last>>1)&isDot
		last = f
		any |= f
	}
	return wrong|last&(isDot|isHyphen) == 0 && any&isDot != 0
}

// judgeEmail finds fault with an email address.
func judgeEmail(s string, brief bool) finding {
	flaw, hint := emailFlaw([]byte(s), brief)
	if flaw == "" {
		return finding{}
	}
	if brief {
		return finding{rule: fault.AddressEmail}
	}
	return finding{rule: fault.AddressEmail, hint: hint, detail: "is not an email address: " + flaw}
}

// emailFlaw words what is wrong with an email address, and what to do, the latter
// perhaps not if it is brief.
func emailFlaw(s []byte, brief bool) (flaw, hint string) {
	local, domain, ok := cutEmail(s)
	switch {
	case !ok && !brief && legalPhone([]byte(phoneDigits(fault.Clip(s))), fault.Classic):
		return "it has no @", "a telephone number belongs to the channel SMS"
	case !ok:
		return "it has no @", ""
	case bytes.Count(domain, []byte("@")) == 1 && !bytes.ContainsAny(s, ",;"):
		return "it has a second @", ""
	case bytes.ContainsAny(s, ",;") && bytes.Count(s, []byte("@")) > 1:
		return "it looks like several", "write one record for each address"
	case len(s) > 0 && s[len(s)-1] == '>' && bytes.IndexByte(s, '<') >= 0:
		return "it has more than the address", "write what stands between < and > alone"
	case len(s) >= 7 && bytes.EqualFold(s[:7], []byte("mailto:")):
		return "it is a link", "leave mailto: out"
	case len(s) > maxEmail:
		return "it is longer than 254 bytes", ""
	}
	if flaw = localFlaw(local); flaw != "" {
		return flaw, ""
	}
	return domainFlaw(domain)
}

// cutEmail parts an address at its @: the one behind the closing quote of a quoted
// local part, else the first.
func cutEmail(s []byte) (local, domain []byte, ok bool) {
	if len(s) == 0 || s[0] != '"' {
		return bytes.Cut(s, []byte("@"))
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			if i+1 < len(s) && s[i+1] == '@' {
				return s[:i+1], s[i+2:], true
			}
			return bytes.Cut(s, []byte("@"))
		}
	}
	return bytes.Cut(s, []byte("@"))
}

func localFlaw(local []byte) string {
	switch {
	case len(local) == 0:
		return "nothing stands before the @"
	case len(local) > maxLocal:
		return "more than 64 bytes stand before the @"
	case len(local) > 2 && local[0] == '"' && local[len(local)-1] == '"':
		return quotedFlaw(local[1 : len(local)-1])
	}
	if r, found := strangeIn(local, noLocal); found {
		return "it has " + nameOf(r) + " before the @"
	}
	if local[0] == '.' || local[len(local)-1] == '.' || bytes.Contains(local, []byte("..")) {
		return "a period stands first, last or twice in a row before the @"
	}
	return ""
}

// quotedFlaw reads what stands between the quotes of a quoted local part.
func quotedFlaw(s []byte) string {
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			i++
		} else if s[i] == '"' {
			return "it has a quote within quotes before the @"
		}
		if i == len(s) || s[i] < ' ' || s[i] == 0x7f {
			return "it has a control character or a single backslash before the @"
		}
	}
	return ""
}

func domainFlaw(domain []byte) (flaw, hint string) {
	if len(domain) == 0 {
		return "nothing stands behind the @", ""
	}
	if domain[0] == '[' {
		return "it has a network address behind the @", "write the name of a domain"
	}
	var label []byte
	labels, rest, more := 0, domain, true
	for more {
		label, rest, more = bytes.Cut(rest, []byte("."))
		labels++
		switch {
		case len(label) == 0:
			return "a period stands first, last or twice in a row behind the @", ""
		case len(label) > maxLabel:
			return "a part of its domain is longer than 63 bytes", ""
		case label[0] == '-' || label[len(label)-1] == '-':
			return "a part of its domain begins or ends with a hyphen", ""
		}
		if r, found := strangeIn(label, noDomain); found {
			return "it has " + nameOf(r) + " behind the @", ""
		}
	}
	if labels == 1 {
		return "its domain has no period", "write the whole domain, as in name@example.com"
	}
	if len(bytes.Trim(label, "0123456789")) == 0 {
		return "its domain ends in a number", "write the name of a domain"
	}
	return "", ""
}

// strangeIn finds a character that may not stand in a part of an address: no is
// noLocal or noDomain. Beyond ASCII a local part may have what is printed, a domain
// what words are made of.
func strangeIn(part []byte, no byte) (rune, bool) {
	for len(part) > 0 {
		r, n := utf8.DecodeRune(part)
		part = part[n:]
		switch {
		case r < utf8.RuneSelf:
			if emailBytes[r]&no != 0 {
				return r, true
			}
		case no == noDomain:
			if !unicode.In(r, unicode.L, unicode.M, unicode.N) {
				return r, true
			}
		case !unicode.IsPrint(r):
			return r, true
		}
	}
	return 0, false
}

// nameOf names a character in a sentence.
func nameOf(r rune) string {
	switch {
	case r == '@':
		return "another @"
	case r == ',':
		return "a comma"
	case unicode.IsControl(r):
		return "a control character"
	case unicode.IsSpace(r):
		return "a space"
	case !unicode.IsPrint(r):
		return "an invisible character"
	}
	return "the character " + string(r)
}

// legalPhone accepts a telephone number: E.164 with its plus sign and, in profile
// classic, whose guides show 2065550182, 7 to 15 digits without one.
func legalPhone(b []byte, p fault.Profile) bool {
	if len(b) == 0 {
		return false
	}
	if b[0] == '+' {
		return len(b) >= 3 && len(b) <= 16 && b[1] != '0' && allDigits(b[1:])
	}
	return p == fault.Classic && len(b) >= 7 && len(b) <= 15 && allDigits(b)
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return true
}

// judgePhone finds fault with a telephone number. Formatting is dropped where a
// plus sign says that the country code is there; without one nobody knows.
func judgePhone(s string, p fault.Profile) finding {
	if legalPhone([]byte(s), p) {
		return finding{}
	}
	f := finding{rule: fault.AddressPhone}
	if len(s) > 64 {
		return f
	}
	digits := phoneDigits(s)
	bare := strings.TrimPrefix(digits, "+")
	switch {
	case bare == "" || !allDigits([]byte(bare)):
		if strings.ContainsRune(s, '@') {
			f.hint = "an email address belongs to the channel EMAIL"
		}
	case strings.Contains(s, "(0)"):
		// A (0) is dialled within the country only, so to keep it would be wrong
		// and to drop it more than a change of form.
		f.hint = "leave the (0) out: " + phoneDigits(strings.Replace(s, "(0)", "", 1))
	case digits[0] == '+' && legalPhone([]byte(digits), p):
		f.detail = "has formatting characters"
		f.repair, f.hint = digits, "write "+digits
	case digits[0] == '+' && bare[0] == '0':
		f.detail = "has a country code that begins with 0"
	case len(bare) > 15:
		f.detail = "has more than 15 digits"
	case digits[0] == '+' || len(bare) < 7:
		f.detail = "has too few digits"
	case strings.HasPrefix(bare, "00") && legalPhone([]byte("+"+bare[2:]), p):
		f.hint = didYouMean("+" + bare[2:])
	case p == fault.Classic:
		f.detail = "has formatting characters"
		f.hint = "write digits only, best with + and the country code before them"
	default:
		f.detail = "has no country code with a plus sign"
		f.hint = "put + and the country code before " + strings.TrimPrefix(bare, "0") + ", or only + if it begins with one"
	}
	return f
}

// phoneDigits drops what people put between the digits of a telephone number.
func phoneDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -.()", r) {
			return -1
		}
		return r
	}, s)
}
