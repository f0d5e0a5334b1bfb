package fault

import (
	"cmp"
	"errors"
	"maps"
	"slices"
)

// ErrStop is what [Report.Add] answers when the report has had enough: whoever
// called it stops and hands the error up. The faults are in the report.
var ErrStop = errors.New("fault: the report is full: stop reading")

const (
	// maxFields bounds how many (rule, severity, field) triples a report counts
	// one by one, so that hostile names cannot make it grow for ever; the rest of
	// a rule is counted under the empty field.
	maxFields = 4096
	// maxName is how many bytes of a field tell it from others in the counts. No
	// legal name is longer: 50 characters of 4 bytes behind User.UserAttributes.
	maxName = 256
)

// Report is the account of what was found. The zero value collects everything.
//
// A Report belongs to one goroutine. Give each worker its own and Merge them.
type Report struct {
	Keep   int   // how many errors to hold in Faults: 0 all, -1 none
	Max    int64 // stop after so many faults (warnings and repairs are free): 0 never, 1 at the first
	Redact bool  // hold no value, no repair and nothing that quotes one

	Faults []*Error // the first Keep errors in the order they were added

	counts  map[countKey]int64
	bySev   [Refuse + 1]int64
	stopped bool
}

type countKey struct {
	rule     Rule
	severity Severity
	field    string
}

// Count is how often a rule was broken in a field.
type Count struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Field    string `json:"field,omitempty"`
	Count    int64  `json:"count"`
}

// Add takes an error into the report. It answers ErrStop when the limit Max is
// reached, and nil otherwise. The error belongs to the report from here on: a
// Severity that is unset becomes what the rule does under profile classic, and
// with Redact set what e quotes of the input is wiped. The names of attributes,
// custom ones among them, are not wiped, nor is the name of the input.
func (r *Report) Add(e *Error) error {
	if e.Severity == Unset {
		e.Severity = e.Rule.Severity(Classic)
	}
	if r.Redact {
		e.redact()
	}
	r.count(keyOf(e), 1)
	r.bySev[e.Severity]++
	if r.Keep == 0 || len(r.Faults) < r.Keep {
		r.Faults = append(r.Faults, e)
	}
	return r.enough()
}

// enough answers for the limit Max.
func (r *Report) enough() error {
	if r.Max > 0 && r.Count(Reject)+r.Count(Refuse) >= r.Max {
		r.stopped = true
		return ErrStop
	}
	return nil
}

// redact wipes what e quotes. Hints that were made for the case go as well:
// they may be built from the value.
func (e *Error) redact() {
	e.Value, e.Repair, e.Hint, e.Detail, e.Err = "", "", "", "", nil
	if e.Rule.strange() {
		e.Pointer, e.Field = "", ""
	}
}

// strange reports whether the name in a fault of r need not be one of an
// attribute: it is then as private as a value.
func (r Rule) strange() bool {
	switch r {
	case JSONUnknown, JSONCase, JSONGroup, JSONDuplicate:
		return true
	}
	return r.row().Group == Header
}

func keyOf(e *Error) countKey {
	return countKey{e.Rule, e.Severity, clip(e.Field, maxName)}
}

func (r *Report) count(k countKey, n int64) {
	if r.counts == nil {
		r.counts = make(map[countKey]int64)
	}
	if _, ok := r.counts[k]; !ok && len(r.counts) >= maxFields {
		k.field = ""
	}
	r.counts[k] += n
}

// Merge adds what o holds to r, in order, as if each had been added to r, and
// answers as Add does: behind the error at which r has had enough nothing is
// added. What o has counted without holding it comes last, as counts. The
// errors move from o to r: reset o before it is used again.
func (r *Report) Merge(o *Report) error {
	rest := o.unheld()
	for _, e := range o.Faults {
		if err := r.Add(e); err != nil {
			return err
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(rest), compareKeys) {
		n := rest[k]
		if r.Redact && k.rule.strange() {
			k.field = ""
		}
		r.count(k, n)
		r.bySev[k.severity] += n
	}
	if len(rest) == 0 {
		return nil
	}
	return r.enough()
}

// unheld gives the counts of the errors that are not in Faults.
func (r *Report) unheld() map[countKey]int64 {
	total := int64(0)
	for _, n := range r.bySev {
		total += n
	}
	if total == int64(len(r.Faults)) {
		return nil
	}
	held := Report{}
	for _, e := range r.Faults {
		held.count(keyOf(e), 1)
	}
	rest := make(map[countKey]int64)
	for k, n := range r.counts {
		if n -= held.counts[k]; n > 0 {
			rest[k] = n
		}
	}
	return rest
}

func compareKeys(a, b countKey) int {
	return cmp.Or(cmp.Compare(a.rule, b.rule), cmp.Compare(a.severity, b.severity), cmp.Compare(a.field, b.field))
}

// Reset empties the report and keeps its settings and its memory.
func (r *Report) Reset() {
	clear(r.Faults)
	r.Faults = r.Faults[:0]
	clear(r.counts)
	r.bySev = [Refuse + 1]int64{}
	r.stopped = false
}

// Count gives how many errors of a severity were added.
func (r *Report) Count(s Severity) int64 { return r.bySev[s] }

// Stopped reports whether Add has answered ErrStop.
func (r *Report) Stopped() bool { return r.stopped }

// Err gives the first error that made a record or an input be turned away, or
// nil. It looks among the errors that the report holds.
func (r *Report) Err() error {
	for _, e := range r.Faults {
		if e.Severity == Reject || e.Severity == Refuse {
			return e
		}
	}
	return nil
}

// Counts gives the counts per rule, severity and field, most frequent first.
func (r *Report) Counts() []Count {
	out := make([]Count, 0, len(r.counts))
	for k, n := range r.counts {
		out = append(out, Count{k.rule.Code(), k.severity.String(), k.field, n})
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Field, b.Field))
	})
	return out
}
