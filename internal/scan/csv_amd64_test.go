//go:build !purego

package scan

// eachBody calls f with each body in the place of the chosen one.
func eachBody(f func(body string)) {
	avx2, avx512, packing := useAVX2, useAVX512, useBytePacking
	defer func() { useAVX2, useAVX512, useBytePacking = avx2, avx512, packing }()
	if avx512 {
		f("AVX-512")
	}
	if useAVX512, useBytePacking = false, false; avx2 {
		f("AVX2")
	}
	useAVX2 = false
	f("portable")
}
