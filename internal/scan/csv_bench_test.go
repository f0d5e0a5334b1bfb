package scan

import (
	"strings"
	"testing"
)

func BenchmarkIndexCSV(b *testing.B) {
	rows := map[string]string{
		"plain":  "EMAIL,ann.lee@example.com,a7d3c9,NONE,ACTIVE,20171011T150548Z,GBR,London,,SW1A 1AA,51.5,-0.1,en_GB,Europe/London,ios,,u-10293,Ann,Lee,Example Ltd,tea,,,14,103.50\n",
		"quoted": "\"EMAIL\",\"ann.lee@example.com\",\"GBR\",\"London, Greater London\",\"\",\"the \"\"A\"\" team\"\r\n",
	}
	index, special := make([]uint32, 32<<10), make([]uint64, 1025)
	for name, row := range rows {
		b.Run(name, func(b *testing.B) {
			src := []byte(strings.Repeat(row, 64<<10/len(row)))
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				if _, end := IndexCSV(index, special, src); end != len(src) {
					b.Fatal(end)
				}
			}
		})
	}
}
