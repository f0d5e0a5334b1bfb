// This file knows the names of character sets.

package unwrap

import (
	"strconv"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/endpointfile/endpointfile/internal/sniff"
)

// family groups the character sets that one mark tells apart.
type family uint8

const (
	otherFamily family = iota
	utf16Family
	utf32Family
)

// charset is a character set to decode from.
type charset struct {
	name      string
	family    family
	needsMark bool          // the byte order is in the mark and nowhere else
	mark      string        // the bytes of U+FEFF, where sniff does not know them
	decode    func() decode // nil for UTF-8, and where the mark has to come first
}

// identity reports a character set that needs no decoding.
func (c charset) identity() bool { return c.decode == nil && !c.needsMark }

// CheckCharset reports whether New would know the character set: nil, or an
// *UnknownCharsetError. Letter case and outer spaces do not matter.
//
// The names are the IANA's and, where those are silent, the labels of the
// WHATWG Encoding Standard, with the common short forms (latin1, cp1252, sjis).
// "iso-8859-1" and "us-ascii" mean what they say, not windows-1252 as on the
// web. "utf-16" and "utf-32" want a byte order mark; the forms with le and be
// behind them do not. The character sets that switch with escape sequences
// (iso-2022-*, hz-gb-2312), utf-7 and x-user-defined are not supported.
func CheckCharset(name string) error {
	_, err := lookup(name)
	return err
}

// lookup finds a character set by name; the empty name is UTF-8.
func lookup(name string) (charset, error) {
	key := canonical(name)
	switch key {
	case "", "utf-8":
		return charset{name: "utf-8"}, nil
	case "utf-16":
		return charset{name: key, family: utf16Family, needsMark: true}, nil
	case "utf-32":
		return charset{name: key, family: utf32Family, needsMark: true}, nil
	case "utf-16le":
		return charset{name: key, family: utf16Family, decode: utf16Decode(false)}, nil
	case "utf-16be":
		return charset{name: key, family: utf16Family, decode: utf16Decode(true)}, nil
	case "utf-32le":
		return charset{name: key, family: utf32Family, decode: utf32Decode(false)}, nil
	case "utf-32be":
		return charset{name: key, family: utf32Family, decode: utf32Decode(true)}, nil
	case "us-ascii":
		return charset{name: key, decode: asciiDecode}, nil
	case "ibm858":
		return charset{name: key, decode: byteDecode(charmap.CodePage858)}, nil
	}
	enc := find(key)
	if enc == nil {
		return charset{}, &UnknownCharsetError{Charset: name}
	}
	c := charset{name: key, decode: wideDecode(enc)}
	if m, ok := enc.(*charmap.Charmap); ok {
		c.decode = byteDecode(m)
	}
	if enc == simplifiedchinese.GB18030 {
		c.mark = "\x84\x31\x95\x33"
	}
	return c, nil
}

// find asks the two indexes of x/text, and leaves out what must not be found.
func find(key string) encoding.Encoding {
	enc, err := ianaindex.IANA.Encoding(key)
	if err != nil || enc == nil {
		if enc, err = htmlindex.Get(key); err != nil {
			return nil
		}
		// The web reads some names as a larger set than they name.
		if enc == encoding.Encoding(charmap.Windows1252) && !strings.HasSuffix(key, "1252") ||
			enc == encoding.Encoding(charmap.Windows1254) && !strings.HasSuffix(key, "1254") {
			return nil
		}
	}
	switch enc {
	case encoding.Replacement, encoding.Encoding(charmap.XUserDefined), japanese.ISO2022JP, simplifiedchinese.HZGB2312:
		return nil
	}
	// The indexes reach UTF-8 and UTF-16 by labels that nobody types; these
	// have decoders of their own here.
	if web, err := htmlindex.Name(enc); err == nil && strings.HasPrefix(web, "utf-") {
		return nil
	}
	return enc
}

