//go:build !amd64 || purego

package scan

// quick scans blocks as run does, as far as vector code may go; here, none.
func (s *csvScan) quick() {}

// quick is quickGo.
func (l *csvLast) quick(src []byte) bool { return l.quickGo(src) }
