package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"
	"golang.org/x/term"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/convert"
	"github.com/endpointfile/endpointfile/csvcodec"
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/source"
)

// job is a command line, understood.
type job struct {
	opt      convert.Options
	out      string // folder of the run, "-" for stdout, "" for none
	show     int
	json     bool
	quiet    bool
	redact   bool
	progress *meter
	stdout   io.Writer
	stderr   io.Writer
}

const description = `split reads Amazon Pinpoint endpoint files (CSV with dotted headers, or nested
JSON, one object a line), checks every record against the rules of the service,
and writes the good ones as files that an import job takes:

   OUT/endpoints/part-00001.json ...   at most --max-bytes each
   OUT/rejects.csv                     the rejected records, to be mended and fed back
   OUT/faults.ndjson                   every fault, with its place and a hint
   OUT/report.json                     counts, totals, timings
   OUT/manifest.json                   the ledger; it is there when the run is whole

SOURCE is a file, a folder (all files of the chosen format in it and below) or
- for standard input, which is also read when no source is given.

EXIT STATUS
   0    all records were written
   1    some records were rejected; the good ones are written
   2    the command line is wrong
   3    an input cannot be read or is refused as a whole
   4    the output could not be written
   130  interrupted

EXAMPLES
   split crm.csv                              CSV to JSON, into out/
   split --from csv --to csv -o parts data/   a folder, CSV kept as it is
   split --check --profile current crm.csv    judge only
   gzip -dc export.gz | split --fix -o - >new.json`

func env(name string) cli.ValueSourceChain {
	return cli.EnvVars("SPLIT_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_")))
}

// command describes the command line.
func command(action cli.ActionFunc) *cli.Command {
	str := func(name, usage, value string, aliases ...string) cli.Flag {
		return &cli.StringFlag{Name: name, Aliases: aliases, Usage: usage, Value: value, Sources: env(name)}
	}
	yes := func(name, usage string) cli.Flag {
		return &cli.BoolFlag{Name: name, Usage: usage, Sources: env(name)}
	}
	num := func(name, usage string, value int64) cli.Flag {
		return &cli.Int64Flag{Name: name, Usage: usage, Value: value, HideDefault: value == 0, Sources: env(name)}
	}
	return &cli.Command{
		Name:                  "split",
		Usage:                 "convert, check and split Amazon Pinpoint endpoint files",
		ArgsUsage:             "[SOURCE ...]",
		UsageText:             "split [flags] [SOURCE ...]",
		Description:           description,
		Version:               version(),
		EnableShellCompletion: true,
		ConfigureShellCompletionCommand: func(c *cli.Command) {
			c.Hidden = false
			c.Usage = "print the completion script of a shell: bash, zsh, fish or pwsh"
		},
		Action:         action,
		ExitErrHandler: func(context.Context, *cli.Command, error) {},
		OnUsageError:   func(_ context.Context, _ *cli.Command, err error, _ bool) error { return err },
		Flags: []cli.Flag{
			str("from", "format of the input: `csv|json` (default: told from the first bytes)", ""),
			str("to", "format of the output: `csv|json`", "json"),
			str("out", "`FOLDER` for the run, or - for one stream on standard output", "out", "o"),
			yes("check", "check only, write no endpoints"),
			str("max-bytes", "`SIZE` of a chunk at most: 1000000000, 1GB, 64MiB", "1000000000"),
			str("columns", "`NAMES` of the columns of CSV output, separated by commas (default: discovered)", ""),
			str("schema", "`FILE` whose first line is the header of CSV output", ""),
			str("profile", "era of the rules: `classic|current`", "classic"),
			str("known-attributes", "`FILE` of custom names that the account has already, one dotted name a line", ""),
			yes("fix", "apply the repairs that lose nothing, and count them"),
			yes("decompress", "take gzip, zstd, snappy, s2, zlib, bzip2 and zip; drop export-only members"),
			str("charset", "`NAME` of the input's charset, to be transcoded to UTF-8", ""),
			yes("fail-fast", "stop at the first fault"),
			num("max-faults", "stop after `N` faults (default: never)", 0),
			num("show", "list the first `N` faults on standard error", 20),
			str("rejects", "`FILE` for the rejected records (default: in the run's folder)", ""),
			str("faults", "`FILE` for the list of faults (default: in the run's folder)", ""),
			yes("json", "print a summary as JSON on standard output"),
			yes("sha256", "add SHA-256 sums to the manifest"),
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "say nothing but errors", Sources: env("quiet")},
			str("progress", "show progress on standard error: `auto|always|never`", "auto"),
			yes("redact", "show no values in any report"),
			num("workers", "`N` blocks are worked on at a time (default: one a processor)", 0),
			yes("overwrite", "replace a run that is in the folder already"),
		},
	}
}

