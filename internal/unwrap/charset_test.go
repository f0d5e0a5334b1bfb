package unwrap_test

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"github.com/endpointfile/endpointfile/internal/sniff"
	"github.com/endpointfile/endpointfile/internal/unwrap"
)

func encode(t testing.TB, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	require.NoError(t, err)
	return out
}

// charsets are the names, an encoder, and text the character set can hold.
var charsets = []struct {
	name string
	enc  encoding.Encoding
	text string
}{
	{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "Id,Straße,日本,😀,\uFFFD,\u0000\n"},
	{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "Id,Straße,日本,😀,\uFFFD\n"},
	{"utf-16", unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), "Id,Straße,日本,😀\n"},
	{"UTF-16", unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM), "Id,Straße,日本,😀\n"},
	{"utf-32le", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "Id,Straße,日本,😀,\uFFFD\n"},
	{"utf-32be", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "Id,Straße,日本,😀\n"},
	{"utf-32", utf32.UTF32(utf32.BigEndian, utf32.ExpectBOM), "Id,Straße,日本,😀\n"},
	{"utf32", utf32.UTF32(utf32.LittleEndian, utf32.ExpectBOM), "Id,Straße,日本,😀\n"},
	{"windows-1252", charmap.Windows1252, "Id,Straße,10 €,“naïve”\n"},
	{"cp1252", charmap.Windows1252, "Id,Straße,10 €\n"},
	{"iso-8859-1", charmap.ISO8859_1, "Id,Straße,\u0080\u009f\n"},
	{"latin1", charmap.ISO8859_1, "Id,Straße,\u0080\u009f\n"},
	{"ISO8859-1", charmap.ISO8859_1, "Id,Straße,\u0080\u009f\n"},
	{"iso_8859-15", charmap.ISO8859_15, "Id,Straße,10 €\n"},
	{"latin9", charmap.ISO8859_15, "Id,10 €\n"},
	{"iso-8859-9", charmap.ISO8859_9, "Id,İstanbul,\u0080\n"},
	{"iso-8859-8-i", charmap.ISO8859_8I, "Id,שלום\n"},
	{"us-ascii", charmap.ISO8859_1, "Id,Address\n"},
	{"macintosh", charmap.Macintosh, "Id,Straße,Ω\n"},
	{"cp437", charmap.CodePage437, "Id,Straße,░\n"},
	{"ibm850", charmap.CodePage850, "Id,Straße\n"},
	{"cp858", charmap.CodePage858, "Id,10 €\n"},
	{"koi8-r", charmap.KOI8R, "Id,Москва\n"},
	{"windows-1251", charmap.Windows1251, "Id,Москва\n"},
	{"ibm037", charmap.CodePage037, "Id,Address\n"},
	{"shift_jis", japanese.ShiftJIS, "Id,日本,ｶﾀｶﾅ,ソ\n"},
	{"cp932", japanese.ShiftJIS, "Id,日本,ソ\n"},
	{"windows-31j", japanese.ShiftJIS, "Id,日本\n"},
	{"euc-jp", japanese.EUCJP, "Id,日本,ｶﾀｶﾅ,丂\n"},
	{"gb18030", simplifiedchinese.GB18030, "Id,中国,€,😀,\uFFFD,\uFFFDx\uFFFD\n"},
	{"gbk", simplifiedchinese.GBK, "Id,中国\n"},
	{"gb2312", simplifiedchinese.GBK, "Id,中国\n"},
	{"big5", traditionalchinese.Big5, "Id,臺灣\n"},
	{"euc-kr", korean.EUCKR, "Id,한국\n"},
	{"cp949", korean.EUCKR, "Id,한국\n"},
}

