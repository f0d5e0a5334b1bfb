//go:build !amd64 || purego

package scan

// quick is plain.
func (s *csvScan) quick() { s.plain() }

// quick goes over all blocks but the last; here it cannot.
func (l *csvLast) quick([]byte) bool { return false }
