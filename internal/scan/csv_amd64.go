//go:build !purego

package scan

import "golang.org/x/sys/cpu"

// useAVX2 is whether the machine has the instructions of csv_amd64.s.
var useAVX2 = cpu.X86.HasAVX2

// masksCSV makes the masks of the first n blocks of 64 bytes of src.
func masksCSV(dst *[maskRun]csvMask, src []byte, n int) {
	if !useAVX2 {
		masksCSVGo(dst, src, n)
		return
	}
	if n > 0 {
		_ = src[64*n-1]
		masksCSVAVX2(dst, &src[0], n)
	}
}

// masksCSVAVX2 makes the masks of n blocks, one at least, that start at src.
//
//go:noescape
func masksCSVAVX2(dst *[maskRun]csvMask, src *byte, n int)
