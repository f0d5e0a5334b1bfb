package sniff_test

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/internal/sniff"
)

const sample = "ChannelType,Address\nSMS,2065550182\n"

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	require.NoError(t, err)
	return b
}

// zipOf makes an archive of stored entries with the given names, all with the
// same body.
func zipOf(t testing.TB, body string, names ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, name := range names {
		e, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		require.NoError(t, err)
		_, err = e.Write([]byte(body))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return buf.Bytes()
}

// packed returns one real or faithful input of every kind that is not text.
func packed(t testing.TB) map[string]struct {
	kind sniff.Kind
	data []byte
} {
	t.Helper()
	out := map[string]struct {
		kind sniff.Kind
		data []byte
	}{}
	add := func(name string, k sniff.Kind, b []byte) {
		out[name] = struct {
			kind sniff.Kind
			data []byte
		}{k, b}
	}
	bodies := map[string]string{
		"empty": "", "sample": sample, "long": strings.Repeat(sample, 2000),
		"noise": string(noise(10_000)),
	}
	for name, body := range bodies {
		for _, level := range []int{flate.NoCompression, flate.BestSpeed, 6, flate.BestCompression} {
			var g, z bytes.Buffer
			gw, err := gzip.NewWriterLevel(&g, level)
			require.NoError(t, err)
			_, err = gw.Write([]byte(body))
			require.NoError(t, err)
			require.NoError(t, gw.Close())
			add("gzip "+name+string(rune('0'+level)), sniff.Gzip, g.Bytes())
			zw, err := zlib.NewWriterLevel(&z, level)
			require.NoError(t, err)
			_, err = zw.Write([]byte(body))
			require.NoError(t, err)
			require.NoError(t, zw.Close())
			add("zlib "+name+string(rune('0'+level)), sniff.Zlib, z.Bytes())
		}
		if body == "" {
			continue // these writers write nothing for nothing
		}
		enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
		require.NoError(t, err)
		frame := enc.EncodeAll([]byte(body), nil)
		require.NoError(t, enc.Close())
		add("zstd "+name, sniff.Zstd, frame)
		skip := append([]byte("\x5a\x2a\x4d\x18\x03\x00\x00\x00abc"), frame...)
		add("zstd behind a skippable frame "+name, sniff.Zstd, skip)

		var sn, s bytes.Buffer
		snw := snappy.NewBufferedWriter(&sn)
		_, err = snw.Write([]byte(body))
		require.NoError(t, err)
		require.NoError(t, snw.Close())
		add("snappy "+name, sniff.SnappyFramed, sn.Bytes())
		sw := s2.NewWriter(&s)
		_, err = sw.Write([]byte(body))
		require.NoError(t, err)
		require.NoError(t, sw.Close())
		add("s2 "+name, sniff.S2, s.Bytes())
	}
	add("bzip2", sniff.Bzip2, unhex(t, "425a683931415926535974f36439000007df8000100004734028020c002645582020002283d434d00d1a0a00311a69a340b6d1099906183074bbd1309deaf120be9ac7df17724538509074f36439"))
	add("bzip2 of nothing", sniff.Bzip2, unhex(t, "425a683917724538509000000000"))
	add("xz", sniff.XZ, unhex(t, "fd377a585a000004e6d6b4460200210116000000742fe5a3010022"))
	add("lzma", sniff.LZMA, unhex(t, "5d00008000ffffffffffffffff00219a08271a70d38bb3369f98ed82"))
	add("lzma -9", sniff.LZMA, unhex(t, "5d00000004ffffffffffffffff001188"))
	add("lzma of known size", sniff.LZMA, unhex(t, "5d0000c0002400000000000000001188"))
	add("lz4", sniff.LZ4, unhex(t, "04224d186440a7230000804368616e6e656c"))
	add("lz4 legacy", sniff.LZ4, unhex(t, "02214c1825000000f0144368616e6e656c547970652c416464726573730a"))
	add("lz4 behind a skippable frame", sniff.LZ4, unhex(t, "502a4d180100000041"+"04224d186440a7230000"))
	add("a skippable frame alone", sniff.Zstd, unhex(t, "502a4d1801000000"))
	add("7z", sniff.SevenZip, unhex(t, "377abcaf271c0004"))
	add("rar 4", sniff.Rar, unhex(t, "526172211a0700cf90730000"))
	add("rar 5", sniff.Rar, unhex(t, "526172211a07010033"))
	add(".Z", sniff.Compress, unhex(t, "1f9d9043d0a1"))
	add("lzip", sniff.Lzip, []byte("LZIP\x01\x0c\x00\x21"))
	add("parquet", sniff.Parquet, []byte("PAR1\x15\x04\x15\x18\x15\x1cL\x15\x02"))
	add("orc, chunked", sniff.ORC, []byte("ORC\x56\x00\x00\xe3\x92\xe6b"))
	add("orc, not compressed", sniff.ORC, []byte("ORC\n\x06\n\x04\b\x01P\x00"))
	add("avro", sniff.Avro, []byte("Obj\x01\x04\x16avro.schema"))
	add("xls", sniff.OldExcel, unhex(t, "d0cf11e0a1b11ae100000000"))
	add("zip", sniff.Zip, zipOf(t, sample, "crm.csv"))
	add("zip in a folder called xl", sniff.Zip, zipOf(t, sample, "xl/crm.csv"))
	add("zip of nothing", sniff.Zip, zipOf(t, ""))
	add("spanned zip", sniff.Zip, append([]byte("PK\x07\x08"), zipOf(t, sample, "crm.csv")...))
	add("spanned zip on one disk", sniff.Zip, append([]byte("PK00"), zipOf(t, sample, "crm.csv")...))
	add("xlsx", sniff.Excel, zipOf(t, "<x/>", "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"))
	add("xlsx, another order", sniff.Excel, zipOf(t, "<x/>", "xl/worksheets/sheet1.xml", "[Content_Types].xml"))
	add("xlsx, cut short", sniff.Excel, zipOf(t, "<x/>", "[Content_Types].xml"))
	add("docx", sniff.Zip, zipOf(t, "<x/>", "[Content_Types].xml", "_rels/.rels", "word/document.xml"))
	add("jar", sniff.Jar, zipOf(t, "x", "META-INF/MANIFEST.MF", "a/B.class"))
	add("ods", sniff.OpenSheet, zipOf(t, "application/vnd.oasis.opendocument.spreadsheet", "mimetype", "content.xml"))
	add("odt", sniff.Zip, zipOf(t, "application/vnd.oasis.opendocument.text", "mimetype", "content.xml"))
	return out
}

// noise returns n bytes that do not compress, the same each time.
func noise(n int) []byte {
	b := make([]byte, n)
	x := uint64(0x9e3779b97f4a7c15)
	for i := range b {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		b[i] = byte(x >> 32)
	}
	return b
}

func TestDetectPacked(t *testing.T) {
	for name, c := range packed(t) {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.kind, sniff.Detect(c.data))
			assert.True(t, c.kind.Compressed())
			head := c.data[:min(len(c.data), sniff.Peek)]
			assert.Equal(t, c.kind, sniff.Detect(head), "the head must do")
			assert.NotEmpty(t, c.kind.Hint())
			assert.Equal(t, sniff.Unclear, sniff.Guess([]byte("Id,\x00"), true, func([]byte) bool { return true }))
		})
	}
}

