//go:build invariants

package endpoint

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/fault"
)

func TestResetSpoilsWhatTheBatchOwns(t *testing.T) {
	var b Batch
	cells(&b, NewSchema(Column{Field: Address}, Column{Field: ID}), fault.Pos{}, "ann,1\n")
	b.Replace(0, 1, []byte("repaired"), Plain)
	data, values := b.Data, b.Values(0)
	aux := b.Bytes(values[1])
	require.Equal(t, "repaired", string(aux))

	b.Reset(b.Schema, fault.Pos{})
	assert.Equal(t, bytes.Repeat([]byte{0xCC}, len("repaired")), aux, "a stale borrow shows at once")
	assert.Equal(t, []Value{^Value(0), ^Value(0)}, values)
	assert.Equal(t, "ann,1\n", string(data), "Data is not the batch's to write to")
}

func TestSpoil(t *testing.T) {
	p := []byte("memory")
	Spoil(p[:3])
	assert.Equal(t, "\xcc\xcc\xccory", string(p))
}
