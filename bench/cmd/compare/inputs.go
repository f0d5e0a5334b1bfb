package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/endpointfile/endpointfile/bench/shapes"
)

// input is the same endpoints as two files.
type input struct {
	csv, json         string
	csvSize, jsonSize int64
}

func (in *input) file(w way) string { return [...]string{in.csv, in.json}[w] }
func (in *input) size(w way) int64  { return [...]int64{in.csvSize, in.jsonSize}[w] }

// littleSize is how much CSV the outputs are compared on.
const littleSize = 1_000_000

// shape runs all contests of a shape and adds them to res.
func (b *bench) shape(res *results, s shapes.Shape) error {
	size := b.opt.size
	if !usual(s) {
		size /= 2
	}
	little, err := b.input("little", s, min(size, littleSize))
	if err != nil {
		return err
	}
	defer little.remove()
	inputs := map[int64]*input{}
	ways := b.opt.ways
	if s.OnlyJSON() {
		ways = slices.DeleteFunc(slices.Clone(ways), func(w way) bool { return w == csv2json })
	}
	for _, w := range ways {
		for _, p := range b.programs(s, w) {
			if inputs[p.part] != nil {
				continue
			}
			in, err := b.input(fmt.Sprint("part-", p.part), s, size/p.part)
			if err != nil {
				return err
			}
			defer in.remove()
			inputs[p.part] = in
		}
	}
	for _, w := range ways {
		c, err := b.contest(s, w, inputs, little)
		if err != nil {
			return err
		}
		res.contests = append(res.contests, c)
	}
	if usual(s) && b.opt.ways[0] == csv2json {
		res.disk, err = b.disk(inputs[whole])
	}
	return err
}

// usual says whether a shape is the one that all programs run on.
func usual(s shapes.Shape) bool { return s.Name == shapes.All()[0].Name }

// input generates the files of a shape. The NDJSON is what R0 makes of the CSV, or, of a shape that
// is OnlyJSON, generated too, about as long as that would be.
func (b *bench) input(name string, s shapes.Shape, size int64) (*input, error) {
	in := &input{csv: filepath.Join(b.work, name+".csv"), json: filepath.Join(b.work, name+".json")}
	csvSize := size
	if s.OnlyJSON() {
		csvSize = 0 // a header
	}
	err := create(in.csv, func(f *os.File) error {
		_, err := s.WriteCSV(f, csvSize, 1)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = create(in.json, func(f *os.File) error {
		if s.OnlyJSON() {
			return s.WriteJSON(f, 2*size)
		}
		_, err := b.run(&program{args: []string{"{r0}", csv2json.verb()}}, in, csv2json, f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("making NDJSON: %w", err)
	}
	in.csvSize, err = sizeOf(in.csv)
	if err == nil {
		in.jsonSize, err = sizeOf(in.json)
	}
	return in, err
}

// create makes a file with what write writes.
func create(name string, write func(f *os.File) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

func (in *input) remove() {
	os.Remove(in.csv)
	os.Remove(in.json)
}

func sizeOf(name string) (int64, error) {
	info, err := os.Stat(name)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
