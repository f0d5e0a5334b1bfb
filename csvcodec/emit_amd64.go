//go:build !purego

package csvcodec

import (
	"golang.org/x/sys/cpu"

	"github.com/endpointfile/endpointfile/endpoint"
)

// useAVX2 is whether the machine has the instructions of the assembly in this
// package.
var useAVX2 = cpu.X86.HasAVX2

// emit is emitGo in the machine's own words.
func emit(buf []byte, n int, vals []endpoint.Value, k int, data []byte) (int, int) {
	if !useAVX2 {
		return emitGo(buf, n, vals, k, data)
	}
	if k >= len(vals) || len(buf) < 2*stride || len(data) < stride {
		return n, k
	}
	e := emission{
		buf: &buf[0], most: len(buf) - 2*stride, n: n, vals: &vals[0], k: k, end: len(vals),
		data: &data[0], last: len(data) - stride,
	}
	emitAVX2(&e)
	return e.n, e.k
}

// emission are the arguments of emitAVX2, and its results in n and k.
type emission struct {
	buf    *byte
	most   int // the last place in buf where a value may end
	n      int
	vals   *endpoint.Value
	k, end int
	data   *byte
	last   int // the last place in data where a value may end
}

//go:noescape
func emitAVX2(e *emission)
