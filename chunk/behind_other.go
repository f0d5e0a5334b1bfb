//go:build !linux || arm

package chunk

import "os"

const canStart = false

func startWriting(*os.File, int64, int64) {}
