//go:build !amd64 || purego

package scan

// masksCSV makes the masks of the first n blocks of 64 bytes of src.
func masksCSV(dst *[maskRun]csvMask, src []byte, n int) { masksCSVGo(dst, src, n) }

// flatten is flattenGo.
func flatten(out *[IndexSlack]uint32, set uint64, base uint32) { flattenGo(out, set, base) }
