// Command ratio runs whole programs side by side on the same generated file and
// prints what each took: megabytes of input a CPU-second (user and system time of
// the process), the ratio to R0, and peak memory. The programs run in turn, round
// by round, so that a machine that changes its speed changes it for all of them.
//
//	go run ./cmd/ratio -size 1GB -rounds 3
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/endpointfile/endpointfile/internal/corpus"
)

// program is one contestant: its arguments, with {} for the input, which is also
// its standard input.
type program struct {
	name string
	args []string
	cpu  []float64 // seconds, by round
	peak int64     // KiB, the most of all rounds
}

func main() {
	size := flag.String("size", "128MB", "size of the CSV input")
	shape := flag.String("shape", "default", "shape of the data")
	rounds := flag.Int("rounds", 3, "times that each program runs")
	back := flag.Bool("back", false, "NDJSON to CSV instead")
	flag.Parse()
	if err := compare(*size, *shape, *rounds, *back); err != nil {
		fmt.Fprintln(os.Stderr, "ratio:", err)
		os.Exit(1)
	}
}

func compare(size, shape string, rounds int, back bool) error {
	n, err := parseSize(size)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "ratio-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	split, r0 := filepath.Join(dir, "split"), filepath.Join(dir, "r0")
	root, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/endpointfile/endpointfile").Output()
	if err != nil {
		return fmt.Errorf("looking for the library: %w", err)
	}
	library := exec.Command("go", "build", "-o", split, "./cmd/split")
	library.Dir = strings.TrimSpace(string(root)) // the command is of another module than this
	for _, build := range []*exec.Cmd{library, exec.Command("go", "build", "-o", r0, "./cmd/r0")} {
		if err := run(build); err != nil {
			return fmt.Errorf("%s: %w", build, err)
		}
	}
	input, err := generate(dir, shape, n)
	if err != nil {
		return err
	}
	way, flags := "csv2json", []string{"--quiet", "-o", "-", "--workers", "1"}
	if back {
		way, flags = "json2csv", append(flags, "--to", "csv", "--schema", input)
		json := filepath.Join(dir, "e.json")
		if err := run(exec.Command(split, "--quiet", "--from", "csv", "-o", "-", input), json); err != nil {
			return err
		}
		input = json
	}
	programs := []*program{
		{name: "R0 (encoding/csv, encoding/json)", args: []string{r0, way}},
		{name: "R0 with goccy/go-json", args: []string{r0, "-with", "goccy", way}},
		{name: "split, validated, one worker", args: append(append([]string{split}, flags...), "{}")},
	}
	for range rounds {
		for _, p := range programs {
			if err := p.run(input); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
		}
	}
	info, err := os.Stat(input)
	if err != nil {
		return err
	}
	fmt.Printf("%s, shape %s, %d bytes, median of %d\n\n| program | CPU-s | MB/CPU-s | R0 | peak MiB |\n|---|---|---|---|---|\n", way, shape, info.Size(), rounds)
	for _, p := range programs {
		cpu := median(p.cpu)
		fmt.Printf("| %s | %.2f | %.0f | %.1fx | %.0f |\n", p.name, cpu, float64(info.Size())/1e6/cpu, median(programs[0].cpu)/cpu, float64(p.peak)/1024)
	}
	return nil
}

// run runs a command with its output thrown away, or sent to a file.
func run(c *exec.Cmd, out ...string) error {
	c.Stderr = os.Stderr
	if len(out) > 0 {
		f, err := os.Create(out[0])
		if err != nil {
			return err
		}
		defer f.Close()
		c.Stdout = f
	}
	return c.Run()
}

func (p *program) run(input string) error {
	args := slices.Clone(p.args)
	for i := range args {
		if args[i] == "{}" {
			args[i] = input
		}
	}
	c := exec.Command(args[0], args[1:]...)
	f, err := os.Open(input)
	if err != nil {
		return err
	}
	defer f.Close()
	c.Stdin = f
	if err := run(c, os.DevNull); err != nil {
		return err
	}
	p.cpu = append(p.cpu, (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds())
	p.peak = max(p.peak, peak(c.ProcessState))
	return nil
}

func generate(dir, shape string, size int64) (string, error) {
	s, ok := corpus.Lookup(shape)
	if !ok {
		return "", fmt.Errorf("there is no shape %q", shape)
	}
	name := filepath.Join(dir, "e.csv")
	f, err := os.Create(name)
	if err != nil {
		return "", err
	}
	if _, err := s.WriteCSV(f, size, 1); err != nil {
		return "", err
	}
	return name, f.Close()
}

func parseSize(text string) (int64, error) {
	scale := int64(1)
	for unit, n := range map[string]int64{"kB": 1e3, "MB": 1e6, "GB": 1e9} {
		if digits, ok := strings.CutSuffix(text, unit); ok {
			text, scale = digits, n
			break
		}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n * scale, err
}

func median(x []float64) float64 {
	s := slices.SortedFunc(slices.Values(x), cmp.Compare)
	return s[len(s)/2]
}
