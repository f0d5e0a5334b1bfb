//go:build invariants

package block

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNextSpoilsTheBuffer(t *testing.T) {
	r := NewReader(strings.NewReader("first\nb\n"), origin, 6, new(lines).Cut)
	b, err := r.Next(nil)
	require.NoError(t, err)
	require.Equal(t, "first\n", string(b.Data))
	stale := b.Data
	b, err = r.Next(b.Buf)
	require.NoError(t, err)
	require.Equal(t, "b\n", string(b.Data))
	assert.Equal(t, bytes.Repeat([]byte{0xCC}, 4), stale[2:], "a stale borrow shows at once")
}
