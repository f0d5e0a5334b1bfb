// This file knows the names of the tz database. A perfect hash leads to the one
// name that a value can be; comparing the two settles it. The hash does not see
// letter case, so the same table serves the exact question and the repair of
// case.

package iso

import (
	"encoding/binary"
	"math/bits"
)

// Timezone reports whether b is a name of the tz database, in its exact letter
// case.
func Timezone(b []byte) bool {
	return len(b) >= zoneShortest && len(b) <= zoneLongest && zoneCandidate(b) == string(b)
}

// TimezoneFold returns the one tz database name that equals b but for the case
// of ASCII letters; that is b itself if Timezone(b) is true. No two names differ
// in letter case alone, so to put the name in b's place loses nothing. It reports
// false if there is no such name.
func TimezoneFold(b []byte) (name string, ok bool) {
	if len(b) < zoneShortest || len(b) > zoneLongest {
		return "", false
	}
	name = zoneCandidate(b)
	if len(name) != len(b) {
		return "", false
	}
	for i, c := range b {
		if lower(c) != lower(name[i]) {
			return "", false
		}
	}
	return name, true
}

// zoneCandidate returns the only name that b can equal, whatever its letter
// case, or "".
func zoneCandidate(b []byte) string {
	const lowerCase = 0x2020202020202020
	h := zoneSeed * uint64(len(b))
	var tail uint64 // the bytes behind the last whole word, the last one lowest
	if len(b) >= 8 {
		tail = (bits.ReverseBytes64(binary.LittleEndian.Uint64(b[len(b)-8:])) | lowerCase) & (1<<(len(b)&7*8) - 1)
		for ; len(b) >= 8; b = b[8:] {
			h = zoneMix(h ^ (binary.LittleEndian.Uint64(b) | lowerCase))
		}
	} else {
		for _, c := range b {
			tail = tail<<8 | uint64(c|0x20)
		}
	}
	h = zoneMix(h ^ tail)
	n := zoneSlots[(h^uint64(zoneDisp[h>>(64-zoneBucketBits)]))&zoneSlotMask]
	if n == 0 {
		return ""
	}
	return zoneName(int(n) - 1)
}

// zoneMix spreads every bit of h over all higher ones, and those back down.
func zoneMix(h uint64) uint64 {
	h *= zoneSeed
	return h ^ h>>32
}

// zoneName returns the name with the given number, from 0 to zoneCount-1.
func zoneName(i int) string { return zoneNames[zoneStarts[i]:zoneStarts[i+1]] }

// lower maps ASCII letters to lower case and leaves other bytes alone.
func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}