func TestCharset(t *testing.T) {
	for _, c := range charsets {
		t.Run(c.name, func(t *testing.T) {
			require.NoError(t, unwrap.CheckCharset(c.name))
			for _, want := range []string{c.text, "", strings.Repeat(c.text, 5000)} {
				in := encode(t, c.enc, want)
				for _, r := range []io.Reader{
					strings.NewReader(in),
					iotest.OneByteReader(strings.NewReader(in)),
					iotest.DataErrReader(strings.NewReader(in)),
				} {
					u, err := open(t, r, &unwrap.Options{Charset: c.name})
					require.NoError(t, err)
					head, _ := u.Head()
					require.True(t, strings.HasPrefix(want, string(head)))
					require.GreaterOrEqual(t, len(head), min(len(want), sniff.Peek))
					got, err := io.ReadAll(u)
					require.NoError(t, err)
					require.True(t, want == string(got))
					require.EqualValues(t, len(in), u.InputBytes())
				}
			}
		})
	}
}

func TestCharsetError(t *testing.T) {
	pad := strings.Repeat("a", 40_000)
	for _, c := range []struct {
		charset, in, before string
		offset              int64
	}{
		{"windows-1252", "Id,\x81\n", "Id,", 3},
		{"windows-1252", pad + "\x9d", pad, 40_000},
		{"windows-1253", "Id,\xff", "Id,", 3},
		{"iso-8859-7", "\xff", "", 0},
		{"us-ascii", "caf\xc3\xa9", "caf", 3},
		{"utf-16le", "I\x00\x00\xd8d\x00", "I", 2},    // a high half alone
		{"utf-16le", "I\x00\x00\xd8\x00\xd8", "I", 2}, // two of them
		{"utf-16le", "I\x00\x00\xdc", "I", 2},         // a low half alone
		{"utf-16le", "I\x00\x00\xd8", "I", 2},         // half a pair at the end
		{"utf-16le", "I\x00d", "I", 2},                // half a unit at the end
		{"utf-16", "\xfe\xff\x00I\xdc\x00", "I", 4},   // behind a mark
		{"utf-32le", "I\x00\x00\x00\x00\xd8\x00\x00", "I", 4},
		{"utf-32be", "\x00\x00\x00I\x00\x11\x00\x00", "I", 4},
		{"utf-32be", "\x00\x00\x00I\xff\xff\xff\xff", "I", 4},
		{"utf-32be", "\x00\x00\x00I\x00\x00\x00", "I", 4},
		{"shift_jis", "Id,\x83\x4a\xa0\n", "Id,カ", 5},
		{"shift_jis", "Id,\x83", "Id,", 3},
		{"shift_jis", "Id,\x83,x", "Id,", 3},
		{"shift_jis", pad + "\x83\x4a\xff", pad + "カ", 40_002},
		{"euc-jp", "Id,\xa4\xa2\xa4", "Id,あ", 5},
		{"gb18030", "\x84\x31\xa4\x37,\xff", "\uFFFD,", 5},
		{"gb18030", "\x84\x31\xa4\x37\x84\x31", "\uFFFD", 4},
		{"gb18030", "\xe3\x32\x9a\x36", "", 0}, // above U+10FFFF
		{"gbk", "\x84\x31\xa4\x37", "", 0},
		{"big5", "Id,\xa4\xa4\xff", "Id,中", 5},
		{"euc-kr", "Id,\xff", "Id,", 3},
		{"iso-8859-8-i", "Id,\xff", "Id,", 3},
	} {
		for _, r := range []io.Reader{
			strings.NewReader(c.in), iotest.OneByteReader(strings.NewReader(c.in)),
			&broken{strings.NewReader(c.in), io.EOF},
		} {
			got, err := text(t, r, &unwrap.Options{Charset: c.charset})
			var bad *unwrap.CharsetError
			require.ErrorAs(t, err, &bad, "%s %q", c.charset, c.in[:min(9, len(c.in))])
			assert.Equal(t, c.offset, bad.Offset, "%s %q", c.charset, c.in[:min(9, len(c.in))])
			assert.Equal(t, c.before, got)
			assert.Equal(t, "crm.csv", bad.Name)
		}
	}
	_, err := text(t, strings.NewReader("Id,\x81\n"), &unwrap.Options{Charset: "CP1252"})
	assert.EqualError(t, err, "crm.csv: not windows-1252 text at byte offset 3: "+
		"the bytes there mean nothing in it; is another --charset the right one?")
}

