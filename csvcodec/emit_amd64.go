//go:build !purego

package csvcodec

import "golang.org/x/sys/cpu"

// useAVX2 is whether the machine has the instructions of the assembly in this
// package.
var useAVX2 = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2

// emit is emitGo in the machine's own words.
func emit(e *emission) {
	if !useAVX2 {
		emitGo(e)
		return
	}
	emitAVX2(e)
}

//go:noescape
func emitAVX2(e *emission)
