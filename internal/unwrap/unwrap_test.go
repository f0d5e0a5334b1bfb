package unwrap_test

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/internal/sniff"
	"github.com/endpointfile/endpointfile/internal/unwrap"
)

func TestPlain(t *testing.T) {
	long := table(10_000)
	for _, c := range []struct {
		in, want string
		bom      int
	}{
		{"", "", 0},
		{"a", "a", 0},
		{sample, sample, 0},
		{long, long, 0},
		{"\xef\xbb\xbf", "", 3},
		{"\xef\xbb\xbf" + long, long, 3},
		{"\xef\xbb", "\xef\xbb", 0},
		{"\xef\xbb\xbf\xef\xbb\xbfId", "\xef\xbb\xbfId", 3},
		{"PK,BZh91AY&SY\n", "PK,BZh91AY&SY\n", 0},
		{"caf\xe9 \x00", "caf\xe9 \x00", 0}, // what is wrong with it, a codec says
	} {
		for name, r := range map[string]io.Reader{
			"whole":   strings.NewReader(c.in),
			"one":     iotest.OneByteReader(strings.NewReader(c.in)),
			"half":    iotest.HalfReader(strings.NewReader(c.in)),
			"dataErr": iotest.DataErrReader(strings.NewReader(c.in)),
		} {
			for _, opt := range []*unwrap.Options{nil, {}, {Decompress: true}, {Charset: "UTF-8"}} {
				switch s := r.(type) {
				case *strings.Reader:
					s.Reset(c.in)
				default:
					if opt != nil {
						continue // used up
					}
				}
				u, err := open(t, r, opt)
				require.NoError(t, err)
				assert.Equal(t, "utf-8", u.Charset())
				assert.Equal(t, c.bom, u.BOM())
				assert.False(t, u.Kind().Compressed())
				head, whole := u.Head()
				assert.True(t, strings.HasPrefix(c.want, string(head)))
				assert.GreaterOrEqual(t, len(head), min(len(c.want), sniff.Peek-c.bom), name)
				if whole {
					assert.Equal(t, c.want, string(head))
				}
				if len(c.in) < sniff.Peek {
					assert.True(t, whole)
				}
				got, err := io.ReadAll(u)
				require.NoError(t, err)
				assert.Equal(t, c.want, string(got), name)
				assert.EqualValues(t, len(c.in), u.InputBytes())
				head, _ = u.Head()
				assert.Empty(t, head, "all of it has been read")
			}
		}
	}
}

// addresses records where Read was asked to put bytes.
type addresses struct {
	r    io.Reader
	last []byte
}

func (a *addresses) Read(p []byte) (int, error) {
	a.last = p
	return a.r.Read(p)
}

func TestPlainReadsIntoTheCallersBuffer(t *testing.T) {
	src := &addresses{r: strings.NewReader(table(10_000))}
	u, err := open(t, src, nil)
	require.NoError(t, err)
	_, err = io.CopyN(io.Discard, u, sniff.Peek)
	require.NoError(t, err)
	buf := make([]byte, 1000)
	n, err := u.Read(buf)
	require.NoError(t, err)
	require.Equal(t, 1000, n)
	require.Same(t, &buf[0], &src.last[0])
	require.Len(t, src.last, 1000)
	require.Zero(t, testing.AllocsPerRun(50, func() {
		if _, err := u.Read(buf); err != nil {
			t.Fatal(err)
		}
	}))
}

