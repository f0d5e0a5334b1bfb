package block

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// longest is the longest line, with its line feed, that the toy format takes
// for a record.
const longest = 150

// lines cuts at line feeds. Longer lines than longest are fragments, which it
// hands on as they come, but for the last byte that it sees: so that the last
// piece can say that it is the last.
type lines struct {
	inside bool // within a line that is too long
}

func (l *lines) Cut(block []byte, atEOF bool) endpoint.Cut {
	i := bytes.IndexByte(block, '\n') + 1
	if l.inside {
		return l.piece(block, i, atEOF)
	}
	n := 0
	for n < len(block) {
		line := bytes.IndexByte(block[n:], '\n') + 1
		switch {
		case line == 0 && len(block)-n > longest, line > longest:
			if n > 0 {
				return endpoint.Cut{N: n}
			}
			c := l.piece(block, line, atEOF)
			c.First, c.Rule = true, fault.RecordSize
			return c
		case line == 0:
			if atEOF {
				n = len(block)
			}
			return endpoint.Cut{N: n}
		}
		n += line
	}
	return endpoint.Cut{N: n}
}

// piece cuts a fragment that ends at end, or behind block if that is 0.
func (l *lines) piece(block []byte, end int, atEOF bool) endpoint.Cut {
	c := endpoint.Cut{N: end, Fragment: true, Last: true}
	switch {
	case end > 0:
	case atEOF:
		c.N = len(block)
	default:
		c.N, c.Last = len(block)-1, false
	}
	if c.N == 0 {
		return endpoint.Cut{}
	}
	l.inside = !c.Last
	return c
}

// toy is a format of lines. The first line is "header"; of the others, "bad…"
// breaks the grammar, "warn…" is worth a warning, an empty one is no record, and
// anything else is an address.
type toy struct {
	lines
	rows   int  // rows in a batch
	silent bool // do not move on
}

func (c *toy) Header(data []byte, pos fault.Pos, rep *fault.Report) (*endpoint.Schema, int, error) {
	if _, ok := bytes.CutPrefix(data, []byte("header\n")); !ok {
		e := &fault.Error{Pos: pos, Rule: fault.HeaderMissing}
		if err := rep.Add(e); err != nil {
			return nil, 0, err
		}
		return nil, 0, e
	}
	return endpoint.NewSchema(endpoint.Column{Field: endpoint.Address}), len("header\n"), nil
}

func (c *toy) Parse(b *endpoint.Batch, data []byte, pos fault.Pos, record int64, rep *fault.Report) (int, error) {
	b.Reset(endpoint.NewSchema(endpoint.Column{Field: endpoint.Address}), pos)
	b.Record, b.Data, b.Dense = record, data, true
	if c.silent {
		return 0, nil
	}
	at := 0
	for at < len(data) && len(b.Rows) < max(c.rows, 1) {
		end := bytes.IndexByte(data[at:], '\n') + 1
		if end == 0 {
			end = len(data) - at
		}
		text := strings.TrimSuffix(string(data[at:at+end]), "\n")
		if text != "" {
			v := endpoint.MakeValue(at, len(text), 0, 0)
			row := len(b.Rows)
			b.Rows = append(b.Rows, endpoint.Row{Start: uint32(at), End: uint32(at + end), First: uint32(len(b.Vals)), N: 1})
			b.Vals = append(b.Vals, v)
			switch {
			case strings.HasPrefix(text, "bad"):
				b.Rows[row].Flags |= endpoint.Rejected | endpoint.Torn
				if err := rep.Add(b.FaultOf(row, v, fault.CSVCells)); err != nil {
					b.Data = data[:at+end]
					return at + end, err
				}
			case strings.HasPrefix(text, "warn"):
				if err := rep.Add(b.FaultOf(row, v, fault.EmptyValue)); err != nil {
					b.Data = data[:at+end]
					return at + end, err
				}
			}
		}
		at += end
	}
	b.Data = data[:at]
	return at, nil
}

// check is a rule of meaning: "wrong…" is not an email address.
func check(b *endpoint.Batch, rep *fault.Report) error {
	for i := range b.Rows {
		v := b.Values(i)[0]
		if b.Rows[i].Flags&endpoint.Torn == 0 && bytes.HasPrefix(b.Bytes(v), []byte("wrong")) {
			b.Reject(i)
			if err := rep.Add(b.FaultOf(i, v, fault.AddressEmail)); err != nil {
				return err
			}
		}
	}
	return nil
}

// told is a record or a finding, as text.
type told string

// model says what a toy input holds, without any of the code under test: the
// records that are kept, and what is found, each with the record that it is in.
type model struct {
	kept   []told
	found  []told
	counts []int // by found: how many faults so far, this one counted
	before []int // by found: how many records are kept before that record
	faults int
	end    fault.Pos
}

func tellRecord(r endpoint.Record) told {
	return told(fmt.Sprintf("%d %s %q", r.Number(), r.Pos(), r.Raw()))
}

func tellFault(e *fault.Error) told {
	return told(fmt.Sprintf("%d %s+%d %s %q", e.Record, e.Pos, e.Offset, e.Rule.Code(), e.Value))
}

// read makes the model of an input of the toy format, header included.
func read(input string, checked bool) model {
	m := model{kept: []told{}}
	record := int64(1)
	pos := fault.Pos{File: "toy", Line: 1, Column: 1}
	for line := range strings.Lines(input) {
		text := strings.TrimSuffix(line, "\n")
		rule := fault.None
		switch {
		case len(line) > longest:
			rule = fault.RecordSize
		case text == "header" || text == "":
			pos.Line++
			pos.Offset += int64(len(line))
			continue
		case strings.HasPrefix(text, "bad"):
			rule = fault.CSVCells
		case strings.HasPrefix(text, "warn"):
			rule = fault.EmptyValue
		case checked && strings.HasPrefix(text, "wrong"):
			rule = fault.AddressEmail
		}
		if rule != fault.None {
			if rule != fault.EmptyValue {
				m.faults++
			}
			if len(line) > longest {
				text = line
			}
			e := &fault.Error{Pos: pos, Record: record, Rule: rule, Value: fault.Clip(text)}
			m.found = append(m.found, tellFault(e))
			m.counts = append(m.counts, m.faults)
			m.before = append(m.before, len(m.kept))
		}
		if rule == fault.None || rule == fault.EmptyValue {
			m.kept = append(m.kept, told(fmt.Sprintf("%d %s %q", record, pos, line)))
		}
		record++
		pos.Line++
		pos.Offset += int64(len(line))
	}
	m.end = fault.Pos{File: "toy", Offset: int64(len(input))}
	return m
}

// randomInput makes an input of the toy format with a bit of everything.
func randomInput(rng *rand.Rand) string {
	var b strings.Builder
	b.WriteString("header\n")
	for i := range rng.IntN(30) {
		kind := []string{"ann", "ann", "ann", "ann", "bad", "warn", "wrong", "", "long"}[rng.IntN(9)]
		switch kind {
		case "":
		case "long":
			b.WriteString(strings.Repeat("long ", rng.IntN(30)+longest/5))
		default:
			fmt.Fprint(&b, kind, i)
		}
		b.WriteByte('\n')
	}
	if s := b.String(); rng.IntN(3) == 0 && len(s) > len("header\n") {
		return strings.TrimSuffix(s, "\n")
	}
	return b.String()
}

// start gives a reader of the toy format.
func start(src io.Reader, c endpoint.Codec, rep *fault.Report, size int) *Shell {
	s := &Shell{Codec: c, Report: rep}
	s.Reset(src, fault.Pos{File: "toy", Line: 1, Column: 1}, size)
	return s
}