// version gives the version of the module, as the build recorded it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}

// settings understands the command line.
func settings(c *cli.Command, stdin io.Reader, stdout, stderr io.Writer) (*job, error) {
	s := &job{
		out: c.String("out"), json: c.Bool("json"), quiet: c.Bool("quiet"), redact: c.Bool("redact"), show: int(c.Int64("show")),
		stdout: stdout, stderr: stderr,
	}
	o := &s.opt
	o.Check, o.Fix, o.Decompress, o.Charset, o.SHA256 = c.Bool("check"), c.Bool("fix"), c.Bool("decompress"), c.String("charset"), c.Bool("sha256")
	o.Tool = "endpointfile split " + version()
	var err error
	steps := []func() error{
		func() error { o.From, err = format(c.String("from")); return flagErr("from", err) },
		func() error { o.To, err = format(c.String("to")); return flagErr("to", err) },
		func() error { o.Profile, err = profile(c.String("profile")); return flagErr("profile", err) },
		func() error { o.MaxChunk, err = parseSize(c.String("max-bytes")); return flagErr("max-bytes", err) },
		func() error { o.Columns, err = columns(c.String("columns"), c.String("schema")); return err },
		func() error {
			o.Known, err = known(c.String("known-attributes"))
			return flagErr("known-attributes", err)
		},
		func() error { return s.limits(c) },
		func() error { return s.sources(c.Args().Slice(), stdin) },
		func() error { return s.output(c) },
		func() error { return s.meter(c.String("progress")) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func flagErr(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("--%s: %w", name, err)
}

func format(name string) (convert.Format, error) {
	switch strings.ToLower(name) {
	case "":
		return convert.Auto, nil
	case "csv":
		return convert.CSV, nil
	case "json", "ndjson":
		return convert.JSON, nil
	}
	return 0, fmt.Errorf("%q is not a format: say csv or json", name)
}

func profile(name string) (fault.Profile, error) {
	switch name {
	case "classic":
		return fault.Classic, nil
	case "current":
		return fault.Current, nil
	}
	return 0, fmt.Errorf("%q is not a profile: say classic or current", name)
}

// parseSize reads a number of bytes: digits, perhaps a decimal point, and a
// unit of 1000 (kB, MB, GB) or 1024 (KiB, MiB, GiB).
func parseSize(text string) (int64, error) {
	digits := strings.TrimRight(text, "kKMGTiBb ")
	unit := strings.ToLower(strings.TrimSpace(text[len(digits):]))
	scale, ok := map[string]float64{
		"": 1, "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "g": 1e9, "gb": 1e9, "t": 1e12, "tb": 1e12,
		"kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40,
	}[unit]
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || !ok || strings.ContainsAny(digits, "eExXpPnN_") || n*scale < 1 || n*scale > 1<<53 {
		return 0, fmt.Errorf("%q is not a size: say 1000000000, 1GB or 64MiB", text)
	}
	return int64(n * scale), nil
}

// columns reads the columns of the output from the two flags that name them.
func columns(list, file string) ([]endpoint.Column, error) {
	name, header := "columns", []byte(list)
	switch {
	case list != "" && file != "":
		return nil, errors.New("--columns and --schema say the same thing: give one")
	case file != "":
		name = "schema"
		f, err := os.Open(file)
		if err != nil {
			return nil, flagErr(name, err)
		}
		defer f.Close()
		if header, err = io.ReadAll(io.LimitReader(f, endpoint.MaxRecord)); err != nil {
			return nil, flagErr(name, err)
		}
		header = bytes.TrimPrefix(header, []byte("\xef\xbb\xbf"))
	case list == "":
		return nil, nil
	}
	var rep fault.Report
	schema, _, err := csvcodec.NewParser(nil).Header(header, fault.Pos{File: file, Line: 1, Column: 1}, &rep)
	if err == nil {
		err = rep.Err()
	}
	if err != nil {
		return nil, flagErr(name, err)
	}
	return schema.Columns, nil
}

// known reads the file of custom names that the account has.
func known(file string) ([]string, error) {
	if file == "" {
		return nil, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var names []string
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" {
			continue
		}
		c, err := endpoint.ParseColumn([]byte(line))
		if err == nil && !c.Field.Custom() {
			err = fmt.Errorf("%s is not a custom attribute", c)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n, err)
		}
		names = append(names, c.String())
	}
	return names, lines.Err()
}

func (s *job) limits(c *cli.Command) error {
	n, workers := c.Int64("max-faults"), c.Int64("workers")
	if n < 0 || workers < 0 || s.show < 0 {
		return errors.New("--max-faults, --workers and --show take a number from 0")
	}
	if c.Bool("fail-fast") {
		n = 1
	}
	keep := s.show
	if keep == 0 {
		keep = -1
	}
	s.opt.Workers = int(workers)
	s.opt.Report = &fault.Report{Keep: keep, Max: n, Redact: s.redact}
	return nil
}

func (s *job) sources(args []string, stdin io.Reader) error {
	if len(args) == 0 {
		if f, ok := stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
			return errors.New("no SOURCE: name a file or a folder, or pipe something in")
		}
		args = []string{"-"}
	}
	inputs, skipped, err := source.Files(args, stdin)
	var dup *source.DuplicateError
	switch {
	case errors.As(err, &dup):
		return err
	case err != nil:
		s.opt.Sources = nil
		return &unreadable{err}
	}
	s.opt.Sources, s.opt.Skipped = inputs, skipped
	return nil
}

