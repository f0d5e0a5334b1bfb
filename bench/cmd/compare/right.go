package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strconv"
	"strings"
)

// verdict says how an output stands to that of R0.
type verdict struct {
	ok   bool // the same values
	text string
}

// judge compares the output in file got with that of R0 in file want.
func judge(p *program, w way, want, got string) (verdict, error) {
	a, err := os.ReadFile(want)
	if err != nil {
		return verdict{}, err
	}
	b, err := os.ReadFile(got)
	switch {
	case err != nil:
		return verdict{}, err
	case p.noOutput:
		return verdict{ok: true, text: "writes nothing"}, nil
	case bytes.Equal(a, b):
		return verdict{ok: true, text: "yes, the same bytes"}, nil
	case w == csv2json:
		return judgeRecords(jsonRecords(a), jsonRecords(b)), nil
	}
	header, err := csv.NewReader(bytes.NewReader(a)).Read()
	if err != nil {
		return verdict{}, err
	}
	wanted, err := csvRecords(a, header)
	if err != nil {
		return verdict{}, err
	}
	records, err := csvRecords(b, header)
	if err != nil {
		return verdict{text: "no: it is not CSV: " + err.Error()}, nil
	}
	return judgeRecords(wanted, records), nil
}

// field is one value of a record: its name, and its text as a literal of JSON.
type field struct{ name, value string }

// judgeRecords compares record by record and tells the first difference.
func judgeRecords(want, got [][]field) verdict {
	right, digits := 0, false
	first := ""
	for i := range min(len(want), len(got)) {
		difference, number := compareRecords(want[i], got[i])
		switch {
		case difference == "":
			right++
		case number:
			right++
			digits = true
			fallthrough
		default:
			if first == "" {
				first = difference
			}
		}
	}
	switch {
	case len(want) != len(got):
		return verdict{text: fmt.Sprintf("no: %d instead of %d records", len(got), len(want))}
	case first == "":
		return verdict{ok: true, text: "yes, in other bytes"}
	case digits && right == len(want):
		return verdict{ok: true, text: "yes, numbers in other digits: " + first}
	default:
		return verdict{text: fmt.Sprintf("no: right in %d of %d records; %s", right, len(want), first)}
	}
}

// compareRecords tells the first difference, "" for none; number says that all differences are
// numbers in other digits.
func compareRecords(want, got []field) (difference string, number bool) {
	other := make(map[string]string, len(got))
	for _, f := range got {
		other[f.name] = f.value
	}
	number = true
	tell := func(text string) {
		if difference == "" {
			difference = text
		}
	}
	for _, f := range want {
		v, ok := other[f.name]
		delete(other, f.name)
		switch {
		case !ok:
			number = false
			tell(f.name + " is missing")
		case v == f.value:
		case sameNumber(v, f.value):
			tell(fmt.Sprintf("%s is `%s` for `%s`", f.name, v, f.value))
		default:
			number = false
			return fmt.Sprintf("%s is `%s` for `%s`", f.name, v, f.value), false
		}
	}
	for _, f := range got {
		if _, ok := other[f.name]; ok {
			tell(fmt.Sprintf("%s is there, as `%s`", f.name, f.value))
			return difference, false
		}
	}
	return difference, number
}

func sameNumber(a, b string) bool {
	x, ok := new(big.Rat).SetString(a)
	y, ok2 := new(big.Rat).SetString(b)
	return ok && ok2 && x.Cmp(y) == 0
}

// jsonRecords takes NDJSON apart; a line that is not one object is a record with one odd field.
func jsonRecords(text []byte) (records [][]field) {
	for line := range bytes.Lines(text) {
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.UseNumber()
		var object map[string]any
		if err := dec.Decode(&object); err != nil {
			records = append(records, []field{{"a line that is not a JSON object", strings.TrimSpace(string(line[:min(len(line), 20)]))}})
			continue
		}
		fields := flatten(nil, "", object)
		slices.SortFunc(fields, func(a, b field) int { return strings.Compare(a.name, b.name) })
		records = append(records, fields)
	}
	return records
}

// flatten appends the values in v, each under its dotted name.
func flatten(list []field, name string, v any) []field {
	switch v := v.(type) {
	case map[string]any:
		for key, member := range v {
			list = flatten(list, strings.TrimPrefix(name+"."+key, "."), member)
		}
		return list
	case []any:
		for i, member := range v {
			list = flatten(list, fmt.Sprintf("%s[%d]", name, i), member)
		}
		return list
	default:
		text, err := json.Marshal(v)
		if err != nil {
			panic(err) // a decoded value can be encoded
		}
		return append(list, field{name, string(text)})
	}
}

// csvRecords takes CSV apart, the header as the first record. The cells are named after header,
// because not every program writes the header that it shall.
func csvRecords(text []byte, header []string) (records [][]field, err error) {
	in := csv.NewReader(bytes.NewReader(text))
	in.FieldsPerRecord = -1
	rows, err := in.ReadAll()
	if err != nil {
		return nil, err
	}
	for r, row := range rows {
		var fields []field
		for i, cell := range row {
			switch f := (field{fmt.Sprintf("column %d", i+1), strconv.Quote(cell)}); {
			case r > 0 && cell == "":
			case r > 0 && i < len(header):
				f.name = header[i]
				if strings.HasPrefix(f.name, "Metrics.") || f.name == "Location.Latitude" || f.name == "Location.Longitude" {
					f.value = cell
				}
				if n := slices.Index(header, f.name); n < i {
					f.name += fmt.Sprintf("[%d]", i-n)
				}
				fallthrough
			default:
				fields = append(fields, f)
			}
		}
		records = append(records, fields)
	}
	return records, nil
}
