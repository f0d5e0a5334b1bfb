// Command r0 runs R0, or a rival, as a whole process, so that it can be timed from outside:
//
//	r0 csv2json < endpoints.csv > endpoints.json
//	r0 -with goccy -header endpoints.csv json2csv < endpoints.json > again.csv
//
// The exit status is 0, 1 when the conversion failed, and 2 for wrong arguments.
package main

import (
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/endpointfile/endpointfile/bench/rivals"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is main with its surroundings as arguments.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var names []string
	for _, r := range rivals.All() {
		names = append(names, r.Name)
	}
	flags := flag.NewFlagSet("r0", flag.ContinueOnError)
	flags.SetOutput(stderr)
	with := flags.String("with", "r0", "`who` does the work: "+strings.Join(names, ", "))
	header := flags.String("header", "", "CSV `file` whose header the output of json2csv gets (default: the usual 25 columns)")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: r0 [-with WHO] [-header FILE] csv2json|json2csv < INPUT > OUTPUT")
		flags.PrintDefaults()
	}
	if flags.Parse(args) != nil {
		return 2
	}
	rival, ok := rivals.Lookup(*with)
	if !ok || flags.NArg() != 1 {
		flags.Usage()
		return 2
	}
	var err error
	switch way := flags.Arg(0); {
	case way == "csv2json" && rival.Convert != nil:
		_, err = rival.Convert(stdout, stdin)
	case way == "json2csv" && rival.Reverse != nil:
		var columns []string
		if columns, err = headerOf(*header); err == nil {
			_, err = rival.Reverse(stdout, stdin, columns)
		}
	default:
		flags.Usage()
		return 2
	}
	if err != nil {
		fmt.Fprintln(stderr, "r0:", err)
		return 1
	}
	return 0
}

// headerOf reads the header of a CSV file; without a file there is none.
func headerOf(file string) ([]string, error) {
	if file == "" {
		return nil, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return csv.NewReader(f).Read()
}
