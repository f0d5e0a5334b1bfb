// Package r0 is the program that every Go team writes first: encoding/csv, a struct with tags,
// encoding/json. It checks nothing, it stops at the first fault, and it knows only the columns of
// the corpus's default shape. Its figures are the unit in which the project counts its own.
//
// The struct is fitted to the order of the header, so that the output is right by the project's
// own measure: members in header order, a group where its first member stands, empty cells
// absent, attributes as arrays, numbers as they were written.
package r0

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
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
	return ConvertWith(w, r, func(w io.Writer) func(*Endpoint) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return func(e *Endpoint) error { return enc.Encode(e) }
	})
}

// Reverse reads NDJSON from r and writes CSV with the given columns to w; nil columns are all of
// [Columns]. It returns the number of records written; the first error ends it.
func Reverse(w io.Writer, r io.Reader, columns []string) (int64, error) {
	return ReverseWith(w, r, columns, func(line []byte, e *Endpoint) error { return json.Unmarshal(line, e) })
}

// ConvertWith is [Convert] with another JSON library: newEncoder returns a function that writes
// a record and a line feed to w. The rivals stand on it, so that they differ in nothing else.
func ConvertWith(w io.Writer, r io.Reader, newEncoder func(w io.Writer) func(*Endpoint) error) (n int64, err error) {
	in := csv.NewReader(bufio.NewReaderSize(r, bufferSize))
	in.ReuseRecord = true
	header, err := in.Read()
	if err != nil {
		return 0, err
	}
	layout, err := NewLayout(header)
	if err != nil {
		return 0, err
	}
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
		if err := encode(layout.Endpoint(row)); err != nil {
			return n, err
		}
		n++
	}
}

// ReverseWith is [Reverse] with another JSON library: unmarshal reads one line into a zero
// record.
func ReverseWith(w io.Writer, r io.Reader, columns []string, unmarshal func(line []byte, e *Endpoint) error) (n int64, err error) {
	if columns == nil {
		columns = Columns()
	}
	layout, err := NewLayout(columns)
	if err != nil {
		return 0, err
	}
	out := csv.NewWriter(bufio.NewWriterSize(w, bufferSize)) // which it takes as its own buffer
	if err := out.Write(columns); err != nil {
		return 0, err
	}
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, bufferSize), maxLine)
	var row []string
	for in.Scan() {
		var e Endpoint
		if err := unmarshal(in.Bytes(), &e); err != nil {
			return n, err
		}
		row = layout.Row(row, &e)
		if err := out.Write(row); err != nil {
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
