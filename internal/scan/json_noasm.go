//go:build !amd64 || purego

package scan

func unescape(dst, src []byte) (n, i int, marked bool) { return unescapeGo(dst, src) }
