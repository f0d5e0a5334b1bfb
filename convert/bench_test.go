package convert_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/convert"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/source"
)

// BenchmarkRun is a whole run, CSV to JSON chunks that are thrown away or CSV that is
// only checked: clean records, records half of which are bad, and records with two
// warnings each. MB/s are those of the input.
func BenchmarkRun(b *testing.B) {
	for _, data := range []struct {
		shape string
		rate  float64
	}{{"default", 0}, {"default", 0.5}, {"places", 0}} {
		csv := generate(b, data.shape, 16<<20, data.rate)
		for _, check := range []bool{false, true} {
			for _, workers := range []int{1, 2} {
				b.Run(fmt.Sprintf("shape=%s/bad=%v/check=%v/workers=%d", data.shape, data.rate, check, workers), func(b *testing.B) {
					b.SetBytes(int64(len(csv)))
					b.ReportAllocs()
					for b.Loop() {
						opt := &convert.Options{
							Sources: []source.Input{source.Bytes("e", csv)}, Check: check, Workers: workers, Report: &fault.Report{Keep: 20},
						}
						if !check {
							opt.Sink = &chunk.Discard{}
						}
						_, err := convert.Run(b.Context(), opt)
						require.NoError(b, err)
					}
				})
			}
		}
	}
}

// BenchmarkFolder is a whole run from a file to a folder of chunks with its manifest,
// two workers, against plain writes of as many bytes in pieces of 1 MiB with an fsync.
// MB/s are those of the output. Memory that the system has not used before makes
// writes slow: let both run a few times.
func BenchmarkFolder(b *testing.B) {
	root := b.TempDir()
	input, out := filepath.Join(root, "e.csv"), filepath.Join(root, "out")
	require.NoError(b, os.WriteFile(input, generate(b, "default", 128<<20, 0), 0o600))
	run := func() int64 {
		in, _, err := source.Files([]string{input}, nil)
		require.NoError(b, err)
		dir, err := chunk.NewDir(out, nil)
		require.NoError(b, err)
		res, err := convert.Run(b.Context(), &convert.Options{Sources: in, Sink: dir, Workers: 2})
		require.NoError(b, err)
		require.NoError(b, os.RemoveAll(out))
		return res.Manifest.Totals.Bytes
	}
	total := run()
	b.Run("by=run", func(b *testing.B) {
		b.SetBytes(total)
		for b.Loop() {
			run()
		}
	})
	b.Run("by=plain", func(b *testing.B) {
		b.SetBytes(total)
		piece := bytes.Repeat([]byte("0123456789abcde\n"), 1<<16)
		for b.Loop() {
			f, err := os.Create(out)
			require.NoError(b, err)
			for n := total; n > 0; n -= int64(len(piece)) {
				_, err := f.Write(piece[:min(n, int64(len(piece)))])
				require.NoError(b, err)
			}
			require.NoError(b, f.Sync())
			require.NoError(b, f.Close())
			require.NoError(b, os.Remove(out))
		}
	})
}
