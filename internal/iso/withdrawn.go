// This file tells about codes that look like ISO 3166-1 and are not assigned. It
// is read only when a fault is put in words, so a walk over a few dozen rows is
// quick enough.

package iso

// Reason tells why a code is not an assigned country code. Its text may be
// printed as it is.
type Reason string

const (
	// Ended marks a code that ISO 3166-1 once assigned and has withdrawn: the
	// codes of ISO 3166-3, and ROM, which became ROU.
	Ended Reason = "withdrawn"
	// Reserved marks a code that is kept free at the request of a state or an
	// organisation, such as UK, EU or AC.
	Reserved Reason = "reserved"
	// UserAssigned marks a code from the range for private use that is in wide
	// use all the same: Kosovo's XK, XKX and XKK.
	UserAssigned Reason = "user-assigned"
	// Mistaken marks a code that never had a standing in ISO 3166-1: EL, for
	// Greece.
	Mistaken Reason = "never assigned"
)

// Former describes a code that is not assigned today.
type Former struct {
	// Name is the English name of what the code stands or stood for.
	Name string
	// Year is the year of the withdrawal, or 0 if Reason is not Ended.
	Year   int
	Reason Reason
	// Successors are the assigned countries that took the place, in the order of
	// the standard. It may be empty, and belongs to the caller.
	Successors []Country
}

// Withdrawn looks up an alpha-2 or alpha-3 code, in upper case, that has been
// withdrawn or is widely used without being assigned. It reports false for
// assigned codes, also for those that had another meaning before (BQ, GE, SK),
// and for codes of which nothing is known.
//
// CS was withdrawn twice: its description is of Serbia and Montenegro, its
// successors are those of Czechoslovakia too.
func Withdrawn(code []byte) (Former, bool) {
	row := findFormer(code)
	if row == nil {
		return Former{}, false
	}
	f := Former{Name: row.name, Year: int(row.year), Reason: row.reason}
	for s := row.successors; s != ""; s = s[2:] {
		f.Successors = append(f.Successors, countryAt(indexOfAlpha2([]byte(s[:2]))))
	}
	return f, true
}

// formerRow is a row of the generated table.
type formerRow struct {
	alpha2, alpha3 string // "" if there is none, or if it is assigned again
	name           string
	year           uint16
	reason         Reason
	successors     string // alpha-2 codes, one behind the other
}

// findFormer returns the row of a code, or nil.
func findFormer(code []byte) *formerRow {
	if len(code) != 2 && len(code) != 3 {
		return nil
	}
	for i := range formerTable {
		row := &formerTable[i]
		if row.alpha2 == string(code) || row.alpha3 == string(code) {
			return row
		}
	}
	return nil
}
