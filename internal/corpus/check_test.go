package corpus

// A second opinion on the rules: what the profile "classic" asks of a record, written down
// again from the guides for the test of this package alone, so that the generator and the
// project's validator are not judged by the same code.

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the test must not depend on the machine's time zones
	"unicode/utf8"

	"golang.org/x/text/language"
)

var (
	emailForm  = regexp.MustCompile(`^[a-z0-9._]{2,64}@([a-z]+(-[a-z]+)*\.)*example\.(com|org|net)$`)
	tokenForm  = regexp.MustCompile(`^([0-9a-f]{32}|[0-9a-f]{64})$`)
	phoneForm  = regexp.MustCompile(`^\+(1[2-9]\d\d55501\d\d|447700900\d{3}|3532091\d{5}|3363998\d{4}|49176040690\d\d)$`)
	uuidForm   = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	localeForm = regexp.MustCompile(`^[a-z]{2}_[A-Z]{2}$`)
	numberForm = regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$`)
	degreeForm = regexp.MustCompile(`^-?(0|[1-9]\d*)\.\d(\d{3,5})?$`)
)

// checkRecord returns what is wrong with a record, in the words of [Spoil], or "".
func checkRecord(header, row []string) string {
	get := func(name string) string {
		for i, h := range header {
			if h == name {
				return row[i]
			}
		}
		return ""
	}
	for _, cell := range row {
		if !utf8.ValidString(cell) {
			return "invalid-utf-8"
		}
	}
	channel := get("ChannelType")
	form, ok := map[string]*regexp.Regexp{
		"EMAIL": emailForm, "SMS": phoneForm, "APNS": tokenForm, "GCM": tokenForm, "ADM": tokenForm, "BAIDU": tokenForm,
	}[channel]
	if !ok {
		return "unknown-channel"
	}
	switch addr := get("Address"); {
	case addr == "" && get("Id") == "":
		return "no-address"
	case !form.MatchString(addr):
		return "wrong address " + addr
	}
	for i, h := range header {
		cell := row[i]
		if cell == "" {
			continue
		}
		if strings.TrimSpace(cell) != cell {
			return "stray space in " + h
		}
		if fault := checkCell(h, cell); fault != "" {
			return fault
		}
	}
	return ""
}

// checkCell judges a cell that is not empty.
func checkCell(header, cell string) string {
	group, name, _ := strings.Cut(header, ".")
	switch header {
	case "Id", "RequestId":
		if !uuidForm.MatchString(cell) {
			return "wrong " + header
		}
	case "OptOut":
		if cell != "ALL" && cell != "NONE" {
			return "unknown-opt-out"
		}
	case "EndpointStatus":
		if cell != "ACTIVE" && cell != "INACTIVE" {
			return "unknown status"
		}
	case "EffectiveDate":
		_, basic := time.Parse("20060102T150405Z", cell)
		_, extended := time.Parse("2006-01-02T15:04:05.000Z", cell)
		if basic != nil && extended != nil {
			return "no-date"
		}
	case "Location.Country":
		if !isCountry(cell) {
			return "unknown-country"
		}
	case "Location.Latitude", "Location.Longitude":
		most := map[string]float64{"Location.Latitude": 90, "Location.Longitude": 180}[header]
		v, err := strconv.ParseFloat(cell, 64)
		if err != nil || !degreeForm.MatchString(cell) || cell == "-0.0" {
			return "wrong number in " + header
		}
		if math.Abs(v) > most {
			return strings.ToLower(strings.TrimPrefix(header, "Location.")) + "-out-of-range"
		}
	case "Demographic.Locale":
		if !isLocale(cell) {
			return "unknown-locale"
		}
	case "Demographic.Timezone":
		if _, err := time.LoadLocation(cell); err != nil || !strings.Contains(cell, "/") {
			return "unknown-timezone"
		}
	default:
		switch {
		case group == "Metrics":
			if v, err := strconv.ParseFloat(cell, 64); err != nil || math.IsInf(v, 0) || !numberForm.MatchString(cell) {
				return "no-number"
			}
		case group == "Attributes" || strings.HasPrefix(name, "UserAttributes."):
			if utf8.RuneCountInString(cell) > 100 {
				return "overlong-value"
			}
		}
	}
	return ""
}

// isCountry reports whether code is one of the alpha-3 codes of ISO 3166-1.
func isCountry(code string) bool {
	r, err := language.ParseRegion(code)
	return err == nil && len(code) == 3 && r.IsCountry() && r.ISO3() == code
}

// isLocale reports whether text is a known language and a known country, joined as ll_CC.
func isLocale(text string) bool {
	if !localeForm.MatchString(text) {
		return false
	}
	base, err := language.ParseBase(text[:2])
	region, err2 := language.ParseRegion(text[3:])
	return err == nil && err2 == nil && base.String() == text[:2] && region.IsCountry() && region.String() == text[3:]
}
