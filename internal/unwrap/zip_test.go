package unwrap_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/internal/sniff"
	"github.com/endpointfile/endpointfile/internal/unwrap"
)

// patch sets two bytes at an offset behind every occurrence of a signature.
func patch(b []byte, sig string, at int, v uint16) []byte {
	b = bytes.Clone(b)
	for i := 0; i+at+2 <= len(b); i++ {
		if bytes.HasPrefix(b[i:], []byte(sig)) {
			binary.LittleEndian.PutUint16(b[i+at:], v)
		}
	}
	return b
}

func TestZipRefused(t *testing.T) {
	one := zipped(t, zip.Deflate, "crm.csv", sample)
	encrypted := patch(patch(one, "PK\x03\x04", 6, 9), "PK\x01\x02", 8, 9)
	method := patch(patch(one, "PK\x03\x04", 8, 14), "PK\x01\x02", 10, 14)
	var many []string
	for i := range 2000 {
		many = append(many, fmt.Sprintf("d%d/", i), "")
	}
	for name, c := range map[string]struct {
		data []byte
		want error
		says string
	}{
		"two files":   {zipped(t, zip.Deflate, "a.csv", sample, "b.csv", sample), unwrap.ErrSeveralFiles, "holds several files: unzip it"},
		"none":        {zipped(t, zip.Deflate), unwrap.ErrNoFile, "holds no file"},
		"a folder":    {zipped(t, zip.Store, "a/", ""), unwrap.ErrNoFile, "holds no file"},
		"folders":     {zipped(t, zip.Store, many...), unwrap.ErrSeveralFiles, "holds several files"},
		"encrypted":   {encrypted, unwrap.ErrEncrypted, "is encrypted: unzip it with its password"},
		"LZMA inside": {method, unwrap.ErrMethod, "(method 14): unzip -p FILE"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, r := range []io.Reader{bytes.NewReader(c.data), pipe{bytes.NewReader(c.data)}} {
				_, err := text(t, r, &unwrap.Options{Decompress: true, TempDir: t.TempDir()})
				var refused *unwrap.RefusedError
				require.ErrorAs(t, err, &refused)
				require.ErrorIs(t, err, c.want)
				assert.Equal(t, sniff.Zip, refused.Kind)
				assert.Contains(t, err.Error(), "crm.csv: input is a zip archive and it")
				assert.Contains(t, err.Error(), c.says)
			}
		})
	}
}

// Two archives in a row: a reader that looks from the end shows only one, and
// which one depends on their sizes.
func TestZipBehindZipLosesNothing(t *testing.T) {
	short, long := zipped(t, zip.Deflate, "a.csv", sample), zipped(t, zip.Deflate, "b.csv", table(100))
	for _, data := range [][]byte{
		append(bytes.Clone(short), short...),
		append(bytes.Clone(short), long...),
		append(bytes.Clone(long), short...),
		append(bytes.Clone(long), fixed(short, len(long))...),
		append([]byte("PK\x03\x04 and then some bytes that are in no entry"), short...),
	} {
		_, err := text(t, bytes.NewReader(data), &unwrap.Options{Decompress: true})
		var corrupt *unwrap.CorruptError
		require.ErrorAs(t, err, &corrupt)
		require.ErrorContains(t, err, "its directory does not list")
	}
}

// fixed moves the offsets in an archive of one entry up by n, as "zip -A" does.
func fixed(b []byte, n int) []byte {
	b = bytes.Clone(b)
	add := func(at int) {
		binary.LittleEndian.PutUint32(b[at:], binary.LittleEndian.Uint32(b[at:])+uint32(n))
	}
	add(bytes.Index(b, []byte("PK\x01\x02")) + 42)
	add(bytes.Index(b, []byte("PK\x05\x06")) + 16)
	return b
}

