package corpus

import (
	"io"
	"slices"
)

// Shape is one kind of endpoint file: its columns, and how their cells look. The zero Shape has
// no columns and writes nothing; take one from [Shapes], [Warned] or [Lookup]. A Shape is a value that
// nothing changes, so any number of goroutines may use it.
type Shape struct {
	// Name is what the command line calls the shape.
	Name string
	// Doc says in one sentence what is special about it.
	Doc string

	columns  []column
	phrases  func() phrases // where the free texts come from
	dress    dress          // what is done to each of them
	crlf     bool           // records end in CR LF instead of LF
	quoteAll bool           // every cell stands in quotes, the header's and empty ones too
	foreign  bool           // free text without a character outside ASCII is left out
	short    bool           // only the shortest addresses
	mail     bool           // only e-mail addresses, long ones
	precise  bool           // degrees with four to six decimal places
}

// column is one column of a shape.
type column struct {
	name string
	kind kind
	fill uint8 // percentage of rows in which the cell holds something; 100 = all of them
	// repeated marks the second and later columns of one name. Such a cell holds something only
	// when the one before does, as it is written by a program that has a list.
	repeated bool
}

// Shapes returns the shapes whose clean records get neither fault nor warning, "default" first.
// The slice is the caller's.
//
// All but "narrow" and "wide" have the same 25 columns.
func Shapes() []Shape {
	full := defaultColumns()
	return []Shape{
		{
			Name: "default", Doc: "25 columns, about 251 bytes a row, 14 % of rows with a quoted cell: a mailing list as it comes out of a CRM",
			columns: full, phrases: plainPhrases,
		},
		{
			Name: "narrow", Doc: "3 short columns",
			columns: narrowColumns(), phrases: plainPhrases, short: true,
		},
		{
			Name: "wide", Doc: "250 columns: 22 standard ones, 8 metrics and 32 lists by repeated columns",
			columns: wideColumns(), phrases: plainPhrases,
		},
		{
			Name: "quoted", Doc: "every cell in quotes, empty ones and the header too",
			columns: full, phrases: plainPhrases, quoteAll: true,
		},
		{
			Name: "unicode", Doc: "no free text without characters of two to four bytes",
			columns: full, phrases: foreignPhrases, foreign: true,
		},
		{
			Name: "long", Doc: "free texts of 90 to 100 characters",
			columns: full, phrases: plainPhrases, dress: dressLong,
		},
		{
			Name: "crlf", Doc: "the default shape with CR LF after each record; line breaks inside quotes stay LF, as spreadsheets write them",
			columns: full, phrases: plainPhrases, crlf: true,
		},
		{
			Name: "multiline", Doc: "a line break, or several, inside every free text",
			columns: full, phrases: plainPhrases, dress: dressMultiline,
		},
		{
			Name: "escaped", Doc: "quotes, backslashes or tabs inside every free text",
			columns: full, phrases: plainPhrases, dress: dressEscaped,
		},
		{
			Name: "emails", Doc: "e-mail endpoints only, with addresses of 40 to 100 bytes",
			columns: full, phrases: plainPhrases, mail: true,
		},
	}
}

// Warned returns the shapes whose clean records get warnings, though no faults. The slice is the
// caller's. They have the 25 columns of the default shape.
func Warned() []Shape {
	return []Shape{
		{
			Name: "places", Doc: "degrees with four to six decimal places, as maps give them; each costs a warning, since the service rounds them",
			columns: defaultColumns(), phrases: plainPhrases, precise: true,
		},
	}
}

// Lookup returns the shape of that name, one of [Shapes] or [Warned], and whether there is one.
func Lookup(name string) (Shape, bool) {
	shapes := append(Shapes(), Warned()...)
	i := slices.IndexFunc(shapes, func(s Shape) bool { return s.Name == name })
	if i < 0 {
		return Shape{}, false
	}
	return shapes[i], true
}

// Header returns the names of the columns in file order. The slice is the caller's.
func (s Shape) Header() []string {
	names := make([]string, len(s.columns))
	for i, c := range s.columns {
		names[i] = c.name
	}
	return names
}

// WriteCSV writes a header and clean records to w until at least bytes bytes are written; the
// last record is whole. It returns the number of records, the header not counted. The same
// shape, size and seed give the same bytes everywhere, and a larger size only adds records at
// the end. The only errors are those of w, as they are.
func (s Shape) WriteCSV(w io.Writer, bytes int64, seed uint64) (rows int64, err error) {
	res, err := s.Generate(w, &Options{Bytes: bytes, Seed: seed})
	return res.Rows, err
}

