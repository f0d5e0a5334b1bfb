package unwrap_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/endpointfile/endpointfile/internal/sniff"
	"github.com/endpointfile/endpointfile/internal/unwrap"
)

// FuzzUnwrap reads the same bytes at once, one by one and without random
// access: text and error must agree, the caps must hold, every error must have
// a type.
func FuzzUnwrap(f *testing.F) {
	for _, c := range forms(f) {
		if len(c.data) < 2000 {
			f.Add(c.data, uint8(0))
		}
	}
	for i, c := range charsets {
		b, err := c.enc.NewEncoder().Bytes([]byte(c.text))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, uint8(i+1))
	}
	const most = 1 << 20
	f.Fuzz(func(t *testing.T, data []byte, n uint8) {
		opt := &unwrap.Options{Decompress: true, MaxBytes: most, MaxMemory: 1 << 20, TempDir: t.TempDir()}
		if int(n) <= len(charsets) && n > 0 {
			opt.Charset = charsets[n-1].name
		}
		type result struct {
			text, err string
			kind      sniff.Kind
		}
		run := func(r io.Reader) (res result) {
			u, err := unwrap.New(r, "x", opt)
			var b []byte
			if err == nil {
				res.kind = u.Kind()
				b, err = io.ReadAll(u)
				if u.Charset() != "utf-8" && !utf8.Valid(b) {
					t.Fatalf("%s: %q is not UTF-8", u.Charset(), b)
				}
				if cerr := u.Close(); cerr != nil {
					t.Fatal(cerr)
				}
			}
			res.text = string(b)
			if err != nil {
				var (
					refused *unwrap.RefusedError
					corrupt *unwrap.CorruptError
					bomb    *unwrap.BombError
					charset *unwrap.CharsetError
				)
				switch {
				case errors.As(err, &refused):
					res.err = "refused: " + refused.Error()
				case errors.As(err, &corrupt):
					res.err = "corrupt"
				case errors.As(err, &bomb):
					res.err = "bomb"
				case errors.As(err, &charset):
					res.err = charset.Error()
				default:
					t.Fatalf("an error without a type: %v", err)
				}
			}
			if res.kind.Compressed() && opt.Charset == "" && len(res.text) > most {
				t.Fatalf("%d bytes came out", len(res.text))
			}
			return res
		}
		whole := run(bytes.NewReader(data))
		for _, r := range []io.Reader{pipe{bytes.NewReader(data)}, iotest.OneByteReader(bytes.NewReader(data)), iotest.DataErrReader(bytes.NewReader(data))} {
			if got := run(r); got != whole {
				t.Fatalf("%+v\nby other reads than\n%+v", got, whole)
			}
		}
		if whole.err == "" && opt.Charset == "" && !whole.kind.Compressed() &&
			whole.text != string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))) {
			t.Fatal("plain bytes changed")
		}
	})
}
