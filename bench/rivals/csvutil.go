package rivals

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"

	"github.com/jszwec/csvutil"

	"github.com/endpointfile/endpointfile/bench/r0"
)

// csvutilRow is a row of the usual 25 columns as jszwec/csvutil reads and writes it. A name may
// stand once only, so the second column of a list gets a name of its own.
type csvutilRow struct {
	ChannelType    string `csv:"ChannelType"`
	Address        string `csv:"Address"`
	ID             string `csv:"Id"`
	OptOut         string `csv:"OptOut"`
	EndpointStatus string `csv:"EndpointStatus"`
	EffectiveDate  string `csv:"EffectiveDate"`
	Country        string `csv:"Location.Country"`
	City           string `csv:"Location.City"`
	Region         string `csv:"Location.Region"`
	PostalCode     string `csv:"Location.PostalCode"`
	Latitude       string `csv:"Location.Latitude"`
	Longitude      string `csv:"Location.Longitude"`
	Locale         string `csv:"Demographic.Locale"`
	Timezone       string `csv:"Demographic.Timezone"`
	Platform       string `csv:"Demographic.Platform"`
	Make           string `csv:"Demographic.Make"`
	UserID         string `csv:"User.UserId"`
	FirstName      string `csv:"User.UserAttributes.FirstName"`
	LastName       string `csv:"User.UserAttributes.LastName"`
	Company        string `csv:"User.UserAttributes.Company"`
	Interests      string `csv:"User.UserAttributes.Interests"`
	MoreInterests  string `csv:"User.UserAttributes.Interests#2"`
	Note           string `csv:"Attributes.Note"`
	Sessions       string `csv:"Metrics.Sessions"`
	Spend          string `csv:"Metrics.Spend"`
}

// cells gives the cells in the order of R0's columns.
func (r *csvutilRow) cells() []string {
	return []string{
		r.ChannelType, r.Address, r.ID, r.OptOut, r.EndpointStatus,
		r.EffectiveDate, r.Country, r.City, r.Region, r.PostalCode,
		r.Latitude, r.Longitude, r.Locale, r.Timezone, r.Platform,
		r.Make, r.UserID, r.FirstName, r.LastName, r.Company,
		r.Interests, r.MoreInterests, r.Note, r.Sessions, r.Spend,
	}
}

// set takes the cells in the order of R0's columns.
func (r *csvutilRow) set(c []string) {
	*r = csvutilRow{
		c[0], c[1], c[2], c[3], c[4],
		c[5], c[6], c[7], c[8], c[9],
		c[10], c[11], c[12], c[13], c[14],
		c[15], c[16], c[17], c[18], c[19],
		c[20], c[21], c[22], c[23], c[24],
	}
}

// csvutilColumns returns the header as csvutil takes it.
func csvutilColumns(header []string) []string {
	names := slices.Clone(header)
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			names[i] += "#2"
		}
	}
	return names
}

// csvutilConvert reads CSV with jszwec/csvutil, which fills structs by reflection, and writes
// NDJSON as R0 does. It knows the usual columns only.
func csvutilConvert(w io.Writer, r io.Reader) (n int64, err error) {
	in := csv.NewReader(bufio.NewReaderSize(r, bufferSize))
	in.ReuseRecord = true
	header, err := in.Read()
	if err != nil {
		return 0, err
	}
	if _, err := r0.NewLayout(header); err != nil {
		return 0, err
	}
	layout, err := r0.NewLayout(r0.Columns())
	if err != nil {
		return 0, err
	}
	dec, err := csvutil.NewDecoder(in, csvutilColumns(header)...)
	if err != nil {
		return 0, err
	}
	out := bufio.NewWriterSize(w, bufferSize)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for {
		var row csvutilRow
		switch err := dec.Decode(&row); {
		case err == io.EOF:
			return n, out.Flush()
		case err != nil:
			return n, err
		}
		if err := enc.Encode(layout.Endpoint(row.cells())); err != nil {
			return n, err
		}
		n++
	}
}

// csvutilReverse reads NDJSON as R0 does and writes CSV with jszwec/csvutil.
func csvutilReverse(w io.Writer, r io.Reader, columns []string) (int64, error) {
	if columns == nil {
		columns = r0.Columns()
	}
	if _, err := r0.NewLayout(columns); err != nil {
		return 0, err
	}
	layout, err := r0.NewLayout(r0.Columns())
	if err != nil {
		return 0, err
	}
	return r0.ReverseLines(w, r, columns, func(out *csv.Writer) func([]byte) error {
		enc := csvutil.NewEncoder(out)
		enc.AutoHeader = false
		enc.SetHeader(csvutilColumns(columns))
		var cells []string
		return func(line []byte) error {
			var e r0.Endpoint
			if err := json.Unmarshal(line, &e); err != nil {
				return err
			}
			cells = layout.Row(cells, &e)
			var row csvutilRow
			row.set(cells)
			return enc.Encode(&row)
		}
	})
}
