package csvcodec

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

func TestHeader(t *testing.T) {
	cases := []struct {
		name   string
		text   string
		fix    bool
		header []string // nil: refused
		faults []string
	}{
		{name: "plain", text: "ChannelType,Address\nEMAIL,a@b\n", header: []string{"ChannelType", "Address"}},
		{name: "no records", text: "Id", header: []string{"Id"}},
		{name: "CRLF", text: "Id,Address\r\n", header: []string{"Id", "Address"}},
		{name: "CR at the end", text: "Id,Address\r", header: []string{"Id", "Address"}},
		{name: "blank lines before", text: "\n\r\nId,Address\nx,y\n", header: []string{"Id", "Address"}},
		{name: "byte-order mark", text: "\ufeffId,Address\nx,y\n", header: []string{"Id", "Address"}},
		{name: "byte-order mark and quotes", text: "\ufeff\"Id\",\"Attributes.a\nb\"\nx,y\n", header: []string{"Id", "Attributes.a\nb"}},
		{name: "quoted", text: "\"Id\",\"Attributes.a,b\",\"Attributes.a\"\"b\"\n", header: []string{"Id", "Attributes.a,b", "Attributes.a\"b"}},
		{name: "lists", text: "Attributes.a,Attributes.a,User.UserAttributes.a,User.UserAttributes.a\n", header: []string{"Attributes.a", "Attributes.a", "User.UserAttributes.a", "User.UserAttributes.a"}},
		{name: "custom names", text: "Attributes.a.b;c d,Metrics.é\n", header: []string{"Attributes.a.b;c d", "Metrics.é"}},
		{name: "user ids", text: "User.UserId\n1\n2\n", header: []string{"User.UserId"}},

		{name: "empty input", text: "", faults: []string{
			"refused f:1:1: header-missing: there is no header line (the first line must name the attributes, as in ChannelType,Address)",
		}},
		{name: "nothing but blank lines", text: "\n\r\n", faults: []string{
			"refused f:1:1: header-missing: there is no header line (the first line must name the attributes, as in ChannelType,Address)",
		}},
		{name: "all faults at once", text: "Id,adress,address, Location.City ,,Attributes.,Location,Id,Metrics.a,Metrics.a\n", faults: []string{
			`refused f:1:4: header-unknown: "adress" is not an attribute of an endpoint (did you mean Address?)`,
			`refused f:1:11: header-case: "address" is spelled in another letter case (did you mean Address?)`,
			`refused f:1:19: header-space: " Location.City " has a space before or after it (did you mean Location.City?)`,
			`refused f:1:35: header-empty: a column has no name (name the column or remove it, a trailing comma too)`,
			`refused f:1:36: header-custom: "Attributes." lacks the name of the custom attribute (write a name after the last period)`,
			`refused f:1:48: header-group: "Location" is a group of attributes, not an attribute (name a member of the group, as in Location.City)`,
			`refused f:1:57: header-repeated: "Id" stands in column 1 already (only list attributes may be repeated: Attributes.NAME and User.UserAttributes.NAME)`,
			`refused f:1:70: header-repeated: "Metrics.a" stands in column 9 already (only list attributes may be repeated: Attributes.NAME and User.UserAttributes.NAME)`,
		}},
		{name: "place behind a line break", text: "\"Attributes.a\nb\",Idd\n", faults: []string{
			`refused f:2:4: header-unknown: "Idd" is not an attribute of an endpoint (did you mean Id?)`,
		}},
		{name: "group of lists", text: "Id,User.UserAttributes\n", faults: []string{
			`refused f:1:4: header-group: "User.UserAttributes" is a group of attributes, not an attribute (name a member of the group, as in User.UserAttributes.NAME)`,
		}},

		{name: "fix", text: "id, Address,attributes.a\n1,2,3\n", fix: true, header: []string{"Id", "Address", "Attributes.a"}, faults: []string{
			`repaired f:1:1: header-case: "id" is spelled in another letter case; repaired to "Id"`,
			`repaired f:1:4: header-space: " Address" has a space before or after it; repaired to "Address"`,
			`repaired f:1:13: header-case: "attributes.a" is spelled in another letter case; repaired to "Attributes.a"`,
		}},
		{name: "fix that makes a repetition", text: "Id,id\n", fix: true, faults: []string{
			`repaired f:1:4: header-case: "id" is spelled in another letter case; repaired to "Id"`,
			`refused f:1:4: header-repeated: "id" stands in column 1 already (only list attributes may be repeated: Attributes.NAME and User.UserAttributes.NAME)`,
		}},
		{name: "fix does not guess", text: "Id,adress\n", fix: true, faults: []string{
			`refused f:1:4: header-unknown: "adress" is not an attribute of an endpoint (did you mean Address?)`,
		}},

		{name: "semicolons", text: "ChannelType;Address\nEMAIL;a@b\n", faults: []string{
			`refused f:1:12: header-delimiter: "ChannelType;Address" has its cells separated by semicolons (save the file with commas between cells instead of semicolons)`,
		}},
		{name: "tabs", text: "ChannelType\tAddress\n", faults: []string{
			`refused f:1:12: header-delimiter: "ChannelType\tAddress" has its cells separated by tabs (save the file with commas between cells instead of tabs)`,
		}},
		{name: "quoted semicolons", text: "\"ChannelType\";\"Address\"\n", faults: []string{
			`refused f:1:14: header-delimiter: ""ChannelType";"Address"" has its cells separated by semicolons (save the file with commas between cells instead of semicolons)`,
		}},
		{name: "semicolons and a comma", text: "Idd;Address;First,Name\n", faults: []string{
			`refused f:1:4: header-delimiter: "Idd;Address;First,Name" has its cells separated by semicolons (save the file with commas between cells instead of semicolons)`,
		}},
		{name: "a custom name alone with a semicolon", text: "Attributes.a;b\n", header: []string{"Attributes.a;b"}},
		{name: "two names behind a custom one", text: "Attributes.a;Address\n", faults: []string{
			`refused f:1:13: header-delimiter: "Attributes.a;Address" has its cells separated by semicolons (save the file with commas between cells instead of semicolons)`,
		}},
		{name: "carriage returns", text: "ChannelType,Address\rEMAIL,a@b\rSMS,\"2\"\r", faults: []string{
			`refused f:1:20: header-delimiter: the lines end in carriage returns alone (save the file with line feeds (LF or CRLF) as line ends)`,
		}},

		{name: "two carriage returns", text: "Id,Address\r\r\n", faults: []string{
			`refused f:1:4: header-space: "Address\r" has a space before or after it (did you mean Address?)`,
		}},

		{name: "no header", text: "EMAIL,ann@example.com,Ann\n", faults: []string{
			`refused f:1:1: header-missing: "EMAIL,ann@example.com,Ann" is a record, not a header (put a line with the names of the columns before it, as in ChannelType,Address)`,
		}},
		{name: "no header, numbers", text: "\nSMS,2065550182\n", faults: []string{
			`refused f:2:1: header-missing: "SMS,2065550182" is a record, not a header (put a line with the names of the columns before it, as in ChannelType,Address)`,
		}},
		{name: "unknown names are not a record", text: "EMAIL,NAME\n", faults: []string{
			`refused f:1:1: header-unknown: "EMAIL" is not an attribute of an endpoint (did you mean Address?)`,
			`refused f:1:7: header-unknown: "NAME" is not an attribute of an endpoint (did you mean User.UserAttributes.NAME?)`,
		}},

		{name: "bare quote", text: "Id,Add\"ress\n", faults: []string{
			`refused f:1:7: header-quote: "Add"ress" has a double quote inside but does not start with one (a quoted cell starts and ends with a double quote; quotes inside are doubled)`,
		}},
		{name: "open quote", text: "Id,\"Address\nx,y\n", faults: []string{
			`refused f:1:4: header-quote: ""Address" opens a quoted cell that is not closed (a quoted cell starts and ends with a double quote; quotes inside are doubled)`,
		}},
		{name: "text after a quote", text: "\"Id\"x,Address\n", faults: []string{
			`refused f:1:5: header-quote: "x" follows the closing quote of a cell (a quoted cell starts and ends with a double quote; quotes inside are doubled)`,
		}},
		{name: "not UTF-8", text: "Id,Attributes.caf\xe9\n", faults: []string{
			`refused f:1:18: utf8: "\xe9" is not valid UTF-8 (save the file as UTF-8, or name its charset with --charset)`,
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := everySize(t, c.text, conditions{limit: 1000, fix: c.fix})
			assert.Equal(t, c.header, got.header)
			var faults []string
			for _, f := range got.faults {
				faults = append(faults, f.text)
			}
			assert.Equal(t, c.faults, faults)
			if c.header == nil {
				first := ""
				for _, f := range c.faults {
					if text, ok := strings.CutPrefix(f, "refused "); ok && first == "" {
						first = text
					}
				}
				assert.Equal(t, first, got.err)
			}
		})
	}
}

