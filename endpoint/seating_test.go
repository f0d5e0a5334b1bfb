package endpoint

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/fault"
)

// What is compiled for a schema fills an Endpoint as the way for values in any order
// does.
func TestSeatingAgrees(t *testing.T) {
	rng := rand.New(rand.NewPCG(41, 42))
	var b Batch
	var compiled, sorted Endpoint // reused from schema to schema
	regular := 0
	for range 400 {
		s := NewSchema()
		for i := range rng.IntN(20) {
			c := Column{Field: ID + Field(rng.IntN(int(FieldCount-ID)))}
			if !c.Field.plain() {
				c.Key = strconv.Itoa(rng.IntN(6 + 2*i))
			}
			if _, ok := s.Lookup(c); ok && rng.IntN(8) > 0 {
				continue // else an attribute or a list that comes again
			}
			for range 1 + rng.IntN(3)*rng.IntN(2) {
				s.Add(c)
				if c.Field.plain() || c.Field == Metrics {
					break
				}
			}
		}
		if s.Len() == 0 {
			continue
		}
		rows := make([]string, 1+rng.IntN(8))
		for i := range rows {
			row := make([]string, s.Len())
			for j := range row {
				row[j] = strings.Repeat("x", rng.IntN(2)*rng.IntN(9))
			}
			rows[i] = strings.Join(row, ",")
		}
		cells(&b, s, fault.Pos{}, strings.Join(rows, "\n")) // the last value ends where Data does
		for i := range b.Vals {
			if rng.IntN(10) == 0 {
				b.Replace(i/s.Len(), i, []byte(strconv.Itoa(i)), Plain)
			}
		}
		for i := range b.Rows {
			require.NoError(t, b.At(i).Into(&compiled))
			b.sort(&sorted, b.Values(i))
			require.Equal(t, plain(&sorted), plain(&compiled), "%v %q", s.Columns, rows)
		}
		if b.seating.regular {
			regular++
		}
	}
	require.Greater(t, regular, 100)
	require.Less(t, regular, 390)
}

// A header of very many lists, one of which has very many columns, must not cost
// memory for all of them.
func TestSeatingOfManyLists(t *testing.T) {
	s := NewSchema()
	for i := range 500 {
		s.Add(Column{Attributes, strconv.Itoa(i)})
	}
	for range 500 {
		s.Add(Column{Attributes, "long"})
	}
	var b Batch
	cells(&b, s, fault.Pos{}, strings.Repeat("x,", 999)+"x\n")
	var e Endpoint
	require.NoError(t, b.At(0).Into(&e))
	require.False(t, b.seating.regular)
	require.Len(t, e.Attributes, 501)
	require.Len(t, e.Attributes.Get("long"), 500)
}
