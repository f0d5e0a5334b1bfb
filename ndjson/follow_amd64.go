//go:build !purego

package ndjson

import "golang.org/x/sys/cpu"

// useBMI is whether the machine has the instructions of follow_amd64.s.
var useBMI = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2

// markWords is how many words have a bit for each byte of a window.
const markWords = window / 64

// marks say what stands in a window: the quotes, backslashes and control
// characters that may end a string, and the commas.
type marks [2][markWords]uint64

// survey makes the marks of the window, which is not empty.
func survey(t *trail) {
	if !useBMI {
		return
	}
	if t.marks == nil {
		t.marks = new(marks)
	}
	src := t.data[t.base:t.known]
	surveyAVX2(t.marks, &src[0], len(src)/64)
}

// surveyAVX2 makes the marks of n blocks of 64 bytes, one at least.
//
//go:noescape
func surveyAVX2(m *marks, src *byte, n int)

// follow is followGo in the machine's own words.
func follow(t *trail) {
	if !useBMI {
		followGo(t)
		return
	}
	followAVX2(t)
}

//go:noescape
func followAVX2(t *trail)