func TestRefused(t *testing.T) {
	for _, f := range forms(t) {
		_, err := text(t, bytes.NewReader(f.data), nil)
		var refused *unwrap.RefusedError
		require.ErrorAs(t, err, &refused, f.name)
		assert.Equal(t, "crm.csv", refused.Name)
		assert.Equal(t, f.kind, refused.Kind, f.name)
		assert.Equal(t, sniff.Text, refused.Inner)
		assert.Equal(t, f.kind.Hint(), refused.Hint)
	}
	for head, kind := range map[string]sniff.Kind{
		"\xfd7zXZ\x00\x00\x04":             sniff.XZ,
		"\x04\x22\x4d\x18d@":               sniff.LZ4,
		"7z\xbc\xaf\x27\x1c\x00\x04":       sniff.SevenZip,
		"Rar!\x1a\x07\x01\x00":             sniff.Rar,
		"PAR1\x15\x04\x15\x18":             sniff.Parquet,
		"ORC\x56\x00\x00":                  sniff.ORC,
		"Obj\x01\x04\x16avro.schema":       sniff.Avro,
		"\x1f\x9d\x90CP":                   sniff.Compress,
		"LZIP\x01\x0c":                     sniff.Lzip,
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": sniff.OldExcel,
	} {
		for _, opt := range []*unwrap.Options{nil, {Decompress: true}, {Charset: "latin1"}} {
			_, err := text(t, strings.NewReader(head), opt)
			var refused *unwrap.RefusedError
			require.ErrorAs(t, err, &refused, "%q", head)
			assert.Equal(t, kind, refused.Kind)
			assert.Contains(t, err.Error(), "crm.csv: input is "+kind.Phrase()+": ")
		}
	}
	_, err := text(t, bytes.NewReader(gz(t, sample)), nil)
	require.EqualError(t, err, "crm.csv: input is gzip-compressed: use --decompress, or gzip -dc FILE | split -")
	_, err = unwrap.New(bytes.NewReader(gz(t, sample)), "", nil)
	require.EqualError(t, err, "input is gzip-compressed: use --decompress, or gzip -dc FILE | split -")
}

func TestDecompress(t *testing.T) {
	opt := &unwrap.Options{Decompress: true, TempDir: t.TempDir()}
	for _, f := range forms(t) {
		for name, r := range map[string]io.Reader{
			"whole":   bytes.NewReader(f.data),
			"pipe":    pipe{bytes.NewReader(f.data)},
			"one":     iotest.OneByteReader(bytes.NewReader(f.data)),
			"dataErr": iotest.DataErrReader(bytes.NewReader(f.data)),
		} {
			t.Run(f.name+"/"+name, func(t *testing.T) {
				u, err := open(t, r, opt)
				require.NoError(t, err)
				assert.Equal(t, f.kind, u.Kind())
				assert.Equal(t, "utf-8", u.Charset())
				head, whole := u.Head()
				assert.Equal(t, f.text[:min(len(f.text), sniff.Peek)], string(head))
				if whole {
					assert.Len(t, f.text, len(head))
				}
				var got []byte
				if name == "one" {
					got, err = io.ReadAll(iotest.OneByteReader(u))
				} else {
					got, err = io.ReadAll(u)
				}
				require.NoError(t, err)
				require.True(t, f.text == string(got), "%d bytes, want %d", len(got), len(f.text))
				assert.EqualValues(t, len(f.data), u.InputBytes())
				require.NoError(t, u.Close())
				_, err = u.Read(make([]byte, 1))
				require.Equal(t, fs.ErrClosed, err)
			})
		}
	}
	left, err := os.ReadDir(opt.TempDir)
	require.NoError(t, err)
	require.Empty(t, left, "a temporary file was left behind")
}

func TestDecompressThenBOMAndCharset(t *testing.T) {
	u, err := open(t, bytes.NewReader(gz(t, "\xef\xbb\xbf"+sample)), &unwrap.Options{Decompress: true})
	require.NoError(t, err)
	b, err := io.ReadAll(u)
	require.NoError(t, err)
	assert.Equal(t, sample, string(b))
	assert.Equal(t, 3, u.BOM())
	assert.Equal(t, sniff.Gzip, u.Kind())

	wide := "\xff\xfe" + strings.Join(strings.Split("Id,Strasse", ""), "\x00") + "\x00"
	_, err = text(t, bytes.NewReader(gz(t, wide)), &unwrap.Options{Decompress: true})
	var refused *unwrap.RefusedError
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, sniff.UTF16LE, refused.Kind)
	got, err := text(t, bytes.NewReader(gz(t, wide)), &unwrap.Options{Decompress: true, Charset: "utf-16"})
	require.NoError(t, err)
	assert.Equal(t, "Id,Strasse", got)
	got, err = text(t, bytes.NewReader(zs(t, "Stra\xdfe")), &unwrap.Options{Decompress: true, Charset: "windows-1252"})
	require.NoError(t, err)
	assert.Equal(t, "Straße", got)
}

