// This file adds the ledger up: records in = records out + records rejected, for each
// input, for each chunk and in total, and no stretch of an input that fell between two
// chunks.

package chunk

import (
	"fmt"
	"strconv"
)

// LedgerError says that a manifest contradicts itself at one place: something was
// lost, doubled or miscounted.
type LedgerError struct {
	Where string // "inputs[2]", "chunks[0].inputs[1]", "totals"
	What  string // which figure, or which rule
	Got   int64
	Want  int64
	Least bool // Want is the least that is right, not the only figure
}

func (e *LedgerError) Error() string {
	must := "must be"
	if e.Least {
		must = "must be at least"
	}
	return fmt.Sprintf("ledger does not agree: %s: %s is %d, %s %d", e.Where, e.What, e.Got, must, e.Want)
}

// Check adds the manifest up and returns the first [LedgerError], or nil:
//
//   - version, checksums and names are there, no name twice;
//   - each input: records = written + rejected; a skipped one has none;
//   - totals = the sums over inputs and over chunks;
//   - each chunk: records = the kept records of its ranges, at least one;
//   - each range: kept + rejected = its records, and it lies within its input;
//   - the ranges of an input abut from its first to its last record,
//     in the order of the chunks, and together keep what the input says was
//     written.
//
// A run that wrote no chunk must have written no record.
func (m *Manifest) Check() error {
	if err := equal("manifest", "version", int64(m.Version), ManifestVersion); err != nil {
		return err
	}
	for i := range m.Inputs {
		if err := m.Inputs[i].check(place("inputs", i)); err != nil {
			return err
		}
	}
	if err := m.checkTotals(); err != nil {
		return err
	}
	w := walk{inputs: m.Inputs, last: -1}
	names := make(map[string]int, len(m.Chunks))
	for i := range m.Chunks {
		c, where := &m.Chunks[i], place("chunks", i)
		if first, twice := names[c.Name]; twice {
			return &LedgerError{Where: where, What: "chunk with name " + strconv.Quote(c.Name), Got: int64(i), Want: int64(first)}
		}
		names[c.Name] = i
		if err := w.chunk(where, c); err != nil {
			return err
		}
	}
	if len(m.Chunks) == 0 {
		return equal("chunks", "sum of records", 0, m.Totals.Written)
	}
	return w.finish()
}

func place(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

func equal(where, what string, got, want int64) error {
	if got != want {
		return &LedgerError{Where: where, What: what, Got: got, Want: want}
	}
	return nil
}

// atLeast asks for got >= want.
func atLeast(where, what string, got, want int64) error {
	if got < want {
		return &LedgerError{Where: where, What: what, Got: got, Want: want, Least: true}
	}
	return nil
}

// first returns the first error.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (in *Input) check(where string) error {
	err := first(
		atLeast(where, "bytes", in.Bytes, 0),
		atLeast(where, "decoded_bytes", in.DecodedBytes, 0),
		atLeast(where, "written", in.Written, 0),
		atLeast(where, "rejected", in.Rejected, 0),
		equal(where, "records", in.Records, in.Written+in.Rejected),
	)
	if err == nil && in.Skipped != "" {
		err = equal(where, "records of a skipped input", in.Records, 0)
	}
	if err == nil && in.CRC64NVME != "" {
		err = checkSum(where, in.CRC64NVME)
	}
	return err
}

const crcTextLen = 12 // eight bytes in base64

func checkSum(where, sum string) error {
	if _, err := ParseCRC64(sum); err != nil {
		return &LedgerError{
			Where: where,
			What:  "length of crc64nvme " + strconv.Quote(sum) + " (eight bytes in base64)",
			Got:   int64(len(sum)), Want: crcTextLen,
		}
	}
	return nil
}

func (m *Manifest) checkTotals() error {
	sums := m.sums()
	return first(
		equal("totals", "records", m.Totals.Records, sums.Records),
		equal("totals", "written", m.Totals.Written, sums.Written),
		equal("totals", "rejected", m.Totals.Rejected, sums.Rejected),
		equal("totals", "bytes", m.Totals.Bytes, sums.Bytes),
	)
}

// walk follows the ranges of all chunks through the inputs.
type walk struct {
	inputs         []Input
	last           int   // input of the last range, -1 before the first
	at             Range // the last range of that input
	kept, rejected int64 // of that input so far
}

func (w *walk) chunk(where string, c *Chunk) error {
	if err := first(
		atLeast(where, "bytes", c.Bytes, 1),
		atLeast(where, "records", c.Records, 1),
		checkSum(where, c.CRC64NVME),
	); err != nil {
		return err
	}
	var kept int64
	for i := range c.Inputs {
		if err := w.step(where+"."+place("inputs", i), &c.Inputs[i]); err != nil {
			return err
		}
		kept += c.Inputs[i].Kept
	}
	return equal(where, "records", c.Records, kept)
}

func (w *walk) step(where string, r *Range) error {
	if r.File < max(0, w.last) || r.File >= len(w.inputs) {
		return &LedgerError{
			Where: where, What: fmt.Sprintf("file (ascending, of %d)", len(w.inputs)),
			Got: int64(r.File), Want: int64(max(0, w.last)), Least: true,
		}
	}
	if r.File != w.last {
		if err := w.leave(r.File); err != nil {
			return err
		}
		w.last, w.kept, w.rejected = r.File, 0, 0
		// An input may begin with bytes that are no record: a byte-order mark, a
		// header.
		w.at = Range{
			File:    r.File,
			Bytes:   [2]int64{0, r.Bytes[0]},
			Lines:   [2]int64{1, r.Lines[0]},
			Records: [2]int64{1, 1},
		}
	}
	err := first(
		atLeast(where, "bytes[0]", r.Bytes[0], 0),
		atLeast(where, "lines[0]", r.Lines[0], 1),
		equal(where, "bytes[0]", r.Bytes[0], w.at.Bytes[1]),
		equal(where, "lines[0]", r.Lines[0], w.at.Lines[1]),
		equal(where, "records[0]", r.Records[0], w.at.Records[1]),
		atLeast(where, "bytes[1]", r.Bytes[1], r.Bytes[0]),
		atLeast(where, "lines[1]", r.Lines[1], r.Lines[0]),
		atLeast(where, "bytes of the input", w.inputs[r.File].size(), r.Bytes[1]),
		atLeast(where, "kept", r.Kept, 0),
		atLeast(where, "rejected", r.Rejected, 0),
		equal(where, "records", r.Records[1]-r.Records[0], r.Kept+r.Rejected),
	)
	w.at = *r
	w.kept += r.Kept
	w.rejected += r.Rejected
	return err
}

// leave closes the account of the last input and passes over those up to next, which
// no chunk names: they must have no records.
func (w *walk) leave(next int) error {
	if w.last >= 0 {
		where, in := place("inputs", w.last), &w.inputs[w.last]
		if err := first(
			equal(where, "written (by the chunks)", w.kept, in.Written),
			equal(where, "rejected (by the chunks)", w.rejected, in.Rejected),
		); err != nil {
			return err
		}
	}
	for i := w.last + 1; i < next && i < len(w.inputs); i++ {
		if err := equal(place("inputs", i), "records (by the chunks)", 0, w.inputs[i].Records); err != nil {
			return err
		}
	}
	return nil
}

// finish closes the account of the last input and of those after it.
func (w *walk) finish() error { return w.leave(len(w.inputs)) }
