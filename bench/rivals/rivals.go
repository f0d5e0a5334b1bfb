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
	// Title says what it is made of.
	Title string
	// Modules are the import paths of the modules that do the work, for their versions; none for
	// the standard library.
	Modules []string
	// Usual says that it takes the 25 usual columns only, or some of them in their order.
	Usual bool
	// ParseOnly says that it reads its input and writes nothing.
	ParseOnly bool
	// Convert reads CSV and writes NDJSON; it returns the number of records. Nil: it cannot.
	Convert func(w io.Writer, r io.Reader) (int64, error)
	// Reverse reads NDJSON and writes CSV with the given columns (nil: [r0.Columns]); it returns
	// the number of records. Nil: it cannot.
	Reverse func(w io.Writer, r io.Reader, columns []string) (int64, error)
}

// bufferSize is that of R0.
const bufferSize = 64 << 10

// All returns every rival, R0 first. The slice is the caller's.
func All() []Rival {
	return []Rival{
		{Name: "r0", Title: "R0: encoding/csv + struct + encoding/json", Convert: r0.Convert, Reverse: r0.Reverse},
		{Name: "goccy", Title: "R0 with goccy/go-json", Modules: []string{"github.com/goccy/go-json"}, Convert: goccyConvert, Reverse: goccyReverse},
		{Name: "sonic", Title: "R0 with bytedance/sonic", Modules: []string{"github.com/bytedance/sonic"}, Convert: sonicConvert, Reverse: sonicReverse},
		{Name: "csvutil", Title: "jszwec/csvutil + encoding/json", Modules: []string{"github.com/jszwec/csvutil"}, Usual: true, Convert: csvutilConvert, Reverse: csvutilReverse},
		{Name: "fastjson", Title: "valyala/fastjson + encoding/csv", Modules: []string{"github.com/valyala/fastjson"}, Reverse: fastjsonReverse},
		{Name: "csvread", Title: "encoding/csv, reading only", ParseOnly: true, Convert: csvRead},
	}
}

// Takes says whether the rival knows all of these columns.
func (r Rival) Takes(header []string) bool {
	if !r.Usual {
		return true
	}
	_, err := r0.NewLayout(header)
	return err == nil
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
