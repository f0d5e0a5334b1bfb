package convert_test

import (
	"bytes"
	"context"
	"flag"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/convert"
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/source"
)

var update = flag.Bool("update", false, "rewrite the expected parts of the golden files")

// memory is a sink that keeps what is committed.
type memory struct {
	mu    sync.Mutex
	files map[string][]byte
}

type memoryObject struct {
	m    *memory
	name string
	bytes.Buffer
}

func (m *memory) Create(_ context.Context, name string) (chunk.Object, error) {
	return &memoryObject{m: m, name: name}, nil
}

func (o *memoryObject) Commit(context.Context) (string, error) {
	o.m.mu.Lock()
	defer o.m.mu.Unlock()
	if o.m.files == nil {
		o.m.files = map[string][]byte{}
	}
	o.m.files[o.name] = o.Bytes()
	return "memory:" + o.name, nil
}

func (o *memoryObject) Abort(context.Context) error { return nil }

// all gives the concatenation of the files with a prefix, in order.
func (m *memory) all(prefix string) string {
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(m.files)) {
		if strings.HasPrefix(name, prefix) {
			out.Write(m.files[name])
		}
	}
	return out.String()
}

// long is what @LONG@ in an input stands for: more than any record may have.
var long = bytes.Repeat([]byte("x"), endpoint.MaxRecord)

// shorten undoes @LONG@ in what comes out.
func shorten(s string) string { return strings.ReplaceAll(s, string(long), "@LONG@") }

// golden is a case of testdata: options in the comment, input files in.*, and
// the parts that are expected.
type golden struct {
	file    string
	archive *txtar.Archive
	inputs  []source.Input
	opt     convert.Options
}

// outcome is everything that a run says, but for timings.
type outcome struct {
	out, rejects, list, manifest, faults, err string
}

func readGolden(t *testing.T, file string) *golden {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	g := &golden{file: file, archive: txtar.Parse(text)}
	for _, f := range g.archive.Files {
		data := f.Data
		name, quoted := strings.CutSuffix(f.Name, ".quoted")
		if quoted { // bytes that a text file cannot show
			s, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.TrimSuffix(string(data), "\n"), "\n", "") + `"`)
			require.NoError(t, err, f.Name)
			data = []byte(s)
		}
		if strings.HasPrefix(name, "in.") || strings.HasPrefix(name, "in-") {
			data = bytes.ReplaceAll(data, []byte("@LONG@"), long)
			in := source.Bytes(name, data)
			in.Explicit = true
			g.inputs = append(g.inputs, in)
		}
	}
	for line := range strings.Lines(string(g.archive.Comment)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, word := range strings.Fields(line) {
			key, value, _ := strings.Cut(word, "=")
			g.option(t, key, value)
		}
	}
	require.NotEmpty(t, g.inputs, "%s has no input", file)
	return g
}

func (g *golden) option(t *testing.T, key, value string) {
	t.Helper()
	formats := map[string]convert.Format{"csv": convert.CSV, "json": convert.JSON}
	switch key {
	case "profile":
		if value == "current" {
			g.opt.Profile = fault.Current
		}
	case "from":
		g.opt.From = formats[value]
	case "to":
		g.opt.To = formats[value]
	case "fix":
		g.opt.Fix = true
	case "decompress":
		g.opt.Decompress = true
	case "charset":
		g.opt.Charset = value
	case "max":
		n, err := strconv.ParseInt(value, 10, 64)
		require.NoError(t, err)
		g.opt.MaxChunk = n
	case "known":
		g.opt.Known = strings.Split(value, ",")
	case "columns":
		for name := range strings.SplitSeq(value, ",") {
			c, err := endpoint.ParseColumn([]byte(name))
			require.NoError(t, err)
			g.opt.Columns = append(g.opt.Columns, c)
		}
	default:
		t.Fatalf("%s: unknown option %q", g.file, key)
	}
}

// run gives what comes out with a block size and a number of workers.
func (g *golden) run(t *testing.T, block, workers int) outcome {
	t.Helper()
	m := &memory{}
	opt := g.opt
	opt.Sources, opt.Sink, opt.BlockSize, opt.Workers = g.inputs, m, block, workers
	opt.Report = &fault.Report{}
	_, err := convert.Run(t.Context(), &opt)
	o := outcome{
		out: m.all("endpoints/"), rejects: shorten(m.all("rejects")), list: m.all("faults.ndjson"), manifest: m.all("manifest.json"),
	}
	for _, e := range opt.Report.Faults {
		o.faults += e.Error() + "\n"
	}
	if err != nil {
		o.err = err.Error() + "\n"
	}
	return o
}

