package source_test

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/endpointfile/endpointfile/source"
)

func ExampleFiles() {
	stdin := strings.NewReader("ChannelType,Address\n")
	inputs, skipped, err := source.Files([]string{"-"}, stdin)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, in := range inputs {
		r, err := in.Open(context.Background())
		if err != nil {
			fmt.Println(err)
			return
		}
		text, _ := io.ReadAll(r)
		_ = r.Close()
		fmt.Printf("%s: %q\n", in.Name, text)
	}
	fmt.Println(len(skipped), "skipped")
	// Output:
	// stdin: "ChannelType,Address\n"
	// 0 skipped
}

// A program that has its records in memory needs no files.
func ExampleBytes() {
	in := source.Bytes("request body", []byte("{}\n"))
	fmt.Println(in.Name, in.Size)
	// Output: request body 3
}
