//go:build !purego

package ndjson

import "golang.org/x/sys/cpu"

// useBMI is whether the machine has the instructions of follow_amd64.s.
var useBMI = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2

// follow is followGo in the machine's own words.
func follow(t *trail) {
	if !useBMI {
		followGo(t)
		return
	}
	if len(t.data) < 2*stride {
		t.col = colNone
		return
	}
	followAVX2(t)
}

// followAVX2 wants 2*stride bytes of data at least.
//
//go:noescape
func followAVX2(t *trail)