// part gives the expected text of a part, or false.
func (g *golden) part(name string) (string, bool) {
	for _, f := range g.archive.Files {
		if f.Name == name {
			return string(f.Data), true
		}
	}
	return "", false
}

func (g *golden) set(name, text string) {
	for i, f := range g.archive.Files {
		if f.Name == name {
			g.archive.Files[i].Data = []byte(text)
			return
		}
	}
	g.archive.Files = append(g.archive.Files, txtar.File{Name: name, Data: []byte(text)})
}

func goldenFiles(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "testdata", dir, "*.txtar"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

// size is the length of the longest input.
func (g *golden) size(t *testing.T) int {
	n := 0
	for _, in := range g.inputs {
		r, err := in.Open(t.Context())
		require.NoError(t, err)
		data, err := io.ReadAll(r)
		require.NoError(t, err)
		n = max(n, len(data))
	}
	return n
}

// everyBlockSize compares a run with those at all block sizes and with several
// workers.
func (g *golden) everyBlockSize(t *testing.T, want outcome) {
	t.Helper()
	n := g.size(t)
	step, parallel := 1, []int{1, 7, 64, 300}
	switch {
	case n > 100<<10: // the giants: reading them in bytes takes its time
		step, parallel = n/3, []int{n / 2}
	case n > 600:
		step = n / 300
	}
	for block := 1; block <= n+1; block += step {
		require.Equal(t, want, g.run(t, block, 1), "block size %d, one worker", block)
	}
	for _, block := range parallel {
		require.Equal(t, want, g.run(t, block, 3), "block size %d, three workers", block)
	}
}

// Each rule of the table has a case that breaks it, and what is said of it and
// becomes of the records does not depend on how the input is cut.
func TestFaults(t *testing.T) {
	have := map[string]bool{}
	for _, file := range goldenFiles(t, "faults") {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			g := readGolden(t, file)
			got := g.run(t, 0, 1)
			if *update {
				g.set("faults", got.faults)
				for part, text := range map[string]string{"out": got.out, "rejects": got.rejects, "error": got.err} {
					if _, ok := g.part(part); ok || text != "" && part != "error" {
						g.set(part, strings.ToValidUTF8(text, "\ufffd"))
					}
				}
				require.NoError(t, os.WriteFile(file, txtar.Format(g.archive), 0o644))
			}
			for part, text := range map[string]string{"faults": got.faults, "out": got.out, "rejects": got.rejects} {
				want, ok := g.part(part)
				require.True(t, ok || text == "", "there is a part %q: run with -update and read it", part)
				require.Equal(t, want, strings.ToValidUTF8(text, "\ufffd"), part)
			}
			code, _, _ := strings.Cut(name, "+")
			rule, ok := fault.Lookup(code)
			require.True(t, ok, "%s is not the code of a rule", code)
			require.Contains(t, got.faults, rule.Code()+": ")
			g.everyBlockSize(t, got)
		})
		code, _, _ := strings.Cut(name, "+")
		have[code] = true
	}
	for _, r := range fault.Rules() {
		require.True(t, have[r.Code()], "testdata/faults has no case for rule %s", r.Code())
	}
}

// The same endpoints as CSV and JSON convert into each other, byte for byte.
func TestPairs(t *testing.T) {
	for _, file := range goldenFiles(t, "pairs") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			g := readGolden(t, file)
			csv, ok := g.part("in.csv")
			require.True(t, ok)
			json, ok := g.part("out.json")
			require.True(t, ok)

			got := g.run(t, 0, 1)
			require.Empty(t, got.err+got.faults)
			require.Equal(t, json, got.out)
			g.everyBlockSize(t, got)

			back := *g
			back.opt.To = convert.CSV
			in := source.Bytes("in.json", []byte(json))
			back.inputs = []source.Input{in}
			got = back.run(t, 0, 1)
			require.Empty(t, got.err+got.faults)
			require.Equal(t, csv, got.out)
			back.everyBlockSize(t, got)

			// The same format in and out is the same bytes.
			same := *g
			same.opt.To = convert.CSV
			require.Equal(t, csv, same.run(t, 0, 1).out)
			back.opt.To = convert.JSON
			require.Equal(t, json, back.run(t, 0, 1).out)
		})
	}
}
