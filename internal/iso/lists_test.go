package iso

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// readList returns the lines of a text file of the generator that hold facts.
// The tests read the facts by themselves: the generated tables must say the same.
func readList(t testing.TB, name string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("generate", name))
	require.NoError(t, err)
	var lines []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	require.NotEmpty(t, lines)
	return lines
}

// listed is a line of countries.txt or languages.txt.
type listed struct {
	codes     []string
	spellings []string // the name first
}

// readListed reads a list whose lines start with a number of codes.
func readListed(t testing.TB, name string, codes int) []listed {
	t.Helper()
	var all []listed
	for _, line := range readList(t, name) {
		f := strings.SplitN(line, " ", codes+1)
		require.Len(t, f, codes+1, line)
		all = append(all, listed{f[:codes], strings.Split(f[codes], " | ")})
	}
	return all
}

// words calls yield with every word of n letters from the alphabet that starts
// at a. The slice is used again.
func words(n int, a byte, yield func([]byte)) {
	word := make([]byte, n)
	var fill func(i int)
	fill = func(i int) {
		if i == n {
			yield(word)
			return
		}
		for c := a; c < a+26; c++ {
			word[i] = c
			fill(i + 1)
		}
	}
	fill(0)
}
