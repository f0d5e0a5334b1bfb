package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func committedZones(t *testing.T) []byte {
	t.Helper()
	zones, err := texts.ReadFile("timezones.txt")
	require.NoError(t, err)
	return zones
}

// The committed tables are what the committed lists give, and give every time.
func TestTablesAreUpToDate(t *testing.T) {
	for range 2 {
		files, err := render(committedZones(t))
		require.NoError(t, err)
		require.Len(t, files, 5)
		for _, f := range files {
			committed, err := os.ReadFile(filepath.Join("..", f.name))
			require.NoError(t, err)
			committed = bytes.ReplaceAll(committed, []byte("\r\n"), []byte("\n"))
			assert.True(t, bytes.Equal(f.content, committed), "%s is stale: run go generate", f.name)
		}
	}
}

func TestRunWritesEveryFile(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, run(dir, false))
	written, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, written, 5)
	assert.Error(t, run(filepath.Join(dir, "missing"), false))
}

// A line that breaks the rules of its list is refused. Each case is added to an
// empty or complete state and must fail with the words given.
func TestListsAreChecked(t *testing.T) {
	full := func() *tables {
		data, err := load(committedZones(t))
		require.NoError(t, err)
		return data
	}
	for _, c := range []struct {
		line, want string
		add        func(*tables, string) error
	}{
		{"ZZ ZZZ 99 Nowhere", "want alpha-2", (*tables).addCountry},
		{"ZZ ZZZ 9x9 Nowhere", "invalid syntax", (*tables).addCountry},
		{"AA AAA 999 Nowhere", "out of order", (*tables).addCountry},
		{"ZZ NLD 999 Nowhere", "given twice", (*tables).addCountry},
		{"QQ QQQ 1990 withdrawn", "six columns", (*tables).addFormer},
		{"- - 1990 withdrawn NL Nowhere", "want a code", (*tables).addFormer},
		{"NL - 1990 withdrawn NL Nowhere", "assigned today", (*tables).addFormer},
		{"- ANT 1990 withdrawn NL Nowhere", "given twice", (*tables).addFormer},
		{"QQ QQQ 1990 lost NL Nowhere", "unknown reason", (*tables).addFormer},
		{"QQ QQQ - withdrawn NL Nowhere", "a year belongs", (*tables).addFormer},
		{"QQ QQQ 1990 reserved NL Nowhere", "a year belongs", (*tables).addFormer},
		{"QQ QQQ 199O withdrawn NL Nowhere", "invalid syntax", (*tables).addFormer},
		{"QQ QQQ 1990 withdrawn UK Nowhere", "not assigned", (*tables).addFormer},
		{"QQ QQQ 1990 withdrawn NL France", "means both", (*tables).addFormer},
		{"QQ QQQ 1990 withdrawn NL DEU", "code of another", (*tables).addFormer},
		{"ZZ zzz Nothing", "want code", (*tables).addLanguage},
		{"aa aar Afar", "out of order", (*tables).addLanguage},
		{"Zzz/Sao Paulo", "odd byte", (*tables).addZone},
		{"Africa/Abidjan", "out of order", (*tables).addZone},
		{"XST = Mars/Olympus", "want spellings", (*tables).addAbbreviation},
		{"utc = Europe/Paris", "but for letter case", (*tables).addAbbreviation},
		{"PST = Europe/Paris", "means both", (*tables).addAbbreviation},
		{"?? = Europe/Paris", "folds to nothing", (*tables).addAbbreviation},
	} {
		err := c.add(full(), c.line)
		if assert.Error(t, err, c.line) {
			assert.Contains(t, err.Error(), c.want, c.line)
		}
	}

	short := full()
	short.countries = short.countries[1:]
	assert.ErrorContains(t, short.checkCountries(), "248 countries")
	short.languages = short.languages[1:]
	assert.ErrorContains(t, short.checkLanguages(), "182 languages")

	zones := string(committedZones(t))
	_, err := load([]byte(strings.Replace(zones, "version", "# version", 1)))
	assert.ErrorContains(t, err, "cannot be whole")
	_, err = load([]byte(zones + "zulu\n"))
	assert.ErrorContains(t, err, "letter case only")
	_, err = load([]byte("version 1\nB\nA\n"))
	assert.ErrorContains(t, err, "timezones.txt:3:")
}

// The search gives up rather than hand out a table with two names in one slot.
func TestFindPerfect(t *testing.T) {
	_, err := findPerfect([]string{"UTC", "utc"})
	assert.Error(t, err)
	p, err := findPerfect([]string{"UTC", "GMT"})
	require.NoError(t, err)
	for i, name := range []string{"UTC", "GMT"} {
		h := zoneHash([]byte(name), p.seed)
		assert.EqualValues(t, i+1, p.slots[(h^uint64(p.disp[h>>(64-bucketBits)]))&slotMask])
	}
}
