// This file holds the one checksum of the ledger: CRC-64/NVME, the one that S3
// computes by itself over a whole object, in the notation that S3 uses for it.

package chunk

import (
	"encoding/base64"
	"encoding/binary"
	"strconv"
)

// CRC64 is a running CRC-64/NVME (reflected polynomial 0x9a6c9329ac4bc9b5, all ones in
// and out). The zero value is the checksum of no bytes. It belongs to one goroutine; a
// copy is a snapshot.
type CRC64 uint64

// Write adds p to the checksum. It never fails, so a *CRC64 is an io.Writer that may
// stand in an io.MultiWriter.
func (c *CRC64) Write(p []byte) (int, error) {
	*c = CRC64(updateCRC64(uint64(*c), p))
	return len(p), nil
}

// Sum64 returns the checksum as a number.
func (c CRC64) Sum64() uint64 { return uint64(c) }

// String returns the checksum as S3 writes it in x-amz-checksum-crc64nvme: the
// standard base64 of its eight bytes, highest first.
func (c CRC64) String() string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(c))
	return base64.StdEncoding.EncodeToString(b[:])
}

// ParseCRC64 reads what String writes. Any other text is a *strconv.NumError that
// wraps strconv.ErrSyntax.
func ParseCRC64(s string) (CRC64, error) {
	b, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != 8 {
		return 0, &strconv.NumError{Func: "ParseCRC64", Num: s, Err: strconv.ErrSyntax}
	}
	return CRC64(binary.BigEndian.Uint64(b)), nil
}
