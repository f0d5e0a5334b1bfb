package rivals

import (
	"io"

	"github.com/goccy/go-json"

	"github.com/endpointfile/endpointfile/bench/r0"
)

// goccyConvert is R0 with goccy/go-json in the place of encoding/json.
func goccyConvert(w io.Writer, r io.Reader) (int64, error) {
	return r0.ConvertWith(w, r, func(w io.Writer) func(any) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode
	})
}

// goccyReverse is R0's way back with goccy/go-json in the place of encoding/json.
func goccyReverse(w io.Writer, r io.Reader, columns []string) (int64, error) {
	return r0.ReverseWith(w, r, columns, json.Unmarshal)
}
