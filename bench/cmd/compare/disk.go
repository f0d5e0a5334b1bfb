package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// disk is what writing files costs: a whole run into chunk files with its manifest, and the same
// bytes written with nothing else to do. Both end with the data on the disk (fsync).
type disk struct {
	in, out int64   // bytes read and written
	run     []usage // split, two workers
	plain   []float64
}

// diskRounds is how often at least both are timed. Others use the disk, too, which only ever makes
// it slower: the quickest time of each counts.
const diskRounds = 5

// quickest gives the least seconds of wall time of a run, and of the plain writing.
func (d *disk) quickest() (run, plain float64) {
	return slices.MinFunc(d.run, func(a, b usage) int { return cmp.Compare(a.Wall, b.Wall) }).Wall, slices.Min(d.plain)
}

// share is which share of the plain rate the run reached.
func (d *disk) share() float64 {
	run, plain := d.quickest()
	return plain / run
}

// rates are megabytes of output a second of wall time.
func (d *disk) rates() (run, plain float64) {
	run, plain = d.quickest()
	return float64(d.out) / 1e6 / run, float64(d.out) / 1e6 / plain
}

// diskProgram is the run that disk times.
func diskProgram() *program {
	return &program{
		title: "**endpointfile**, two workers, into chunk files", procs: 2,
		args: []string{"{split}", "--quiet", "--workers", "2", "-o", "{out}", "{in}"},
	}
}

func (b *bench) disk(in *input) (*disk, error) {
	d := &disk{in: in.csvSize}
	out := filepath.Join(b.work, "out")
	b.files["out"] = out
	rounds := max(b.opt.rounds, diskRounds)
	for round := range rounds {
		fmt.Fprintf(b.opt.log, "to disk, round %d of %d\n", round+1, rounds)
		u, err := b.run(diskProgram(), in, csv2json, nil)
		if err != nil {
			return nil, err
		}
		d.run = append(d.run, u)
		if d.out, err = folderSize(out); err != nil {
			return nil, err
		}
		if err := os.RemoveAll(out); err != nil {
			return nil, err
		}
		seconds, err := writePlainly(filepath.Join(b.work, "plain"), in.json, d.out)
		if err != nil {
			return nil, err
		}
		d.plain = append(d.plain, seconds)
	}
	return d, nil
}

// folderSize adds up the files of a folder.
func folderSize(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}

// writePlainly writes size bytes, a mebibyte of the file like over and over, to a new file which
// it then removes, and says how many seconds the writing took.
func writePlainly(name, like string, size int64) (float64, error) {
	src, err := os.Open(like)
	if err != nil {
		return 0, err
	}
	defer src.Close()
	block := make([]byte, 1<<20)
	n, err := src.Read(block)
	if err != nil {
		return 0, err
	}
	block = block[:n]
	start := time.Now()
	f, err := os.Create(name)
	if err != nil {
		return 0, err
	}
	defer os.Remove(name)
	defer f.Close()
	for left := size; left > 0; left -= int64(len(block)) {
		if _, err := f.Write(block[:min(left, int64(len(block)))]); err != nil {
			return 0, err
		}
	}
	if err := f.Sync(); err != nil {
		return 0, err
	}
	return time.Since(start).Seconds(), nil
}
