// This file reads EffectiveDate: a date and time of ISO 8601, as it stands in the
// guides. The grammar that is taken:
//
//	date      = YYYYMMDD / YYYY-MM-DD
//	time      = hhmm[ss] / hh:mm[:ss], in the form (basic or extended) of the date
//	fraction  = "." 1 to 9 digits, only behind seconds
//	zone      = "Z" / ("+" / "-") hh[[:]mm], at most 14 hours
//	EffectiveDate = date ["T" time [fraction] [zone]]
//
// Dates are those of the calendar. The hour 24 is not taken, a second 60 only as
// 23:59:60Z, the one place where leap seconds are put.

package validate

import (
	"strconv"
	"strings"
	"time"

	"github.com/endpointfile/endpointfile/fault"
)

// dateFlaw is what is wrong with a date.
type dateFlaw uint8

const (
	dateSound dateFlaw = iota
	dateNoZone
	dateForm
	dateMonth
	dateDay
	dateClock
	dateSeparator
	dateMixed
	dateFraction
	dateZone
)

// dateDetails completes "EffectiveDate value ...".
var dateDetails = [...]string{
	dateForm:      "is not an ISO 8601 date and time",
	dateMonth:     "has a month that does not exist",
	dateDay:       "has a day that does not exist",
	dateClock:     "has a time of day that does not exist",
	dateSeparator: "has no T between date and time",
	dateMixed:     "mixes the basic and the extended form of ISO 8601",
	dateFraction:  "has a fraction of a second that is not a period and 1 to 9 digits",
	dateZone:      "has a time zone that is neither Z nor an offset from UTC of at most 14 hours",
}

// legalDate accepts a date that has nothing to be told of.
func legalDate(b []byte) bool { return quickDate(b) || flawOf(b) == dateSound }

// flawOf reads a date.
func flawOf(b []byte) dateFlaw {
	if len(b) < 8 {
		return dateForm
	}
	century, year, extended := two(b, 0), two(b, 2), b[4] == '-'
	var month, day, i int
	if extended {
		if len(b) < 10 || b[7] != '-' {
			return dateForm
		}
		month, day, i = two(b, 5), two(b, 8), 10
	} else {
		month, day, i = two(b, 4), two(b, 6), 8
	}
	if century|year|month|day < 0 {
		return dateForm
	}
	if month < 1 || month > 12 {
		return dateMonth
	}
	if day < 1 || day > 28 && day > daysIn(century*100+year, month) {
		return dateDay
	}
	if i == len(b) {
		return dateSound
	}
	if b[i] != 'T' {
		if isSpace(b[i]) || b[i] == 't' || b[i] == '_' {
			return dateSeparator
		}
		return dateForm
	}
	return clockFlaw(b[i+1:], extended)
}

// clockFlaw reads what stands behind the T.
func clockFlaw(b []byte, extended bool) dateFlaw {
	if len(b) < 4 {
		return dateForm
	}
	var hour, minute, second, i int
	hour = two(b, 0)
	if (b[2] == ':') != extended && (b[2] == ':' || isDigit(b[2])) {
		return dateMixed
	}
	seconds := false
	if extended {
		if len(b) < 5 {
			return dateForm
		}
		minute, i = two(b, 3), 5
		if len(b) >= 8 && b[5] == ':' {
			second, i, seconds = two(b, 6), 8, true
		}
	} else {
		minute, i = two(b, 2), 4
		if len(b) >= 6 && isDigit(b[4]) {
			second, i, seconds = two(b, 4), 6, true
		}
	}
	if hour|minute|second < 0 {
		return dateForm
	}
	if hour > 23 || minute > 59 || second > 60 {
		return dateClock
	}
	if i < len(b) && (b[i] == '.' || b[i] == ',') {
		if b[i] == ',' || !seconds {
			return dateFraction
		}
		start := i + 1
		for i = start; i < len(b) && isDigit(b[i]); i++ {
		}
		if i == start || i > start+9 {
			return dateFraction
		}
	}
	zone := b[i:]
	if second == 60 && (hour != 23 || minute != 59 || len(zone) != 1 || zone[0] != 'Z') {
		return dateClock
	}
	return zoneFlaw(zone)
}

// zoneFlaw reads a time zone.
func zoneFlaw(b []byte) dateFlaw {
	if len(b) == 1 && b[0] == 'Z' {
		return dateSound
	}
	if len(b) == 0 {
		return dateNoZone
	}
	if isDigit(b[0]) || b[0] == ':' {
		return dateForm // digits of a time that has too many, or too few before them
	}
	if b[0] != '+' && b[0] != '-' {
		return dateZone
	}
	hours, minutes := -1, 0
	switch len(b) {
	case 3:
		hours = two(b, 1)
	case 5:
		hours, minutes = two(b, 1), two(b, 3)
	case 6:
		if b[3] == ':' {
			hours, minutes = two(b, 1), two(b, 4)
		}
	}
	if hours < 0 || minutes < 0 || minutes > 59 || hours*60+minutes > 14*60 {
		return dateZone
	}
	return dateSound
}

// two reads the two digits at b[i], or gives -1.
func two(b []byte, i int) int {
	x, y := b[i]-'0', b[i+1]-'0'
	if x > 9 || y > 9 {
		return -1
	}
	return int(x)*10 + int(y)
}

func isDigit(c byte) bool { return c-'0' <= 9 }

// daysIn gives the length of a month of the Gregorian calendar.
func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// judgeDate finds fault with an EffectiveDate. Nothing is repaired: to add what
// is missing would be a guess.
func judgeDate(s string, brief bool) finding {
	flaw := flawOf([]byte(s))
	switch flaw {
	case dateSound:
		return finding{}
	case dateNoZone:
		return finding{rule: fault.EffectiveDateZone}
	}
	if brief {
		return finding{rule: fault.EffectiveDate}
	}
	f := finding{rule: fault.EffectiveDate, detail: dateDetails[flaw], hint: dateGuess(s)}
	if f.hint == "" {
		if f.hint = epochHint(s); f.hint != "" {
			f.detail = ""
		}
	}
	return f
}

// tidyDate undoes what programs put into a time. It is made once: that takes longer
// than all else about a bad date.
var tidyDate = strings.NewReplacer(" ", "", ",", ".")

// dateGuess knows the small liberties that programs take with ISO 8601: a space
// for the T, small letters, a comma before the fraction, and a zone that is set off
// or spelled out.
func dateGuess(s string) string {
	if len(s) > len("2019-08-23 10:54:35.123456789 +02:00") {
		return ""
	}
	neat := strings.ToUpper(s)
	for _, zone := range [...]string{"UTC", "GMT"} {
		if rest, ok := strings.CutSuffix(neat, zone); ok {
			neat = strings.TrimRight(rest, " ") + "Z"
		}
	}
	neat = strings.Replace(neat, " ", "T", 1)
	neat = tidyDate.Replace(neat)
	if flaw := flawOf([]byte(neat)); flaw == dateSound || flaw == dateNoZone {
		return didYouMean(neat)
	}
	return ""
}

// epochHint recognises seconds and milliseconds since 1970, which databases like
// to export, in the years from 2001 on.
func epochHint(s string) string {
	if len(s) != 10 && len(s) != 13 {
		return ""
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || s[0] < '1' || s[0] > '9' {
		return ""
	}
	unit := "seconds"
	if len(s) == 13 {
		unit = "milliseconds"
		n /= 1000
	}
	return "if these are " + unit + " since 1970, write " + time.Unix(n, 0).UTC().Format("20060102T150405Z")
}
