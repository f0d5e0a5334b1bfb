package corpus

import (
	"math/bits"
	"math/rand/v2"
	"strconv"
)

// kind says what a column's cells hold.
type kind uint8

const (
	channelType kind = iota
	address
	id
	optOut
	endpointStatus
	effectiveDate
	locationCountry
	locationCity
	locationRegion
	postalCode
	latitude
	longitude
	locale
	timezone
	platform
	deviceMake
	userID
	firstName
	lastName
	company
	interest
	note
	count
	money
	decimal
	appVersion
	model
	modelVersion
	platformVersion
	kinds // how many there are
)

// person is what the cells of one row have in common, so that they fit each other.
type person struct {
	place         *place
	given, family *name
	channel       string
	platform      string
	number        int64 // unique in the file
}

// next draws the person of the next row.
func (g *generator) next() {
	p := &g.who
	p.place = &g.places[g.turns[g.draw(len(g.turns))]]
	who := g.draw(len(p.place.given))
	p.given = &p.place.given[who][g.draw(len(p.place.given[who]))]
	p.family = &p.place.family[who][g.draw(len(p.place.family[who]))]
	p.number = scatter(g.rows)

	switch n := g.draw(100); {
	case g.shape.mail:
		p.channel = "EMAIL"
	case g.short && n < 60 || n < 30:
		p.channel = "SMS"
	case g.short || n < 66:
		p.channel = "EMAIL"
	case n < 81:
		p.channel = "APNS"
	case n < 97:
		p.channel = "GCM"
	default:
		p.channel = "ADM"
	}
	switch {
	case p.channel == "SMS" && p.place.phone == "":
		p.channel = "EMAIL" // no telephone number of that country is safe to print
	case p.channel == "GCM" && p.place.country == "CHN":
		p.channel = "BAIDU"
	}
	switch p.channel {
	case "APNS":
		p.platform = "iOS"
	case "GCM", "BAIDU":
		p.platform = "Android"
	case "ADM":
		p.platform = "Fire OS"
	default:
		p.platform = pick(g, []string{"iOS", "Android", "Android", "Windows", "macOS"})
	}
}

// scatter maps row numbers to numbers that look drawn and are all different.
func scatter(row int64) int64 {
	const block = 10_000
	return row/block*block + (row+1)%block*7919%block
}

// appendValue appends a value of the kind for the current person, in its CSV form without the
// outer quotes of a shape that quotes everything.
func (g *generator) appendValue(dst []byte, k kind) []byte {
	switch k {
	case channelType:
		return append(dst, g.who.channel...)
	case address:
		return g.appendAddress(dst)
	case id:
		return g.appendUUID(dst)
	case optOut:
		if g.draw(8) == 0 {
			return append(dst, "ALL"...)
		}
		return append(dst, "NONE"...)
	case endpointStatus:
		if g.draw(12) == 0 {
			return append(dst, "INACTIVE"...)
		}
		return append(dst, "ACTIVE"...)
	case effectiveDate:
		return g.appendDate(dst)
	case locationCountry:
		return append(dst, g.who.place.country...)
	case locationCity:
		return append(dst, g.who.place.city...)
	case locationRegion:
		return append(dst, g.who.place.region...)
	case postalCode:
		return g.appendPattern(dst, g.who.place.postal)
	case latitude:
		return g.appendDegrees(dst, g.who.place.lat)
	case longitude:
		return g.appendDegrees(dst, g.who.place.lon)
	case locale:
		return append(dst, pick(g, g.who.place.locales)...)
	case timezone:
		return append(dst, g.who.place.zone...)
	case platform:
		return append(dst, g.who.platform...)
	case deviceMake:
		return append(dst, g.makeOf(g.who.platform)...)
	case userID:
		return strconv.AppendInt(append(dst, pick(g, g.users)...), 10_000+g.who.number, 10)
	case firstName:
		return append(dst, g.who.given.cell...)
	case lastName:
		return append(dst, g.who.family.cell...)
	case company:
		return append(dst, pick(g, g.companies)...)
	case interest:
		return append(dst, pick(g, g.interests)...)
	case note:
		return append(dst, pick(g, g.notes)...)
	case count:
		return strconv.AppendInt(dst, int64(g.draw(400)), 10)
	case money:
		return g.appendMoney(dst)
	case decimal:
		return g.appendDecimal(dst)
	default:
		return append(dst, pick(g, g.tables[k])...)
	}
}

// makeOf is who made a device of the platform.
func (g *generator) makeOf(platform string) string {
	switch {
	case g.shape.foreign || platform == "Android":
		return pick(g, g.makes)
	case platform == "Fire OS":
		return "Amazon"
	case platform == "Windows":
		return "Lenovo"
	default:
		return "Apple"
	}
}

// appendAddress appends an address of the person's channel that reaches nobody: domains and
// telephone ranges kept free for examples, and tokens that no service has issued.
func (g *generator) appendAddress(dst []byte) []byte {
	switch g.who.channel {
	case "SMS":
		return g.appendPattern(dst, g.who.place.phone)
	case "EMAIL":
		return g.appendEmail(dst)
	case "BAIDU":
		return g.appendHex(g.appendHex(dst, 16), 16)
	default:
		return g.appendHex(g.appendHex(g.appendHex(g.appendHex(dst, 16), 16), 16), 16)
	}
}

