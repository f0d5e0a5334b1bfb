//go:build !purego

package ndjson

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
)

// everyColumn gives a schema with all attributes, some of them with long names, and
// lists of several columns.
func everyColumn() *endpoint.Schema {
	s := endpoint.NewSchema()
	for f := endpoint.ID; f < endpoint.FieldCount; f++ {
		c := endpoint.Column{Field: f}
		if f.Custom() {
			c.Key = "k"
			s.Add(endpoint.Column{Field: f, Key: "a name of more than a block"})
			s.Add(endpoint.Column{Field: f, Key: "a name that is too long for a cell of the table, as some are"})
		}
		s.Add(c)
		if f == endpoint.Attributes {
			s.Add(c)
			s.Add(c)
		}
	}
	return s
}

// eachBody calls f with each body in the place of the chosen one.
func eachBody(f func(body string)) {
	avx2, avx512 := useAVX2, useAVX512
	defer func() { useAVX2, useAVX512 = avx2, avx512 }()
	if avx512 {
		f("AVX-512")
	}
	if useAVX512 = false; avx2 {
		f("AVX2")
	}
	useAVX2 = false
	f("portable")
}

// All bodies write the same rows of any width, stop at the same one, and write no
// further than they may.
func TestEmitRowsAgrees(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	every := everyColumn()
	data := make([]byte, 3000)
	for i := range data {
		data[i] = 'a' + byte(i%26)
	}
	const untouched = endpoint.Value(0xABCD)
	canary := bytes.Repeat([]byte{0xA5}, 64)
	cares, full := 0, 0
	for width := range every.Len() + 1 {
		s := endpoint.NewSchema()
		for _, c := range every.Columns[:width] {
			s.Add(c)
		}
		var p plan
		p.makeJoins()
		p.compile(&endpoint.Batch{Schema: s, Dense: true}, 1)
		for range 50 {
			rows := make([]endpoint.Row, rng.IntN(8))
			vals := make([]endpoint.Value, width*len(rows), width*len(rows)+rng.IntN(2*packSlack))
			odd := rng.IntN(2) * rng.IntN(1000)
			stop := len(rows)
			for r := range rows {
				rows[r] = endpoint.Row{First: uint32(r * width), N: uint32(width)}
				if odd > 0 && rng.IntN(10) == 0 {
					rows[r].Flags = endpoint.RowFlags(rng.IntN(8))
				}
				bad := rows[r].Flags&endpoint.Rejected != 0
				for i, col := range p.order {
					v := endpoint.MakeValue(rng.IntN(2000), rng.IntN(3)*rng.IntN(1<<rng.IntN(10)), int(col), endpoint.Plain|endpoint.Bare)
					if odd > 0 && rng.IntN(odd) == 0 {
						v = endpoint.MakeValue(rng.IntN(2000), rng.IntN(3), rng.IntN(width), endpoint.Flags(rng.IntN(16)))
					}
					vals[r*width+i] = v
					bad = bad || v.Len() > 0 && (p.careful(v) || v.Column() != int(col))
				}
				if bad {
					stop = min(stop, r)
				}
			}
			if stop < len(rows) {
				cares++
			}
			var first *emission
			done := 0
			size, largest := rng.IntN(100_000), 1000+rng.IntN(1<<rng.IntN(20))
			start := rng.IntN(size + 1)
			eachBody(func(body string) {
				list := make([]endpoint.Value, width+packSlack+1)
				list[width+packSlack] = untouched
				buf := make([]byte, size, size+64)
				copy(buf[size:cap(buf)], canary)
				e := &emission{
					buf: buf, n: start, base: start, data: data, table: &p.table, vals: vals,
					list: list[:width+packSlack], max: largest, width: width, packed: -1,
				}
				n := e.emitRows(rows)
				require.LessOrEqual(t, n, stop, body)
				require.Len(t, e.ends, n, body)
				require.Equal(t, untouched, list[width+packSlack], body)
				require.Equal(t, canary, buf[size:cap(buf)], body)
				if first == nil {
					first, done = e, n
					return
				}
				require.Equal(t, done, n, body)
				if require.Equal(t, first.packed, e.packed, body); e.packed >= 0 {
					require.Equal(t, first.list[:e.packed], e.list[:e.packed], body)
				}
				require.True(t, slices.Equal(first.ends, e.ends), body)
				require.Equal(t, string(first.buf[start:first.n]), string(buf[start:e.n]), body)
			})
			if done < stop {
				full++
			}
		}
	}
	require.Greater(t, cares, 100)
	require.Greater(t, full, 100)
}

// All bodies write the same bytes, stop at the same value, and write nothing behind
// the end of the buffer.
func TestEmitAgrees(t *testing.T) {
	var p plan
	p.makeJoins()
	p.compile(&endpoint.Batch{Schema: everyColumn(), Dense: true}, 1)
	var short []int
	for i, c := range p.cols {
		if c.need != never {
			short = append(short, i)
		}
	}
	rng := rand.New(rand.NewPCG(17, 18))
	data := make([]byte, 1000)
	for i := range data {
		data[i] = 'a' + byte(i%26)
	}
	canary := bytes.Repeat([]byte{0xA5}, 64)
	stops := 0
	for range 20_000 {
		d := data[:len(data)-rng.IntN(2)*rng.IntN(len(data)+1)]
		list := make([]endpoint.Value, 1+rng.IntN(40))
		for i := range list {
			size := min(rng.IntN(40), len(d))
			if rng.IntN(20) == 0 {
				size = rng.IntN(len(d) + 1)
			}
			list[i] = endpoint.MakeValue(rng.IntN(len(d)-size+1), size, short[rng.IntN(len(short))], endpoint.Plain)
		}
		list[len(list)-1] = p.end
		size := rng.IntN(4000)
		n, row := rng.IntN(size+1), p.next[rng.IntN(len(p.next))]
		var first []byte
		var done int
		eachBody(func(body string) {
			buf := make([]byte, size, size+64)
			copy(buf[size:cap(buf)], canary)
			e := emission{buf: buf, n: n, row: row, data: d, table: &p.table}
			k := e.emit(list)
			require.Equal(t, canary, buf[size:cap(buf)], body)
			if first == nil {
				first, done = append([]byte{}, buf[n:e.n]...), k
				return
			}
			require.Equal(t, done, k, body)
			require.Equal(t, string(first), string(buf[n:e.n]), body)
		})
		if done < len(list) {
			stops++
		}
	}
	require.NotZero(t, stops)
}

// The assembly knows how a value is packed.
func TestEmitKnowsValues(t *testing.T) {
	require.Equal(t, endpoint.Value(0xffffff), endpoint.MakeValue(endpoint.MaxData, 0, 0, 0))
	require.Equal(t, endpoint.Value(0x3fffff<<24), endpoint.MakeValue(0, endpoint.MaxRecord, 0, 0))
	require.Equal(t, endpoint.Value(0x3fff<<46), endpoint.MakeValue(0, 0, 0x3fff, 0))
	var row endpoint.Row
	require.EqualValues(t, 8, unsafe.Offsetof(row.First))
	require.EqualValues(t, 12, unsafe.Offsetof(row.N))
	require.EqualValues(t, 16, unsafe.Offsetof(row.Flags))
	require.EqualValues(t, 20, unsafe.Sizeof(row))
	require.EqualValues(t, 1, endpoint.Rejected)
}