func TestNestedIsRefused(t *testing.T) {
	_, err := text(t, bytes.NewReader(gz(t, string(zs(t, sample)))), &unwrap.Options{Decompress: true})
	var refused *unwrap.RefusedError
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, sniff.Gzip, refused.Kind)
	assert.Equal(t, sniff.Zstd, refused.Inner)
	assert.EqualError(t, err, "crm.csv: input is gzip-compressed, and what is inside is zstd-compressed: "+
		"only one layer is undone: gzip -dc FILE | split --decompress -")

	_, err = text(t, bytes.NewReader(gz(t, "\xfd7zXZ\x00\x00\x04")), &unwrap.Options{Decompress: true})
	require.ErrorContains(t, err, "gzip -dc FILE, then xz -dc FILE")
	_, err = text(t, bytes.NewReader(gz(t, "PAR1\x15\x04\x15\x18")), &unwrap.Options{Decompress: true})
	require.ErrorContains(t, err, "what is inside is a Parquet file: write the table out")
}

// least is the shortest prefix in which a form is recognised.
func least(k sniff.Kind) int {
	switch k {
	case sniff.Gzip:
		return 2
	case sniff.Bzip2:
		return 13 // the magic numbers are letters
	case sniff.S2:
		return 10
	case sniff.Zlib:
		return 100
	}
	return 8
}

func TestCutShort(t *testing.T) {
	opt := &unwrap.Options{Decompress: true, TempDir: t.TempDir()}
	for _, f := range forms(t) {
		step := max(1, len(f.data)/300)
		for n := least(f.kind); n < len(f.data); n += step {
			if f.name == "gzip, padded" && n > len(gz(t, sample)) {
				break // any number of zeros will do
			}
			for _, r := range []io.Reader{bytes.NewReader(f.data[:n]), pipe{bytes.NewReader(f.data[:n])}} {
				got, err := text(t, r, opt)
				if err == nil && endsBetweenParts(f, n) {
					continue
				}
				var corrupt *unwrap.CorruptError
				require.ErrorAs(t, err, &corrupt, "%s cut after %d of %d", f.name, n, len(f.data))
				require.ErrorIs(t, err, io.ErrUnexpectedEOF, "%s cut after %d of %d", f.name, n, len(f.data))
				require.Equal(t, "crm.csv", corrupt.Name)
				require.Equal(t, f.kind, corrupt.Kind)
				require.Contains(t, err.Error(), "cut short")
				require.True(t, strings.HasPrefix(f.text, got), "%s cut after %d: wrong bytes", f.name, n)
				if f.kind != sniff.Zip {
					require.EqualValues(t, n, corrupt.Offset)
				}
			}
		}
	}
}

// endsBetweenParts reports a cut that leaves whole members, frames or chunks:
// these formats do not say how many there are.
func endsBetweenParts(f form, n int) bool {
	switch f.kind {
	case sniff.SnappyFramed, sniff.S2:
		for i := 0; i+4 <= len(f.data); {
			i += 4 + int(f.data[i+1]) + int(f.data[i+2])<<8 + int(f.data[i+3])<<16
			if i == n {
				return true
			}
		}
	case sniff.Gzip, sniff.Zstd, sniff.Bzip2:
		return strings.Contains(f.name, ",")
	}
	return false
}

func TestDamaged(t *testing.T) {
	opt := &unwrap.Options{Decompress: true, TempDir: t.TempDir()}
	for _, f := range forms(t) {
		if len(f.data) > 1000 || f.text == "" {
			continue
		}
		start := 10 // behind the magic numbers
		switch f.kind {
		case sniff.Bzip2:
			start = least(f.kind)
		case sniff.Zlib:
			start = len(f.data) - 4 // what does not inflate is not zlib
		}
		for i := start; i < len(f.data); i++ {
			bad := bytes.Clone(f.data)
			bad[i] ^= 0x55
			got, err := text(t, bytes.NewReader(bad), opt)
			if err == nil {
				require.Equal(t, f.text, got, "%s: damage at %d changed the text", f.name, i)
			}
		}
	}
}

