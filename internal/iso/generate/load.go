// This file reads the text lists into memory and holds them to their own rules:
// counts, order, shape, and no spelling that means two things. A slip in a list
// must stop here, for the tables are not looked at by anybody.

package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The sizes of the two closed lists.
const (
	wantCountries = 249 // ISO 3166-1, officially assigned
	wantLanguages = 183 // ISO 639:2023, set 1
)

// country is a line of countries.txt.
type country struct {
	alpha2, alpha3, name string
	numeric              int
	spellings            []string
}

// former is a line of withdrawn.txt; "" and 0 stand for "-".
type former struct {
	alpha2, alpha3, reason, name string
	year                         int
	successors                   []string
}

// language is a line of languages.txt.
type language struct {
	code, alpha3, name string
	spellings          []string
}

// tables is all that the generated files are made of.
type tables struct {
	countries    []country
	countryIndex map[string]int // by either alphabetic code
	formers      []former
	languages    []language
	zoneVersion  string
	zones        []string
	countryKeys  map[string]int // folded spelling -> index in countries
	languageKeys map[string]int
	zoneKeys     map[string]int
}

// load reads every list.
func load(zoneText []byte) (*tables, error) {
	t := &tables{
		countryIndex: map[string]int{},
		countryKeys:  map[string]int{},
		languageKeys: map[string]int{},
		zoneKeys:     map[string]int{},
	}
	for _, step := range []struct {
		name string
		line func(string) error
		done func() error
	}{
		{"countries.txt", t.addCountry, t.checkCountries},
		{"withdrawn.txt", t.addFormer, nil},
		{"languages.txt", t.addLanguage, t.checkLanguages},
		{"timezones.txt", t.addZone, t.checkZones},
		{"abbreviations.txt", t.addAbbreviation, nil},
	} {
		text := zoneText
		if step.name != "timezones.txt" {
			var err error
			if text, err = texts.ReadFile(step.name); err != nil {
				return nil, err
			}
		}
		number := 0
		for line := range strings.Lines(string(text)) {
			number++
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			if err := step.line(line); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", step.name, number, err)
			}
		}
		if step.done != nil {
			if err := step.done(); err != nil {
				return nil, fmt.Errorf("%s: %w", step.name, err)
			}
		}
	}
	return t, nil
}

// addCountry takes a line of countries.txt.
func (t *tables) addCountry(line string) error {
	f := strings.SplitN(line, " ", 4)
	if len(f) != 4 || !isCode(f[0], 2, 'A') || !isCode(f[1], 3, 'A') || len(f[2]) != 3 {
		return fmt.Errorf("want alpha-2, alpha-3, three digits, name: %q", line)
	}
	numeric, err := strconv.Atoi(f[2])
	if err != nil {
		return err
	}
	c := country{alpha2: f[0], alpha3: f[1], numeric: numeric}
	c.name, c.spellings = cutSpellings(f[3])
	if n := len(t.countries); n > 0 && t.countries[n-1].alpha2 >= c.alpha2 {
		return fmt.Errorf("%s is out of order", c.alpha2)
	}
	for _, code := range []string{c.alpha2, c.alpha3} {
		if _, dup := t.countryIndex[code]; dup {
			return fmt.Errorf("%s is given twice", code)
		}
		t.countryIndex[code] = len(t.countries)
	}
	t.countries = append(t.countries, c)
	return nil
}

