//go:build !purego

package endpoint

import "golang.org/x/sys/cpu"

// useAVX2 is whether the machine has the instructions of the assembly in this
// package.
var useAVX2 = cpu.X86.HasAVX2 && cpu.X86.HasBMI2

// gather is gatherGo in the machine's own words.
func gather(g *gathering) {
	if !useAVX2 {
		gatherGo(g)
		return
	}
	gatherAVX2(g)
}

//go:noescape
func gatherAVX2(w *gathering)
