//go:build !purego

package scan

// eachBody calls f with each body in the place of the chosen one.
func eachBody(f func(body string)) {
	avx2, avx512 := useAVX2, useAVX512
	defer func() { useAVX2, useAVX512 = avx2, avx512 }()
	if avx512 {
		f("AVX-512")
	}
	if useAVX512 = false; avx2 {
		f("AVX2")
	}
	useAVX2 = false
	f("portable")
}
