// Command compare runs endpointfile and other programs side by side, as whole processes, on the
// same generated files, and writes down what each took: megabytes of input a CPU-second (user and
// system time of the process), the ratio to R0, wall time, peak memory. Every output is compared
// with R0's before anything is timed. The programs run in turn, round by round, so that a machine
// that changes its speed changes it for all of them.
//
//	go run ./cmd/compare                        # everything, into docs/benchmarks.md and the README
//	go run ./cmd/compare -quick                 # a first look, printed
//	go run ./cmd/compare -shapes wide -dir json2csv -size 256MB
//
// It is run in the folder of its module. The exit status is 0, 1 when a program failed or
// endpointfile's own output was wrong, and 2 for wrong arguments.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"github.com/endpointfile/endpointfile/bench/shapes"
)

func main() {
	// An interrupt ends the program that is being measured, and by its failure this one, which
	// takes the generated files away first.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// options are the command line, understood.
type options struct {
	size        int64 // bytes of CSV
	rounds      int
	shapes      []shapes.Shape
	ways        []way
	outside     bool
	duckdb      string // folder with node_modules/@duckdb/node-api
	out, readme string // files to write; "" for none
	work        string
	command     string // as anybody may type it
	log         io.Writer
}

// run is main with its surroundings as arguments.
func run(args []string, stdout, stderr io.Writer) int {
	opt, err := parse(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintln(stderr, "compare:", err)
		return 2
	}
	if err := compare(opt, stdout); err != nil {
		fmt.Fprintln(stderr, "compare:", err)
		return 1
	}
	return 0
}

const usualOut = "../docs/benchmarks.md"

func parse(args []string, stderr io.Writer) (*options, error) {
	opt := &options{log: stderr, command: "go run ./cmd/compare"}
	var names []string
	for _, s := range shapes.All() {
		names = append(names, s.Name)
	}
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	flags.SetOutput(stderr)
	size := flags.String("size", "256MB", "`bytes` of CSV for endpointfile and the shape default; the other shapes get half, slower programs a part")
	flags.IntVar(&opt.rounds, "rounds", 3, "`times` that each program runs")
	list := flags.String("shapes", strings.Join(names, ","), "`list` of the shapes of the data")
	dir := flags.String("dir", "both", "`way` to convert: csv2json, json2csv or both")
	quick := flags.Bool("quick", false, "one round on little data, and no programs from outside")
	flags.BoolVar(&opt.outside, "outside", true, "take programs from outside that are on this machine: mlr, jq, zsv, python3, node")
	flags.StringVar(&opt.duckdb, "duckdb", "", "`folder` with node_modules/@duckdb/node-api, for DuckDB")
	flags.StringVar(&opt.out, "out", "", "Markdown `file` to write, with its plots beside it; - prints and plots nothing (default "+usualOut+", but - for parts)")
	flags.StringVar(&opt.readme, "readme", "", "`file` whose block of benchmarks is rewritten (default ../README.md with "+usualOut+", else none)")
	flags.StringVar(&opt.work, "work", os.TempDir(), "`folder` for the generated files")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	set := map[string]bool{}
	flags.Visit(func(f *flag.Flag) {
		set[f.Name] = true
		switch f.Name {
		case "out", "readme", "work": // places on this machine, which change no figure
		case "duckdb":
			opt.command += " -duckdb FOLDER"
		default:
			opt.command += " -" + f.Name + "=" + f.Value.String()
		}
	})
	if *quick {
		if !set["rounds"] {
			opt.rounds = 1
		}
		if !set["outside"] {
			opt.outside = false
		}
		if !set["size"] {
			*size = "48MB"
		}
	}
	var err error
	if opt.size, err = parseSize(*size); err != nil {
		return nil, err
	}
	if opt.rounds < 1 {
		return nil, errors.New("-rounds must be at least 1")
	}
	if opt.ways = waysOf(*dir); opt.ways == nil {
		return nil, fmt.Errorf("-dir %q is not csv2json, json2csv or both", *dir)
	}
	for name := range strings.SplitSeq(*list, ",") {
		s, ok := shapes.Lookup(name)
		if !ok {
			return nil, fmt.Errorf("there is no shape %q: known are %s", name, strings.Join(names, ", "))
		}
		opt.shapes = append(opt.shapes, s)
	}
	whole := !*quick && len(opt.ways) == 2 && *list == strings.Join(names, ",")
	switch {
	case opt.out == "" && whole:
		opt.out = usualOut
		if opt.readme == "" {
			opt.readme = "../README.md"
		}
	case opt.out == "-":
		opt.out = ""
	}
	return opt, nil
}

// compare does everything and writes it down.
func compare(opt *options, stdout io.Writer) error {
	work, err := os.MkdirTemp(opt.work, "compare-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	b, err := newBench(opt, work)
	if err != nil {
		return err
	}
	res := &results{opt: opt, bench: b}
	for _, s := range opt.shapes {
		if err := b.shape(res, s); err != nil {
			return fmt.Errorf("shape %s: %w", s.Name, err)
		}
	}
	if opt.out == "" {
		_, err := io.WriteString(stdout, res.markdown(""))
		return err
	}
	plot := strings.TrimSuffix(opt.out, filepath.Ext(opt.out))
	files := map[string]string{opt.out: res.markdown(filepath.Base(plot)), plot + ".svg": res.programChart(), plot + "-shapes.svg": res.shapeChart()}
	if opt.readme != "" {
		if files[opt.readme], err = res.inReadme(opt.readme, plot+".svg", opt.out); err != nil {
			return err
		}
	}
	for name, text := range files {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return err
		}
		fmt.Fprintln(opt.log, "wrote", name)
	}
	return nil
}

// waysOf reads the flag of that meaning; nil for nonsense.
func waysOf(dir string) []way {
	switch dir {
	case "both":
		return []way{csv2json, json2csv}
	case csv2json.verb():
		return []way{csv2json}
	case json2csv.verb():
		return []way{json2csv}
	}
	return nil
}

// parseSize reads a number of bytes with an optional unit of 1000.
func parseSize(text string) (int64, error) {
	var n int64
	var unit string
	if _, err := fmt.Sscanf(text+" ", "%d%s", &n, &unit); err != nil && unit != "" || n < 1 || n > 1e12 {
		return 0, fmt.Errorf("%q is not a size such as 64MB or 1GB", text)
	}
	i := slices.Index([]string{"", "kB", "MB", "GB"}, unit)
	if i < 0 {
		return 0, fmt.Errorf("%q is not a size such as 64MB or 1GB", text)
	}
	for range i {
		n *= 1000
	}
	return n, nil
}
