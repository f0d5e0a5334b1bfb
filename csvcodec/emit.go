package csvcodec

import (
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/internal/scan"
)

// stride is how many bytes emit copies at a time, whatever the size of a value is.
const stride = 64

// absent is the cell of a value that is not there.
const absent = endpoint.Value(endpoint.Plain) << 60

// emission is what emit works on. emit_amd64.s knows its layout.
type emission struct {
	buf  []byte
	n    int // the place in buf that was come to
	vals []endpoint.Value
	k    int       // the value that was come to
	src  [2][]byte // Data and Aux
}

// emitGo writes values, each with a comma behind it, as long as there is room: a
// stride in src behind a value, and two in buf behind what it may take there.
// Bytes of buf behind the place that it comes to may be overwritten.
//
// This body serves every machine, and others are held against it.
func emitGo(e *emission) {
	buf, n := e.buf, e.n
	for ; e.k < len(e.vals); e.k++ {
		v := e.vals[e.k]
		src := e.src[0]
		if v.Is(endpoint.InAux) {
			src = e.src[1]
		}
		size, i := v.Len(), v.Start()
		if i+size+stride > len(src) || n+size+2*stride > len(buf) || !v.Is(endpoint.Plain) && n+2*size+2*stride > len(buf) {
			break
		}
		switch {
		case !v.Is(endpoint.Plain):
			n = len(appendCell(buf[:n], src[i:i+size]))
		case size <= 16:
			*(*[16]byte)(buf[n:]) = *(*[16]byte)(src[i:])
			n += size
		default:
			n += copy(buf[n:], src[i:i+size])
		}
		buf[n] = ','
		n++
	}
	e.n = n
}

// appendCell appends the text of a cell, in quotes if it needs them.
func appendCell(dst, text []byte) []byte {
	if scan.CSVQuoted(text) {
		return appendQuoted(dst, text)
	}
	return append(dst, text...)
}