func TestDetectCutShort(t *testing.T) {
	for name, c := range packed(t) {
		least := 0
		switch c.kind {
		case sniff.Gzip:
			least = 2
		case sniff.Zstd, sniff.SnappyFramed, sniff.Zip:
			least = 8
		case sniff.S2:
			least = 10
		case sniff.Zlib:
			least = 100 // some need that long to show a control byte
		}
		if least == 0 || name == "docx" { // what tells a docx apart is its last entry
			continue
		}
		for n := least; n <= min(len(c.data), 200); n++ {
			require.Equal(t, c.kind, sniff.Detect(c.data[:n]), "%s cut after %d bytes", name, n)
		}
	}
}

func TestDetectMarks(t *testing.T) {
	for _, c := range []struct {
		head    string
		kind    sniff.Kind
		charset string
	}{
		{"\xef\xbb\xbfId,Address", sniff.UTF8BOM, "utf-8"},
		{"\xef\xbb\xbf", sniff.UTF8BOM, "utf-8"},
		{"\xff\xfeI\x00d\x00", sniff.UTF16LE, "utf-16"},
		{"\xff\xfe", sniff.UTF16LE, "utf-16"},
		{"\xfe\xff\x00I\x00d", sniff.UTF16BE, "utf-16"},
		{"\xff\xfe\x00\x00I\x00\x00\x00", sniff.UTF32LE, "utf-32"},
		{"\x00\x00\xfe\xff\x00\x00\x00I", sniff.UTF32BE, "utf-32"},
	} {
		k := sniff.Detect([]byte(c.head))
		assert.Equal(t, c.kind, k, "%q", c.head)
		assert.Equal(t, c.charset, k.Charset())
		assert.False(t, k.Compressed())
		assert.False(t, k.Decodable())
	}
}