// checkCountries runs once all countries are known, for a spelling such as GER
// must not hide anybody's code.
func (t *tables) checkCountries() error {
	if n := len(t.countries); n != wantCountries {
		return fmt.Errorf("%d countries, want %d", n, wantCountries)
	}
	for i, c := range t.countries {
		for _, s := range append([]string{c.name}, c.spellings...) {
			if err := t.addCountryKey(s, i); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tables) addCountryKey(spelling string, index int) error {
	key := foldKey(spelling)
	if other, ok := t.countryIndex[strings.ToUpper(key)]; ok && other != index {
		return fmt.Errorf("spelling %q is the code of another country", spelling)
	}
	return addKey(t.countryKeys, key, index)
}

// addFormer takes a line of withdrawn.txt.
func (t *tables) addFormer(line string) error {
	f := strings.Fields(line)
	if len(f) < 6 {
		return fmt.Errorf("want six columns: %q", line)
	}
	for i := range f[:5] {
		if f[i] == "-" {
			f[i] = ""
		}
	}
	o := former{alpha2: f[0], alpha3: f[1], reason: f[3], name: strings.Join(f[5:], " ")}
	if o.alpha2 == "" && o.alpha3 == "" ||
		o.alpha2 != "" && !isCode(o.alpha2, 2, 'A') ||
		o.alpha3 != "" && !isCode(o.alpha3, 3, 'A') {
		return fmt.Errorf("want a code: %q", line)
	}
	for _, code := range []string{o.alpha2, o.alpha3} {
		if _, assigned := t.countryIndex[code]; assigned {
			return fmt.Errorf("%s is assigned today", code)
		}
		for _, p := range t.formers {
			if code != "" && (p.alpha2 == code || p.alpha3 == code) {
				return fmt.Errorf("%s is given twice", code)
			}
		}
	}
	if !slices.Contains([]string{"withdrawn", "reserved", "user-assigned", "mistaken"}, o.reason) {
		return fmt.Errorf("unknown reason %q", o.reason)
	}
	if f[2] != "" {
		var err error
		if o.year, err = strconv.Atoi(f[2]); err != nil {
			return err
		}
	}
	if (o.year != 0) != (o.reason == "withdrawn") {
		return fmt.Errorf("a year belongs to withdrawn codes, and to them alone: %q", line)
	}
	if f[4] != "" {
		o.successors = strings.Split(f[4], ",")
	}
	for _, s := range o.successors {
		if _, ok := t.countryIndex[s]; !ok || len(s) != 2 {
			return fmt.Errorf("successor %q is not assigned", s)
		}
	}
	t.formers = append(t.formers, o)
	// The name of a country that went up in just one other is a spelling of it.
	if len(o.successors) == 1 {
		return t.addCountryKey(o.name, t.countryIndex[o.successors[0]])
	}
	return nil
}

// addLanguage takes a line of languages.txt.
func (t *tables) addLanguage(line string) error {
	f := strings.SplitN(line, " ", 3)
	if len(f) != 3 || !isCode(f[0], 2, 'a') || !isCode(f[1], 3, 'a') {
		return fmt.Errorf("want code, alpha-3, name: %q", line)
	}
	l := language{code: f[0], alpha3: f[1]}
	l.name, l.spellings = cutSpellings(f[2])
	if n := len(t.languages); n > 0 && t.languages[n-1].code >= l.code {
		return fmt.Errorf("%s is out of order", l.code)
	}
	t.languages = append(t.languages, l)
	return nil
}

// checkLanguages runs once all codes are known: addKey then refuses a spelling
// that is the code of another language.
func (t *tables) checkLanguages() error {
	if n := len(t.languages); n != wantLanguages {
		return fmt.Errorf("%d languages, want %d", n, wantLanguages)
	}
	for i, l := range t.languages {
		for _, s := range append([]string{l.code, l.alpha3, l.name}, l.spellings...) {
			if err := addKey(t.languageKeys, foldKey(s), i); err != nil {
				return err
			}
		}
	}
	return nil
}

// addZone takes a line of timezones.txt: the version, then names.
func (t *tables) addZone(line string) error {
	if v, ok := strings.CutPrefix(line, "version "); ok {
		t.zoneVersion = v
		return nil
	}
	for _, c := range []byte(line) {
		if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("/_+-", c) >= 0) {
			return fmt.Errorf("odd byte %q in name %q", c, line)
		}
	}
	if n := len(t.zones); n > 0 && t.zones[n-1] >= line {
		return fmt.Errorf("%s is out of order", line)
	}
	t.zones = append(t.zones, line)
	return nil
}

// checkZones makes sure that letter case alone never tells two zones apart:
// the repair of letter case rests on it.
func (t *tables) checkZones() error {
	if t.zoneVersion == "" || len(t.zones) < 500 {
		return fmt.Errorf("version %q with %d names cannot be whole", t.zoneVersion, len(t.zones))
	}
	seen := map[string]string{}
	for _, z := range t.zones {
		low := strings.ToLower(z)
		if other, dup := seen[low]; dup {
			return fmt.Errorf("%s and %s differ in letter case only", other, z)
		}
		seen[low] = z
	}
	return nil
}

// addAbbreviation takes a line of abbreviations.txt.
func (t *tables) addAbbreviation(line string) error {
	left, name, ok := strings.Cut(line, " = ")
	index, found := slices.BinarySearch(t.zones, name)
	if !ok || !found {
		return fmt.Errorf("want spellings = tz name: %q", line)
	}
	for s := range strings.SplitSeq(left, " | ") {
		if slices.ContainsFunc(t.zones, func(z string) bool { return strings.EqualFold(z, s) }) {
			return fmt.Errorf("%q is a tz name but for letter case", s)
		}
		if err := addKey(t.zoneKeys, strings.ReplaceAll(fold(s), " ", ""), index); err != nil {
			return err
		}
	}
	return nil
}

// addKey enters a folded spelling. One spelling may not mean two things.
func addKey(keys map[string]int, key string, index int) error {
	if key == "" {
		return fmt.Errorf("a spelling of number %d folds to nothing", index)
	}
	if old, dup := keys[key]; dup && old != index {
		return fmt.Errorf("spelling %q means both number %d and %d", key, old, index)
	}
	keys[key] = index
	return nil
}

// cutSpellings splits "Name | other | other".
func cutSpellings(s string) (name string, others []string) {
	parts := strings.Split(s, " | ")
	return parts[0], parts[1:]
}

// isCode reports whether s is n ASCII letters from the alphabet that starts at a.
func isCode(s string, n int, a byte) bool {
	if len(s) != n {
		return false
	}
	for i := range n {
		if s[i] < a || s[i] > a+25 {
			return false
		}
	}
	return true
}
