package main

import (
	"debug/buildinfo"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/endpointfile/endpointfile/bench/rivals"
	"github.com/endpointfile/endpointfile/bench/shapes"
)

// library is the path of the module that is measured.
const library = "github.com/endpointfile/endpointfile"

// Parts of the data that programs read: endpointfile, rivals in Go, slow ones from outside.
const (
	whole  = 1
	eighth = 8
	crumb  = 32
)

// newBench builds the programs and looks for those from outside.
func newBench(opt *options, work string) (*bench, error) {
	b := &bench{opt: opt, work: work, files: map[string]string{}, rivals: rivals.All(), versions: map[string]string{}}
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", library).Output()
	if err != nil {
		return nil, fmt.Errorf("looking for the library: %w", err)
	}
	dir := strings.TrimSpace(string(root))
	for _, build := range []struct{ name, dir, pkg, tags string }{
		{"split", dir, "./cmd/split", ""},
		{"split-purego", dir, "./cmd/split", "purego"},
		{"r0", "", library + "/bench/cmd/r0", ""},
		{"took", "", library + "/bench/cmd/took", ""},
	} {
		b.files[build.name] = filepath.Join(work, build.name)
		c := exec.Command("go", "build", "-tags", build.tags, "-o", b.files[build.name], build.pkg)
		c.Dir = build.dir // the command is of another module than this one
		if text, err := c.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", c, err, text)
		}
	}
	if info, err := buildinfo.ReadFile(b.files["r0"]); err == nil {
		for _, m := range info.Deps {
			b.versions[m.Path] = m.Version
		}
	}
	if text, err := exec.Command("git", "-C", dir, "rev-parse", "--short=12", "HEAD").Output(); err == nil {
		b.revision = strings.TrimSpace(string(text))
	}
	if opt.outside {
		if b.outside, err = b.lookOutside(); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// programs returns those of a contest, R0 first.
func (b *bench) programs(s shapes.Shape, w way) (list []*program) {
	for _, r := range b.rivals {
		args := []string{"{r0}", "-with", r.Name}
		switch {
		case !r.Takes(s.Header()):
			continue
		case w == csv2json && r.Convert != nil:
		case w == json2csv && r.Reverse != nil:
			args = append(args, "-header", "{csv}")
		default:
			continue
		}
		list = append(list, &program{
			name: r.Name, title: r.Title, args: append(args, w.verb()), procs: 1, part: eighth, noOutput: r.ParseOnly, version: b.versionsOf(r.Modules),
		})
	}
	list = append(list, ownPrograms(w, usual(s))...)
	if usual(s) {
		list = append(list, b.outside[w]...)
	}
	return list
}

// ownPrograms returns endpointfile's, with all its variations or the two main ones.
func ownPrograms(w way, all bool) []*program {
	line := func(split string, flags ...string) []string {
		args := append([]string{split, "--quiet"}, flags...)
		if w == json2csv {
			args = append(args, "--to", "csv", "--schema", "{csv}")
		}
		return append(args, "{in}")
	}
	list := []*program{
		{name: "own", title: "**endpointfile**, all rules checked", own: true, part: whole, procs: 1, args: line("{split}", "--workers", "1", "-o", "-")},
		{name: "purego", title: "**endpointfile** built without assembly and unsafe (`-tags purego`)", own: true, part: whole, procs: 1, args: line("{split-purego}", "--workers", "1", "-o", "-")},
	}
	if !all {
		return list
	}
	return append(
		list,
		&program{name: "own2", title: "**endpointfile**, two workers", own: true, part: whole, procs: 2, args: line("{split}", "--workers", "2", "-o", "-")},
		&program{name: "check", title: "**endpointfile**, checking only", own: true, part: whole, noOutput: true, procs: 1, args: line("{split}", "--workers", "1", "--check")},
	)
}

// versionsOf lists modules with their versions.
func (b *bench) versionsOf(modules []string) string {
	var list []string
	for _, m := range modules {
		list = append(list, strings.TrimPrefix(m, "github.com/")+" "+b.versions[m])
	}
	return strings.Join(list, ", ")
}
