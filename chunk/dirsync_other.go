//go:build !windows

// This file makes the entries of a folder durable.

package chunk

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// syncDir flushes the entries of dir. A folder that may be written but not read cannot
// be opened for it, and some file systems have no such call; neither is a fault of the
// data.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if errors.Is(err, fs.ErrPermission) {
		return nil
	}
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, f.Close())
}
