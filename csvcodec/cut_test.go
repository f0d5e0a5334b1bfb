package csvcodec

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/internal/corpus"
	"github.com/endpointfile/endpointfile/internal/scan"
)

// TestSoundAgrees: what is quickly taken for sound is so, and ends at the same place.
func TestSoundAgrees(t *testing.T) {
	agree := func(text []byte) bool {
		end, ok := scan.LastRow(text)
		if ok {
			require.Equal(t, sound(text), end, "%q", text)
		}
		return ok
	}
	rng := rand.New(rand.NewPCG(11, 12))
	pieces := []string{"a", ",", "\n", "\r\n", `"a"`, `"a,b"`, `"a""b"`, "\"a\n\"", `"`, `""`, "longer text than that"}
	for range 20_000 {
		var text []byte
		for range rng.IntN(60) {
			text = append(text, pieces[min(rng.IntN(len(pieces)), rng.IntN(len(pieces)))]...)
		}
		agree(text)
	}
	_, quick := scan.LastRow(bytes.Repeat([]byte("a\n"), 1000)) // also where quotes are few
	for _, shape := range corpus.Shapes() {
		var buf bytes.Buffer
		_, err := shape.WriteCSV(&buf, 50<<10, 1)
		require.NoError(t, err)
		for range 50 {
			ok := agree(buf.Bytes()[:1+rng.IntN(buf.Len())])
			require.True(t, ok || !quick, shape.Name)
		}
	}
}
