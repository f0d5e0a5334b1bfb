//go:build !purego

package scan

import "golang.org/x/sys/cpu"

var (
	// useAVX2 is whether the machine has the instructions of the assembly in this
	// package. Machines with AVX2 have BMI1 and POPCNT, too.
	useAVX2 = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasPOPCNT && cpu.X86.HasPCLMULQDQ

	// useAVX512 is whether it has those that compare bytes to masks, and that pack
	// what a mask chooses (since Ice Lake and Zen 4).
	useAVX512 = useAVX2 && cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VBMI2
)

// quick scans blocks as run does, as far as vector code may go: up to one that
// breaks the grammar, that is not followed by another byte, or that there is no
// room for.
func (s *csvScan) quick() {
	stop := (len(s.src) - 1) &^ 63 // where the last block begins, which may be a whole one
	if !useAVX2 || s.at >= stop || s.n >= s.limit {
		return
	}
	_, _, _, _ = s.special[stop>>6], s.hard[stop>>6], s.bounds[s.limit+CSVSlack-1], s.rows[s.limit+CSVSlack-1]
	v := csvVector{
		csvScan: s, src: &s.src[0], bounds: &s.bounds[0], rows: &s.rows[0], special: &s.special[0], hard: &s.hard[0],
		stop: stop, limit: s.limit,
	}
	if useAVX512 {
		scanCSVAVX512(&v)
	} else {
		scanCSVAVX2(&v)
	}
}

// csvVector are the arguments of the assembly; the state is in csvScan.
type csvVector struct {
	*csvScan
	src     *byte
	bounds  *uint32
	rows    *uint32
	special *uint64
	hard    *uint64
	stop    int // no block that begins here or later is scanned
	limit   int
}

//go:noescape
func scanCSVAVX2(v *csvVector)

//go:noescape
func scanCSVAVX512(v *csvVector)

// quick goes over all blocks but the last, and reports whether they break no rule.
func (l *csvLast) quick(src []byte) bool {
	if !useAVX2 || len(src) == 0 {
		return l.quickGo(src)
	}
	l.src = &src[0]
	if useAVX512 {
		lastRowAVX512(l)
	} else {
		lastRowAVX2(l)
	}
	return l.at >= l.stop
}

//go:noescape
func lastRowAVX2(l *csvLast)

//go:noescape
func lastRowAVX512(l *csvLast)
