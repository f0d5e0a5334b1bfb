package iso

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every question of the row loop, and every lossless repair, is free of
// allocation, for good values and for bad ones.
func TestLookupsDoNotAllocate(t *testing.T) {
	values := [][]byte{
		nil, []byte("NL"), []byte("NLD"), []byte("UK"), []byte("XKX"), []byte("nl"), []byte("sh"),
		[]byte("Europe/Amsterdam"), []byte("europe/amsterdam"), []byte("America/Argentina/ComodRivadavia"), []byte("Local"),
	}
	allocs := testing.AllocsPerRun(100, func() {
		for _, v := range values {
			Alpha2(v)
			Alpha3(v)
			ToAlpha2(v)
			ToAlpha3(v)
			CountryName(v)
			Language(v)
			Timezone(v)
			TimezoneFold(v)
		}
	})
	assert.Zero(t, allocs)
}

// FuzzSuggest holds every function to what its documentation says of any input.
func FuzzSuggest(f *testing.F) {
	for _, s := range []string{
		"", "NL", "UK", "usa", "U.S.A.", "Untied States", "Côte d’Ivoire", "iw", "ger", "PST", "UTC+5:30", "GMT-12",
		"posix/Europe/Paris", "new york", "Amercia/New_York", "\xff\xfe", "St St St", strings.Repeat("st ", 21), "+", "Россия",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		before := string(b)

		alpha2, alpha3, ok := SuggestCountry(b)
		require.Equal(t, ok, Alpha2([]byte(alpha2)))
		back, _ := ToAlpha2([]byte(alpha3))
		require.Equal(t, alpha2, back)
		if Alpha2(b) || Alpha3(b) {
			require.True(t, ok && (alpha2 == before || alpha3 == before))
			_, former := Withdrawn(b)
			require.False(t, former)
		}

		code, ok := SuggestLanguage(b)
		require.Equal(t, ok, Language([]byte(code)))
		if Language(b) {
			require.Equal(t, before, code)
		}

		name, ok := SuggestTimezone(b)
		require.Equal(t, ok, Timezone([]byte(name)))
		same, folds := TimezoneFold(b)
		require.Equal(t, folds, Timezone([]byte(same)))
		if folds {
			require.Equal(t, same, name)
			require.True(t, strings.EqualFold(before, same))
			require.Equal(t, same == before, Timezone(b))
		} else {
			require.False(t, Timezone(b))
		}

		if len(b) > maxGuess || !utf8.Valid(b) {
			require.Empty(t, alpha2+code)
		}
		require.Equal(t, before, string(b), "the input was written to")
	})
}

func benchmark(b *testing.B, is func([]byte) bool, values ...string) {
	var list [][]byte
	for _, v := range values {
		list = append(list, []byte(v))
	}
	b.ReportAllocs()
	i, good := 0, 0
	for b.Loop() {
		if is(list[i]) {
			good++
		}
		if i++; i == len(list) {
			i = 0
		}
	}
	if good == 0 {
		b.Fatal("no value passed")
	}
}

func BenchmarkAlpha2(b *testing.B) { benchmark(b, Alpha2, "NL", "US", "DE", "UK", "FR", "JP") }

func BenchmarkAlpha3(b *testing.B) { benchmark(b, Alpha3, "NLD", "USA", "DEU", "ROM", "FRA", "JPN") }

func BenchmarkLanguage(b *testing.B) { benchmark(b, Language, "en", "nl", "de", "sh", "fr", "ja") }

func BenchmarkTimezone(b *testing.B) {
	benchmark(b, Timezone, "America/New_York", "Europe/Amsterdam", "UTC", "PST", "Asia/Kolkata", "America/Los_Angeles")
}

// BenchmarkSuggestTimezone shows the dearest guess: every name is compared.
func BenchmarkSuggestTimezone(b *testing.B) {
	value := []byte("Amercia/Los_Angelos")
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := SuggestTimezone(value); !ok {
			b.Fatal("no guess")
		}
	}
}
