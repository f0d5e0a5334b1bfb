//go:build !amd64 || purego

package scan

func validUTF8(src []byte) bool { return validUTF8Go(src) }
