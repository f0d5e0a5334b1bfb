package main

import (
	"bufio"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/convert"
	"github.com/endpointfile/endpointfile/fault"
)

// maxRules is how many lines of counts the summary shows.
const maxRules = 12

// tell says on standard error what the run did.
func (s *job) tell(res *convert.Result, failed error) {
	if s.quiet {
		return
	}
	w := bufio.NewWriter(s.stderr)
	defer w.Flush()
	for _, e := range s.opt.Report.Faults {
		fmt.Fprintln(w, e)
	}
	if more := res.Faults + res.Warnings + res.Repairs - int64(len(s.opt.Report.Faults)); more > 0 && s.show > 0 {
		fmt.Fprintf(w, "... and %s more", count(more))
		if res.FaultsAt != "" {
			fmt.Fprintf(w, ": all are in %s", fault.Printable(res.FaultsAt))
		}
		fmt.Fprintln(w)
	}
	for _, in := range res.Skipped {
		fmt.Fprintf(w, "skipped %s: %s\n", fault.Printable(in.Name), fault.Printable(in.Reason))
	}
	if failed != nil {
		return
	}
	s.rules(w, res)
	t := res.Manifest.Totals
	fmt.Fprintf(w, "%s records read: %s %s, %s rejected", count(t.Records), count(t.Written), s.verb(), count(t.Rejected))
	for _, n := range []struct {
		n    int64
		what string
	}{{res.Warnings, "warnings"}, {res.Repairs, "repairs"}} {
		if n.n > 0 {
			fmt.Fprintf(w, ", %s %s", count(n.n), n.what)
		}
	}
	fmt.Fprintln(w)
	s.chunks(w, res.Manifest)
	for _, name := range res.Rejects {
		fmt.Fprintf(w, "rejected records: %s\n", fault.Printable(name))
	}
	if res.Stopped {
		fmt.Fprintln(w, "stopped at the limit of faults: the rest of the input was not read, and there is no manifest")
	}
}

func (s *job) verb() string {
	if s.opt.Check {
		return "good"
	}
	return "written"
}

// rules shows what was found most often.
func (s *job) rules(w *bufio.Writer, res *convert.Result) {
	if len(res.Counts) < 2 && res.Faults+res.Warnings+res.Repairs <= int64(len(s.opt.Report.Faults)) {
		return
	}
	for i, c := range res.Counts {
		if i == maxRules {
			fmt.Fprintf(w, "  ... and %d other rules and fields\n", len(res.Counts)-i)
			break
		}
		fmt.Fprintf(w, "  %10s  %-8s  %s  %s\n", count(c.Count), c.Severity, c.Rule, c.Field)
	}
}

// chunks names the files of the run.
func (s *job) chunks(w *bufio.Writer, m *chunk.Manifest) {
	if s.opt.Sink == nil {
		return
	}
	const few = 6
	for i, c := range m.Chunks {
		if i == few && len(m.Chunks) > few+1 {
			fmt.Fprintf(w, "... and %d more chunks\n", len(m.Chunks)-i)
			break
		}
		fmt.Fprintf(w, "%s  %s records, %s\n", fault.Printable(filepath.Join(s.out, filepath.FromSlash(c.Name))), count(c.Records), size(c.Bytes))
	}
}

// count writes a number with separators: 1,234,567.
func count(n int64) string {
	digits := strconv.FormatInt(n, 10)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 && digits[i-1] != '-' {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// size writes a number of bytes for people: 12.3 MB.
func size(n int64) string {
	f, units := float64(n), []string{"B", "kB", "MB", "GB", "TB"}
	for len(units) > 1 && f >= 999.5 {
		f, units = f/1000, units[1:]
	}
	if units[0] == "B" {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", f, units[0])
}

// statusOf tells the exit status of an error that came before the run.
func statusOf(err error) int {
	var in *unreadable
	var out *unwritable
	switch {
	case errors.As(err, &in):
		return exitInput
	case errors.As(err, &out):
		return exitOutput
	}
	return exitUsage
}
