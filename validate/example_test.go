package validate_test

import (
	"fmt"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/validate"
)

// batchOf makes a batch of endpoints; batches also come from csvcodec and ndjson.
func batchOf(endpoints ...endpoint.Endpoint) *endpoint.Batch {
	b := &endpoint.Batch{}
	b.Reset(endpoint.NewSchema(), fault.Pos{File: "crm"})
	for i := range endpoints {
		if err := b.Append(&endpoints[i]); err != nil {
			panic(err)
		}
	}
	return b
}

func ExampleValidator() {
	b := batchOf(
		endpoint.Endpoint{ChannelType: "EMAIL", Address: "wang.xiulan@example.com", Location: endpoint.Location{Country: "CHN"}},
		endpoint.Endpoint{ChannelType: "EMAIL", Address: "john.stiles@example", Location: endpoint.Location{Country: "UK"}},
	)
	checker, err := validate.New(nil).For(nil, nil)
	if err != nil {
		panic(err)
	}
	rep := &fault.Report{}
	if err := checker.Check(b, rep); err != nil {
		panic(err)
	}
	for _, e := range rep.Faults {
		fmt.Println(e)
	}
	fmt.Println("kept:", b.Kept())
	// Output:
	// crm: address-email: Address "john.stiles@example" is not an email address: its domain has no period (write the whole domain, as in name@example.com)
	// crm: location-country: Location.Country "UK" is not an assigned ISO 3166-1 alpha-3 code (did you mean GBR?)
	// kept: 1
}

func ExampleOptions_fix() {
	b := batchOf(endpoint.Endpoint{ChannelType: "sms", Address: "+1 (206) 555-0182", Location: endpoint.Location{Country: "US"}})
	checker, err := validate.New(&validate.Options{Fix: true}).For(nil, nil)
	if err != nil {
		panic(err)
	}
	if err := checker.Check(b, nil); err != nil {
		panic(err)
	}
	for c, value := range b.At(0).All() {
		fmt.Printf("%s = %s\n", c, value)
	}
	// Output:
	// ChannelType = SMS
	// Address = +12065550182
	// Location.Country = USA
}

func ExampleAccount() {
	v := validate.New(&validate.Options{Known: []string{"User.UserAttributes.Team"}})
	account := v.NewAccount()
	b := batchOf(endpoint.Endpoint{Id: "1", Metrics: endpoint.Values{{Name: "Sessions", Value: "3"}}})
	if _, err := account.Admit(b, nil); err != nil {
		panic(err)
	}
	fmt.Println(account.Snapshot().Names(), "of", account.Snapshot().Limit())
	// Output: [Metrics.Sessions User.UserAttributes.Team] of 40
}
