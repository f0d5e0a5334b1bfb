package endpoint_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

func ExampleParseColumn() {
	c, err := endpoint.ParseColumn([]byte("User.UserAttributes.Team"))
	fmt.Println(c.Field, c.Key, c.Pointer(), err)

	for _, name := range []string{"address", " Address", "Country", "Location", "FirstName"} {
		_, err := endpoint.ParseColumn([]byte(name))
		if bad, ok := errors.AsType[*endpoint.NameError](err); ok {
			fmt.Printf("%q: %s, %s\n", name, bad.Rule.Code(), bad.Suggest)
		}
	}
	// Output:
	// User.UserAttributes. Team /User/UserAttributes/Team <nil>
	// "address": header-case, Address
	// " Address": header-space, Address
	// "Country": header-unknown, Location.Country
	// "Location": header-group, Location.City
	// "FirstName": header-unknown, User.UserAttributes.FirstName
}

func ExampleBatch_Append() {
	var b endpoint.Batch
	err := b.Append(&endpoint.Endpoint{
		ChannelType: "EMAIL", Address: "ann.lee@example.com",
		User: endpoint.User{UserAttributes: endpoint.Lists{{Name: "Team", Values: []string{"A", "B"}}}},
	})
	fmt.Println(err)
	for rec := range b.Records() {
		for column, value := range rec.All() {
			fmt.Printf("%s = %s\n", column, value)
		}
	}
	// Output:
	// <nil>
	// ChannelType = EMAIL
	// Address = ann.lee@example.com
	// User.UserAttributes.Team = A
	// User.UserAttributes.Team = B
}

func ExampleRecord_Into() {
	var b endpoint.Batch
	for _, address := range []string{"ann.lee@example.com", "bob@example.com"} {
		if err := b.Append(&endpoint.Endpoint{ChannelType: "EMAIL", Address: address}); err != nil {
			fmt.Println(err)
		}
	}

	var e endpoint.Endpoint // reused: its strings borrow from the batch
	var kept []*endpoint.Endpoint
	for rec := range b.Records() {
		if err := rec.Into(&e); err != nil {
			fmt.Println(err)
		}
		kept = append(kept, e.Clone())
	}
	b.Reset(b.Schema, fault.Pos{})
	for _, e := range kept {
		fmt.Println(e.ChannelType, e.Address)
	}
	// Output:
	// EMAIL ann.lee@example.com
	// EMAIL bob@example.com
}

func ExampleEndpoint_MarshalJSON() {
	e := endpoint.Endpoint{
		ChannelType: "SMS", Address: "+12065550182",
		Location: endpoint.Location{Country: "USA", Latitude: "47.60"},
	}
	e.Attributes.Set("Interests", "hiking", "chess")
	e.Metrics.Set("Score", endpoint.DecimalOf(0.5))
	text, err := json.Marshal(e)
	fmt.Println(string(text), err)
	// Output:
	// {"ChannelType":"SMS","Address":"+12065550182","Location":{"Country":"USA","Latitude":47.60},"Attributes":{"Interests":["hiking","chess"]},"Metrics":{"Score":0.5}} <nil>
}

func ExampleEndpoint_UnmarshalJSON() {
	var e endpoint.Endpoint
	err := json.Unmarshal([]byte(`{"Address":"ann.lee@example.com","Attributes":{"Plan":["gold"]},"Metrics":{"Score":0.50}}`), &e)
	fmt.Println(e.Address, e.Attributes.Get("Plan"), e.Metrics.Get("Score"), err)
	// Output:
	// ann.lee@example.com [gold] 0.50 <nil>
}
