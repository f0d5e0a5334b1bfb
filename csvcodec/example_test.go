package csvcodec_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/endpointfile/endpointfile/csvcodec"
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

const crm = `ChannelType,Address,Location.Country,User.UserAttributes.Team
EMAIL,ann.lee@example.com,GBR,"the ""A"" team"
SMS,+12065550182,USA,5'11" club
GCM,4d5e6f,CHE,
`

// Without a report, reading stops at the first fault.
func ExampleReader_All() {
	r := csvcodec.NewReader(strings.NewReader(crm), &csvcodec.Options{File: "crm.csv"})
	var e endpoint.Endpoint
	for rec, err := range r.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := rec.Into(&e); err != nil { // e borrows; e.Clone() to keep it
			fmt.Println(err)
			return
		}
		fmt.Println(e.Address, e.Location.Country, e.User.UserAttributes.Get("Team"))
	}
	// Output:
	// ann.lee@example.com GBR [the "A" team]
	// crm.csv:3:26: csv-bare-quote: User.UserAttributes.Team "5'11" club" has a double quote inside but does not start with one (enclose the cell in double quotes and double the quotes inside: "5'11""")
}

// With a report, reading goes on and the faults are found there.
func ExampleReader_All_report() {
	var rep fault.Report
	r := csvcodec.NewReader(strings.NewReader(crm), &csvcodec.Options{File: "crm.csv", Report: &rep})
	for rec, err := range r.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		address, _ := rec.Get(endpoint.Column{Field: endpoint.Address})
		fmt.Println(rec.Number(), string(address))
	}
	fmt.Println(len(rep.Faults), "fault in line", rep.Faults[0].Line)
	// Output:
	// 1 ann.lee@example.com
	// 3 4d5e6f
	// 1 fault in line 3
}

func ExampleWriter() {
	schema := endpoint.NewSchema(
		endpoint.Column{Field: endpoint.ChannelType},
		endpoint.Column{Field: endpoint.Address},
		endpoint.Column{Field: endpoint.UserAttributes, Key: "Team"},
		endpoint.Column{Field: endpoint.UserAttributes, Key: "Team"},
	)
	w := csvcodec.NewWriter(os.Stdout, schema, nil)
	e := endpoint.Endpoint{ChannelType: "EMAIL", Address: "ann.lee@example.com"}
	e.User.UserAttributes.Set("Team", "red, green", "blue")
	if err := w.Write(&e); err != nil {
		fmt.Println(err)
	}
	if err := w.Flush(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// ChannelType,Address,User.UserAttributes.Team,User.UserAttributes.Team
	// EMAIL,ann.lee@example.com,"red, green",blue
}
