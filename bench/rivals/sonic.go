package rivals

import (
	"io"

	"github.com/bytedance/sonic"

	"github.com/endpointfile/endpointfile/bench/r0"
)

// sonicConvert is R0 with bytedance/sonic in the place of encoding/json. Sonic's default
// configuration leaves out the escapes for HTML and does not check UTF-8.
func sonicConvert(w io.Writer, r io.Reader) (int64, error) {
	return r0.ConvertWith(w, r, func(w io.Writer) func(any) error {
		return sonic.ConfigDefault.NewEncoder(w).Encode
	})
}

// sonicReverse is R0's way back with bytedance/sonic in the place of encoding/json.
func sonicReverse(w io.Writer, r io.Reader, columns []string) (int64, error) {
	return r0.ReverseWith(w, r, columns, sonic.ConfigDefault.Unmarshal)
}
