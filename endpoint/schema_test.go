package endpoint

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSchema(t *testing.T) {
	address, plan, score := Column{Field: Address}, Column{Attributes, "plan"}, Column{Metrics, "plan"}
	s := NewSchema(address, plan, score)
	assert.Equal(t, 3, s.Len())
	assert.False(t, s.Repeated())
	assert.Equal(t, 3, s.Add(plan))
	assert.Equal(t, 4, s.Add(plan))
	assert.Equal(t, 5, s.Add(address))
	assert.True(t, s.Repeated())
	assert.Equal(t, []Column{address, plan, score, plan, plan, address}, s.Columns)
	for i, head := range []int{0, 1, 2, 1, 1, 0} {
		assert.Equal(t, head, s.Head(i), i)
	}
	n, ok := s.Lookup(plan)
	assert.True(t, ok)
	assert.Equal(t, 1, n)
	n, ok = s.LookupKey(Metrics, []byte("plan"))
	assert.True(t, ok)
	assert.Equal(t, 2, n)
	for _, c := range []Column{{Attributes, "Plan"}, {UserAttributes, "plan"}, {}} {
		_, ok = s.Lookup(c)
		assert.False(t, ok, c)
		_, ok = s.LookupKey(c.Field, []byte(c.Key))
		assert.False(t, ok, c)
	}
}

func TestSchemaOfNothing(t *testing.T) {
	s := &Schema{}
	_, ok := s.Lookup(Column{Field: Address})
	assert.False(t, ok)
	assert.Zero(t, s.Len())
	assert.False(t, s.Repeated())
	assert.Equal(t, 0, s.Add(Column{Field: Address}))
}

func TestSchemaIsBounded(t *testing.T) {
	s := NewSchema()
	for i := range MaxColumns {
		require.Equal(t, i, s.Add(Column{Attributes, strconv.Itoa(i)}))
	}
	assert.Equal(t, -1, s.Add(Column{Attributes, "one more"}))
	assert.Equal(t, -1, s.Add(Column{Attributes, "0"}), "one whose name is there as well")
	assert.Equal(t, MaxColumns, s.Len())
	_, ok := s.Lookup(Column{Attributes, "one more"})
	assert.False(t, ok)
	assert.Equal(t, MaxColumns-1, s.Head(MaxColumns-1))
	assert.Less(t, MaxColumns, 1<<columnBits)
}

func TestLookupKeyDoesNotAllocate(t *testing.T) {
	s := NewSchema(Column{UserAttributes, "a rather long name of an attribute, longer than any buffer on a stack"})
	key := []byte(s.Columns[0].Key)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if _, ok := s.LookupKey(UserAttributes, key); !ok {
			t.Error("not found")
		}
	}))
}