func TestMarks(t *testing.T) {
	le, be := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	for _, c := range []struct {
		charset, in, used string
		bom               int
	}{
		{"utf-16", encode(t, le, sample), "utf-16le", 2},
		{"utf-16", encode(t, be, sample), "utf-16be", 2},
		{"utf-16le", encode(t, le, sample), "utf-16le", 2},
		{"utf-16le", encode(t, be, sample), "utf-16be", 2}, // the mark beats the name
		{"windows-1252", encode(t, le, sample), "utf-16le", 2},
		{"windows-1252", "\xef\xbb\xbf" + sample, "utf-8", 3},
		{"utf-16", "\xef\xbb\xbf" + sample, "utf-8", 3},
		{"utf-32", encode(t, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), sample), "utf-32le", 4},
		{"latin1", encode(t, utf32.UTF32(utf32.BigEndian, utf32.UseBOM), sample), "utf-32be", 4},
		{"gb18030", "\x84\x31\x95\x33" + sample, "gb18030", 4},
		{"gb18030", sample, "gb18030", 0},
		{"latin1", sample, "iso-8859-1", 0},
	} {
		u, err := open(t, strings.NewReader(c.in), &unwrap.Options{Charset: c.charset})
		require.NoError(t, err)
		assert.Equal(t, c.used, u.Charset())
		assert.Equal(t, c.bom, u.BOM())
		got, err := io.ReadAll(u)
		require.NoError(t, err)
		assert.Equal(t, sample, string(got))
	}
	// FF FE 00 00 is a mark of UTF-32, or one of UTF-16 and a zero.
	got, err := text(t, strings.NewReader("\xff\xfe\x00\x00I\x00"), &unwrap.Options{Charset: "utf-16le"})
	require.NoError(t, err)
	assert.Equal(t, "\x00I", got)

	for in, kind := range map[string]sniff.Kind{
		encode(t, le, sample): sniff.UTF16LE,
		encode(t, be, sample): sniff.UTF16BE,
		"\xff\xfe\x00\x00":    sniff.UTF32LE,
		"\x00\x00\xfe\xff":    sniff.UTF32BE,
	} {
		for _, name := range []string{"", "utf-8"} {
			_, err := text(t, strings.NewReader(in), &unwrap.Options{Charset: name})
			var refused *unwrap.RefusedError
			require.ErrorAs(t, err, &refused)
			assert.Equal(t, kind, refused.Kind)
			assert.Contains(t, err.Error(), "use --charset utf-")
		}
	}
}

func TestMissingMark(t *testing.T) {
	for in, hint := range map[string]string{
		"I\x00d\x00": "write utf-16le",
		"\x00I\x00d": "write utf-16be",
	} {
		_, err := text(t, strings.NewReader(in), &unwrap.Options{Charset: "utf-16"})
		var bad *unwrap.CharsetError
		require.ErrorAs(t, err, &bad)
		assert.Contains(t, err.Error(), hint)
	}
	got, err := text(t, strings.NewReader(""), &unwrap.Options{Charset: "utf-32"})
	require.NoError(t, err)
	assert.Empty(t, got)
}

func TestUnknownCharset(t *testing.T) {
	for _, name := range []string{
		"klingon", "utf-7", "iso-2022-jp", "hz-gb-2312", "x-user-defined", "replacement",
		"windows-1259", "iso-8859-17", "iso-8859-12", "cp", "utf-8859", "unicodefffe",
	} {
		err := unwrap.CheckCharset(name)
		var unknown *unwrap.UnknownCharsetError
		require.ErrorAs(t, err, &unknown, name)
		assert.Equal(t, name, unknown.Charset)
		assert.Contains(t, err.Error(), "windows-1250")

		u, err := unwrap.New(stuck{}, "crm.csv", &unwrap.Options{Charset: name})
		require.ErrorAs(t, err, &unknown, "before anything is read")
		require.Nil(t, u)
	}
	for _, name := range []string{"", " UTF8 ", "UTF_16", "Latin-1", "win1251", "CP874", "ISO 8859 5", "8859-15", "SJIS", "tis-620", "cp866", "csISOLatin1"} {
		require.NoError(t, unwrap.CheckCharset(name), name)
	}
}