// defaultColumns are the columns of a list that is worth importing: who, where, on what device,
// and what the sender knows about them.
func defaultColumns() []column {
	return []column{
		{name: "ChannelType", kind: channelType, fill: 100},
		{name: "Address", kind: address, fill: 100},
		{name: "Id", kind: id, fill: 90},
		{name: "OptOut", kind: optOut, fill: 90},
		{name: "EndpointStatus", kind: endpointStatus, fill: 75},
		{name: "EffectiveDate", kind: effectiveDate, fill: 90},
		{name: "Location.Country", kind: locationCountry, fill: 90},
		{name: "Location.City", kind: locationCity, fill: 90},
		{name: "Location.Region", kind: locationRegion, fill: 70},
		{name: "Location.PostalCode", kind: postalCode, fill: 75},
		{name: "Location.Latitude", kind: latitude, fill: 80},
		{name: "Location.Longitude", kind: longitude, fill: 80},
		{name: "Demographic.Locale", kind: locale, fill: 88},
		{name: "Demographic.Timezone", kind: timezone, fill: 88},
		{name: "Demographic.Platform", kind: platform, fill: 75},
		{name: "Demographic.Make", kind: deviceMake, fill: 70},
		{name: "User.UserId", kind: userID, fill: 90},
		{name: "User.UserAttributes.FirstName", kind: firstName, fill: 90},
		{name: "User.UserAttributes.LastName", kind: lastName, fill: 90},
		{name: "User.UserAttributes.Company", kind: company, fill: 60},
		{name: "User.UserAttributes.Interests", kind: interest, fill: 80},
		{name: "User.UserAttributes.Interests", kind: interest, fill: 65, repeated: true},
		{name: "Attributes.Note", kind: note, fill: 60},
		{name: "Metrics.Sessions", kind: count, fill: 85},
		{name: "Metrics.Spend", kind: money, fill: 70},
	}
}

// narrowColumns are the least that says something: the first columns of the guides' own sample.
// They keep the order of the default shape.
func narrowColumns() []column {
	return []column{
		{name: "ChannelType", kind: channelType, fill: 100},
		{name: "Address", kind: address, fill: 100},
		{name: "Location.Country", kind: locationCountry, fill: 90},
	}
}

// wideColumns are 250 columns that the profile "classic" still allows: every standard field, and
// 40 custom names, of which 32 are lists of six or seven columns.
func wideColumns() []column {
	cols := []column{
		{name: "Id", kind: id, fill: 90},
		{name: "ChannelType", kind: channelType, fill: 100},
		{name: "Address", kind: address, fill: 100},
		{name: "RequestId", kind: id, fill: 40},
		{name: "OptOut", kind: optOut, fill: 90},
		{name: "EndpointStatus", kind: endpointStatus, fill: 75},
		{name: "EffectiveDate", kind: effectiveDate, fill: 85},
		{name: "Demographic.AppVersion", kind: appVersion, fill: 60},
		{name: "Demographic.Locale", kind: locale, fill: 85},
		{name: "Demographic.Make", kind: deviceMake, fill: 70},
		{name: "Demographic.Model", kind: model, fill: 60},
		{name: "Demographic.ModelVersion", kind: modelVersion, fill: 40},
		{name: "Demographic.Platform", kind: platform, fill: 75},
		{name: "Demographic.PlatformVersion", kind: platformVersion, fill: 60},
		{name: "Demographic.Timezone", kind: timezone, fill: 80},
		{name: "Location.City", kind: locationCity, fill: 85},
		{name: "Location.Country", kind: locationCountry, fill: 90},
		{name: "Location.Latitude", kind: latitude, fill: 75},
		{name: "Location.Longitude", kind: longitude, fill: 75},
		{name: "Location.PostalCode", kind: postalCode, fill: 70},
		{name: "Location.Region", kind: locationRegion, fill: 65},
		{name: "User.UserId", kind: userID, fill: 90},
	}
	for i, name := range wideMetrics() {
		cols = append(cols, column{name: "Metrics." + name, kind: []kind{count, money, count, decimal}[i%4], fill: 60})
	}
	list := func(prefix, name string, width int) {
		for i := range width {
			c := column{name: prefix + name, kind: interest, fill: 70}
			if i > 0 {
				c.fill, c.repeated = 80, true
			}
			cols = append(cols, c)
		}
	}
	for i, name := range wideAttributes() {
		list("Attributes.", name, 7-i/14) // 14 of seven and 2 of six: 110 columns
	}
	for i, name := range wideUserAttributes() {
		list("User.UserAttributes.", name, 7-i/14)
	}
	return cols
}
