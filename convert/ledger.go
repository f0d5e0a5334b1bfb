package convert

import (
	"bytes"
	"context"
	"time"

	"github.com/goccy/go-json"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/fault"
)

// settings are the options that decide what the output is, as the manifest
// keeps them. Workers and block size are not among them: they change nothing.
type settings struct {
	From       string   `json:"from"`
	To         string   `json:"to"`
	Fix        bool     `json:"fix,omitempty"`
	Decompress bool     `json:"decompress,omitempty"`
	Charset    string   `json:"charset,omitempty"`
	MaxBytes   int64    `json:"max_bytes"`
	Columns    []string `json:"columns,omitempty"`
	Known      []string `json:"known_attributes,omitempty"`
}

func (r *run) newManifest() {
	tool := r.opt.Tool
	if tool == "" {
		tool = "endpointfile"
	}
	r.manifest = &chunk.Manifest{
		Version: chunk.ManifestVersion, Tool: tool, Format: r.to.String(), Profile: r.opt.Profile.String(),
	}
}

// balance holds the sums against each other: what was read must have been
// written or rejected.
func (r *run) balance() error {
	m := r.manifest
	if r.opt.Sink != nil && !r.opt.Check {
		return m.Check()
	}
	t := m.Totals
	if t.Records != t.Written+t.Rejected {
		return &chunk.LedgerError{Where: "totals", What: "written and rejected", Got: t.Written + t.Rejected, Want: t.Records}
	}
	return nil
}

// result fills in what the report knows.
func (r *run) result(res *Result) {
	res.From, res.To, res.Manifest, res.Skipped = r.from, r.to, r.manifest, r.skipped
	res.Counts = r.report.Counts()
	res.Faults = r.report.Count(fault.Reject) + r.report.Count(fault.Refuse)
	res.Warnings = r.report.Count(fault.Warning)
	res.Repairs = r.report.Count(fault.Repaired)
	res.Elapsed = time.Since(r.start)
}

// Summary is the account of a run as report.json holds it and programs read it.
type Summary struct {
	Version  int           `json:"version"` // of this form: 1
	Tool     string        `json:"tool"`
	From     string        `json:"from"`
	To       string        `json:"to"`
	Profile  string        `json:"profile"`
	Complete bool          `json:"complete"` // all inputs were read to their end
	Totals   chunk.Totals  `json:"totals"`
	Chunks   int           `json:"chunks"`
	Faults   int64         `json:"faults"`
	Warnings int64         `json:"warnings"`
	Repairs  int64         `json:"repairs"`
	Counts   []fault.Count `json:"counts"`
	Inputs   []chunk.Input `json:"inputs"` // sums only where there is a manifest
	Skipped  []Skipped     `json:"skipped,omitempty"`
	Rejects  []string      `json:"rejects,omitempty"`     // where the rejected records are
	FaultsAt string        `json:"faults_file,omitempty"` // where each fault is listed
	Seconds  float64       `json:"seconds"`
}

// Summary gives the account of the run. Complete is false when the run ended
// early.
func (r *Result) Summary(complete bool) *Summary {
	m := r.Manifest
	if m == nil {
		m = &chunk.Manifest{}
	}
	return &Summary{
		Version: 1, Tool: m.Tool, From: r.From.String(), To: r.To.String(), Profile: m.Profile, Complete: complete,
		Totals: m.Totals, Chunks: len(m.Chunks), Faults: r.Faults, Warnings: r.Warnings, Repairs: r.Repairs,
		Counts: r.Counts, Inputs: m.Inputs, Skipped: r.Skipped, Rejects: r.Rejects, FaultsAt: r.FaultsAt,
		Seconds: r.Elapsed.Seconds(),
	}
}

// AppendJSON appends the summary as indented JSON with a final line feed.
func (s *Summary) AppendJSON(dst []byte) ([]byte, error) {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(s); err != nil {
		return dst, err
	}
	return append(dst, text.Bytes()...), nil
}

// writeReports writes report.json and, last of all and only for a whole run,
// the manifest.
func (r *run) writeReports(ctx context.Context, res *Result, complete bool) error {
	if r.opt.Sink == nil || r.opt.Check {
		return nil
	}
	text, err := res.Summary(complete).AppendJSON(nil)
	if err != nil {
		return err
	}
	if _, err := writeWhole(ctx, r.opt.Sink, chunk.ReportName, text); err != nil || !complete {
		return err
	}
	set := settings{
		From: r.from.String(), To: r.to.String(), Fix: r.opt.Fix, Decompress: r.opt.Decompress,
		Charset: r.opt.Charset, MaxBytes: r.opt.MaxChunk, Known: r.opt.Known,
	}
	if set.MaxBytes <= 0 {
		set.MaxBytes = chunk.DefaultMax
	}
	for _, c := range res.Columns {
		set.Columns = append(set.Columns, c.String())
	}
	if r.manifest.Options, err = json.Marshal(set); err != nil {
		return err
	}
	var ledger bytes.Buffer
	if _, err := r.manifest.WriteTo(&ledger); err != nil {
		return err
	}
	_, err = writeWhole(ctx, r.opt.Sink, chunk.ManifestName, ledger.Bytes())
	return err
}
