package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// results is everything that was measured.
type results struct {
	opt      *options
	bench    *bench
	contests []*contest
	disk     *disk // nil when it was not measured
}

// markdown writes the page; plot is the name of the picture files without their ends, "" for none.
func (r *results) markdown(plot string) string {
	var p page
	p.line("# Benchmarks")
	p.line("")
	p.line("This page is generated: `%s` in the folder `bench` made it on %s. Do not edit it.", r.opt.command, time.Now().UTC().Format(time.DateOnly))
	p.line("")
	if plot != "" {
		p.line("![Programs side by side: throughput to R0, and memory](%s.svg)", plot)
		p.line("")
	}
	p.line("Whole processes, side by side on the same generated files, in turn, %d times each; output goes to /dev/null. **MB/CPU-s** is megabytes", r.opt.rounds)
	p.line("(10^6) of input a second of user and system time, the figure that survives a busy machine; **to R0** is the median of the ratios of each")
	p.line("round. What is slow reads only the beginning of the file that endpointfile reads. Wall time and the most memory resident are those of the")
	p.line("process, too. R0 is the program that every Go team writes first: `encoding/csv`, a struct with tags, `encoding/json`. Like every other")
	p.line("program here but endpointfile, it checks no rule. Only figures of one run can be compared.")
	p.line("")
	p.line("Every output was compared with R0's on a megabyte of the same data first, and R0's is judged by other means in the tests of `bench`.")
	p.line("")
	p.line("Machine: %s. %s.%s", machine(), runtime.Version(), r.revision())
	for _, c := range r.usual() {
		p.programs(c)
	}
	p.shapes(r)
	if r.disk != nil {
		p.disk(r.disk)
	}
	p.faster(r)
	p.commands(r)
	return p.String()
}

func (r *results) revision() string {
	if r.bench.revision == "" {
		return ""
	}
	return " endpointfile at " + r.bench.revision + "."
}

// usual returns the contests of the first shape, where all programs run.
func (r *results) usual() (list []*contest) {
	for _, c := range r.contests {
		if usual(c.shape) {
			list = append(list, c)
		}
	}
	return list
}

// of returns the contests of one way.
func (r *results) of(w way) (list []*contest) {
	for _, c := range r.contests {
		if c.way == w {
			list = append(list, c)
		}
	}
	return list
}

// page is Markdown in the making.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) {
	fmt.Fprintf(p, format+"\n", args...)
}

// row writes a row of a table.
func (p *page) row(cells ...string) {
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(c, "|", `\|`)
	}
	p.line("| %s |", strings.Join(cells, " | "))
}

// table writes the head of a table whose first left columns hold text and the others figures.
func (p *page) table(left int, cells ...string) {
	p.line("")
	p.row(cells...)
	p.line("|%s%s", strings.Repeat("---|", left), strings.Repeat("---:|", len(cells)-left))
}

// programs writes the table of a contest of the usual shape.
func (p *page) programs(c *contest) {
	p.line("")
	p.line("## %s", c.way)
	p.line("")
	p.line("Shape %s: %s.", c.shape.Name, c.shape.Doc)
	p.table(2, "program", "output right?", "MB/CPU-s", "to R0", "MB/s wall", "peak MiB", "input")
	for _, m := range c.programs {
		p.row(m.titleVersion(), m.right.text, figure(m.rate()), times(m.ratio(c.r0())), figure(m.wall()), memory(m.peak()), megabytes(m.size))
	}
}

// titleVersion is the title, with the version of a program from outside.
func (p *program) titleVersion() string {
	if p.outside {
		return p.title + " (" + p.version + ")"
	}
	return p.title
}

// shapes writes a table of all shapes for each way.
func (p *page) shapes(r *results) {
	p.line("")
	p.line("## Every shape")
	p.line("")
	p.line("R0 in megabytes a CPU-second; the others as ratios to R0 on the same shape.")
	for _, w := range r.opt.ways {
		list := r.of(w)
		var names []string
		for _, c := range list {
			for _, m := range c.programs {
				if !m.outside && m.name != "check" && m.name != "own2" && !slices.Contains(names, m.name) {
					names = append(names, m.name)
				}
			}
		}
		if i := slices.Index(names, "own"); i >= 0 { // ours last
			names = append(slices.Delete(names, i, i+1), "own")
		}
		head := []string{w.String()}
		for _, name := range names {
			head = append(head, shapeHead(name))
		}
		p.table(1, head...)
		for _, c := range list {
			row := []string{c.shape.Name}
			for i, name := range names {
				switch m := c.find(name); {
				case m == nil:
					row = append(row, "-")
				case i == 0:
					row = append(row, figure(m.rate())+" MB/CPU-s")
				case name == "own":
					row = append(row, "**"+times(m.ratio(c.r0()))+"**")
				default:
					row = append(row, times(m.ratio(c.r0())))
				}
			}
			p.row(row...)
		}
	}
	p.line("")
	var seen []string
	for _, c := range r.contests {
		if !slices.Contains(seen, c.shape.Name) {
			seen = append(seen, c.shape.Name)
			p.line("- %s: %s.", c.shape.Name, c.shape.Doc)
		}
	}
}

// shapeHead is the name of a program in the tables of shapes.
func shapeHead(name string) string {
	switch name {
	case "r0":
		return "R0"
	case "own":
		return "**endpointfile**"
	case "purego":
		return "endpointfile, purego"
	case "csvread":
		return "encoding/csv, reading only"
	}
	return name
}

