// Package shapes lists the data that is measured: the shapes of the corpus, and NDJSON of kinds that
// no CSV can be turned into.
package shapes

import (
	"io"
	"slices"

	"github.com/endpointfile/endpointfile/internal/corpus"
)

// Shape is one kind of data.
type Shape struct {
	corpus.Shape
	// Form is how the NDJSON is written. The zero Form, [corpus.CSV], stands for what R0 makes of
	// the CSV. With another one the CSV says no more than which columns there are.
	Form corpus.Form
}

// All returns all shapes, that of the corpus's default first. The slice is the caller's.
func All() []Shape {
	var list []Shape
	for _, s := range append(corpus.Shapes(), corpus.Warned()...) {
		list = append(list, Shape{Shape: s})
	}
	add := func(name, doc string, form corpus.Form) {
		s := Shape{Shape: list[0].Shape, Form: form}
		s.Name, s.Doc = name, doc
		list = append(list, s)
	}
	add("sparse", "NDJSON with the members in another order in every record, 10 to 60 % of them missing", corpus.Sparse)
	add("escapes", `NDJSON with all that is not ASCII, and much that is, as \uXXXX or another escape`, corpus.Escaped)
	return list
}

// Lookup returns the shape of that name, and whether there is one.
func Lookup(name string) (Shape, bool) {
	all := All()
	i := slices.IndexFunc(all, func(s Shape) bool { return s.Name == name })
	if i < 0 {
		return Shape{}, false
	}
	return all[i], true
}

// OnlyJSON says that there is no CSV to convert.
func (s Shape) OnlyJSON() bool { return s.Form != corpus.CSV }

// WriteJSON writes at least size bytes of NDJSON of a shape that is OnlyJSON.
func (s Shape) WriteJSON(w io.Writer, size int64) error {
	_, err := s.Generate(w, &corpus.Options{Form: s.Form, Bytes: size, Seed: 1})
	return err
}