// aliases are the names people type that the indexes do not know, or know as
// something else.
var aliases = map[string]string{
	"utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "utf-8-sig": "utf-8", "utf-8-bom": "utf-8", "cp65001": "utf-8",
	"utf16": "utf-16", "unicode": "utf-16", "ucs-2": "utf-16", "iso-10646-ucs-2": "utf-16",
	"utf16le": "utf-16le", "utf-16-le": "utf-16le", "ucs-2le": "utf-16le",
	"utf16be": "utf-16be", "utf-16-be": "utf-16be", "ucs-2be": "utf-16be",
	"utf32": "utf-32", "ucs-4": "utf-32", "utf32le": "utf-32le", "utf-32-le": "utf-32le",
	"utf32be": "utf-32be", "utf-32-be": "utf-32be",
	"ascii": "us-ascii", "646": "us-ascii", "iso646-us": "us-ascii", "ansi-x3.4-1968": "us-ascii",
	"latin-1": "iso-8859-1", "latin1": "iso-8859-1", "latin-2": "iso-8859-2", "latin2": "iso-8859-2",
	"latin-5": "iso-8859-9", "latin5": "iso-8859-9", "latin-9": "iso-8859-15", "latin9": "iso-8859-15",
	"cp819": "iso-8859-1", "mac-roman": "macintosh", "macroman": "macintosh",
	"cp858": "ibm858", "cp00858": "ibm858", "ibm00858": "ibm858",
	"sjis": "shift_jis", "shift-jis": "shift_jis", "shiftjis": "shift_jis", "cp932": "shift_jis", "ms932": "shift_jis",
	"eucjp": "euc-jp", "euckr": "euc-kr", "cp949": "euc-kr", "uhc": "euc-kr", "cp950": "big5", "big-5": "big5",
	"gb-18030": "gb18030", "koi8r": "koi8-r", "koi8u": "koi8-u",
}

// canonical brings a name into the form that lookup and the indexes know.
func canonical(name string) string {
	key := strings.ToLower(strings.TrimSpace(name))
	dashed := strings.NewReplacer("_", "-", " ", "-").Replace(key)
	if to, ok := aliases[dashed]; ok {
		return to
	}
	if strings.HasPrefix(dashed, "utf-") || dashed == "us-ascii" {
		return dashed // the indexes have names with underscores, but not these
	}
	for _, p := range [...]string{"iso-8859-", "iso8859-", "iso-8859", "iso8859", "8859-"} {
		if n, ok := strings.CutPrefix(dashed, p); ok && number(n, 1, 16) {
			return "iso-8859-" + n
		}
	}
	for _, p := range [...]string{"windows-", "windows", "win-", "win", "cp-", "cp"} {
		if n, ok := strings.CutPrefix(dashed, p); ok && (number(n, 1250, 1258) || n == "874") {
			return "windows-" + n
		}
	}
	return key
}

// number reports whether s is a number from low to high.
func number(s string, low, high int) bool {
	n, err := strconv.Atoi(s)
	return err == nil && low <= n && n <= high
}

// markedCharset gives the character set that a byte order mark announces, and
// the length of the mark.
func markedCharset(k sniff.Kind) (charset, int) {
	switch k {
	case sniff.UTF16LE:
		return charset{name: "utf-16le", decode: utf16Decode(false)}, 2
	case sniff.UTF16BE:
		return charset{name: "utf-16be", decode: utf16Decode(true)}, 2
	case sniff.UTF32LE:
		return charset{name: "utf-32le", decode: utf32Decode(false)}, 4
	default:
		return charset{name: "utf-32be", decode: utf32Decode(true)}, 4
	}
}

// missingMark is the error for text that should start with a mark; where its
// first zero byte lies tells which order was likely meant.
func missingMark(name string, want charset, head []byte) error {
	order := "le"
	if head[0] == 0 {
		order = "be"
	}
	return &CharsetError{
		Name: name, Charset: want.name,
		Hint: "there is no byte order mark to tell the byte order: if it is that character set at all, write " + want.name + order,
	}
}
