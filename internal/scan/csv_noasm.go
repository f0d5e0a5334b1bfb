//go:build !amd64 || purego

package scan

// quick scans blocks as run does, as far as vector code may go; here, none.
func (s *csvScan) quick() {}

// quick goes over all blocks but the last; here it cannot.
func (l *csvLast) quick([]byte) bool { return false }
