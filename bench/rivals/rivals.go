// Package rivals lists the other ways to do what endpointfile does, all behind two functions, so
// that one benchmark and one test serve them all. A new rival is one file here and one line in
// [All].
package rivals

import (
	"io"
	"slices"

	"github.com/endpointfile/endpointfile/bench/r0"
)

// Rival is one way to convert files of the corpus.
type Rival struct {
	// Name is short and without spaces: it is part of benchmark names.
	Name string
	// Convert reads CSV and writes NDJSON; it returns the number of records.
	Convert func(w io.Writer, r io.Reader) (int64, error)
	// Reverse reads NDJSON and writes CSV with the given columns (nil: all that R0 knows); it
	// returns the number of records.
	Reverse func(w io.Writer, r io.Reader, columns []string) (int64, error)
}

// All returns every rival, R0 first. The slice is the caller's.
func All() []Rival {
	return []Rival{
		{Name: "r0", Convert: r0.Convert, Reverse: r0.Reverse},
		{Name: "goccy", Convert: goccyConvert, Reverse: goccyReverse},
	}
}

// Lookup returns the rival of that name, and whether there is one.
func Lookup(name string) (Rival, bool) {
	all := All()
	i := slices.IndexFunc(all, func(r Rival) bool { return r.Name == name })
	if i < 0 {
		return Rival{}, false
	}
	return all[i], true
}
