package scan

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/internal/corpus"
)

// BenchmarkCSVIndex scans varied text in pieces that stay in the cache.
func BenchmarkCSVIndex(b *testing.B) {
	for _, shape := range []string{"default", "narrow", "quoted"} {
		s, _ := corpus.Lookup(shape)
		var buf bytes.Buffer
		_, err := s.WriteCSV(&buf, 4<<20, 1)
		require.NoError(b, err)
		src := buf.Bytes()
		x := NewCSVIndex(16 << 10)
		eachBody(func(body string) {
			b.Run("shape="+shape+"/body="+body, func(b *testing.B) {
				b.SetBytes(int64(len(src)))
				for b.Loop() {
					for at := 0; at < len(src); {
						end, _ := x.Scan(src[at:min(len(src), at+16<<10)])
						if len(x.Rows) == 0 {
							b.Fatal(at, end)
						}
						at += int(x.Rows[len(x.Rows)-1]) + 1
					}
				}
			})
		})
	}
}
