package unwrap_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/internal/sniff"
	"github.com/endpointfile/endpointfile/internal/unwrap"
)

const sample = "ChannelType,Address\nSMS,2065550182\n"

// bzip2Sample is sample as the bzip2 command packs it; no encoder is at hand.
const bzip2Sample = "425a683931415926535974f36439000007df8000100004734028020c002645582020002283d434d00d1a0a00311a69a340b6d1099906183074bbd1309deaf120be9ac7df17724538509074f36439"

// table is text of some size that compresses as real tables do.
func table(rows int) string {
	var b strings.Builder
	b.WriteString("ChannelType,Address\n")
	x := uint32(1)
	for range rows {
		x = x*1664525 + 1013904223
		b.WriteString("EMAIL,")
		b.WriteString(hex.EncodeToString([]byte{byte(x >> 24), byte(x >> 16), byte(x >> 8)}))
		b.WriteString("@example.com\n")
	}
	return b.String()
}

func gz(t testing.TB, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Name = "crm.csv"
	write(t, w, s)
	return b.Bytes()
}

func zs(t testing.TB, s string) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	require.NoError(t, err)
	defer w.Close()
	return w.EncodeAll([]byte(s), nil)
}

func zl(t testing.TB, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	write(t, zlib.NewWriter(&b), s)
	return b.Bytes()
}

func sn(t testing.TB, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	write(t, snappy.NewBufferedWriter(&b), s)
	return b.Bytes()
}

func s2s(t testing.TB, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	write(t, s2.NewWriter(&b, s2.WriterConcurrency(1)), s)
	return b.Bytes()
}

func write(t testing.TB, w io.WriteCloser, s string) {
	t.Helper()
	_, err := io.WriteString(w, s)
	require.NoError(t, err)
	require.NoError(t, w.Close())
}

func bz(t testing.TB) []byte {
	t.Helper()
	b, err := hex.DecodeString(bzip2Sample)
	require.NoError(t, err)
	return b
}

// zipped packs files given as name, text, name, text...
func zipped(t testing.TB, method uint16, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		e, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: method})
		require.NoError(t, err)
		_, err = io.WriteString(e, files[i+1])
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

// form is one way to store sample.
type form struct {
	name string
	kind sniff.Kind
	data []byte
	text string
}

func forms(t testing.TB) []form {
	t.Helper()
	long := table(20_000)
	return []form{
		{"gzip", sniff.Gzip, gz(t, sample), sample},
		{"gzip, long", sniff.Gzip, gz(t, long), long},
		{"gzip of nothing", sniff.Gzip, gz(t, ""), ""},
		{"gzip, three members", sniff.Gzip, bytes.Join([][]byte{gz(t, sample), gz(t, ""), gz(t, long)}, nil), sample + long},
		{"gzip, padded", sniff.Gzip, append(gz(t, sample), make([]byte, 100_000)...), sample},
		{"zstd", sniff.Zstd, zs(t, sample), sample},
		{"zstd, long", sniff.Zstd, zs(t, long), long},
		{"zstd, frames", sniff.Zstd, bytes.Join([][]byte{zs(t, sample), []byte("\x50\x2a\x4d\x18\x02\x00\x00\x00hi"), zs(t, long)}, nil), sample + long},
		{"zlib", sniff.Zlib, zl(t, sample), sample},
		{"zlib, long", sniff.Zlib, zl(t, long), long},
		{"snappy", sniff.SnappyFramed, sn(t, sample), sample},
		{"snappy, long", sniff.SnappyFramed, sn(t, long), long},
		{"snappy, two streams", sniff.SnappyFramed, append(sn(t, long), sn(t, sample)...), long + sample},
		{"s2", sniff.S2, s2s(t, sample), sample},
		{"s2, long", sniff.S2, s2s(t, long), long},
		{"bzip2", sniff.Bzip2, bz(t), sample},
		{"bzip2, two streams", sniff.Bzip2, append(bz(t), bz(t)...), sample + sample},
		{"zip, deflated", sniff.Zip, zipped(t, zip.Deflate, "crm.csv", long), long},
		{"zip, stored", sniff.Zip, zipped(t, zip.Store, "crm.csv", sample), sample},
		{"zip, in a folder", sniff.Zip, zipped(t, zip.Deflate, "out/", "", "out/crm.csv", sample), sample},
		{"zip, from macOS", sniff.Zip, zipped(t, zip.Deflate, "crm.csv", sample, "__MACOSX/._crm.csv", "\x00\x05\x16\x07"), sample},
		{"zip with a mark in front", sniff.Zip, append([]byte("PK00"), zipped(t, zip.Deflate, "crm.csv", sample)...), sample},
	}
}

// pipe hides every method of a reader but Read.
type pipe struct{ io.Reader }

// open makes a Reader that the test closes.
func open(t testing.TB, r io.Reader, opt *unwrap.Options) (*unwrap.Reader, error) {
	t.Helper()
	u, err := unwrap.New(r, "crm.csv", opt)
	if err != nil {
		require.Nil(t, u)
		return nil, err
	}
	t.Cleanup(func() { require.NoError(t, u.Close()) })
	return u, nil
}

// text reads all there is; the error is New's or Read's.
func text(t testing.TB, r io.Reader, opt *unwrap.Options) (string, error) {
	t.Helper()
	u, err := unwrap.New(r, "crm.csv", opt)
	if err != nil {
		require.Nil(t, u)
		return "", err
	}
	b, err := io.ReadAll(u)
	require.NoError(t, u.Close())
	return string(b), err
}

// broken gives an error of its own behind some bytes.
type broken struct {
	r   io.Reader
	err error
}

func (b *broken) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if err == io.EOF {
		err = b.err
	}
	return n, err
}

var errDisk = errors.New("disk on fire")
