package scan

import (
	"math/rand/v2"
	"testing"

	"github.com/endpointfile/endpointfile/internal/fence"
)

// TestCSVIndexAtPageEnd scans text whose last byte is the last that may be read.
func TestCSVIndexAtPageEnd(t *testing.T) {
	const most = 400
	memory := fence.Bytes(t, most)
	rng := rand.New(rand.NewPCG(7, 8))
	const alphabet = "ab,,\n\"\r\\"
	for size := range most {
		src := memory[most-size:]
		for i := range src {
			src[i] = alphabet[rng.IntN(len(alphabet))]
		}
		checkCSV(t, src)
		for i := range src {
			src[i] = alphabet[rng.IntN(5)]
		}
		checkCSV(t, src)
		checkEscape(t, src)
		eachBody(func(string) { CSVUndouble(make([]byte, size+UndoubleSlack), src) })
	}
}
