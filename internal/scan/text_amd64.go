//go:build !purego

package scan

import "golang.org/x/sys/cpu"

// useBytePacking is whether the machine packs the bytes that a mask chooses.
var useBytePacking = useAVX512 && cpu.X86.HasBMI2 && cpu.X86.HasAVX512VL

// jsonEscape is jsonEscapeGo in the machine's own words.
func jsonEscape(dst, src []byte) (n, i int) {
	if !useBytePacking || len(src) == 0 || len(dst) == 0 {
		return jsonEscapeGo(dst, src)
	}
	return jsonEscapeAVX512(&dst[0], len(dst)-EscapeSlack, &src[0], len(src))
}

// undouble is undoubleGo in the machine's own words.
func undouble(dst, src []byte) int {
	if !useBytePacking || len(src) == 0 {
		return undoubleGo(dst, src)
	}
	return undoubleAVX512(&dst[0], &src[0], len(src))
}

// jsonEscapeAVX512 writes no block of 64 bytes that begins behind dst[last].
//
//go:noescape
func jsonEscapeAVX512(dst *byte, last int, src *byte, n int) (written, read int)

//go:noescape
func undoubleAVX512(dst, src *byte, n int) int

// csvCare is csvCareGo in the machine's own words.
func csvCare(cell []byte) Care {
	if !useBytePacking || len(cell) == 0 {
		return csvCareGo(cell)
	}
	return Care(csvCareAVX512(&cell[0], len(cell)))
}

//go:noescape
func csvCareAVX512(src *byte, n int) uint8
