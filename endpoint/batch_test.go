package endpoint

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/fault"
)

func TestValuePacks(t *testing.T) {
	starts := []int{0, 1, 1<<16 - 1, 1 << 16, 1 << 23, MaxData - 1, MaxData}
	sizes := []int{0, 1, 1<<16 - 1, 1 << 16, 1 << 21, MaxRecord - 1, MaxRecord}
	columns := []int{0, 1, 255, 256, 1 << 13, MaxColumns - 1, 1<<columnBits - 1}
	check := func(start, n, column int, flags Flags) {
		v := MakeValue(start, n, column, flags)
		require.Equal(t, []int{start, n, column}, []int{v.Start(), v.Len(), v.Column()})
		require.Equal(t, flags, v.Flags())
		for _, f := range []Flags{InAux, Plain, Bare, Literal} {
			require.Equal(t, flags&f == f, v.Is(f))
		}
		require.Equal(t, flags == InAux|Plain|Bare, v.Is(InAux|Plain|Bare))
	}
	for _, start := range starts {
		for _, n := range sizes {
			for _, column := range columns {
				for flags := range (InAux | Plain | Bare) + 1 {
					check(start, n, column, flags)
				}
			}
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 10000 {
		check(rng.IntN(MaxData+1), rng.IntN(MaxRecord+1), rng.IntN(MaxColumns), Flags(rng.IntN(16)))
	}
	assert.Equal(t, 64, startBits+lenBits+columnBits+4)
}

func TestBatchRows(t *testing.T) {
	var b Batch
	cells(&b, NewSchema(Column{Field: Address}, Column{Field: ID}), fault.Pos{File: "a.csv", Line: 2, Column: 1, Offset: 11}, "ann,1\nbob,\n,3\ndan,4")
	b.Record = 7
	require.Len(t, b.Rows, 4)
	assert.Equal(t, 4, b.Kept())
	b.Reject(2)
	assert.Equal(t, 3, b.Kept())
	b.Rows[3].Flags |= Changed

	kept := []int{}
	for rec := range b.Records() {
		kept = append(kept, rec.Row())
		assert.False(t, rec.Rejected())
	}
	assert.Equal(t, []int{0, 1, 3}, kept)
	for range b.Records() {
		break
	}

	assert.Equal(t, "bob,\n", string(b.Raw(1)))
	assert.Equal(t, 5, cap(b.Raw(1)), "nothing can be appended into the next record")
	assert.Equal(t, 2, cap(b.Values(1)))
	assert.Equal(t, 3, cap(b.Bytes(b.Values(1)[0])))

	rec := b.At(2)
	assert.True(t, rec.Rejected())
	assert.False(t, rec.Changed())
	assert.True(t, b.At(3).Changed())
	assert.Equal(t, int64(9), rec.Number())
	assert.Equal(t, fault.Pos{File: "a.csv", Line: 4, Column: 1, Offset: 22}, rec.Pos())
	assert.Equal(t, ",3\n", string(rec.Raw()))
	_, ok := rec.Get(Column{Field: Address})
	assert.False(t, ok, "an empty cell is an absent value")
	got, ok := rec.Get(Column{Field: ID})
	assert.True(t, ok)
	assert.Equal(t, "3", string(got))
	_, ok = rec.Get(Column{Field: UserID})
	assert.False(t, ok)

	b.Dense = false
	got, ok = rec.Get(Column{Field: Address})
	assert.True(t, ok, "in a sparse batch an empty value is an empty string")
	assert.Empty(t, got)
	pairs := []string{}
	for c, v := range rec.All() {
		pairs = append(pairs, c.String()+"="+string(v))
	}
	assert.Equal(t, []string{"Address=", "Id=3"}, pairs)

	b.Reset(b.Schema, fault.Pos{})
	assert.Empty(t, b.Rows)
	assert.Empty(t, b.Vals)
	assert.Empty(t, b.Aux)
	assert.Nil(t, b.Data)
	assert.False(t, b.Dense)
	assert.Equal(t, int64(1), b.Record)
}

// naivePos counts from the start each time.
func naivePos(b *Batch, off int) fault.Pos {
	p := b.Base
	p.Offset += int64(off)
	p.Column = max(p.Column, 1)
	for _, c := range b.Data[:off] {
		p.Column++
		if c == '\n' {
			p.Line++
			p.Column = 1
		}
	}
	return p
}

func TestPosAgainstNaiveCount(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		data := make([]byte, rng.IntN(200))
		for i := range data {
			data[i] = []byte("ab,\r\n\"\n")[rng.IntN([]int{4, 7}[rng.IntN(2)])]
		}
		var b Batch
		b.Reset(NewSchema(), fault.Pos{File: "f", Line: rng.Int64N(5), Column: rng.IntN(4), Offset: rng.Int64N(100)})
		b.Data = data
		for range 60 {
			off := rng.IntN(len(data) + 1)
			require.Equal(t, naivePos(&b, off), b.Pos(off), "%q at %d", data, off)
		}
		for off := range len(data) + 1 { // in order, forth and back
			require.Equal(t, naivePos(&b, off), b.Pos(off))
		}
		for off := len(data); off >= 0; off-- {
			require.Equal(t, naivePos(&b, off), b.Pos(off))
		}
	}
}

func TestPosGoesBackAtNoGreatCost(t *testing.T) {
	// Between the two ends of many records, each time back to the start of the
	// one before: quadratic work would not end within the time of a test.
	var b Batch
	b.Reset(NewSchema(), fault.Pos{Line: 1, Column: 1})
	line := strings.Repeat("x", 15) + "\n"
	b.Data = []byte(strings.Repeat(line, 1<<18))
	for i := range 1 << 18 {
		assertLine := func(off int, want int64) {
			if got := b.Pos(off).Line; got != want {
				t.Fatalf("line %d at %d, want %d", got, off, want)
			}
		}
		assertLine(i*16+15, int64(i+1))
		assertLine(max(i-1, 0)*16, int64(max(i-1, 0)+1))
	}
}

func TestOffset(t *testing.T) {
	var b Batch
	b.Reset(NewSchema(Column{Field: Address}), fault.Pos{})
	b.Data = []byte(`"ann",bob,"x""y"`)
	assert.Equal(t, 0, b.Offset(MakeValue(1, 3, 0, 0)), "a quoted value begins at its quote")
	assert.Equal(t, 6, b.Offset(MakeValue(6, 3, 0, 0)))
	assert.Equal(t, 0, b.Offset(MakeValue(0, 0, 0, 0)))

	start := b.StartAux(10)
	b.Aux = append(b.Aux, `x"y`...)
	v := MakeValue(start, 3, 0, InAux)
	assert.Equal(t, 10, b.Offset(v))
	assert.Equal(t, `x"y`, string(b.Bytes(v)))
}

func TestReplace(t *testing.T) {
	var b Batch
	cells(&b, NewSchema(Column{Field: Address}, Column{Field: LocationCountry}), fault.Pos{}, "ann,US\nbob,uk\n")
	v := b.Values(1)[1]
	offset := b.Offset(v)
	text := []byte("GBR")
	for _, want := range []string{"GBR", "USA", "", strings.Repeat("long ", 100)} {
		text = append(text[:0], want...)
		b.Replace(1, int(b.Rows[1].First)+1, text, Plain)
		clear(text)
		got := b.Values(1)[1]
		assert.Equal(t, want, string(b.Bytes(got)), "the text is copied")
		assert.Equal(t, offset, b.Offset(got), "the place in the input stays")
		assert.Equal(t, 1, got.Column())
		assert.Equal(t, InAux|Plain, got.Flags())
	}
	assert.True(t, b.At(1).Changed())
	assert.False(t, b.At(0).Changed())
	assert.Equal(t, "ann,US\nbob,uk\n", string(b.Data), "the input is never written to")
	assert.Equal(t, "US", string(b.Bytes(b.Values(0)[1])))
	assert.False(t, b.At(1).Rejected())
}

func TestFaults(t *testing.T) {
	var b Batch
	s := NewSchema(Column{Field: Address}, Column{UserAttributes, "a/b"})
	cells(&b, s, fault.Pos{File: "a.csv", Line: 2, Column: 1, Offset: 20}, "ann,x\nbob,long\n")
	b.Record = 5
	v := b.Values(1)[1]
	e := b.FaultOf(1, v, fault.ValueLength)
	assert.Equal(t, &fault.Error{
		Pos: fault.Pos{File: "a.csv", Line: 3, Column: 5, Offset: 30}, Record: 6,
		Rule: fault.ValueLength, Field: "User.UserAttributes.a/b", Value: "long",
	}, e)
	assert.False(t, b.At(1).Rejected(), "making a fault marks nothing")

	at := b.FaultAt(0, 2, fault.UTF8)
	assert.Equal(t, &fault.Error{Pos: fault.Pos{File: "a.csv", Line: 2, Column: 3, Offset: 22}, Record: 5, Rule: fault.UTF8}, at)

	b.Dense = false
	assert.Equal(t, "/User/UserAttributes/a~1b", b.FaultOf(1, v, fault.ValueLength).Pointer)

	clear(b.Data)
	assert.Equal(t, "long", e.Value, "a fault owns its strings")
}

func TestBorrowsAreCapped(t *testing.T) {
	var b Batch
	require.NoError(t, b.Append(&Endpoint{Address: "ann", Id: "7"}))
	aux := slices.Clone(b.Aux)
	for _, v := range b.Values(0) {
		_ = append(b.Bytes(v), "overflow"...)
	}
	assert.Equal(t, aux, b.Aux)
}
