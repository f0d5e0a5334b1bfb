package fault

import "slices"

// Rule is one rule of the format, the grammar or the service. The list is
// closed. A Rule is itself an error, so that errors.Is can ask for it.
type Rule uint16

// The rules. What each one says, where it comes from and what it does in each
// profile stands in the table of this package and in docs/rules.md.
const (
	None Rule = iota

	// Whole inputs.

	Compressed
	Encoding
	Charset
	FormatUnclear
	FormatMixed

	// Headers of CSV files.

	HeaderMissing
	HeaderDelimiter
	HeaderUnknown
	HeaderCase
	HeaderSpace
	HeaderEmpty
	HeaderCustom
	HeaderRepeated
	HeaderGroup
	HeaderColumns
	HeaderQuote

	// Grammar of both formats.

	UTF8
	RecordSize

	// Grammar of CSV.

	CSVBareQuote
	CSVQuoteText
	CSVQuoteOpen
	CSVCells

	// Grammar of JSON.

	JSONSyntax
	JSONTorn
	JSONTrailing
	JSONString
	JSONSurrogate
	JSONDepth
	JSONArray
	JSONType
	JSONScalar
	JSONNull
	JSONEmpty
	JSONUnknown
	JSONCase
	JSONGroup
	JSONDuplicate
	ExportOnly

	// Meaning.

	AddressRequired
	ChannelRequired
	UserOnly
	ChannelType
	EndpointStatus
	OptOut
	Unsupported
	AddressEmail
	AddressPhone
	IDCharacters
	Country
	CountryForm
	Locale
	Timezone
	Latitude
	Longitude
	CoordinatePrecision
	EffectiveDate
	EffectiveDateZone
	MetricNumber
	NumberForm
	Spaces
	AttributeCount
	AccountNames
	NameLength
	NameCharacters
	NameSpaces
	NameEmpty
	ValueLength
	ValueCount
	EmptyValue
	LineBreak
	EndpointSize

	// Output.

	NoColumn
	ChunkSize

	ruleCount
)

// Group is the part of the house that a rule belongs to.
type Group uint8

// The groups, in the order of docs/rules.md.
const (
	Input Group = iota + 1
	Header
	Grammar
	Meaning
	Output
)

// String gives the title of the group.
func (g Group) String() string {
	switch g {
	case Input:
		return "Whole inputs"
	case Header:
		return "CSV headers"
	case Grammar:
		return "Grammar"
	case Meaning:
		return "Meaning"
	case Output:
		return "Output"
	}
	return ""
}

// Row is what the table knows of a rule.
type Row struct {
	Code    string   // stable name: never changes, never reused
	Group   Group    // part of the house
	Says    string   // completes "Field value ...", or is a sentence of its own where no one value is meant
	Hint    string   // general advice; a fault may carry better
	Source  string   // where the rule comes from
	Classic Severity // what it does under profile classic
	Current Severity // what it does under profile current
	Fix     string   // what --fix does about it, if anything
}

// Code gives the stable name of the rule, such as "location-country".
func (r Rule) Code() string { return r.row().Code }

// Error gives the code and the sentence of the rule.
func (r Rule) Error() string { return r.row().Code + ": " + r.row().Says }

// Severity gives what the rule does in a profile.
func (r Rule) Severity(p Profile) Severity {
	if p == Current {
		return r.row().Current
	}
	return r.row().Classic
}

// Row gives the table's row of r.
func (r Rule) Row() Row { return *r.row() }

// MarshalText gives the code.
func (r Rule) MarshalText() ([]byte, error) { return []byte(r.Code()), nil }

func (r Rule) row() *Row {
	if r >= ruleCount {
		r = None
	}
	return &rows[r]
}

// Rules gives all rules in the order of the table.
func Rules() []Rule {
	all := make([]Rule, 0, ruleCount-1)
	for r := None + 1; r < ruleCount; r++ {
		all = append(all, r)
	}
	return all
}

// Lookup finds a rule by its code.
func Lookup(code string) (Rule, bool) {
	i := slices.IndexFunc(rows[:], func(row Row) bool { return row.Code == code })
	return Rule(max(i, 0)), i > 0
}