// lookAlikes are texts that start as a packed format does.
var lookAlikes = []string{
	"", "P", "PK", "PK,Address\n1,a@example.com\n", "PK\n1\n", "PK\t\n", "PK00,Id\n", "PK\x05",
	"BZh", "BZh9", "BZh91AY&SY", "BZh91AY&SY,Id\nx,1\n", "BZh9,Id\n",
	"ORC", "ORC,Id\n", "ORC\nId\n", "ORC\r\n", "ORC_ID,Id\n", "ORCé,Id\n",
	"Obj", "Obj,Id\n", "Obj1", "Object,Id\n",
	"PAR1", "PAR1,Id\n", "PAR1\nx\n", "PAR1\tId\n", "PAR1\r\n",
	"LZIP", "LZIP,Id\n", "LZIP1,Id\n",
	"Rar!", "Rar!,Id\n", "Rar!\x1a,Id\n",
	"7z", "7z,Id\n", "H,Id\n", "H, Id\n", "HK,Id\n1,2\n", "H\r\n", "HK\n", "hC,Id\n", "x^,Id\n", "x^2,Id\n", "x ,Id\n", "X\tId\n",
	"(S,Id\n", "8O,Id\n", "XG;Id\n", "]", "](,Id\n", "(µ/ý,Id\n", "P*M,Id\n", "Z*M,Id\n", "\"M,Id\n", "!L,Id\n",
	"\x1f", "S2sTwO,Id\n", "sNaPpY,Id\n", "ý7zXZ,Id\n", "ÿþ,Id\n",
	"[Content_Types].xml,Id\n", "META-INF/MANIFEST.MF,Id\n", `{"PK":"\u0003\u0004"}`,
	"Id\x00,Address\n", "Id,Address\n1,\x1f\x8b\n",
	"Address,ChannelType\nJ\xf6rg@example.com,EMAIL\n", // windows-1252
	"HK,Stra\xdfe\n",            // the same, with a zlib-like start
	"PK,\x83\x4a\x83\x5e\n",     // Shift-JIS
	"ORC,Stra\xdfe\n",           // windows-1252
	"PAR1,Stra\xdfe\n",          //
	"Obj,Stra\xdfe\n",           //
	"BZh91AY&S,Stra\xdfe\n",     //
	"LZIP,Stra\xdfe\n",          //
	"I\x00d\x00,\x00A\x00d\x00", // UTF-16 without a mark
	"\x00I\x00d\x00,\x00A\x00d",
	"]\x00\x00\x10\x00a\x00b\x00c\x00d\x00\x00",
}

