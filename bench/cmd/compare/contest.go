package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/endpointfile/endpointfile/bench/rivals"
	"github.com/endpointfile/endpointfile/bench/shapes"
)

// way is a direction.
type way uint8

const (
	csv2json way = iota
	json2csv
)

// verb is the way as a flag and an argument.
func (w way) verb() string { return [...]string{"csv2json", "json2csv"}[w] }

// String is the way in words.
func (w way) String() string { return [...]string{"CSV to NDJSON", "NDJSON to CSV"}[w] }

// program is one way to do the work. What is slow reads a part of the data only, for its rate is
// the same; what is fast reads all, so that its start does not count.
type program struct {
	name  string // short, for the tables of shapes
	title string
	// args are the command line. Words in braces stand for files: {in} the input, which is also
	// standard input, {csv} a CSV file with the header that the output shall have, and the
	// programs and scripts of bench.files.
	args     []string
	procs    int // GOMAXPROCS, and the bound of other programs that have one; 0 = as it likes
	own      bool
	outside  bool
	part     int64 // it reads one part in so many of the data
	noOutput bool  // only reads or judges
	version  string
}

// measured is a program with what it took on one input.
type measured struct {
	*program
	right verdict
	size  int64 // bytes of input
	runs  []usage
}

// contest is one shape in one direction.
type contest struct {
	shape    shapes.Shape
	way      way
	programs []*measured
}

// r0 is the program that is the unit.
func (c *contest) r0() *measured { return c.programs[0] }

// find returns the program of that name, or nil.
func (c *contest) find(name string) *measured {
	i := slices.IndexFunc(c.programs, func(m *measured) bool { return m.name == name })
	if i < 0 {
		return nil
	}
	return c.programs[i]
}

// rate is megabytes of input a CPU-second, the median of the runs.
func (m *measured) rate() float64 {
	return median(m.runs, func(_ int, u usage) float64 { return float64(m.size) / 1e6 / u.CPU })
}

// wall is megabytes of input a second, the median of the runs.
func (m *measured) wall() float64 {
	return median(m.runs, func(_ int, u usage) float64 { return float64(m.size) / 1e6 / u.Wall })
}

// peak is the most memory resident of all runs, in MiB.
func (m *measured) peak() float64 {
	return float64(slices.MaxFunc(m.runs, func(a, b usage) int { return cmp.Compare(a.Peak, b.Peak) }).Peak) / 1024
}

// ratio is how many times the rate of base it has: the median of the ratios of each round.
func (m *measured) ratio(base *measured) float64 {
	return median(m.runs, func(i int, u usage) float64 {
		return float64(m.size) / u.CPU * base.runs[i].CPU / float64(base.size)
	})
}

func median[T any](list []T, of func(int, T) float64) float64 {
	x := make([]float64, len(list))
	for i, v := range list {
		x[i] = of(i, v)
	}
	slices.Sort(x)
	if n := len(x); n%2 == 0 {
		return (x[n/2-1] + x[n/2]) / 2
	}
	return x[len(x)/2]
}

// bench holds what all contests need.
type bench struct {
	opt      *options
	work     string
	files    map[string]string // what words in braces stand for
	rivals   []rivals.Rival
	outside  map[way][]*program
	versions map[string]string // of modules, by path
	revision string            // of the library, if it is a checkout
}

// contest runs the programs of one way on one shape: first each on a little data, to see whether
// its output is right, then all in turn.
func (b *bench) contest(s shapes.Shape, w way, inputs map[int64]*input, little *input) (*contest, error) {
	c := &contest{shape: s, way: w}
	for _, p := range b.programs(s, w) {
		c.programs = append(c.programs, &measured{program: p, size: inputs[p.part].size(w)})
	}
	want := filepath.Join(b.work, "want")
	for i, m := range c.programs {
		got := want
		if i > 0 {
			got = filepath.Join(b.work, "got")
		}
		if err := b.write(m.program, little, w, got); err != nil {
			return nil, err
		}
		var err error
		if m.right, err = judge(m.program, w, want, got); err != nil {
			return nil, err
		}
		if m.own && !m.right.ok {
			return nil, fmt.Errorf("%s, %s: the output is wrong: %s", m.title, w, m.right.text)
		}
	}
	for round := range b.opt.rounds {
		fmt.Fprintf(b.opt.log, "%s, %s, round %d of %d\n", s.Name, w, round+1, b.opt.rounds)
		for _, m := range c.programs {
			u, err := b.run(m.program, inputs[m.part], w, nil)
			if err != nil {
				return nil, err
			}
			m.runs = append(m.runs, u)
		}
	}
	return c, nil
}

// write runs a program with its output in a file.
func (b *bench) write(p *program, in *input, w way, name string) error {
	return create(name, func(f *os.File) error {
		_, err := b.run(p, in, w, f)
		return err
	})
}

// run runs a program once; a nil stdout throws its output away.
func (b *bench) run(p *program, in *input, w way, stdout *os.File) (usage, error) {
	file := in.file(w)
	words := []string{"{in}", file, "{csv}", in.csv}
	for name, path := range b.files {
		words = append(words, "{"+name+"}", path)
	}
	fill := strings.NewReplacer(words...)
	args := make([]string, len(p.args))
	for i, a := range p.args {
		args[i] = fill.Replace(a)
	}
	var env []string
	if p.procs > 0 {
		env = []string{fmt.Sprint("GOMAXPROCS=", p.procs)}
	}
	return measure(b.files["took"], args, env, file, stdout)
}

// commandLine is the command line as a reader may type it.
func (p *program) commandLine(w way) string {
	in := [...]string{"e.csv", "e.json"}[w]
	line := strings.NewReplacer("{in}", in, "{csv}", "e.csv", "{", "", "}", "").Replace(strings.Join(p.args, " "))
	if p.procs > 0 {
		line = fmt.Sprint("GOMAXPROCS=", p.procs, " ", line)
	}
	if !slices.Contains(p.args, "{in}") {
		line += " <" + in
	}
	return line
}
