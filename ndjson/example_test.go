package ndjson_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/ndjson"
)

// One array over the whole input is read like one object a line.
func ExampleReader_All() {
	text := `[
	  {"ChannelType":"APNS","Address":"device_token_abc123","User":{"UserAttributes":{"AppVersion":["2.0.0-beta"]}}},
	  {"ChannelType":"GCM","Address":null}
	]`
	var rep fault.Report
	r := ndjson.NewReader(strings.NewReader(text), &ndjson.Options{File: "beta.json", Report: &rep})
	var e endpoint.Endpoint
	for rec, err := range r.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := rec.Into(&e); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(e.ChannelType, e.Address, e.User.UserAttributes.Get("AppVersion"))
	}
	for _, f := range rep.Faults {
		fmt.Println(f)
	}
	// Output:
	// APNS device_token_abc123 [2.0.0-beta]
	// beta.json:3:35: json-null: Address "null" is null (leave the member out)
}

func ExampleWriter() {
	w := ndjson.NewWriter(os.Stdout, nil)
	e := endpoint.Endpoint{ChannelType: "SMS", Address: "+12065550182"}
	e.Location.Latitude = "47.60"
	e.Metrics.Set("Sessions", endpoint.DecimalOf(12))
	if err := w.Write(&e); err != nil {
		fmt.Println(err)
	}
	if err := w.Flush(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"ChannelType":"SMS","Address":"+12065550182","Location":{"Latitude":47.60},"Metrics":{"Sessions":12}}
}