// disk writes what writing to files costs.
func (p *page) disk(d *disk) {
	p.line("")
	p.line("## To files")
	p.line("")
	p.line("CSV of %s into chunk files of NDJSON with rejects, ledger and manifest, %s in all, two workers, each file synced; and the same number of", megabytes(d.in), megabytes(d.out))
	p.line("bytes written by one program with nothing else to do, in writes of a mebibyte, and synced. Wall time counts here: the quickest of %d", len(d.run))
	p.line("rounds each, as others may use the disk, too.")
	p.table(1, "", "MB/s of output", "share", "CPU-s", "peak MiB")
	run, plain := d.rates()
	p.row("plain writing", figure(plain), "100 %", "", "")
	cpu := median(d.run, func(_ int, u usage) float64 { return u.CPU })
	most := &measured{runs: d.run}
	p.row("a whole run", figure(run), fmt.Sprintf("%.0f %%", 100*d.share()), fmt.Sprintf("%.2f", cpu), memory(most.peak()))
}

// faster lists the losses.
func (p *page) faster(r *results) {
	p.line("")
	p.line("## What is faster")
	p.line("")
	none := true
	for _, c := range r.contests {
		own := c.find("own")
		for _, m := range c.programs {
			if ratio := m.ratio(own); !m.own && ratio > 1 {
				none = false
				p.line("- %s, %s: %s takes %s the bytes a CPU-second (output right? %s).", c.way, c.shape.Name, m.title, times(ratio), m.right.text)
			}
		}
	}
	if none {
		p.line("Of the programs above, on the shapes above: none.")
	}
}

// commands lists the command lines.
func (p *page) commands(r *results) {
	p.line("")
	p.line("## Commands")
	p.line("")
	p.line("`split` is `cmd/split`, `split-purego` the same built with `-tags purego`, `r0` is `bench/cmd/r0`; `outside/` is in `bench/cmd/compare`.")
	p.table(3, "program", "version", "command line")
	for _, c := range r.usual() {
		for _, m := range c.programs {
			p.row(m.title, m.version, "`"+m.commandLine(c.way)+"`")
		}
	}
	if r.disk != nil {
		d := diskProgram()
		p.row(d.title, "", "`"+d.commandLine(csv2json)+"`")
	}
}

// Marks of the block in the README that this program writes.
const (
	blockStart = "<!-- benchmarks:start -->"
	blockEnd   = "<!-- benchmarks:end -->"
)

// inReadme returns the README with its block rewritten. The paths of the plot and of the page
// are made relative to it.
func (r *results) inReadme(name, plot, out string) (string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	before, rest, ok := strings.Cut(string(text), blockStart)
	_, after, ok2 := strings.Cut(rest, blockEnd)
	if !ok || !ok2 {
		return "", fmt.Errorf("%s has no block between %s and %s", name, blockStart, blockEnd)
	}
	for _, path := range []*string{&plot, &out} {
		rel, err := filepath.Rel(filepath.Dir(name), *path)
		if err != nil {
			return "", err
		}
		*path = filepath.ToSlash(rel)
	}
	return before + blockStart + "\n" + r.block(plot, out) + blockEnd + after, nil
}

// block writes the short form for the README.
func (r *results) block(plot, out string) string {
	var p page
	p.line("![Programs side by side: throughput to R0, and memory](%s)", plot)
	list := r.usual()
	head := []string{"MB of input a CPU-second (to R0), peak memory"}
	var rows []string
	for _, c := range list {
		head = append(head, c.way.String())
		for _, m := range c.programs {
			if !slices.Contains(rows, m.name) {
				rows = append(rows, m.name)
			}
		}
	}
	p.table(1, head...)
	for _, name := range rows {
		row, title := []string{}, ""
		for _, c := range list {
			m := c.find(name)
			if m == nil {
				row = append(row, "-")
				continue
			}
			title = m.title
			cell := fmt.Sprintf("%s (%s), %s MiB", figure(m.rate()), times(m.ratio(c.r0())), memory(m.peak()))
			if !m.right.ok {
				cell += " †"
			}
			row = append(row, cell)
		}
		p.row(append([]string{title}, row...)...)
	}
	p.line("")
	p.line("† not the same values as R0: [%s](%s) says what differs, and has all shapes, versions and command lines.", out, out)
	for _, w := range r.opt.ways {
		all := r.of(w)
		ratio := func(c *contest) float64 { return c.find("own").ratio(c.r0()) }
		slices.SortFunc(all, func(a, b *contest) int {
			if ratio(a) < ratio(b) {
				return -1
			}
			return 1
		})
		worst, best := all[0], all[len(all)-1]
		p.line("%s over %d shapes of data, one worker, all rules checked: %s R0 (%s) to %s (%s).", w, len(all), times(ratio(worst)), worst.shape.Name, times(ratio(best)), best.shape.Name)
	}
	if r.disk != nil {
		p.line("A whole run into files goes at %.0f %% of the rate at which the same bytes can be written.", 100*r.disk.share())
	}
	p.line("Made %s on %s, %s.", time.Now().UTC().Format(time.DateOnly), machine(), runtime.Version())
	return p.String()
}

func megabytes(n int64) string { return figure(float64(n)/1e6) + " MB" }

func memory(mib float64) string {
	if mib == 0 {
		return "?"
	}
	return fmt.Sprintf("%.0f", mib)
}

// figure writes a rate with as many digits as it is worth.
func figure(x float64) string {
	if x < 10 {
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.0f", x)
}

// times writes a ratio.
func times(x float64) string {
	switch {
	case x < 0.1:
		return fmt.Sprintf("%.3fx", x)
	case x < 1:
		return fmt.Sprintf("%.2fx", x)
	default:
		return fmt.Sprintf("%.1fx", x)
	}
}
