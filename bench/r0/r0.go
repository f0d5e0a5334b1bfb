// Package r0 is the program that every Go team writes first: encoding/csv, a struct with tags,
// encoding/json. It checks nothing, it stops at the first fault, and it knows only the columns
// that its structs were written for. Its figures are the unit in which the project counts its own.
//
// The structs are fitted to the order of the header, so that the output is right by the project's
// own measure: members in header order, a group where its first member stands, empty cells
// absent, attributes as arrays, numbers as they were written. There are two: [Endpoint], typed by
// hand for the 25 columns of most shapes, and one for the 250 columns of the shape "wide", which
// nobody would type.
package r0

//go:generate go run ./generate -o wide_gen.go

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
)

// bufferSize is that of the reader and of the writer around the standard library's own; with
// the 4 KiB that they take by default, system calls would be part of the measurement.
const bufferSize = 64 << 10

// maxLine is the longest NDJSON line that Reverse reads.
const maxLine = 1 << 20

// Convert reads CSV from r and writes NDJSON to w, one object a record. It returns the number of
// records written; the first error ends it.
func Convert(w io.Writer, r io.Reader) (int64, error) {
	return ConvertWith(w, r, func(w io.Writer) func(any) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode
	})
}

// Reverse reads NDJSON from r and writes CSV with the given columns to w; nil columns are all of
// [Columns]. It returns the number of records written; the first error ends it.
func Reverse(w io.Writer, r io.Reader, columns []string) (int64, error) {
	return ReverseWith(w, r, columns, json.Unmarshal)
}

// ConvertWith is [Convert] with another JSON library: newEncoder returns a function that writes
// a record, given as a pointer to a struct, and a line feed to w. The rivals stand on it, so that
// they differ in nothing else.
func ConvertWith(w io.Writer, r io.Reader, newEncoder func(w io.Writer) func(record any) error) (int64, error) {
	in := csv.NewReader(bufio.NewReaderSize(r, bufferSize))
	in.ReuseRecord = true
	header, err := in.Read()
	if err != nil {
		return 0, err
	}
	usual, wide, err := layoutsOf(header)
	switch {
	case err != nil:
		return 0, err
	case usual != nil:
		return convert(w, in, usual, newEncoder)
	default:
		return convert(w, in, wide, newEncoder)
	}
}

// ReverseWith is [Reverse] with another JSON library: unmarshal reads one line into a zero
// record, given as a pointer to a struct.
func ReverseWith(w io.Writer, r io.Reader, columns []string, unmarshal func(line []byte, record any) error) (int64, error) {
	if columns == nil {
		columns = Columns()
	}
	usual, wide, err := layoutsOf(columns)
	switch {
	case err != nil:
		return 0, err
	case usual != nil:
		return reverse(w, r, columns, usual, unmarshal)
	default:
		return reverse(w, r, columns, wide, unmarshal)
	}
}

// layoutsOf returns the layout of a header in one of the two structs, and nil for the other.
func layoutsOf(header []string) (*Layout, *wideLayout, error) {
	usual, err := NewLayout(header)
	if err == nil {
		return usual, nil, nil
	}
	wide, wideErr := newWideLayout(header)
	if wideErr == nil {
		return nil, wide, nil
	}
	return nil, nil, errors.Join(err, wideErr)
}

// layout makes records of rows and rows of records.
type layout[E any] interface {
	Endpoint(row []string) *E
	Row(row []string, e *E) []string
}

func convert[E any](w io.Writer, in *csv.Reader, l layout[E], newEncoder func(w io.Writer) func(any) error) (n int64, err error) {
	out := bufio.NewWriterSize(w, bufferSize)
	encode := newEncoder(out)
	for {
		row, err := in.Read()
		if err == io.EOF {
			return n, out.Flush()
		}
		if err != nil {
			return n, err
		}
		if err := encode(l.Endpoint(row)); err != nil {
			return n, err
		}
		n++
	}
}

func reverse[E any](w io.Writer, r io.Reader, columns []string, l layout[E], unmarshal func([]byte, any) error) (int64, error) {
	return ReverseLines(w, r, columns, func(out *csv.Writer) func([]byte) error {
		var row []string
		return func(line []byte) error {
			e := new(E)
			if err := unmarshal(line, e); err != nil {
				return err
			}
			row = l.Row(row, e)
			return out.Write(row)
		}
	})
}

// ReverseLines is what all ways back with encoding/csv have in common: it writes the header, gives
// each line of r, which is good until the next, to the function that start returns, and returns
// how many there were.
func ReverseLines(w io.Writer, r io.Reader, columns []string, start func(out *csv.Writer) func(line []byte) error) (n int64, err error) {
	out := csv.NewWriter(bufio.NewWriterSize(w, bufferSize)) // which it takes as its own buffer
	if err := out.Write(columns); err != nil {
		return 0, err
	}
	each := start(out)
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, bufferSize), maxLine)
	for in.Scan() {
		if err := each(in.Bytes()); err != nil {
			return n, err
		}
		n++
	}
	if err := in.Err(); err != nil {
		return n, err
	}
	out.Flush()
	return n, out.Error()
}
