package csvcodec

import "github.com/endpointfile/endpointfile/endpoint"

// stride is how many bytes emit copies at a time, whatever the size of a value is.
const stride = 64

// absent is the cell of a value that is not there.
const absent = endpoint.Value(endpoint.Plain) << 60

// emitGo writes values to buf from place n on, each with a comma behind it, from
// the value with index k on, as long as they need no care: their bytes lie in
// data with a block behind them, are plain, and there is room for them and two
// blocks. It gives the place behind what was written and the index of the first
// value that was not.
//
// Bytes behind that place may be overwritten.
//
// This body serves every machine, and others are held against it.
func emitGo(buf []byte, n int, vals []endpoint.Value, k int, data []byte) (int, int) {
	for ; k < len(vals); k++ {
		v := vals[k]
		size, i := v.Len(), v.Start()
		if v.Flags()&(endpoint.Plain|endpoint.InAux) != endpoint.Plain || i+size+stride > len(data) || n+size+2*stride > len(buf) {
			break
		}
		if size <= 16 {
			*(*[16]byte)(buf[n:]) = *(*[16]byte)(data[i:])
		} else {
			copy(buf[n:], data[i:i+size])
		}
		n += size
		buf[n] = ','
		n++
	}
	return n, k
}
