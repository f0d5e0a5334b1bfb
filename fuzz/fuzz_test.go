package fuzz

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	goccy "github.com/goccy/go-json"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/convert"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/source"
)

// outcome is everything that a run says but for timings.
type outcome struct {
	out    string
	faults string
	totals [3]int64
}

// run converts data and holds the ledger against the outcome.
func run(t *testing.T, data []byte, from, to convert.Format, profile fault.Profile, fix bool, block, workers int) outcome {
	t.Helper()
	var out bytes.Buffer
	opt := &convert.Options{
		Sources: []source.Input{source.Bytes("in", data)}, From: from, To: to, Profile: profile, Fix: fix,
		Stream: &out, BlockSize: block, Workers: workers, Report: &fault.Report{},
	}
	opt.Sources[0].Explicit = true
	res, err := convert.Run(t.Context(), opt)
	var refused *convert.InputError
	if err != nil && !errors.As(err, &refused) {
		t.Fatalf("a run may only refuse its input: %v", err)
	}
	o := outcome{out: out.String()}
	var list strings.Builder
	for _, e := range opt.Report.Faults {
		list.WriteString(e.Error())
		list.WriteByte('\n')
		require.True(t, json.Valid(e.AppendJSON(nil)), "a fault is not JSON: %v", e)
	}
	o.faults = list.String()
	if err != nil {
		require.NotEmpty(t, opt.Report.Faults, "a refusal is a fault: %v", err)
		require.Empty(t, o.out, "a refused input wrote something")
		return o
	}
	totals := res.Manifest.Totals
	o.totals = [3]int64{totals.Records, totals.Written, totals.Rejected}
	require.Equal(t, totals.Records, totals.Written+totals.Rejected)
	return o
}

// roundTrip checks what came out as JSON, and takes it to CSV and back.
func roundTrip(t *testing.T, o outcome, profile fault.Profile) {
	t.Helper()
	lines := int64(0)
	for line := range strings.Lines(o.out) {
		require.True(t, json.Valid([]byte(line)), "not JSON: %q", line)
		var v map[string]any
		require.NoError(t, goccy.Unmarshal([]byte(line), &v), "%q", line)
		lines++
	}
	require.Equal(t, o.totals[1], lines)
	if lines == 0 {
		return
	}
	again := run(t, []byte(o.out), convert.JSON, convert.JSON, profile, false, 0, 1)
	require.Equal(t, o.out, again.out, "what was written does not pass: %s", again.faults)
	csv := run(t, []byte(o.out), convert.JSON, convert.CSV, profile, false, 0, 1)
	if csv.totals[1] != lines {
		return // more columns than CSV output can have
	}
	back := run(t, []byte(csv.out), convert.CSV, convert.JSON, profile, false, 0, 1)
	require.Equal(t, lines, back.totals[1], "%q\n%s", csv.out, back.faults)
}

func seeds(f *testing.F, ext string) {
	f.Helper()
	files, err := filepath.Glob("../testdata/*/*.txtar")
	if err != nil || len(files) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if len(text) > 16<<10 {
			continue
		}
		for _, part := range txtar.Parse(text).Files {
			if strings.HasSuffix(part.Name, ext) {
				f.Add(part.Data, byte(len(part.Data)))
			}
		}
	}
}

func same(t *testing.T, data []byte, from convert.Format, knobs byte) {
	profile, fix := fault.Profile(knobs&1), knobs&2 != 0
	want := run(t, data, from, convert.JSON, profile, fix, 0, 1)
	require.Equal(t, want, run(t, data, from, convert.JSON, profile, fix, 1+int(knobs>>2), 1), "another block size")
	require.Equal(t, want, run(t, data, from, convert.JSON, profile, fix, 1+int(knobs>>4), 3), "three workers")
	roundTrip(t, want, profile)
}

func FuzzCSV(f *testing.F) {
	seeds(f, ".csv")
	f.Fuzz(func(t *testing.T, data []byte, knobs byte) { same(t, data, convert.CSV, knobs) })
}

func FuzzJSON(f *testing.F) {
	seeds(f, ".json")
	f.Fuzz(func(t *testing.T, data []byte, knobs byte) { same(t, data, convert.JSON, knobs) })
}
