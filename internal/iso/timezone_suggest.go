// This file guesses which time zone a person meant. The attempts go from the
// sure to the bold, and the first that finds a zone wins.

package iso

import (
	"bytes"
	"sync"
)

// SuggestTimezone guesses which tz database name b stands for. It takes names in
// any letter case, with spaces for underscores, with a prefix that some systems
// add (posix/, right/, :), abbreviations and common names of zones (PST, Pacific
// Standard Time, IST), offsets from UTC (UTC+5, GMT-03:30, +05:30), a city alone or
// in the wrong region (New York, Europe/Tokyo), and names with a slip or two. Where several zones share an
// abbreviation or an offset, the guess is one well-known user of it. Local and
// the like get no guess. It reports false if nothing or too much comes to mind.
func SuggestTimezone(b []byte) (name string, ok bool) {
	b = bytes.TrimSpace(b)
	if len(b) == 0 || len(b) > maxGuess {
		return "", false
	}
	var buf [maxGuess]byte
	neat := append(buf[:0], b...)
	for i, c := range neat {
		switch c {
		case ' ':
			neat[i] = '_'
		case '\\':
			neat[i] = '/'
		}
	}
	for _, prefix := range [...]string{"", ":", "posix/", "right/"} {
		if rest, found := bytes.CutPrefix(neat, []byte(prefix)); found {
			if name, ok = TimezoneFold(rest); ok {
				return name, true
			}
		}
	}
	if minutes, isOffset := parseOffset(b); isOffset {
		return zoneAtOffset(minutes)
	}
	var keyBuf [maxGuess]byte
	key := squash(fold(keyBuf[:0], b))
	if len(key) == 0 {
		return "", false
	}
	if k, found := findKey(zoneKeys[:], key); found {
		return zoneName(int(zoneKeyIndex[k])), true
	}
	if name, ok = zoneBySpelling(key); ok {
		return name, true
	}
	if slash := bytes.LastIndexByte(neat, '/'); slash >= 0 { // a city put in the wrong region
		var cityBuf [maxGuess]byte
		if name, ok = zoneBySpelling(squash(fold(cityBuf[:0], neat[slash+1:]))); ok {
			return name, true
		}
	}
	return nearestZone(key)
}

// zoneBySpelling finds a name whose letters, or whose letters behind the last
// slash, are the key. Of several cities of one name it takes the one with the
// fewest slashes, then the first: of America/Louisville and
// America/Kentucky/Louisville the former.
func zoneBySpelling(key []byte) (found string, ok bool) {
	if len(key) == 0 {
		return "", false
	}
	set, fewest := letters(key), uint8(zoneLongest)
	list := zoneSpellings()
	for i := range list {
		s := &list[i]
		if s.letters != set || s.text != string(key) {
			continue
		}
		if s.depth == 0 {
			return zoneName(int(s.index)), true
		}
		if s.depth < fewest {
			found, fewest = zoneName(int(s.index)), s.depth
		}
	}
	return found, found != ""
}

// nearestZone finds the name, or the city, that is the least number of slips
// from the key.
func nearestZone(key []byte) (string, bool) {
	best := newNearest(key)
	best.among(zoneSpellings())
	i, ok := best.result()
	if !ok {
		return "", false
	}
	return zoneName(i), true
}

// zoneSpellings are the squashed names, each before that of its city.
var zoneSpellings = sync.OnceValue(func() []spelling {
	var list []spelling
	for i := range zoneCount {
		whole, city, depth := zoneKeysOf(nil, zoneName(i))
		for _, s := range [...]spelling{{text: string(whole)}, {text: string(city), depth: uint8(depth)}} {
			if s.text != "" {
				s.letters, s.index = letters(s.text), uint16(i)
				list = append(list, s)
			}
		}
	}
	return list
})

// zoneKeysOf squashes a name into dst: the whole, and the part behind the last
// slash, with the number of slashes. Both are empty for names with digits, which
// mean nothing without their sign, and city is empty if there is no slash.
func zoneKeysOf(dst []byte, name string) (whole, city []byte, depth int) {
	start := 0
	for i := range len(name) {
		switch c := lower(name[i]); {
		case c >= '0' && c <= '9':
			return nil, nil, 0
		case c == '/':
			depth++
			start = len(dst)
		case c >= 'a' && c <= 'z':
			dst = append(dst, c)
		}
	}
	if depth > 0 {
		city = dst[start:]
	}
	return dst, city, depth
}

// parseOffset reads an offset from UTC: a sign, then h, hh, hmm, hhmm, h:mm or
// hh:mm, with UTC or GMT before it or not. It returns minutes, east positive.
func parseOffset(b []byte) (minutes int, ok bool) {
	if len(b) > 3 && (bytes.EqualFold(b[:3], []byte("UTC")) || bytes.EqualFold(b[:3], []byte("GMT"))) {
		b = bytes.TrimSpace(b[3:])
	}
	if len(b) < 2 || len(b) > 6 || b[0] != '+' && b[0] != '-' {
		return 0, false
	}
	var (
		digits [4]int
		n      int
		colon  = -1 // digits before the colon
	)
	for _, c := range b[1:] {
		switch {
		case c == ':' && colon < 0:
			colon = n
		case c >= '0' && c <= '9' && n < len(digits):
			digits[n] = int(c - '0')
			n++
		default:
			return 0, false
		}
	}
	hours := n
	if n > 2 {
		hours = n - 2
	}
	if colon >= 0 && (colon == 0 || colon != n-2) {
		return 0, false
	}
	if colon >= 0 {
		hours = colon
	}
	if n == 0 || hours == 0 {
		return 0, false
	}
	var h, m int
	for i, d := range digits[:n] {
		if i < hours {
			h = h*10 + d
		} else {
			m = m*10 + d
		}
	}
	if m > 59 {
		return 0, false
	}
	minutes = h*60 + m
	if b[0] == '-' {
		minutes = -minutes
	}
	return minutes, true
}

// zoneAtOffset returns a name for an offset in minutes east of UTC. Whole hours
// have a zone each in the Etc area, whose sign is turned round: Etc/GMT-5 is five
// hours east. Others have a place that keeps them in winter.
func zoneAtOffset(minutes int) (string, bool) {
	switch minutes {
	case 0:
		return "UTC", true
	case -9*60 - 30:
		return "Pacific/Marquesas", true
	case -3*60 - 30, -2*60 - 30:
		return "America/St_Johns", true
	case 3*60 + 30:
		return "Asia/Tehran", true
	case 4*60 + 30:
		return "Asia/Kabul", true
	case 5*60 + 30:
		return "Asia/Kolkata", true
	case 5*60 + 45:
		return "Asia/Kathmandu", true
	case 6*60 + 30:
		return "Asia/Yangon", true
	case 8*60 + 45:
		return "Australia/Eucla", true
	case 9*60 + 30:
		return "Australia/Darwin", true
	case 10*60 + 30:
		return "Australia/Adelaide", true
	case 12*60 + 45, 13*60 + 45:
		return "Pacific/Chatham", true
	}
	hours := minutes / 60
	if minutes%60 != 0 || hours < -12 || hours > 14 {
		return "", false
	}
	name := append(make([]byte, 0, len("Etc/GMT+12")), "Etc/GMT"...)
	if hours > 0 {
		name = append(name, '-')
	} else {
		name = append(name, '+')
		hours = -hours
	}
	if hours > 9 {
		name = append(name, '1')
	}
	return string(append(name, '0'+byte(hours%10))), true
}
