//go:build !purego

package endpoint

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/fault"
)

func TestIntoDoesNotAllocate(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	var b Batch
	b.Reset(NewSchema(), fault.Pos{})
	for range 50 {
		require.NoError(t, b.Append(randomEndpoint(rng)))
	}
	var dense Batch
	cells(&dense, NewSchema(Column{Field: Address}, Column{Attributes, "a"}, Column{Attributes, "a"}, Column{Metrics, "m"}), fault.Pos{}, "ann,1,2,3\n")
	var e Endpoint
	all := func() {
		for i := range b.Rows {
			if b.At(i).Into(&e) != nil {
				t.Error("torn")
			}
		}
		if dense.At(0).Into(&e) != nil {
			t.Error("torn")
		}
	}
	// The lists of e grow for some rounds: each takes the memory of the place
	// where it happens to stand.
	for range 3 {
		all()
	}
	assert.Zero(t, testing.AllocsPerRun(20, all))
}

func TestAppendToAWarmBatchDoesNotAllocate(t *testing.T) {
	e := randomEndpoint(rand.New(rand.NewPCG(13, 14)))
	s := NewSchema()
	var b Batch
	assert.Zero(t, testing.AllocsPerRun(20, func() {
		b.Reset(s, fault.Pos{})
		for range 10 {
			if b.Append(e) != nil {
				t.Error("not appended")
			}
		}
	}))
}

func TestIntoBorrows(t *testing.T) {
	var b Batch
	require.NoError(t, b.Append(&Endpoint{Address: "ann"}))
	var e Endpoint
	require.NoError(t, b.At(0).Into(&e))
	copy(b.Bytes(b.Values(0)[0]), "bob")
	assert.Equal(t, "bob", e.Address, "which is why Clone is there")
}
