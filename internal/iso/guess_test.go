package iso

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                              "",
		"  U. S. A ":                    "u s a",
		"Côte d’Ivoire":                 "cote d ivoire",
		"Co\u0302te":                    "cote",
		"Straße × ÷ Øre":                "strase ore",
		"a\u00a0b—c":                    "a b c",
		"١":                             "",
		"Ελλάδα":                        "",
		"a\xffb":                        "",
		strings.Repeat("é", maxGuess/2): strings.Repeat("e", maxGuess/2),
		strings.Repeat("a", maxGuess+1): "",
		"\u0301" + "x":                  "x",
		"12 Monkeys":                    "12 monkeys",
	} {
		assert.Equal(t, want, string(fold(nil, []byte(in))), "%q", in)
	}
	assert.Equal(t, "saintthomas", string(foldKey(nil, []byte("St. Thomas"))))
	assert.Equal(t, "st", string(foldKey(nil, []byte("St."))))
	assert.Equal(t, "isleman", string(foldKey(nil, []byte("the Isle of Man"))))
	assert.Empty(t, foldKey(nil, []byte("of the")))
	assert.Equal(t, "ofthe", string(squash(fold(nil, []byte("of the")))))
}

// Letters are the same with the accent in them as with the accent behind them.
func TestFoldAgreesWithDecomposition(t *testing.T) {
	for r := rune(firstLatin); r <= lastLatin; r++ {
		apart := norm.NFD.String(string(r))
		if apart == string(r) {
			continue
		}
		assert.Equal(t, string(fold(nil, []byte(apart))), string(fold(nil, []byte(string(r)))), "%q", r)
		assert.Len(t, fold(nil, []byte(string(r))), 1, "%q", r)
	}
}

func TestKeysAreSortedAndShort(t *testing.T) {
	for _, keys := range [][]string{countryKeys[:], languageKeys[:], zoneKeys[:]} {
		assert.True(t, slices.IsSorted(keys))
		for i, key := range keys {
			assert.LessOrEqual(t, len(key), maxGuess, key)
			at, ok := findKey(keys, []byte(key))
			assert.True(t, ok, key)
			assert.Equal(t, i, at, key)
			_, ok = findKey(keys, []byte(key+"\x00"))
			assert.False(t, ok, key)
		}
	}
	assert.Less(t, zoneLongest, maxGuess)
}

// slowSlips is the textbook form of the distance, by the definition.
func slowSlips(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestSlips(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	word := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = "abc"[random.IntN(3)]
		}
		return string(b)
	}
	for range 20_000 {
		a, b := word(random.IntN(12)), word(random.IntN(12))
		if random.IntN(2) == 0 { // near relations are rare among strangers
			i := random.IntN(len(a) + 1)
			b = a[:i] + word(random.IntN(3)) + a[min(len(a), i+random.IntN(3)):]
		}
		want := slowSlips(a, b)
		for limit := range 4 {
			if got := slips([]byte(a), b, limit); min(got, limit+1) != min(want, limit+1) {
				t.Fatalf("%q %q within %d: got %d, want %d", a, b, limit, got, want)
			}
		}
	}
	long := strings.Repeat("a", maxGuess)
	assert.Equal(t, 0, slips([]byte(long), long, 2))
	assert.Equal(t, 1, slips([]byte(long+"b"), long, 2))
	assert.Equal(t, 3, slips([]byte(long+"b"), long+"b", 2), "spelling too long")
}

func TestNearest(t *testing.T) {
	spellings := []string{"niger", "nigeria", "germany", "unitedstates"}
	find := func(key string) (int, bool) {
		n := newNearest([]byte(key))
		for i, s := range spellings {
			n.offer(s, i)
		}
		n.offer("", 99)
		return n.result()
	}
	for key, want := range map[string]int{"nigar": 0, "nigeriq": 1, "germny": 2, "untiedsttes": 3} {
		got, ok := find(key)
		assert.True(t, ok, key)
		assert.Equal(t, want, got, key)
	}
	for _, key := range []string{"nigeri", "nigr", "grmny", "untiedsttse", "atlantis"} {
		_, ok := find(key)
		assert.False(t, ok, key)
	}
}

// To look only at spellings with nearly the same letters gives what looking at all does.
func TestAmongMissesNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	found := 0
	for _, list := range [][]spelling{countrySpellings(), languageSpellings(), zoneSpellings()} {
		for range 3_000 {
			key := []byte(list[rng.IntN(len(list))].text)
			for range rng.IntN(4) {
				i, c := rng.IntN(len(key)), "abcdefghijklmnopqrstuvwxyz0189"[rng.IntN(30)]
				switch rng.IntN(4) {
				case 0:
					key = slices.Insert(key, i, c)
				case 1:
					key[i] = c
				case 2:
					key[i], key[i/2] = key[i/2], key[i]
				default:
					if key = slices.Delete(key, i, i+1); len(key) == 0 {
						key = []byte{c}
					}
				}
			}
			few, all := newNearest(key), newNearest(key)
			few.among(list)
			for _, s := range list {
				all.offer(s.text, int(s.index))
			}
			assert.Equal(t, all, few, "%s", key)
			if all.found {
				found++
			}
		}
	}
	assert.Greater(t, found, 3_000)
}
