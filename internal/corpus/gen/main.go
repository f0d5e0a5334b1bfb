// Command gen writes an endpoint file of a chosen shape, size and seed.
//
//	go run ./internal/corpus/gen -shape default -size 1GB -seed 1 -o endpoints.csv
//	go run ./internal/corpus/gen -shape escaped -form sparse -size 128MB -o endpoints.json
//	go run ./internal/corpus/gen -shape wide -size 64MiB -faults 0.01 -o - | ...
//
// What it wrote is said on standard error. The exit status is 0, 1 when writing failed, and 2
// for wrong arguments.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/endpointfile/endpointfile/internal/corpus"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is main with its surroundings as arguments.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	flags.SetOutput(stderr)
	name := flags.String("shape", "default", "the `shape` of the records, one of the list below")
	form := flags.String("form", "csv", "the `form` of the records: csv, json, sparse or escaped (the last two are JSON)")
	size := flags.String("size", "1MB", "least `bytes` to write: a number, or one with B, kB, MB, GB, KiB, MiB or GiB")
	seed := flags.Uint64("seed", 1, "the `number` that chooses the data")
	faults := flags.Float64("faults", 0, "the `share` of records to spoil, 0 to 1")
	out := flags.String("o", "-", "the `file` to write, - for standard output")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "gen writes an endpoint file for tests and measurements.")
		flags.PrintDefaults()
		fmt.Fprintln(stderr, "shapes:")
		for _, s := range append(corpus.Shapes(), corpus.Warned()...) {
			fmt.Fprintf(stderr, "  %-10s %s\n", s.Name, s.Doc)
		}
	}
	usage := func(err error) int {
		fmt.Fprintln(stderr, "gen:", err)
		return 2
	}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() > 0:
		return usage(fmt.Errorf("unexpected argument %q", flags.Arg(0)))
	}
	shape, ok := corpus.Lookup(*name)
	if !ok {
		return usage(fmt.Errorf("no shape is called %q; -h lists them", *name))
	}
	kind, ok := corpus.LookupForm(*form)
	if !ok {
		return usage(fmt.Errorf("no form is called %q", *form))
	}
	bytes, err := parseSize(*size)
	if err != nil {
		return usage(err)
	}
	if !(*faults >= 0 && *faults <= 1) {
		return usage(fmt.Errorf("-faults %v is not between 0 and 1", *faults))
	}

	res, err := write(*out, stdout, shape, &corpus.Options{Form: kind, Bytes: bytes, Seed: *seed, FaultRate: *faults})
	if err != nil {
		fmt.Fprintln(stderr, "gen:", err)
		return 1
	}
	fmt.Fprintf(stderr, "gen: %d records, %d bytes", res.Rows, res.Bytes)
	if res.Spoiled > 0 {
		fmt.Fprintf(stderr, ", %d records spoiled", res.Spoiled)
	}
	fmt.Fprintln(stderr)
	return 0
}

// write generates into the named file, or into stdout for "-".
func write(name string, stdout io.Writer, shape corpus.Shape, opt *corpus.Options) (corpus.Result, error) {
	if name == "-" {
		return shape.Generate(stdout, opt)
	}
	f, err := os.Create(name)
	if err != nil {
		return corpus.Result{}, err
	}
	res, err := shape.Generate(f, opt)
	return res, errors.Join(err, f.Close())
}

// parseSize reads a number of bytes with an optional unit.
func parseSize(text string) (int64, error) {
	digits := strings.TrimRight(text, "BKMGkib")
	scale, ok := map[string]int64{
		"": 1, "B": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30,
	}[text[len(digits):]]
	n, err := strconv.ParseInt(digits, 10, 64)
	const most = 1 << 50
	if !ok || err != nil || n < 0 || n > most/scale {
		return 0, fmt.Errorf("-size %q is not a number of bytes such as 1GB or 64MiB", text)
	}
	return n * scale, nil
}
