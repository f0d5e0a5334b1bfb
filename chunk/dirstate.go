// This file knows the files of a run: their names, what a folder that holds some of
// them is, and how to take them away again.
//
//	endpoints/part-00001.json ...   the chunks, and nothing else
//	rejects.csv  rejects-2.csv ...  the rejected records
//	faults.ndjson  report.json
//	manifest.json                   written last: the run is whole
//	.partial/                       what is being written

package chunk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Names of the files of a run, relative to its folder.
const (
	EndpointsDir = "endpoints"             // the folder an import reads
	PartPrefix   = EndpointsDir + "/part-" // the default of Options.Prefix
	ManifestName = "manifest.json"         // the ledger; there only when the run is whole
	ReportName   = "report.json"           // counts, totals, timings
	FaultsName   = "faults.ndjson"         // one object a fault
	rejectsStem  = "rejects"               // see RejectsName
	partStem     = "part-"                 // PartPrefix without the folder
	maxForeign   = 10                      // foreign files named in a DirError
)

// RejectsName returns the name of the n-th file of rejected records, n from 1:
// "rejects.csv", "rejects-2.csv" and so on; ext is ".csv" or ".json". There is more
// than one when inputs with different headers were read.
func RejectsName(n int, ext string) string {
	if n <= 1 {
		return rejectsStem + ext
	}
	return rejectsStem + "-" + strconv.Itoa(n) + ext
}

// A State tells what a run folder holds.
type State uint8

// The states of a run folder.
const (
	Empty      State = iota // absent, or without any file of a run
	Unfinished              // files of a run, but no manifest
	Finished                // a manifest: the run is whole
	Foreign                 // endpoints/ holds files that no run makes
)

// String returns the name of the state, in lower case.
func (s State) String() string {
	switch s {
	case Empty:
		return "empty"
	case Unfinished:
		return "unfinished"
	case Finished:
		return "finished"
	case Foreign:
		return "foreign"
	}
	return "State(" + strconv.Itoa(int(s)) + ")"
}

// DirError says that a folder cannot take a new run. It is fs.ErrExist.
type DirError struct {
	Root  string
	State State
	Files []string // Foreign: the first foreign files, slash paths below Root
	Hint  string   // what to do
}

func (e *DirError) Error() string {
	what := "holds an " + e.State.String() + " run"
	switch e.State {
	case Finished:
		what = "holds a finished run"
	case Foreign:
		what = fmt.Sprintf("holds files in %s that no run made: %s", EndpointsDir, strings.Join(e.Files, ", "))
	}
	return fmt.Sprintf("folder %s %s (%s)", e.Root, what, e.Hint)
}

// Unwrap returns fs.ErrExist.
func (e *DirError) Unwrap() error { return fs.ErrExist }

// State looks at the folder. Foreign files outweigh a manifest, a manifest outweighs
// leftovers. Files outside endpoints/ that no run makes are not looked at. Errors are
// those of the file system.
func (d *Dir) State() (State, error) {
	l, err := d.look()
	return l.state(), err
}

// Check returns nil if a new run may write to the folder, else a [DirError]. Other
// errors are those of the file system.
func (d *Dir) Check() error {
	l, err := d.look()
	if err != nil {
		return err
	}
	return l.refusal(d.root, l.state())
}

// Clear removes the files of a run, whole or not, and nothing else, so that the folder
// is Empty after. The manifest goes first: a Clear that is cut short leaves an
// unfinished run, never a finished one with parts missing. It refuses with a
// [DirError] if endpoints/ holds foreign files, since an import would read them too;
// then nothing is removed. It must not run while objects of this folder are open.
func (d *Dir) Clear() error {
	l, err := d.look()
	if err != nil {
		return err
	}
	if l.state() == Foreign {
		return l.refusal(d.root, Foreign)
	}
	if l.manifest {
		if err := os.Remove(filepath.Join(d.root, ManifestName)); err != nil {
			return err
		}
		if err := syncDir(d.root); err != nil {
			return err
		}
	}
	for _, name := range l.ours {
		if err := os.Remove(filepath.Join(d.root, filepath.FromSlash(name))); err != nil {
			return err
		}
	}
	return os.RemoveAll(filepath.Join(d.root, partialDir))
}

// listing is what lies in a run folder.
type listing struct {
	manifest bool
	partial  bool     // .partial holds something
	ours     []string // files of a run, the manifest apart; slash paths
	foreign  []string
}

func (l *listing) state() State {
	switch {
	case len(l.foreign) > 0:
		return Foreign
	case l.manifest:
		return Finished
	case l.partial || len(l.ours) > 0:
		return Unfinished
	}
	return Empty
}

func (l *listing) refusal(root string, s State) error {
	e := &DirError{Root: root, State: s}
	switch s {
	case Empty:
		return nil
	case Finished, Unfinished:
		e.Hint = "choose another folder, or allow its run to be overwritten"
	case Foreign:
		e.Files = l.foreign
		if len(e.Files) > maxForeign {
			e.Files = append(e.Files[:maxForeign:maxForeign], "...")
		}
		e.Hint = "an import would read them too: move them away, or choose another folder"
	}
	return e
}

func (d *Dir) look() (*listing, error) {
	l := &listing{}
	top, err := readDir(d.root)
	if err != nil {
		return l, err
	}
	for _, e := range top {
		switch name := e.Name(); {
		case name == partialDir:
			inside, err := readDir(filepath.Join(d.root, name))
			if err != nil {
				return l, err
			}
			l.partial = len(inside) > 0
		case name == EndpointsDir:
			parts, err := readDir(filepath.Join(d.root, name))
			if err != nil {
				return l, err
			}
			for _, p := range parts {
				full := EndpointsDir + "/" + p.Name()
				if isPart(p.Name()) && p.Type().IsRegular() {
					l.ours = append(l.ours, full)
				} else {
					l.foreign = append(l.foreign, full)
				}
			}
		case !e.Type().IsRegular():
		case name == ManifestName:
			l.manifest = true
		case name == ReportName, name == FaultsName, isRejects(name):
			l.ours = append(l.ours, name)
		}
	}
	return l, nil
}

// readDir is os.ReadDir for a folder that may not be there.
func readDir(dir string) ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return entries, err
}

// isPart tells a chunk by its name: at least five digits, no others.
func isPart(name string) bool {
	stem, ok := cutFormat(name)
	digits, isStem := strings.CutPrefix(stem, partStem)
	return ok && isStem && len(digits) >= 5 && isNumber(digits)
}

// isRejects tells what RejectsName makes.
func isRejects(name string) bool {
	stem, ok := cutFormat(name)
	rest, isStem := strings.CutPrefix(stem, rejectsStem)
	if !ok || !isStem {
		return false
	}
	digits, numbered := strings.CutPrefix(rest, "-")
	return rest == "" || numbered && isNumber(digits)
}

func cutFormat(name string) (stem string, ok bool) {
	if stem, ok = strings.CutSuffix(name, ".json"); ok {
		return stem, true
	}
	return strings.CutSuffix(name, ".csv")
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