func TestZip64AndComment(t *testing.T) {
	one := zipped(t, zip.Deflate, "crm.csv", sample)
	i := bytes.Index(one, []byte("PK\x05\x06"))
	size, offset := binary.LittleEndian.Uint32(one[i+12:]), binary.LittleEndian.Uint32(one[i+16:])

	// The same archive with its end told in the 64-bit form.
	wide := bytes.Clone(one[:i])
	wide = append(wide, "PK\x06\x06"...)
	wide = binary.LittleEndian.AppendUint64(wide, 44)
	wide = append(wide, 45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	wide = binary.LittleEndian.AppendUint64(wide, 1)
	wide = binary.LittleEndian.AppendUint64(wide, 1)
	wide = binary.LittleEndian.AppendUint64(wide, uint64(size))
	wide = binary.LittleEndian.AppendUint64(wide, uint64(offset))
	wide = append(wide, "PK\x06\x07\x00\x00\x00\x00"...)
	wide = binary.LittleEndian.AppendUint64(wide, uint64(i))
	wide = append(wide, 1, 0, 0, 0)
	wide = append(wide, "PK\x05\x06\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00"...)

	comment := append(bytes.Clone(one[:len(one)-2]), "\x05\x00PK\x05\x06!"...)
	for name, data := range map[string][]byte{"zip64": wide, "comment": comment} {
		got, err := text(t, bytes.NewReader(data), &unwrap.Options{Decompress: true})
		require.NoError(t, err, name)
		require.Equal(t, sample, got)
	}
	_, err := text(t, bytes.NewReader(append(bytes.Clone(one), wide...)), &unwrap.Options{Decompress: true})
	require.Error(t, err)
}

func TestZipInPlaceAndSpooled(t *testing.T) {
	long := table(50_000)
	data := zipped(t, zip.Deflate, "x", long)
	dir := t.TempDir()
	path := filepath.Join(dir, "crm.zip")
	require.NoError(t, os.WriteFile(path, append([]byte("skip me"), data...), 0o600))

	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	_, err = f.Seek(7, io.SeekStart) // an archive need not start where the file does
	require.NoError(t, err)
	got, err := text(t, f, &unwrap.Options{Decompress: true, TempDir: filepath.Join(dir, "none")})
	require.NoError(t, err, "a file needs no temporary one")
	require.Equal(t, long, got)

	_, err = text(t, pipe{bytes.NewReader(data)}, &unwrap.Options{Decompress: true, TempDir: filepath.Join(dir, "none")})
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, "temporary file")
	var corrupt *unwrap.CorruptError
	require.False(t, errors.As(err, &corrupt), "the archive is not to blame")

	pr, pw, err := os.Pipe() // has ReadAt and Seek, and neither works
	require.NoError(t, err)
	defer pr.Close()
	go func() {
		_, _ = pw.Write(data)
		_ = pw.Close()
	}()
	u, err := unwrap.New(pr, "-", &unwrap.Options{Decompress: true, TempDir: dir})
	require.NoError(t, err)
	b, err := io.ReadAll(u)
	require.NoError(t, err)
	require.Equal(t, long, string(b))
	require.NoError(t, u.Close())
	left, err := filepath.Glob(filepath.Join(dir, "endpointfile-*"))
	require.NoError(t, err)
	require.Empty(t, left)
}

// liar has the methods for random access and gives other bytes through them.
type liar struct{ *bytes.Reader }

func (liar) ReadAt(p []byte, _ int64) (int, error) {
	clear(p)
	return len(p), nil
}

func TestZipDoesNotTrustRandomAccessBlindly(t *testing.T) {
	got, err := text(t, liar{bytes.NewReader(zipped(t, zip.Deflate, "x", sample))}, &unwrap.Options{Decompress: true, TempDir: t.TempDir()})
	require.NoError(t, err)
	require.Equal(t, sample, got)
}

// failing stops giving random access after the first few calls.
type failing struct {
	*bytes.Reader
	left int
}

func (f *failing) ReadAt(p []byte, off int64) (int, error) {
	if f.left--; f.left < 0 {
		return 0, errDisk
	}
	return f.Reader.ReadAt(p, off)
}

func TestZipAccessErrorsComeThrough(t *testing.T) {
	data := zipped(t, zip.Deflate, "x", string(table(50_000)))
	for left := 1; ; left++ {
		_, err := text(t, &failing{bytes.NewReader(data), left}, &unwrap.Options{Decompress: true})
		if err == nil {
			require.Greater(t, left, 4)
			return
		}
		require.Equal(t, errDisk, err, "after %d calls", left)
	}
}
