//go:build purego

package endpoint

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestIntoCopies(t *testing.T) {
	var b Batch
	require.NoError(t, b.Append(&Endpoint{Address: "ann"}))
	var e Endpoint
	require.NoError(t, b.At(0).Into(&e))
	copy(b.Bytes(b.Values(0)[0]), "bob")
	assert.Equal(t, "ann", e.Address)
}
