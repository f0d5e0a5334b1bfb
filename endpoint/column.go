package endpoint

import (
	"bytes"
	"strings"

	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/near"
)

// Column is what a value means: an attribute, and the key for a custom one.
type Column struct {
	Field Field
	Key   string // the name of a custom attribute, which may contain periods; empty otherwise
}

// String gives the dotted name, as it stands in a CSV header.
func (c Column) String() string {
	if c.Key == "" {
		return c.Field.Info().Name
	}
	return c.Field.Info().Name + c.Key
}

// Pointer gives the place of the attribute in a JSON record, as RFC 6901 writes it.
func (c Column) Pointer() string {
	info := c.Field.Info()
	p := ""
	for g := info.Group; g != InRecord; g = groups[g].Parent {
		p = "/" + groups[g].Member + p
	}
	if info.Custom {
		return p + "/" + EscapePointer(c.Key)
	}
	return p + "/" + info.Member
}

// EscapePointer escapes a member name for use in a JSON pointer (RFC 6901).
func EscapePointer(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

// NameError says why a dotted name is not a column.
type NameError struct {
	Rule     fault.Rule // HeaderUnknown, HeaderCase, HeaderSpace, HeaderEmpty, HeaderCustom or HeaderGroup
	Name     string     // the name as it was given
	Suggest  string     // the nearest legal name, or empty
	Lossless bool       // Suggest differs in letter case or surrounding space only: --fix may take it
}

// Error gives the fault in one printable line, as [fault.Error] does.
func (e *NameError) Error() string {
	f := fault.Error{Rule: e.Rule, Value: fault.Clip(e.Name)}
	if e.Suggest != "" {
		f.Hint = "did you mean " + fault.Clip(e.Suggest) + "?"
	}
	return f.Error()
}

// Is makes errors.Is(err, fault.HeaderCase) work.
func (e *NameError) Is(target error) bool { return target == e.Rule }

// ParseColumn reads a dotted name. The error is a *[NameError], whose
// suggestion may be parsed in its turn.
func ParseColumn(name []byte) (Column, error) {
	if c, ok := lookupName(name); ok {
		return c, nil
	}
	return Column{}, badName(name)
}

// lookupName finds an exact, legal name.
func lookupName(name []byte) (Column, bool) {
	for f := ID; f < FieldCount; f++ {
		info := &fields[f]
		switch {
		case !info.Custom:
			if string(name) == info.Name {
				return Column{Field: f}, true
			}
		case len(name) > len(info.Name) && string(name[:len(info.Name)]) == info.Name:
			key := name[len(info.Name):]
			if spaced(key) {
				return Column{}, false
			}
			return Column{Field: f, Key: string(key)}, true
		}
	}
	return Column{}, false
}

// IsName reports whether name is, but for letter case and surrounding space,
// the name of an attribute. It serves to tell a CSV header from other text.
func IsName(name []byte) bool {
	name = bytes.TrimSpace(name)
	for f := ID; f < FieldCount; f++ {
		n := fields[f].Name
		if len(name) >= len(n) && bytes.EqualFold(name[:len(n)], []byte(n)) && (len(name) == len(n)) != fields[f].Custom {
			return true
		}
	}
	return false
}

func spaced(name []byte) bool { return len(bytes.TrimSpace(name)) != len(name) }

// badName finds out what is wrong with a name and what was probably meant.
func badName(name []byte) *NameError {
	e := &NameError{Rule: fault.HeaderUnknown, Name: string(name)}
	trimmed := strings.TrimSpace(e.Name)
	if trimmed == "" {
		e.Rule = fault.HeaderEmpty
		return e
	}
	if c, ok := lookupName(bytes.TrimSpace(name)); ok {
		e.Rule, e.Suggest, e.Lossless = fault.HeaderSpace, c.String(), true
		return e
	}
	for f := ID; f < FieldCount; f++ {
		n := fields[f].Name
		switch {
		case !fields[f].Custom && len(trimmed) == len(n) && strings.EqualFold(trimmed, n):
			e.Rule, e.Suggest, e.Lossless = fault.HeaderCase, n, true
			return e
		case fields[f].Custom && hasPrefixFold(trimmed, n):
			key := strings.TrimSpace(trimmed[len(n):])
			if key == "" {
				e.Rule = fault.HeaderCustom
				return e
			}
			e.Rule, e.Suggest, e.Lossless = fault.HeaderCase, n+key, true
			if trimmed[:len(n)] == n {
				e.Rule = fault.HeaderSpace
			}
			return e
		}
	}
	for g := InDemographic; g < GroupCount; g++ {
		if strings.EqualFold(strings.TrimSuffix(trimmed, "."), groups[g].Name) {
			e.Rule, e.Suggest = fault.HeaderGroup, firstOf(g)
			return e
		}
	}
	e.Suggest = nearest(trimmed)
	return e
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// firstOf names a member of a group as an example.
func firstOf(g Group) string {
	for f := ID; f < FieldCount; f++ {
		if fields[f].Group == g {
			if fields[f].Custom {
				return fields[f].Name + "NAME"
			}
			return fields[f].Name
		}
	}
	return ""
}

// aliases are what other systems call the attributes, in small letters without
// hyphens and underscores. They only make hints.
var aliases = []struct {
	alias string
	field Field
}{
	{"email", Address},
	{"emailaddress", Address},
	{"phone", Address},
	{"phonenumber", Address},
	{"mobile", Address},
	{"token", Address},
	{"devicetoken", Address},
	{"channel", ChannelType},
	{"endpointid", ID},
	{"user", UserID},
	{"user.id", UserID},
	{"state", LocationRegion},
	{"province", LocationRegion},
	{"zip", LocationPostalCode},
	{"zipcode", LocationPostalCode},
	{"postcode", LocationPostalCode},
	{"lat", LocationLatitude},
	{"lon", LocationLongitude},
	{"lng", LocationLongitude},
	{"language", DemographicLocale},
	{"tz", DemographicTimezone},
	{"status", EndpointStatus},
}

// families are what the prefixes of custom attributes are mistaken for.
var families = []struct {
	prefix string
	field  Field
}{
	{"UserAttributes.", UserAttributes},
	{"UserAttribute.", UserAttributes},
	{"User.UserAttribute.", UserAttributes},
	{"User.Attributes.", UserAttributes},
	{"User.Attribute.", UserAttributes},
	{"Attribute.", Attributes},
	{"Metric.", Metrics},
}

// maxGuess is the longest name, in bytes, that a likeness is looked for.
const maxGuess = 64

// nearest guesses what an unknown name was meant to be: a usual alias, the
// attribute with the same last part, one at a small edit distance, or a user
// attribute of that name.
func nearest(name string) string {
	if len(name) > maxGuess {
		return ""
	}
	for _, f := range families {
		if hasPrefixFold(name, f.prefix) {
			if key := strings.TrimSpace(name[len(f.prefix):]); key != "" {
				return fields[f.field].Name + key
			}
		}
	}
	flat := strings.ToLower(strings.NewReplacer("_", "", " ", "", "-", "").Replace(name))
	last := flat[strings.LastIndexByte(flat, '.')+1:]
	if f := aliased(flat); f != NoField {
		return fields[f].Name
	}
	for f := ID; f < FieldCount; f++ {
		if !fields[f].Custom && strings.EqualFold(last, fields[f].Member) {
			return fields[f].Name
		}
	}
	if f := aliased(last); f != NoField {
		return fields[f].Name
	}
	if f := likest(flat, last); f != NoField {
		return fields[f].Name
	}
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-' {
			return ""
		}
	}
	return fields[UserAttributes].Name + name
}

func aliased(name string) Field {
	for _, a := range aliases {
		if a.alias == name {
			return a.field
		}
	}
	return NoField
}

// likest finds the attribute at the smallest edit distance from flat, its whole
// name, or from last, its last part. What a short name may differ in is little:
// every name of two letters is like Id otherwise.
func likest(flat, last string) Field {
	best, limit := NoField, min(2, (len(flat)+1)/3)
	try := func(f Field, name, legal string) {
		if len(name)-len(legal) > limit || len(legal)-len(name) > limit {
			return
		}
		if d := near.Distance(name, strings.ToLower(legal)); d <= limit {
			best, limit = f, d-1
		}
	}
	for f := ID; f < FieldCount; f++ {
		if !fields[f].Custom {
			try(f, flat, fields[f].Name)
		}
	}
	const enough = 5 // letters of a last part that say something by themselves
	if limit = min(limit, 1); len(last) < enough {
		return best
	}
	for f := ID; f < FieldCount; f++ {
		if !fields[f].Custom {
			try(f, last, fields[f].Member)
		}
	}
	return best
}
