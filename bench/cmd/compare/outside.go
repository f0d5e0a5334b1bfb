package main

import (
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed outside
var scripts embed.FS

// lookOutside returns the programs that are on this machine.
func (b *bench) lookOutside() (map[way][]*program, error) {
	found := map[way][]*program{}
	for _, name := range []string{"nested.py", "columns.jq", "duckdb.js"} {
		text, err := scripts.ReadFile("outside/" + name)
		if err != nil {
			return nil, err
		}
		b.files["outside/"+name] = filepath.Join(b.work, name)
		if err := os.WriteFile(b.files["outside/"+name], text, 0o666); err != nil {
			return nil, err
		}
	}
	add := func(name, title, version string, part int64, lines map[way]string) {
		for w, line := range lines {
			found[w] = append(found[w], &program{
				name: name, title: title, args: strings.Fields(line), part: part, outside: true, version: version,
				noOutput: strings.Contains(title, "only"),
			})
		}
	}
	if b.look("mlr") {
		add("miller", "Miller", versionOf(b.files["mlr"], "version"), crumb, map[way]string{
			csv2json: "{mlr} --icsv --ojsonl cat {in}",
			json2csv: "{mlr} --ijsonl --ocsv unsparsify {in}",
		})
	}
	if b.look("jq") {
		add("jq", "jq", versionOf(b.files["jq"], "--version"), crumb, map[way]string{json2csv: "{jq} -nr -f {outside/columns.jq} {in}"})
	}
	if b.look("zsv") {
		version := versionOf(b.files["zsv"], "version")
		add("zsv", "zsv, flat", version, whole, map[way]string{csv2json: "{zsv} 2json --object --compact --no-empty {in}"})
		add("zsvcount", "zsv count, reading only", version, whole, map[way]string{csv2json: "{zsv} count {in}"})
	}
	if b.look("python3") {
		// What is on the path may be a script that chooses one of several.
		if out, err := exec.Command(b.files["python3"], "-c", "import sys; print(sys.executable)").Output(); err == nil {
			b.files["python3"] = strings.TrimSpace(string(out))
		}
		add("python", "Python: csv + json", versionOf(b.files["python3"], "--version"), crumb, map[way]string{
			csv2json: "{python3} {outside/nested.py} csv2json",
			json2csv: "{python3} {outside/nested.py} json2csv {csv}",
		})
	}
	if b.opt.duckdb != "" {
		if !b.look("node") {
			return nil, fmt.Errorf("-duckdb needs node")
		}
		folder, err := filepath.Abs(b.opt.duckdb)
		if err != nil {
			return nil, err
		}
		b.files["DUCKDB"] = folder
		version := versionOf(b.files["node"], b.files["outside/duckdb.js"], folder, "version")
		add("duckdb", "DuckDB, one thread", version, eighth, map[way]string{
			csv2json: "{node} {outside/duckdb.js} {DUCKDB} csv2json {in}",
			json2csv: "{node} {outside/duckdb.js} {DUCKDB} json2csv {in}",
		})
	}
	return found, nil
}

// look looks for a program on the path.
func (b *bench) look(name string) bool {
	path, err := exec.LookPath(name)
	if err != nil {
		fmt.Fprintln(b.opt.log, name, "is not on this machine")
		return false
	}
	b.files[name] = path
	return true
}

var versionForm = regexp.MustCompile(`\d+(\.\d+)+\S*`)

// versionOf runs a command that says a version and takes the number from it.
func versionOf(args ...string) string {
	out, err := exec.Command(args[0], args[1:]...).Output()
	if err != nil {
		return "of unknown version"
	}
	return versionForm.FindString(string(out))
}