func TestHeaderConsumed(t *testing.T) {
	var rep fault.Report
	text := "\ufeff\r\n\"Id\",Address\r\nx,y\n"
	p := NewParser(nil)
	s, n, err := p.Header([]byte(text), fault.Pos{Line: 1, Column: 1}, &rep)
	require.NoError(t, err)
	assert.Equal(t, "x,y\n", text[n:])
	assert.Equal(t, 2, p.Width())
	assert.Equal(t, []endpoint.Column{{Field: endpoint.ID}, {Field: endpoint.Address}}, s.Columns)

	_, _, err = p.Header([]byte("\ufeffId\n"), fault.Pos{Line: 1, Offset: 7}, &rep)
	assert.ErrorIs(t, err, fault.HeaderUnknown, "a mark elsewhere is no mark")
}

func TestHeaderTooMuch(t *testing.T) {
	header := "Id" + strings.Repeat(",Attributes.a", endpoint.MaxColumns-1)
	var rep fault.Report
	p := NewParser(nil)
	_, _, err := p.Header([]byte(header), fault.Pos{Line: 1}, &rep)
	require.NoError(t, err)
	assert.Equal(t, endpoint.MaxColumns, p.Width())
	_, _, err = p.Header([]byte(header+",Attributes.a"), fault.Pos{Line: 1}, &rep)
	assert.ErrorIs(t, err, fault.HeaderColumns)
	assert.Len(t, rep.Faults, 1)

	row := strings.Repeat(",", endpoint.MaxColumns-1) + "\n"
	f := newFeeder(t, NewCutter(nil), p)
	f.feed([]byte(strings.Repeat(row, 9)+"\n,\n"), 256<<10)
	assert.Equal(t, 10, f.rows, "the widest records are read")
	assert.EqualValues(t, 1, f.rep.Count(fault.Reject))

	got := everySize(t, "Attributes.abc\nx\n", conditions{limit: 10})
	require.Len(t, got.faults, 1)
	assert.Equal(t, fault.RecordSize, got.faults[0].rule)
	assert.NotEmpty(t, got.err)

	got = everySize(t, strings.Repeat("\n", 10)+"Id\nx\n", conditions{limit: 10})
	assert.Len(t, got.rows, 1)
	got = everySize(t, strings.Repeat("\n", 11)+"Id\nx\n", conditions{limit: 10})
	require.Len(t, got.faults, 1)
	assert.Equal(t, fault.HeaderMissing, got.faults[0].rule, "nobody waits for ever for a header")
}

func TestHeaderStops(t *testing.T) {
	rep := fault.Report{Max: 2}
	_, _, err := NewParser(nil).Header([]byte("a,b,c,d\n"), fault.Pos{Line: 1}, &rep)
	assert.ErrorIs(t, err, fault.HeaderUnknown)
	assert.Len(t, rep.Faults, 2, "no more faults than the report wants")
	assert.True(t, rep.Stopped())
}
