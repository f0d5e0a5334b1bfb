package unwrap_test

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/internal/sniff"
	"github.com/endpointfile/endpointfile/internal/unwrap"
)

// bombs hold two million zeros in next to nothing.
func bombs(t *testing.T) map[sniff.Kind][]byte {
	t.Helper()
	bz, err := hex.DecodeString("425a6839314159265359a596caaa003d49fd0080100000800440000020040000082000310c009aa9a066fba78a921cc52045df615243e2ee48a70a1214b2d95540")
	require.NoError(t, err)
	zeros := "Id,\n" + strings.Repeat("0", 2_000_000)
	return map[sniff.Kind][]byte{
		sniff.Gzip:         gz(t, zeros),
		sniff.Zstd:         zs(t, zeros),
		sniff.Zlib:         zl(t, zeros),
		sniff.SnappyFramed: sn(t, zeros),
		sniff.S2:           s2s(t, zeros),
		sniff.Bzip2:        bz,
		sniff.Zip:          zipped(t, zip.Deflate, "crm.csv", zeros),
	}
}

func TestMaxBytes(t *testing.T) {
	for kind, data := range bombs(t) {
		for _, limit := range []int64{1, 4095, 4096, 4097, 100_000} {
			got, err := text(t, bytes.NewReader(data), &unwrap.Options{Decompress: true, MaxBytes: limit, MaxRatio: -1})
			var bomb *unwrap.BombError
			require.ErrorAs(t, err, &bomb, "%v, %d", kind, limit)
			assert.Len(t, got, int(limit), "%v: everything up to the limit, nothing beyond", kind)
			assert.Equal(t, kind, bomb.Kind)
			assert.Equal(t, limit, bomb.Limit)
			assert.Greater(t, bomb.Out, limit)
			assert.Positive(t, bomb.In)
			assert.False(t, bomb.Ratio)
			assert.Contains(t, err.Error(), "crm.csv: "+kind.String()+" data expands to more than")
		}
		got, err := text(t, bytes.NewReader(data), &unwrap.Options{Decompress: true, MaxBytes: 2_000_004, MaxRatio: -1})
		require.NoError(t, err, "the limit itself is allowed")
		assert.Len(t, got, 2_000_004)
	}
}

func TestMaxRatio(t *testing.T) {
	for kind, data := range bombs(t) {
		ratio := int64(2_000_004 / len(data))
		_, err := text(t, bytes.NewReader(data), &unwrap.Options{Decompress: true, MaxRatio: max(1, ratio/2), RatioAfter: 1_000_000})
		var bomb *unwrap.BombError
		require.ErrorAs(t, err, &bomb, kind.String())
		assert.True(t, bomb.Ratio)
		assert.Greater(t, bomb.Out, int64(1_000_000))
		assert.Contains(t, err.Error(), "-fold")

		for name, opt := range map[string]*unwrap.Options{
			"defaults":       {Decompress: true},
			"a higher ratio": {Decompress: true, MaxRatio: 2*ratio + 2, RatioAfter: -1},
			"too little":     {Decompress: true, MaxRatio: 1, RatioAfter: 2_000_004},
			"no limits":      {Decompress: true, MaxRatio: -1, MaxBytes: -1, RatioAfter: -1},
		} {
			got, err := text(t, bytes.NewReader(data), opt)
			require.NoError(t, err, "%v, %s", kind, name)
			assert.Len(t, got, 2_000_004)
		}
	}
}

// The window of a zstd frame is memory, asked for by four bytes of input.
func TestMaxMemory(t *testing.T) {
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(8<<20), zstd.WithSingleSegment(false))
	require.NoError(t, err)
	for range 20 {
		_, err = w.Write(make([]byte, 1<<20)) // in pieces: the size is not known ahead
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())

	_, err = text(t, bytes.NewReader(b.Bytes()), &unwrap.Options{Decompress: true, MaxMemory: 1 << 20})
	var refused *unwrap.RefusedError
	require.ErrorAs(t, err, &refused)
	require.ErrorIs(t, err, unwrap.ErrMemory)
	assert.Contains(t, err.Error(), "zstd --long=31")
	for _, most := range []int64{0, 8 << 20, 1 << 40} {
		got, err := text(t, bytes.NewReader(b.Bytes()), &unwrap.Options{Decompress: true, MaxMemory: most})
		require.NoError(t, err)
		assert.Len(t, got, 20<<20)
	}
	// A frame in one segment has its content for a window.
	one := zs(t, strings.Repeat("0123456789", 1000))
	_, err = text(t, bytes.NewReader(one), &unwrap.Options{Decompress: true, MaxMemory: 1})
	require.ErrorIs(t, err, unwrap.ErrMemory)
}

func TestPlainInputHasNoCap(t *testing.T) {
	got, err := text(t, strings.NewReader(table(1000)), &unwrap.Options{Decompress: true, MaxBytes: 10, MaxRatio: 1, RatioAfter: -1})
	require.NoError(t, err)
	assert.Equal(t, table(1000), got)
}

func TestInputBytesMovesOn(t *testing.T) {
	long := table(100_000)
	for name, data := range map[string][]byte{
		"plain": []byte(long), "gzip": gz(t, long), "zstd": zs(t, long), "zip": zipped(t, zip.Deflate, "a", long),
	} {
		u, err := open(t, bytes.NewReader(data), &unwrap.Options{Decompress: true})
		require.NoError(t, err)
		last, steps := u.InputBytes(), 0
		assert.Less(t, last, int64(len(data)), name)
		for {
			n, err := io.CopyN(io.Discard, u, 100_000)
			now := u.InputBytes()
			require.GreaterOrEqual(t, now, last, name)
			if now > last {
				steps++
			}
			last = now
			if err == io.EOF {
				break
			}
			require.NoError(t, err)
			require.EqualValues(t, 100_000, n)
		}
		assert.EqualValues(t, len(data), last, name)
		assert.Greater(t, steps, 3, name)
	}
}