func TestDetectLookAlikes(t *testing.T) {
	for _, s := range lookAlikes {
		assert.Equal(t, sniff.Text, sniff.Detect([]byte(s)), "%q", s)
		long := s + ",Address,ChannelType\n" + strings.Repeat(sample, 300)
		assert.Equal(t, sniff.Text, sniff.Detect([]byte(long)), "%q, made long", s)
	}
}

// Every pair of characters that passes for a zlib header, in front of text of
// all lengths, in UTF-8 and in an older character set.
func TestDetectZlibLikeText(t *testing.T) {
	tails := []string{
		",Address,ChannelType,User.UserAttributes.Team\n" + sample,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
		"\r\n\r\n1;2;3;4;5;6;7;8;9;0\r\n\t\t\t\t",
		"e, Stra\xdfe, Gr\xfc\xdfe, caf\xe9, na\xefve, \x80uro, M\xfcnchen, \xc5ngstr\xf6m, \xd8rsted\n",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	}
	pairs := 0
	for a := 0x20; a < 0x100; a++ {
		for b := 0x09; b < 0x100; b++ {
			if a&0x0f != 8 || (a<<8|b)%31 != 0 || a >= 0x80 || b < 0x20 && b != '\t' && b != '\n' && b != '\r' {
				continue
			}
			pairs++
			for third := 0x20; third < 0x7f; third++ {
				for _, tail := range tails {
					s := append([]byte{byte(a), byte(b), byte(third)}, tail...)
					for _, n := range [...]int{2, 4, 7, 11, 16, 24, 32, 40, len(s)} {
						n = min(n, len(s))
						if sniff.Detect(s[:n]) != sniff.Text {
							require.Failf(t, "text taken for "+sniff.Detect(s[:n]).String(), "%q", s[:n])
						}
					}
				}
			}
		}
	}
	require.Greater(t, pairs, 20)
}

// A head of zlib data need not hold the whole stream, whatever it inflates to.
func TestDetectZlibIsBounded(t *testing.T) {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, err := w.Write(make([]byte, 16<<20))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	require.Equal(t, sniff.Zlib, sniff.Detect(z.Bytes()[:sniff.Peek]))

	bad := bytes.Clone(z.Bytes())
	bad = append(bad[:2], bytes.Repeat([]byte{0xff}, 100)...)
	require.Equal(t, sniff.Text, sniff.Detect(bad), "a header in front of what does not inflate")

	short := bytes.Clone(packed(t)["zlib sample0"].data)
	short[len(short)-1] ^= 1
	require.Equal(t, sniff.Zlib, sniff.Detect(short), "a damaged stream is no text either")
}

func TestKindWords(t *testing.T) {
	names := map[string]bool{}
	for k := sniff.Text; k <= sniff.UTF32BE; k++ {
		assert.NotEmpty(t, k.String())
		assert.NotEmpty(t, k.Phrase())
		assert.False(t, names[k.String()], "two kinds called %s", k)
		names[k.String()] = true
		if k != sniff.Text && k != sniff.UTF8BOM {
			assert.NotEmpty(t, k.Hint(), k.String())
		}
		if k.Decodable() {
			assert.True(t, k.Compressed())
			assert.Contains(t, k.Hint(), "--decompress")
			assert.NotEmpty(t, k.Unpack())
		}
	}
	assert.Equal(t, "gzip", sniff.Gzip.String())
	assert.Equal(t, "use --decompress, or gzip -dc FILE | split -", sniff.Gzip.Hint())
	assert.Equal(t, "xz -dc FILE | split -", sniff.XZ.Hint())
	assert.Contains(t, sniff.Excel.Hint(), "CSV UTF-8")
	assert.Equal(t, "use --charset utf-16", sniff.UTF16LE.Hint())
	assert.Empty(t, sniff.Text.Hint())
	assert.Empty(t, sniff.UTF8BOM.Hint())
	beyond := sniff.Kind(200)
	assert.Equal(t, "unknown kind", beyond.String())
	assert.Empty(t, beyond.Hint())
}
