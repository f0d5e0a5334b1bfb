package corpus

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// pools are the texts of one shape, ready to be copied into rows: chosen, dressed, and quoted as
// CSV wants them. All the thinking about text is done here, once; a row only draws and copies.
type pools struct {
	shape     *Shape
	rng       *rand.PCG
	filler    []string
	places    []place
	turns     []int // a place's index as often as its share of rows says
	companies []string
	notes     []string
	interests []string
	makes     []string
	users     []string
	tables    [kinds][]string // the closed lists of the other kinds
}

// place is a city with all that its country gives it; texts are cells.
type place struct {
	country, city, region string
	lat, lon              int
	zone, postal, phone   string
	locales               []string
	given, family         [][]name // one list for each people of the country
}

// name is a person's name as a cell and as a part of an e-mail address.
type name struct {
	cell, slug string
}

// maxValue is how many characters a value may have.
const maxValue = 100

// newPools builds the pools of a shape. Whatever is random in them comes from rng.
func newPools(s *Shape, rng *rand.PCG) *pools {
	p := &pools{shape: s, rng: rng, filler: filler()}
	p.addPlaces()
	w := s.phrases()
	// One in seven of the firms, one in sixteen of the notes and one in fifty of the interests
	// needs quotes: together with the columns' fill that makes 14 % of the default shape's rows.
	p.companies = p.mix(w.companies, w.quotedCompanies, 7)
	p.notes = p.mix(w.notes, w.quotedNotes, 16)
	p.interests = p.mix(w.interests, w.quotedInterests, 50)
	p.makes = p.cells(w.makes)
	p.users = w.users
	p.tables[appVersion] = p.cells(appVersions())
	p.tables[model] = p.cells(models())
	p.tables[modelVersion] = p.cells(modelVersions())
	p.tables[platformVersion] = p.cells(platformVersions())
	return p
}

// addPlaces turns the table of countries into places.
func (p *pools) addPlaces() {
	var lists [peoples][2][]name
	fold := folder()
	for i, l := range nameLists() {
		lists[i] = [2][]name{p.names(l.given, fold), p.names(l.family, fold)}
	}
	for _, c := range countries() {
		var given, family [][]name
		for _, who := range c.people {
			if g, f := lists[who][0], lists[who][1]; len(g) > 0 && len(f) > 0 {
				given, family = append(given, g), append(family, f)
			}
		}
		first := len(p.places)
		for _, t := range c.cities {
			if len(given) == 0 || p.shape.foreign && isASCII(t.name) {
				continue
			}
			region := t.region
			if p.shape.foreign && isASCII(region) {
				region = ""
			}
			p.places = append(p.places, place{
				country: c.code, city: p.cell(p.dressed(t.name)), region: p.cell(p.dressed(region)),
				lat: t.lat, lon: t.lon, zone: t.zone, postal: t.postal, locales: c.locales,
				phone: strings.ReplaceAll(c.phone, "~", t.area),
				given: given, family: family,
			})
		}
		// The country's weight is shared out among its cities in turn.
		if n := len(p.places) - first; n > 0 {
			for i := range c.weight * 4 {
				p.turns = append(p.turns, first+i%n)
			}
		}
	}
}

// names turns a list of names into cells and slugs.
func (p *pools) names(list []string, fold *strings.Replacer) []name {
	var out []name
	for _, entry := range list {
		text, slug, ok := strings.Cut(entry, "|")
		if !ok {
			slug = fold.Replace(strings.ToLower(text))
		}
		if p.shape.foreign && isASCII(text) {
			continue
		}
		out = append(out, name{p.cell(p.dressed(text)), slug})
	}
	return out
}

// mix returns 32 times share cells of which one in share comes from quoted.
func (p *pools) mix(plain, quoted []string, share int) []string {
	var texts []string
	for i := range 32 * share {
		from, at := plain, i
		if i%share == 0 {
			from, at = quoted, i/share
		}
		texts = append(texts, p.dressed(from[at%len(from)]))
	}
	return p.cells(texts)
}

// cells quotes each text as the shape wants it.
func (p *pools) cells(texts []string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = p.cell(t)
	}
	return out
}

// cell is one text in its CSV form. When the shape quotes everything, the outer quotes are the
// row's business, since empty cells get them too.
func (p *pools) cell(text string) string {
	doubled := strings.ReplaceAll(text, `"`, `""`)
	if p.shape.quoteAll || !strings.ContainsAny(text, ",\"\r\n") {
		return doubled
	}
	return `"` + doubled + `"`
}

// dress is what a shape does to its free texts.
type dress uint8

const (
	dressNone dress = iota
	dressLong
	dressMultiline
	dressEscaped
)

// dressed returns text as the shape wants it: at most [maxValue] characters, with no space or
// tab at either end, and empty only when text is.
func (p *pools) dressed(text string) string {
	if text == "" {
		return ""
	}
	switch p.shape.dress {
	case dressLong:
		want := maxValue - 10 + p.draw(11)
		for utf8.RuneCountInString(text) < want {
			text += " " + p.filler[p.draw(len(p.filler))]
		}
		text = strings.TrimRight(string([]rune(text)[:want]), " ")
	case dressMultiline:
		text = strings.ReplaceAll(text, " ", []string{" ", "\n", "\n\n"}[p.draw(3)])
		for range 1 + p.draw(3) {
			text += "\n" + p.filler[p.draw(len(p.filler))]
		}
	case dressEscaped:
		words := strings.Split(text, " ")
		for i, w := range words {
			switch p.draw(4) {
			case 0:
				words[i] = `"` + w + `"`
			case 1:
				words[i] = `\` + w
			}
		}
		text = strings.Join(words, []string{" ", "\t", `\`, `\"`}[p.draw(4)])
		text += []string{`\`, `"`, `\\`, "\t\\", `\"`, `\n`}[p.draw(6)]
	}
	return text
}

// draw returns a number from 0 to n-1.
func (p *pools) draw(n int) int { return draw(p.rng, n) }

// isASCII reports whether all of text is ASCII; the empty text is.
func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// folder turns lower-case Latin names into what stands before the @: letters a to z only.
func folder() *strings.Replacer {
	var pairs []string
	for _, f := range [][2]string{
		{"áàâäãåąậ", "a"},
		{"çćč", "c"},
		{"đ", "d"},
		{"éèêëęếễ", "e"},
		{"ğ", "g"},
		{"íìîïı", "i"},
		{"ł", "l"},
		{"ñń", "n"},
		{"óòôöõøơọ", "o"},
		{"śšş", "s"},
		{"úùûüưụứừ", "u"},
		{"ý", "y"},
		{"žźż", "z"},
		{"ß", "ss"},
		{"æ", "ae"},
		{"ầấạảăặ", "a"},
		{"' -", ""},
	} {
		for _, r := range f[0] {
			pairs = append(pairs, string(r), f[1])
		}
	}
	return strings.NewReplacer(pairs...)
}
