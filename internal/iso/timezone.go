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
	var window [ZoneWindow]byte
	return len(b) > 0 && copy(window[:], b) == len(b) && TimezoneIn(&window, len(b))
}

// ZoneWindow is no less than the length of any name of the tz database.
const ZoneWindow = 32

// TimezoneIn reports whether the first n bytes of b are a name, as [Timezone] says, or
// nothing, n being zero. It does so without a branch that depends on n.
func TimezoneIn(b *[ZoneWindow]byte, n int) bool {
	if uint(n) > ZoneWindow {
		return false
	}
	mask := zoneMask[ZoneWindow-n : 2*ZoneWindow-n]
	m0, m1, m2, m3 := zoneWord(mask, 0), zoneWord(mask, 8), zoneWord(mask, 16), zoneWord(mask, 24)
	w0, w1 := binary.LittleEndian.Uint64(b[0:])&m0, binary.LittleEndian.Uint64(b[8:])&m1
	w2, w3 := binary.LittleEndian.Uint64(b[16:])&m2, binary.LittleEndian.Uint64(b[24:])&m3
	start, size := zonePlace(w0, w1, w2, w3, n)
	name := zonePadded[start : start+ZoneWindow]
	other := uint64(size^n) | (zoneWord(name, 0)&m0 ^ w0) | (zoneWord(name, 8)&m1 ^ w1) | (zoneWord(name, 16)&m2 ^ w2) | (zoneWord(name, 24)&m3 ^ w3)
	return other&-(m0&1) == 0
}

// zoneMask has a byte for each of a window that is kept, and for each that is not.
const zoneMask = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff" +
	"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"

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

// zoneCandidate returns a name, the only one that b can equal, whatever its letter
// case; b must not be longer than any.
func zoneCandidate(b []byte) string {
	var window [ZoneWindow]byte
	copy(window[:], b)
	start, size := zonePlace(
		binary.LittleEndian.Uint64(window[0:]), binary.LittleEndian.Uint64(window[8:]),
		binary.LittleEndian.Uint64(window[16:]), binary.LittleEndian.Uint64(window[24:]), len(b))
	return zoneNames[start : start+size]
}

// zoneWord loads eight bytes of s as a word.
func zoneWord(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// zonePadded lets a window be opened at each name.
const zonePadded = zoneNames + "                                "

// zonePlace returns where in zoneNames the only name stands that n bytes in four
// words, zero beyond, can be, whatever their letter case, and how long it is; zero
// if there is none.
func zonePlace(w0, w1, w2, w3 uint64, n int) (start, size int) {
	const lowerCase = 0x2020202020202020
	h := uint64(n) ^ (w0 | lowerCase) ^ bits.RotateLeft64(w1|lowerCase, 17) ^ bits.RotateLeft64(w2|lowerCase, 34) ^ bits.RotateLeft64(w3|lowerCase, 51)
	h *= zoneSeed
	h ^= h >> 32
	place := zoneSlots[(h^uint64(zoneDisp[h>>(64-zoneBucketBits)]))&zoneSlotMask]
	return int(place >> 8), int(place & 0xff)
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