func TestTrailingBytes(t *testing.T) {
	opt := &unwrap.Options{Decompress: true}
	for name, c := range map[string]struct {
		data []byte
		ok   bool
	}{
		"gzip, text behind":               {append(gz(t, sample), "Id,Address\n"...), false},
		"gzip, zeros behind":              {append(gz(t, sample), 0, 0, 0), true},
		"gzip, zeros, then text":          {append(gz(t, sample), "\x00\x00Id"...), false},
		"gzip, zeros, then a member":      {append(append(gz(t, sample), 0), gz(t, sample)...), false},
		"gzip, half a magic number":       {append(gz(t, sample), 0x1f), false},
		"gzip, magic number of no member": {append(gz(t, sample), "\x1f\x8b\x07\x00\x00\x00\x00\x00\x00\x00\x00"...), false},
		"zlib, a byte behind":             {append(zl(t, sample), 0), false},
		"zstd, text behind":               {append(zs(t, sample), "Id"...), false},
		"zstd, zeros behind":              {append(zs(t, sample), 0, 0, 0, 0, 0), false},
		"bzip2, text behind":              {append(bz(t), "Id"...), false},
		"bzip2, a zero behind":            {append(bz(t), 0), false},
		"snappy, text behind":             {append(sn(t, sample), "Id,Address"...), false},
		"s2, a byte behind":               {append(s2s(t, sample), 1), false},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := text(t, bytes.NewReader(c.data), opt)
			assert.Equal(t, sample, got, "the text comes first")
			if c.ok {
				require.NoError(t, err)
				return
			}
			var corrupt *unwrap.CorruptError
			require.ErrorAs(t, err, &corrupt)
		})
	}
}

func TestSourceErrorsComeThrough(t *testing.T) {
	for _, f := range forms(t) {
		for _, n := range []int{0, 1, 9, 20, len(f.data) / 2, len(f.data) - 1, len(f.data)} {
			n = min(n, len(f.data))
			_, err := text(t, &broken{bytes.NewReader(f.data[:n]), errDisk}, &unwrap.Options{Decompress: true, TempDir: t.TempDir()})
			require.Equal(t, errDisk, err, "%s, after %d bytes", f.name, n)
			// An error that looks like an end must not be taken for one.
			_, err = text(t, &broken{bytes.NewReader(f.data[:n]), io.ErrUnexpectedEOF}, &unwrap.Options{Decompress: true, TempDir: t.TempDir()})
			require.Equal(t, io.ErrUnexpectedEOF, err, "%s, after %d bytes", f.name, n)
		}
	}
	long := table(1000)
	for _, n := range []int{0, 10, sniff.Peek, 10_000} {
		got, err := text(t, &broken{strings.NewReader(long[:n]), errDisk}, nil)
		require.Equal(t, errDisk, err)
		require.Equal(t, long[:n], got)
		got, err = text(t, &broken{strings.NewReader(long[:n]), errDisk}, &unwrap.Options{Charset: "latin1"})
		require.Equal(t, errDisk, err)
		require.Equal(t, long[:n], got)
	}
}

// stuck gives nothing and no error.
type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

func TestSourceWithoutProgress(t *testing.T) {
	_, err := text(t, stuck{}, nil)
	require.Equal(t, io.ErrNoProgress, err)
	_, err = text(t, io.MultiReader(strings.NewReader(table(500)), stuck{}), &unwrap.Options{Charset: "latin1"})
	require.Equal(t, io.ErrNoProgress, err)
}

func TestClose(t *testing.T) {
	for _, opt := range []*unwrap.Options{nil, {Charset: "latin1"}} {
		u, err := unwrap.New(strings.NewReader(table(1000)), "crm.csv", opt)
		require.NoError(t, err)
		require.NoError(t, u.Close())
		require.NoError(t, u.Close())
		_, err = u.Read(make([]byte, 10))
		require.Equal(t, fs.ErrClosed, err)
		head, whole := u.Head()
		require.Empty(t, head)
		require.False(t, whole)
	}
}

func TestNothingIsLeftRunning(t *testing.T) {
	before := runtime.NumGoroutine()
	dir := t.TempDir()
	for _, f := range forms(t) {
		for _, most := range []int64{0, 1000} {
			u, err := unwrap.New(pipe{bytes.NewReader(f.data)}, "x", &unwrap.Options{Decompress: true, MaxBytes: most, TempDir: dir})
			if err != nil {
				continue
			}
			_, err = io.CopyN(io.Discard, u, 10)
			if f.text != "" {
				require.NoError(t, err)
			}
			require.NoError(t, u.Close())
		}
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	require.LessOrEqual(t, runtime.NumGoroutine(), before)
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	require.Empty(t, left)
}
