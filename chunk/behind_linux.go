//go:build !arm

package chunk

import (
	"os"
	"syscall"
)

const (
	canStart           = true
	syncFileRangeWrite = 2 // SYNC_FILE_RANGE_WRITE: begin, and do not wait for the end
)

// startWriting has the system begin to write a part of a file to the disk. An error
// of the disk shows at the fsync all the same.
func startWriting(f *os.File, from, n int64) {
	conn, err := f.SyscallConn()
	if err != nil {
		return
	}
	_ = conn.Control(func(fd uintptr) { _ = syscall.SyncFileRange(int(fd), from, n, syncFileRangeWrite) })
}
