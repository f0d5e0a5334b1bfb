package validate

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

var update = flag.Bool("update", false, "rewrite the golden files of testdata")

// TestGolden runs the files of testdata. A line that is not indented is a record,
// in pairs Name="value"; below it stands what is said of it, and what --fix makes of
// it. Unless the line begins with "!", a record without Id gets one and the rule
// "unsupported" is left out, so that only what the record is about is found.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			var out strings.Builder
			for line := range strings.Lines(strings.ReplaceAll(string(text), "\r", "")) {
				switch {
				case line[0] == '#' || line == "\n":
					out.WriteString(line)
				case line[0] != ' ':
					out.WriteString(line)
					goldenCase(t, &out, strings.TrimSuffix(line, "\n"))
				}
			}
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(out.String()), 0o644))
			}
			assert.Equal(t, strings.ReplaceAll(string(text), "\r", ""), out.String())
		})
	}
}

// goldenCase writes what is said of one record.
func goldenCase(t *testing.T, out *strings.Builder, line string) {
	r := goldenRecord(t, line)
	said := [2][]string{}
	for p := range said {
		said[p] = goldenProfile(t, line, r, fault.Profile(p))
	}
	if strings.Join(said[0], "\n") == strings.Join(said[1], "\n") {
		for _, s := range said[0] {
			out.WriteString("  " + s + "\n")
		}
		return
	}
	for p := range said {
		for _, s := range said[p] {
			out.WriteString("  " + fault.Profile(p).String() + ": " + s + "\n")
		}
	}
}

// goldenProfile gives what one profile says, and checks on the way what holds for
// every record: the two forms of a batch are judged alike, repairs are the same
// faults mended, and they mend.
func goldenProfile(t *testing.T, line string, r record, p fault.Profile) []string {
	plain, fixing := New(&Options{Profile: p}), New(&Options{Profile: p, Fix: true})
	b := sparse(endpoint.NewSchema(), r)
	rep := check(t, plain, b)
	said := messages(rep)
	if !hasEmpty(r) {
		require.Equal(t, said, messages(check(t, plain, dense(endpoint.NewSchema(), r))), "dense: %s", line)
	}
	require.Equal(t, rep.Count(fault.Reject) > 0, b.Rows[0].Flags&endpoint.Rejected != 0, line)
	require.Equal(t, r, valuesOf(b, 0), "without Fix nothing changes: %s", line)

	b = sparse(endpoint.NewSchema(), r)
	fixed := check(t, fixing, b)
	require.Len(t, fixed.Faults, len(rep.Faults), line)
	for i, e := range fixed.Faults {
		f := *rep.Faults[i]
		if e.Severity == fault.Repaired {
			require.Equal(t, fault.Reject, f.Severity, line)
			require.NotEmpty(t, e.Repair, line)
			f.Severity, f.Repair = e.Severity, e.Repair
		}
		require.Equal(t, f, *e, line)
	}
	if line[0] != '!' {
		said = slices.DeleteFunc(said, func(s string) bool { return strings.HasPrefix(s, "warning unsupported: ") })
	}
	after := valuesOf(b, 0)
	require.Equal(t, fixed.Count(fault.Repaired) > 0, b.Rows[0].Flags&endpoint.Changed != 0, line)
	for i := range after {
		if after[i] != r[i] {
			said = append(said, "-> "+strconv.Quote(after[i][1]))
		}
	}
	b.Rows[0].Flags &^= endpoint.Rejected // what a parser has rejected is not asked for what it lacks
	again := check(t, fixing, b)
	require.Zero(t, again.Count(fault.Repaired), "a second time: %s", line)
	require.Equal(t, fixed.Count(fault.Reject), again.Count(fault.Reject), "a second time: %s", line)
	require.Equal(t, after, valuesOf(b, 0), line)
	if len(said) == 0 {
		said = append(said, "ok")
	}
	return said
}

func hasEmpty(r record) bool {
	for _, pair := range r {
		if pair[1] == "" {
			return true
		}
	}
	return len(r) == 0
}

// goldenRecord reads the pairs of a line.
func goldenRecord(t *testing.T, line string) record {
	line, bare := strings.CutPrefix(line, "!")
	var r record
	id := false
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
		name, rest, ok := strings.Cut(line, "=")
		require.True(t, ok, line)
		quoted, err := strconv.QuotedPrefix(rest)
		require.NoError(t, err, line)
		value, err := strconv.Unquote(quoted)
		require.NoError(t, err, line)
		r = append(r, [2]string{name, value})
		id = id || name == "Id"
		line = rest[len(quoted):]
	}
	if !bare && !id {
		r = append(r, [2]string{"Id", "i"})
	}
	return r
}
