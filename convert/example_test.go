package convert_test

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/convert"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/source"
)

// A whole run: files to chunks, rejects, faults and a manifest in a folder.
func ExampleRun() {
	root, err := os.MkdirTemp("", "example")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(root)
	dir, err := chunk.NewDir(root+"/run", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	crm := []byte("ChannelType,Address,Location.Country\nEMAIL,ann.lee@example.com,GBR\nEMAIL,bob@example.com,UK\n")
	res, err := convert.Run(context.Background(), &convert.Options{
		Sources: []source.Input{source.Bytes("crm.csv", crm)},
		Sink:    dir,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	t := res.Manifest.Totals
	fmt.Println(t.Records, "read,", t.Written, "written,", t.Rejected, "rejected")
	text, err := os.ReadFile(root + "/run/" + res.Manifest.Chunks[0].Name)
	fmt.Print(string(text), err, "\n")
	// Output:
	// 2 read, 1 written, 1 rejected
	// {"ChannelType":"EMAIL","Address":"ann.lee@example.com","Location":{"Country":"GBR"}}
	// <nil>
}

// Checking only, with every fault at hand.
func ExampleRun_check() {
	rep := &fault.Report{}
	_, err := convert.Run(context.Background(), &convert.Options{
		Sources: []source.Input{source.Bytes("users.json", []byte(`{"ChannelType":"EMAIL","Address":"ann","OptOut":"no"}`))},
		Check:   true, Report: rep,
	})
	fmt.Println(err)
	for _, f := range rep.Faults {
		fmt.Println(f, errors.Is(f, fault.OptOut))
	}
	// Output:
	// <nil>
	// users.json:1:34: address-email: Address "ann" is not an email address: it has no @ (an address looks like name@example.com) false
	// users.json:1:49: opt-out: OptOut "no" is not an opt-out value (legal are ALL and NONE) true
}
