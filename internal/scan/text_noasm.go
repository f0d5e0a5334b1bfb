//go:build !amd64 || purego

package scan

// jsonEscape is jsonEscapeGo.
func jsonEscape(dst, src []byte) (n, i int) { return jsonEscapeGo(dst, src) }

// undouble is undoubleGo.
func undouble(dst, src []byte) int { return undoubleGo(dst, src) }

// csvCare is csvCareGo.
func csvCare(cell []byte) Care { return csvCareGo(cell) }
