// Command generate writes the tables of package iso from the text files beside
// it. Run it through go generate in the folder of package iso.
//
// The text files hold facts and are edited by hand, but for timezones.txt:
// with -refresh-tz that list is first read anew from the time zone archive of
// the Go installation. Without the flag the output depends on nothing but the
// committed text, so that it is the same on every machine.
package main

import (
	"archive/zip"
	"bytes"
	"embed"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed *.txt
var texts embed.FS

func main() {
	refresh := flag.Bool("refresh-tz", false, "read timezones.txt anew from the Go installation")
	out := flag.String("out", ".", "folder of package iso")
	flag.Parse()
	if err := run(*out, *refresh); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// run writes every generated file into the folder out.
func run(out string, refresh bool) error {
	zones, err := texts.ReadFile("timezones.txt")
	if err != nil {
		return err
	}
	if refresh {
		if zones, err = readInstalledZones(); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, "generate", "timezones.txt"), zones, 0o644); err != nil {
			return err
		}
	}
	files, err := render(zones)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(out, f.name), f.content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// file is one generated Go file.
type file struct {
	name    string
	content []byte
}

// render makes every generated file in memory, from the given text of
// timezones.txt and the other embedded lists.
func render(zoneText []byte) ([]file, error) {
	data, err := load(zoneText)
	if err != nil {
		return nil, err
	}
	var files []file
	for _, part := range []struct {
		name string
		body func(*tables) ([]byte, error)
	}{
		{"fold_gen.go", renderFold},
		{"country_gen.go", renderCountries},
		{"withdrawn_gen.go", renderWithdrawn},
		{"language_gen.go", renderLanguages},
		{"timezone_gen.go", renderZones},
	} {
		content, err := part.body(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part.name, err)
		}
		files = append(files, file{part.name, content})
	}
	return files, nil
}

// readInstalledZones returns the text of timezones.txt as the Go installation
// at hand would have it.
func readInstalledZones() ([]byte, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env GOROOT: %w", err)
	}
	dir := filepath.Join(strings.TrimSpace(string(root)), "lib", "time")
	version, err := installedVersion(filepath.Join(dir, "update.bash"))
	if err != nil {
		return nil, err
	}
	archive, err := zip.OpenReader(filepath.Join(dir, "zoneinfo.zip"))
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	var names []string
	for _, f := range archive.File {
		// Factory is the tz database's mark for "not set up": no place has it.
		if f.Name != "Factory" && !strings.HasSuffix(f.Name, "/") {
			names = append(names, f.Name)
		}
	}
	slices.Sort(names)
	var text bytes.Buffer
	text.WriteString("# The names of the tz database, backward links included, Factory left out.\n" +
		"# Written by generate -refresh-tz; do not edit.\n")
	fmt.Fprintf(&text, "version %s\n%s\n", version, strings.Join(names, "\n"))
	return text.Bytes(), nil
}

// installedVersion reads the tz database release, such as 2025c, from the
// script that made the time zone archive.
func installedVersion(script string) (string, error) {
	text, err := os.ReadFile(script)
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(text)) {
		if v, ok := strings.CutPrefix(strings.TrimSpace(line), "DATA="); ok {
			return v, nil
		}
	}
	return "", errors.New(script + ": no DATA= line")
}