func (g *generator) appendEmail(dst []byte) []byte {
	given, family := g.who.given.slug, g.who.family.slug
	style := 3
	if !g.shape.short {
		style = g.draw(4)
	}
	switch style {
	case 0:
		dst = append(append(append(dst, given...), '.'), family...)
	case 1:
		dst = append(append(append(dst, given[0]), '.'), family...)
	case 2:
		dst = append(append(append(dst, family...), '_'), given...)
	default:
		dst = append(dst, given...)
	}
	dst = strconv.AppendInt(dst, g.who.number, 10)
	if g.shape.mail {
		dst = g.appendWords(dst, '.', 1+g.draw(3))
		dst = append(dst, '@')
		dst = append(g.appendWords(append(dst, "mail"...), '-', 1+g.draw(2)), '.')
		return append(g.appendWords(append(dst, "list"...), '-', 1), ".example.com"...)
	}
	return append(dst, pick(g, []string{"@example.com", "@example.com", "@example.org", "@example.net"})...)
}

// appendWords appends n words, each behind a separator.
func (g *generator) appendWords(dst []byte, sep byte, n int) []byte {
	for range n {
		dst = append(append(dst, sep), pick(g, g.filler)...)
	}
	return dst
}

// appendDate appends a moment of the years 2016 to 2023 in one of the two forms that the guides
// have shown: basic, and extended with milliseconds.
func (g *generator) appendDate(dst []byte) []byte {
	year, month, day := 2016+g.draw(8), 1+g.draw(12), 1+g.draw(28)
	second := g.draw(86_400)
	hour, minute, second := second/3600, second/60%60, second%60
	dst = strconv.AppendInt(dst, int64(year), 10)
	if g.draw(2) == 0 {
		dst = append2(append2(dst, month), day)
		dst = append(dst, 'T')
		dst = append2(append2(append2(dst, hour), minute), second)
		return append(dst, 'Z')
	}
	dst = append2(append(append2(append(dst, '-'), month), '-'), day)
	dst = append2(append(append2(append(append2(append(dst, 'T'), hour), ':'), minute), ':'), second)
	milli := g.draw(1000)
	return append(append2(append(dst, '.', byte('0'+milli/100)), milli%100), 'Z')
}

// appendMoney appends an amount with two decimal places.
func (g *generator) appendMoney(dst []byte) []byte {
	cents := g.draw(200_000)
	return append2(append(strconv.AppendInt(dst, int64(cents/100), 10), '.'), cents%100)
}

// appendDecimal appends a number in one of the less common forms of the JSON grammar.
func (g *generator) appendDecimal(dst []byte) []byte {
	n := int64(g.draw(10_000))
	switch g.draw(4) {
	case 0:
		return strconv.AppendInt(dst, -n, 10)
	case 1:
		return append(strconv.AppendInt(dst, n, 10), "e2"...)
	case 2:
		return append(strconv.AppendInt(dst, n, 10), ".5E-3"...)
	default:
		return append(strconv.AppendInt(append(dst, "-0."...), n, 10), '1')
	}
}

// appendUUID appends a random UUID (version 4).
func (g *generator) appendUUID(dst []byte) []byte {
	hi, lo := g.rng.Uint64(), g.rng.Uint64()
	hi = hi&^0xf000 | 0x4000
	lo = lo&^(3<<62) | 2<<62
	dst = append(appendHex(dst, hi>>32, 8), '-')
	dst = append(appendHex(dst, hi>>16, 4), '-')
	dst = append(appendHex(dst, hi, 4), '-')
	dst = append(appendHex(dst, lo>>48, 4), '-')
	return appendHex(dst, lo, 12)
}

// appendHex appends n random hexadecimal digits, at most 16.
func (g *generator) appendHex(dst []byte, n int) []byte { return appendHex(dst, g.rng.Uint64(), n) }

// appendHex appends the lowest n hexadecimal digits of v.
func appendHex(dst []byte, v uint64, n int) []byte {
	for shift := 4 * (n - 1); shift >= 0; shift -= 4 {
		dst = append(dst, "0123456789abcdef"[v>>shift&15])
	}
	return dst
}

// appendPattern appends a pattern with its marks filled: '#' is a digit, '@' a capital letter.
func (g *generator) appendPattern(dst []byte, pattern string) []byte {
	for i := range len(pattern) {
		switch c := pattern[i]; c {
		case '#':
			dst = append(dst, byte('0'+g.draw(10)))
		case '@':
			dst = append(dst, byte('A'+g.draw(26)))
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// appendDegrees appends degrees near those of a city, which are given in tenths.
func (g *generator) appendDegrees(dst []byte, tenths int) []byte {
	if !g.shape.precise {
		return appendTenths(dst, tenths+g.draw(3)-1)
	}
	millionths := tenths*100_000 + g.draw(200_000) - 100_000
	if millionths < 0 {
		dst, millionths = append(dst, '-'), -millionths
	}
	dst = append(strconv.AppendInt(dst, int64(millionths/1_000_000), 10), '.')
	rest := millionths % 1_000_000
	dst = append2(append2(append2(dst, rest/10_000), rest/100%100), rest%100)
	return dst[:len(dst)-g.draw(3)]
}

// appendTenths appends v tenths with one decimal place.
func appendTenths(dst []byte, v int) []byte {
	if v < 0 {
		dst, v = append(dst, '-'), -v
	}
	return append(strconv.AppendInt(dst, int64(v/10), 10), '.', byte('0'+v%10))
}

// append2 appends v, which is below 100, with two digits.
func append2(dst []byte, v int) []byte {
	return append(dst, byte('0'+v/10), byte('0'+v%10))
}

// pick draws one of list.
func pick(g *generator, list []string) string { return list[g.draw(len(list))] }

// draw returns a number from 0 to n-1. It has its own arithmetic, because that of math/rand/v2
// is not promised to stay the same, while the generator's raw numbers are.
func draw(rng *rand.PCG, n int) int {
	hi, _ := bits.Mul64(rng.Uint64(), uint64(n))
	return int(hi)
}
