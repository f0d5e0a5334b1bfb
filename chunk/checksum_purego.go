//go:build purego

// This file computes CRC-64/NVME without assembly or unsafe: the standard library's
// CRC-64 has the same form and needs only the other polynomial.

package chunk

import (
	"hash/crc64"
	"sync"
)

const nvmePolynomial = 0x9a6c9329ac4bc9b5 // reflected, as hash/crc64 wants it

var nvmeTable = sync.OnceValue(func() *crc64.Table { return crc64.MakeTable(nvmePolynomial) })

func updateCRC64(crc uint64, p []byte) uint64 { return crc64.Update(crc, nvmeTable(), p) }
