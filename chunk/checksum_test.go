package chunk

import (
	"hash/crc64"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCRC64Known(t *testing.T) {
	var c CRC64
	require.Equal(t, "AAAAAAAAAAA=", c.String(), "no bytes")
	_, err := c.Write([]byte("123456789"))
	require.NoError(t, err)
	require.Equal(t, uint64(0xae8b14860a799888), c.Sum64(), "check value of the NVMe specification")
	require.Equal(t, "rosUhgp5mIg=", c.String())
}

// The standard library's CRC-64 with the NVMe polynomial is the second opinion
// for the assembly, at every length around its block sizes and for every cut.
func TestCRC64AgainstStandardLibrary(t *testing.T) {
	table := crc64.MakeTable(0x9a6c9329ac4bc9b5)
	rnd := rand.New(rand.NewPCG(1, 2))
	data := make([]byte, 1100)
	for i := range data {
		data[i] = byte(rnd.Uint32())
	}
	for n := range len(data) {
		want := crc64.Checksum(data[:n], table)
		cut := rnd.IntN(n + 1)
		var c CRC64
		_, _ = c.Write(data[:cut])
		_, _ = c.Write(data[cut:n])
		require.Equal(t, want, c.Sum64(), "length %d, cut at %d", n, cut)
		back, err := ParseCRC64(c.String())
		require.NoError(t, err)
		require.Equal(t, c, back)
	}
	var bytewise CRC64
	for _, b := range data {
		_, _ = bytewise.Write([]byte{b})
	}
	require.Equal(t, crc64.Checksum(data, table), bytewise.Sum64())
}

func TestParseCRC64Refuses(t *testing.T) {
	for _, s := range []string{"", "AAAAAAAAAAA", "AAAA", "AAAAAAAAAAAA", "AAAAAAAAAAB=", "ae8b14860a799888", "!AAAAAAAAAA="} {
		_, err := ParseCRC64(s)
		require.ErrorIs(t, err, strconv.ErrSyntax, "%q", s)
	}
}