// unreadable is the error of a source that is not there: an error of the input,
// not of the command line.
type unreadable struct{ error }

func (e *unreadable) Unwrap() error { return e.error }

// output settles where the run goes.
func (s *job) output(c *cli.Command) error {
	o, overwrite := &s.opt, c.Bool("overwrite")
	var err error
	if o.Rejects, err = target(c.String("rejects"), overwrite); err != nil {
		return flagErr("rejects", err)
	}
	if o.Faults, err = target(c.String("faults"), overwrite); err != nil {
		return flagErr("faults", err)
	}
	switch {
	case o.Check:
		s.out = ""
		return nil
	case s.out == "-":
		if s.json {
			return errors.New("--json and -o - both want standard output: send one elsewhere")
		}
		o.Stream = s.stdout
		return nil
	}
	dir, err := chunk.NewDir(s.out, &chunk.DirOptions{Overwrite: overwrite})
	if err != nil {
		return &unwritable{err}
	}
	root, err := filepath.Abs(s.out)
	if err != nil {
		return &unwritable{err}
	}
	for _, in := range o.Sources {
		if name, err := filepath.Abs(in.Name); err == nil && in.Name != "stdin" && strings.HasPrefix(name, root+string(filepath.Separator)) {
			return fmt.Errorf("the input %s lies in the output folder %s: choose another with -o", in.Name, s.out)
		}
	}
	o.Sink = dir
	if overwrite {
		o.Sink = &clearing{Dir: dir}
		return nil
	}
	err = dir.Check()
	if held := (*chunk.DirError)(nil); errors.As(err, &held) && held.State != chunk.Foreign {
		held.Hint = "replace it with --overwrite, or choose another folder with -o"
	}
	if err != nil {
		return &unwritable{err}
	}
	return nil
}
