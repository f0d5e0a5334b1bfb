// This file reads numbers: metrics, and the degrees of Location.Latitude and
// Location.Longitude. A number that is kept is written to JSON as it stands, so it
// must be one in the grammar of RFC 8259, section 6, and have a finite value in
// the 64-bit floating point that the service keeps it in.

package validate

import (
	"math"
	"strconv"
	"strings"

	"github.com/endpointfile/endpointfile/fault"
)

// number is what reading one finds.
type number struct {
	whole  int // digits before the period
	places int // digits behind it
	exp    int // the exponent, held within ±maxExp
}

// maxExp is more than any exponent that gives a finite number can be, for any
// number of digits that fits a record.
const maxExp = 1 << 24

// finite reports whether a number of this shape is finite beyond doubt: it is
// below 1e308.
func (n number) finite() bool { return n.whole+n.exp <= 308 }

// readNumber reads a number of the JSON grammar.
func readNumber(b []byte) (n number, ok bool) {
	i := 0
	if i < len(b) && b[i] == '-' {
		i++
	}
	start := i
	for i < len(b) && isDigit(b[i]) {
		i++
	}
	n.whole = i - start
	if n.whole == 0 || n.whole > 1 && b[start] == '0' {
		return n, false
	}
	if i < len(b) && b[i] == '.' {
		i++
		start = i
		for i < len(b) && isDigit(b[i]) {
			i++
		}
		n.places = i - start
		if n.places == 0 {
			return n, false
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		n.exp, i = readExponent(b, i+1)
		if i < 0 {
			return n, false
		}
	}
	return n, i == len(b)
}

// readExponent reads what stands behind the letter and gives the place where it
// ends, or -1.
func readExponent(b []byte, i int) (exp, end int) {
	negative := false
	if i < len(b) && (b[i] == '+' || b[i] == '-') {
		negative = b[i] == '-'
		i++
	}
	start := i
	for ; i < len(b) && isDigit(b[i]); i++ {
		exp = min(exp*10+int(b[i]-'0'), maxExp)
	}
	if i == start {
		return 0, -1
	}
	if negative {
		exp = -exp
	}
	return exp, i
}

// legalMetric accepts a metric.
func legalMetric(b []byte) bool {
	n, ok := readNumber(b)
	return ok && (n.finite() || isFinite(string(b)))
}

func isFinite(s string) bool {
	x, err := strconv.ParseFloat(s, 64)
	return err == nil && !math.IsInf(x, 0) && !math.IsNaN(x)
}

// legalLatitude and legalLongitude accept degrees that have nothing to be told of
// and are written in the usual way: at most three digits, at most one decimal
// place, no exponent. They are quick and refuse the rest to [judgeDegrees], which
// knows all of the grammar.
func legalLatitude(b []byte) bool  { return plainDegrees(b) <= 900 }
func legalLongitude(b []byte) bool { return plainDegrees(b) <= 1800 }

// plainDegrees gives the tenths of a degree without their sign, or a number out
// of any range.
func plainDegrees(b []byte) int {
	const no = math.MaxInt32
	if len(b) > 0 && b[0] == '-' {
		b = b[1:]
	}
	tenth := 0
	if n := len(b); n > 2 && b[n-2] == '.' {
		if tenth = int(b[n-1] - '0'); !isDigit(b[n-1]) {
			return no
		}
		b = b[:n-2]
	}
	if len(b) == 0 || len(b) > 3 || len(b) > 1 && b[0] == '0' {
		return no
	}
	whole := 0
	for _, c := range b {
		if !isDigit(c) {
			return no
		}
		whole = whole*10 + int(c-'0')
	}
	return whole*10 + tenth
}

// judgeMetric finds fault with a metric.
func judgeMetric(s string, brief bool) finding { return judgeNumber(fault.MetricNumber, s, brief) }

// judgeDegrees finds fault with a latitude or longitude, which is at most limit.
func judgeDegrees(rule fault.Rule, s string, limit float64, brief bool) finding {
	f := judgeNumber(rule, s, brief)
	if f.rule != fault.None && f.detail != tooLarge {
		if f.hint == "" && strings.ContainsAny(s, "NSEWnsew°'") {
			f.hint = "write decimal degrees with a minus for south and west, as in -47.6"
		}
		return f
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || math.Abs(x) > limit {
		if brief {
			return finding{rule: rule}
		}
		return finding{rule: rule, detail: "is not between -" + trimFloat(limit) + " and " + trimFloat(limit)}
	}
	if n, _ := readNumber([]byte(s)); n.places-n.exp > 1 {
		return finding{rule: fault.CoordinatePrecision}
	}
	return finding{}
}

func trimFloat(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// tooLarge is what judgeNumber says of a number that is one.
const tooLarge = "is too large for a 64-bit floating-point number"

// judgeNumber finds fault with a number: rule if it is none, [fault.NumberForm],
// with a repair, if it is one in a form that JSON does not have.
func judgeNumber(rule fault.Rule, s string, brief bool) finding {
	if s == "" {
		return finding{rule: rule, detail: "is empty"}
	}
	b := []byte(s)
	if _, ok := readNumber(b); !ok {
		neat, loose := rewriteNumber(b)
		if !loose && brief {
			return finding{rule: rule}
		}
		if !loose {
			return finding{rule: rule, hint: numberHint(s)}
		}
		if isFinite(neat) {
			return finding{rule: fault.NumberForm, repair: neat, hint: "write " + fault.Clip(neat)}
		}
	} else if legalMetric(b) {
		return finding{}
	}
	return finding{rule: rule, detail: tooLarge, hint: "the largest is about 1.8e308"}
}

// rewriteNumber brings a number with a plus sign, with leading zeros, or without
// digits on one side of its period into the grammar of JSON. No digit that counts
// is added, dropped or changed.
func rewriteNumber(b []byte) (string, bool) {
	i := 0
	var out []byte
	if i < len(b) && (b[i] == '+' || b[i] == '-') {
		if b[i] == '-' {
			out = append(out, '-')
		}
		i++
	}
	start := i
	for i < len(b) && isDigit(b[i]) {
		i++
	}
	whole := b[start:i]
	if i < len(b) && b[i] == '.' {
		i++
		start = i
		for i < len(b) && isDigit(b[i]) {
			i++
		}
		if len(whole) == 0 && i == start {
			return "", false
		}
		out = append(out, wholeDigits(whole)...)
		out = append(out, '.')
		if i == start {
			out = append(out, '0')
		}
		out = append(out, b[start:i]...)
	} else {
		if len(whole) == 0 {
			return "", false
		}
		out = append(out, wholeDigits(whole)...)
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		_, end := readExponent(b, i+1)
		if end != len(b) {
			return "", false
		}
		out = append(out, b[i:]...)
		i = end
	}
	return string(out), i == len(b)
}

// wholeDigits drops the zeros that lead.
func wholeDigits(b []byte) []byte {
	for len(b) > 1 && b[0] == '0' {
		b = b[1:]
	}
	if len(b) == 0 {
		return []byte{'0'}
	}
	return b
}

// numberHint guesses what number was meant. A single comma before three digits
// may stand for either of two numbers, so both are named.
func numberHint(s string) string {
	if len(s) > 64 {
		return ""
	}
	switch strings.ToLower(strings.TrimLeft(s, "+-")) {
	case "nan", "inf", "infinity", "null", "n/a", "na", "none", "nil":
		return "leave the value out: JSON has no such number"
	}
	if t, ok := strings.CutPrefix(s, "\u2212"); ok && legalMetric([]byte("-"+t)) {
		return "write the minus sign as a hyphen: -" + t
	}
	if len(s) > 2 && (strings.HasPrefix(s, "0x") || strings.HasPrefix(s, "0X")) {
		if n, err := strconv.ParseUint(s[2:], 16, 64); err == nil {
			return "write it in decimal: " + strconv.FormatUint(n, 10)
		}
	}
	core := strings.Trim(s, "$€£¥% \u00a0")
	if core != s && legalMetric([]byte(core)) {
		return "write the number alone: " + core
	}
	return commaHint(core)
}

// commaHint reads a number that has commas.
func commaHint(s string) string {
	head, tail, ok := strings.Cut(s, ",")
	if !ok {
		return ""
	}
	decimal, flat := head+"."+tail, strings.ReplaceAll(s, ",", "")
	switch {
	case strings.Contains(head, "."):
		if flat = strings.ReplaceAll(head, ".", "") + "." + tail; legalMetric([]byte(flat)) {
			return "decimals follow a period and thousands have no separator: " + flat
		}
	case strings.ContainsAny(tail, ",."):
		if legalMetric([]byte(flat)) {
			return "thousands have no separator: " + flat
		}
	case legalMetric([]byte(decimal)):
		if len(tail) == 3 && len(strings.TrimLeft(head, "-")) <= 3 && legalMetric([]byte(flat)) {
			return "write " + flat + ", or " + decimal + " if the comma stands before decimals"
		}
		return "decimals follow a period: " + decimal
	}
	return ""
}
