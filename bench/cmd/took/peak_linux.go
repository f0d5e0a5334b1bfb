package main

import (
	"os"
	"syscall"
)

// peak gives the most memory that a process had resident, in KiB.
func peak(s *os.ProcessState) int64 {
	if u, ok := s.SysUsage().(*syscall.Rusage); ok {
		return int64(u.Maxrss) // 32 bits wide on some machines
	}
	return 0
}
