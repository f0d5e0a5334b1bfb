// Package fence gives tests memory with nothing behind it: a body that reads or writes
// further than it may does not get away with it.
package fence

import "testing"

// Bytes gives n bytes, all zero, that end where a page begins that may not be touched,
// on systems that can have one. They are gone when the test ends.
func Bytes(t testing.TB, n int) []byte {
	t.Helper()
	return fenced(t, n)
}

// Copy gives a copy of text that ends as [Bytes] does.
func Copy(t testing.TB, text []byte) []byte {
	t.Helper()
	b := fenced(t, len(text))
	copy(b, text)
	return b
}
