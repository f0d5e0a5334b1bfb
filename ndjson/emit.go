package ndjson

import (
	"encoding/binary"

	"github.com/endpointfile/endpointfile/endpoint"
)

const (
	// maxQuick is the size in bytes of the longest value that emit copies. It
	// copies that many bytes whatever the size is.
	maxQuick = 64

	// room is what must be free behind a value's own bytes: the text before it,
	// and what is copied too much.
	room = joinSize + keySize + maxQuick
)

// emitGo writes values to buf from place n on, from the value with index k on,
// as long as they need no care: their bytes lie in data with maxQuick bytes
// behind their start, are plain and at most maxQuick long, numbers are known to be such,
// names fit into their steps, and there is room for them. class and last are those of the
// value before: [startClass] and -1 at the start. It gives the place behind
// what was written and the index of the first value that was not.
//
// Bytes behind that place may be overwritten.
//
// This body serves every machine, and others are held against it.
func emitGo(buf []byte, n int, vals []endpoint.Value, k int, data []byte, cols []step, joins *joins, class, last int) (int, int) {
	for ; k < len(vals); k++ {
		v := vals[k]
		size, i := v.Len(), v.Start()
		c := &cols[v.Column()]
		if uint8(v.Flags())&(c.need|uint8(endpoint.InAux)) != c.need || size > maxQuick || i+maxQuick > len(data) || n+room+maxQuick > len(buf) {
			break
		}
		if int(c.head) == last {
			if c.list == 0 {
				break
			}
			n += copy(buf[n:], `","`)
		} else {
			j := &joins[class][c.group]
			*(*[joinSize]byte)(buf[n:]) = j.text
			n += int(j.n)
			*(*[keySize]byte)(buf[n:]) = c.key
			n += int(c.n)
			class, last = int(c.class), int(c.head)
		}
		copyBlock(buf[n:], data[i:])
		if size > copySize {
			copyBlock(buf[n+copySize:], data[i+copySize:])
		}
		n += size
	}
	return n, k
}

const copySize = maxQuick / 2

// copyBlock copies copySize bytes. Words are loaded and stored one by one: for a
// copy that might overlap itself the compiler would call a function.
func copyBlock(dst, src []byte) {
	d, s := dst[:copySize], src[:copySize]
	a, b := binary.LittleEndian.Uint64(s), binary.LittleEndian.Uint64(s[8:])
	binary.LittleEndian.PutUint64(d, a)
	binary.LittleEndian.PutUint64(d[8:], b)
	a, b = binary.LittleEndian.Uint64(s[16:]), binary.LittleEndian.Uint64(s[24:])
	binary.LittleEndian.PutUint64(d[16:], a)
	binary.LittleEndian.PutUint64(d[24:], b)
}
