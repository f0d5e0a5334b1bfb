package fence

import (
	"runtime"
	"runtime/debug"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
)

func TestBytes(t *testing.T) {
	for _, n := range []int{0, 1, 4095, 4096, 4097} {
		b := Bytes(t, n)
		assert.Len(t, b, n)
		assert.Equal(t, n, cap(b))
		for i := range b {
			b[i] = 1
		}
	}
	assert.Equal(t, "text", string(Copy(t, []byte("text"))))
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		return
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	b := Bytes(t, 10)
	assert.Panics(t, func() { *(*byte)(unsafe.Add(unsafe.Pointer(&b[9]), 1)) = 1 }, "there is nothing behind it")
}
