//go:build !purego

package ndjson

import (
	"slices"

	"golang.org/x/sys/cpu"

	"github.com/endpointfile/endpointfile/endpoint"
)

var (
	// useAVX2 is whether the machine has the instructions of emit_amd64.s. Machines with
	// AVX2 have POPCNT, too.
	useAVX2 = cpu.X86.HasAVX2 && cpu.X86.HasPOPCNT

	// useAVX512 is whether it has those that pack what a mask chooses.
	useAVX512 = useAVX2 && cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ
)

// emitRows is emitRowsGo in the machine's own words.
func (e *emission) emitRows(rows []endpoint.Row) int {
	lanes := len(e.packs) * packLanes
	e.lastFirst, e.shuffle = cap(e.vals)-lanes, &packOrder
	if !useAVX2 || e.width == 0 || e.lastFirst < 0 || len(e.list) <= lanes || len(rows) == 0 ||
		len(e.buf) < emitSlack || len(e.data) < copySize {
		return e.emitRowsGo(rows)
	}
	e.ends = slices.Grow(e.ends, len(rows))
	before := len(e.ends)
	if useAVX512 {
		emitRowsAVX512(e, &rows[0], len(rows))
	} else {
		emitRowsAVX2(e, &rows[0], len(rows))
	}
	n := len(e.ends) - before
	if n < len(rows) && int(rows[n].First) > e.lastFirst {
		n += e.emitRowsGo(rows[n:]) // the last row, if nothing may be read behind it
	}
	return n
}

//go:noescape
func emitRowsAVX2(e *emission, rows *endpoint.Row, n int)

//go:noescape
func emitRowsAVX512(e *emission, rows *endpoint.Row, n int)

// packOrder moves those of four values that a mask chooses to the front, as halves of values.
var packOrder = [16][8]uint32{
	{6, 7, 6, 7, 6, 7, 6, 7},
	{0, 1, 6, 7, 6, 7, 6, 7},
	{2, 3, 6, 7, 6, 7, 6, 7},
	{0, 1, 2, 3, 6, 7, 6, 7},
	{4, 5, 6, 7, 6, 7, 6, 7},
	{0, 1, 4, 5, 6, 7, 6, 7},
	{2, 3, 4, 5, 6, 7, 6, 7},
	{0, 1, 2, 3, 4, 5, 6, 7},
	{6, 7, 6, 7, 6, 7, 6, 7},
	{0, 1, 6, 7, 6, 7, 6, 7},
	{2, 3, 6, 7, 6, 7, 6, 7},
	{0, 1, 2, 3, 6, 7, 6, 7},
	{4, 5, 6, 7, 6, 7, 6, 7},
	{0, 1, 4, 5, 6, 7, 6, 7},
	{2, 3, 4, 5, 6, 7, 6, 7},
	{0, 1, 2, 3, 4, 5, 6, 7},
}

// emit is emitGo in the machine's own words.
func (e *emission) emit(list []endpoint.Value) int {
	if !useAVX2 || len(list) == 0 || len(e.buf) < emitSlack || len(e.data) < copySize {
		return e.emitGo(list)
	}
	return emitAVX2(e, &list[0], len(list))
}

//go:noescape
func emitAVX2(e *emission, list *endpoint.Value, n int) int
