// This file has a loop for each kind of value: its kernel. The portable body of
// each is here, compiled everywhere; some have one in assembly beside it.

package validate

import (
	"encoding/binary"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/iso"
)

// kernel judges the values vals[0], vals[step], vals[2*step] and so on, whose text
// is in data, and gives the index of the first that it does not know to be legal,
// or the first index behind vals. It is quick: what it stops at may be legal, as
// where it lies in Aux, or near the end of data. The empty value is legal, but
// not as an address.
//
// Kernels of numbers mark those that they pass with the flag Bare.
type kernel func(vals []endpoint.Value, step int, data []byte) int

// kernelOf gives the kernel of an operation, nil if its values have no rule or are
// judged with their record.
func kernelOf(o op, p fault.Profile) kernel {
	switch o {
	case opID:
		return ids
	case opReference, opToken:
		return references
	case opStatus:
		return statuses
	case opOptOut:
		return optOuts
	case opDate:
		return dates
	case opLocale:
		return locales
	case opTimezone:
		return zones
	case opCountry:
		if p == fault.Current {
			return countries2
		}
		return countries3
	case opLatitude:
		return latitudes
	case opLongitude:
		return longitudes
	case opMetric:
		return metrics
	case opEmail:
		return emails
	case opPhone:
		if p == fault.Current {
			return phonesCurrent
		}
		return phonesClassic
	}
	return nil
}

// bare marks a number that is good in the grammar of JSON.
var bare = endpoint.MakeValue(0, 0, 0, endpoint.Bare)

// longRowGo gives the number of the first row that has a value longer than the limit
// of its column, or the number of rows. Each row has a value for each limit; lists are
// the columns that have one worth a look.
func longRowGo(vals []endpoint.Value, limits, lists []int) int {
	width := len(limits)
	row := 0
	for ; len(vals) >= width; vals = vals[width:] {
		for _, col := range lists {
			if vals[col].Len() > limits[col] {
				return row
			}
		}
		row++
	}
	return row
}

func statuses(vals []endpoint.Value, step int, data []byte) int {
	return statusWords.kernel(vals, step, data)
}

func optOuts(vals []endpoint.Value, step int, data []byte) int {
	return optOutWords.kernel(vals, step, data)
}

// kernel passes the values that are words of w.
func (w *words) kernel(vals []endpoint.Value, step int, data []byte) int {
	at := 0
	for ; at < len(vals); at += step {
		if word, n := word(vals[at], data); !w.has(word, n) {
			break
		}
	}
	return at
}

func countries2(vals []endpoint.Value, step int, data []byte) int {
	at := 0
	for ; at < len(vals); at += step {
		w, n := word(vals[at], data)
		w = instead(w, n, someAlpha2)
		if !isOr0(n, 2) || !iso.Alpha2Of(byte(w), byte(w>>8)) {
			break
		}
	}
	return at
}

func countries3(vals []endpoint.Value, step int, data []byte) int {
	at := 0
	for ; at < len(vals); at += step {
		w, n := word(vals[at], data)
		w = instead(w, n, someAlpha3)
		if !isOr0(n, 3) || !iso.Alpha3Of(byte(w), byte(w>>8), byte(w>>16)) {
			break
		}
	}
	return at
}

func locales(vals []endpoint.Value, step int, data []byte) int {
	at := 0
	for ; at < len(vals); at += step {
		w, n := word(vals[at], data)
		w = instead(w, n, someLocale)
		if !isOr0(n, 5) || byte(w>>16) != '_' || !iso.LanguageOf(byte(w), byte(w>>8)) || !iso.Alpha2Of(byte(w>>24), byte(w>>32)) {
			break
		}
	}
	return at
}

// metricsGo passes numbers of at most eight bytes without an exponent.
func metricsGo(vals []endpoint.Value, step int, data []byte) int {
	at := 0
	for ; at < len(vals); at += step {
		if w, n := word(vals[at], data); !quickNumber(w, n) {
			break
		}
		vals[at] |= bare
	}
	return at
}

// degreesGo passes degrees: limit is that of quickDegrees.
func degreesGo(vals []endpoint.Value, step int, data []byte, limit uint64) int {
	at := 0
	for ; at < len(vals); at += step {
		if w, n := word(vals[at], data); !quickDegrees(w, n, limit) {
			break
		}
		vals[at] |= bare
	}
	return at
}

// datesGo passes the dates that quickDate accepts.
func datesGo(vals []endpoint.Value, step int, data []byte) int {
	at := 0
	for ; at < len(vals); at += step {
		v := vals[at]
		i, n := v.Start(), v.Len()
		if n != 0 && (v.Is(endpoint.InAux) || !quickDate(data[i:i+n])) {
			break
		}
	}
	return at
}

// zones passes the names of time zones.
func zones(vals []endpoint.Value, step int, data []byte) int {
	at := 0
	for ; at < len(vals); at += step {
		v := vals[at]
		i, n := v.Start(), v.Len()
		if v.Is(endpoint.InAux) || i+iso.ZoneWindow > len(data) || !iso.TimezoneIn((*[iso.ZoneWindow]byte)(data[i:]), n) {
			break
		}
	}
	return at
}

// references passes values without a space at either end.
func references(vals []endpoint.Value, step int, data []byte) int {
	at := 0
	for ; at < len(vals); at += step {
		v := vals[at]
		i, n := v.Start(), v.Len()
		if n != 0 && (v.Is(endpoint.InAux) || spaced(data[i:i+n])) {
			break
		}
	}
	return at
}

// idsGo passes ids.
func idsGo(vals []endpoint.Value, step int, data []byte) int {
	at := 0
	for ; at < len(vals); at += step {
		v := vals[at]
		i, n := v.Start(), v.Len()
		if n != 0 && (v.Is(endpoint.InAux) || !legalID(data[i:i+n])) {
			break
		}
	}
	return at
}

// emailsGo passes the email addresses that quickEmail accepts.
func emailsGo(vals []endpoint.Value, step int, data []byte) int {
	at := 0
	for ; at < len(vals); at += step {
		v := vals[at]
		i, n := v.Start(), v.Len()
		if n > maxQuick || v.Is(endpoint.InAux) || i+textWindow > len(data) {
			break
		}
		if !quickEmail((*[textWindow]byte)(data[i:]), n) {
			break
		}
	}
	return at
}

func phonesClassic(vals []endpoint.Value, step int, data []byte) int {
	return phones(vals, step, data, true)
}

func phonesCurrent(vals []endpoint.Value, step int, data []byte) int {
	return phones(vals, step, data, false)
}

// phones passes the telephone numbers that quickPhone accepts.
func phones(vals []endpoint.Value, step int, data []byte, bare bool) int {
	at := 0
	for ; at < len(vals); at += step {
		v := vals[at]
		i, n := v.Start(), v.Len()
		if n > 16 || v.Is(endpoint.InAux) || i+16 > len(data) {
			break
		}
		b := (*[16]byte)(data[i:])
		if !quickPhone(binary.LittleEndian.Uint64(b[:8]), binary.LittleEndian.Uint64(b[8:]), n, bare) {
			break
		}
	}
	return at
}
