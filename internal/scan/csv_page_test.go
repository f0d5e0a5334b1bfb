//go:build linux || darwin

package scan

import (
	"math/rand/v2"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCSVIndexAtPageEnd scans text whose last byte is the last that may be read.
func TestCSVIndexAtPageEnd(t *testing.T) {
	page := syscall.Getpagesize()
	memory, err := syscall.Mmap(-1, 0, 2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	require.NoError(t, err)
	defer func() { require.NoError(t, syscall.Munmap(memory)) }()
	require.NoError(t, syscall.Mprotect(memory[page:], syscall.PROT_NONE))
	rng := rand.New(rand.NewPCG(7, 8))
	const alphabet = "ab,,\n\"\r\\"
	for size := range 400 {
		src := memory[page-size : page]
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
