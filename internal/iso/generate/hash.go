// This file searches the perfect hash of the tz names: a seed, and one
// displacement a bucket, under which every name has a slot to itself. Package
// iso repeats zoneHash; a test there finds every name, so the two cannot part.

package main

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"
)

// The shape of the hash table. Slots are a little under twice the names:
// the search succeeds after a few seeds, and the table stays within 2 KB.
const (
	bucketBits = 7
	slotBits   = 10
	slotMask   = 1<<slotBits - 1
)

// perfect is a found hash table.
type perfect struct {
	seed  uint64
	disp  [1 << bucketBits]uint16
	slots [1 << slotBits]uint16 // 1 + index of the name; 0 is free
}

// zoneHash mixes all bytes of s, 32 at most, blind to the bit that tells upper from
// lower case.
func zoneHash(s []byte, seed uint64) uint64 {
	var window [32]byte
	copy(window[:], s)
	h := uint64(len(s))
	for i := range 4 {
		h ^= bits.RotateLeft64(binary.LittleEndian.Uint64(window[8*i:])|0x2020202020202020, 17*i)
	}
	h *= seed
	return h ^ h>>32
}

// findPerfect tries seeds in a fixed order, so the same names give the same
// table on every machine.
func findPerfect(names []string) (*perfect, error) {
	for try := range uint64(10_000) {
		// Odd multiples of the golden ratio: well mixed and never even.
		if p := tryPerfect(names, 0x9e3779b97f4a7c15*(2*try+1)); p != nil {
			return p, nil
		}
	}
	return nil, errors.New("no perfect hash found: make the table larger")
}

// tryPerfect places whole buckets, the fullest first. It returns nil when some
// bucket fits nowhere.
func tryPerfect(names []string, seed uint64) *perfect {
	p := &perfect{seed: seed}
	type key struct {
		index uint16
		slot  uint16
	}
	var buckets [1 << bucketBits][]key
	for i, name := range names {
		h := zoneHash([]byte(name), seed)
		b := h >> (64 - bucketBits)
		buckets[b] = append(buckets[b], key{uint16(i + 1), uint16(h & slotMask)})
	}
	order := make([]int, len(buckets))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(buckets[b]), len(buckets[a])) })
	for _, b := range order {
		placed := false
		for d := uint16(0); d <= slotMask && !placed; d++ {
			placed = true
			for n, k := range buckets[b] {
				if p.slots[k.slot^d] == 0 {
					p.slots[k.slot^d] = k.index
					continue
				}
				placed = false
				for _, k := range buckets[b][:n] {
					p.slots[k.slot^d] = 0
				}
				break
			}
			if placed {
				p.disp[b] = d
			}
		}
		if !placed {
			return nil
		}
	}
	return p
}
