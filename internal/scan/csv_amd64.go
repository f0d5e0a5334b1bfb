//go:build !purego

package scan

import "golang.org/x/sys/cpu"

// useAVX2 is whether the machine has the instructions of the assembly in this
// package. Machines with AVX2 have BMI1, too.
var useAVX2 = cpu.X86.HasAVX2 && cpu.X86.HasBMI1

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

// flatten is flattenGo. The portable instruction for the lowest bit of a word is
// slow on some machines; the newer one is not.
func flatten(out *[IndexSlack]uint32, set uint64, base uint32) {
	if !useAVX2 {
		flattenGo(out, set, base)
		return
	}
	flattenBMI(out, set, base)
}

//go:noescape
func flattenBMI(out *[IndexSlack]uint32, set uint64, base uint32)
