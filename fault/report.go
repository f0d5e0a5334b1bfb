package fault

import (
	"cmp"
	"errors"
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
	Fields int   // how many (rule, severity, field) triples to count one by one; 0 means 4096. The rest counts without its field

	Faults []*Error // the first Keep errors in the order they were added

	counts  []tally             // in the order in which the triples came up
	index   map[countKey]int    // place in counts
	latest  [ruleCount][2]int32 // by rule: places in counts of its last triples, plus one; 0 if not known
	bySev   [Refuse + 1]int64
	stopped bool
	memory  slabs
}

type countKey struct {
	rule     Rule
	severity Severity
	field    string
}

// tally is how often a triple was counted, how many of these errors are held, and
// where the first of them was.
type tally struct {
	countKey
	n, held        int64
	record, offset int64
}

// Count is how often a rule was broken in a field.
type Count struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Field    string `json:"field,omitempty"`
	Count    int64  `json:"count"`
}

// Add takes a copy of an error into the report. It answers ErrStop when the limit
// Max is reached, and nil otherwise. A Severity that is unset becomes what the rule
// does under profile classic, and with Redact set what e quotes of the input is
// wiped, in e as in the copy. The names of attributes, custom ones among them, are
// not wiped, nor is the name of the input.
func (r *Report) Add(e *Error) error {
	if e.Severity == Unset {
		e.Severity = e.Rule.Severity(Classic)
	}
	if r.Redact {
		e.redact()
	}
	t := r.tally(keyOf(e), e.Record, e.Offset)
	t.n++
	r.bySev[e.Severity]++
	if r.Keep == 0 || len(r.Faults) < r.Keep {
		t.held++
		r.Faults = append(r.Faults, r.memory.hold(e))
	}
	return r.enough()
}

// CountsOnly reports whether Add does no more than count: the report holds as many
// errors as it may, and has no limit Max. [Report.AddCount] then does the same
// without an error being made.
func (r *Report) CountsOnly() bool {
	return r.Max <= 0 && r.Keep != 0 && len(r.Faults) >= r.Keep
}

// AddCount counts n errors that the report does not hold, and answers as Add does.
// Of e only the rule, the severity, the field, the record and the offset are asked;
// the last two are those of the first of the errors.
func (r *Report) AddCount(e *Error, n int64) error {
	if e.Severity == Unset {
		e.Severity = e.Rule.Severity(Classic)
	}
	k := keyOf(e)
	if r.Redact && k.rule.strange() {
		k.field = ""
	}
	r.tally(k, e.Record, e.Offset).n += n
	r.bySev[k.severity] += n
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

// tally finds the count of a triple that has an error at a place, or begins it.
// Faults of one rule are mostly in one field or two, which spares the search.
func (r *Report) tally(k countKey, record, offset int64) *tally {
	latest := &r.latest[min(k.rule, ruleCount-1)]
	for _, i := range latest {
		if i > 0 && r.counts[i-1].countKey == k {
			return r.counts[i-1].since(record, offset)
		}
	}
	i, ok := r.index[k]
	if !ok && len(r.counts) >= cmp.Or(r.Fields, maxFields) {
		k.field = ""
		i, ok = r.index[k]
	}
	if !ok {
		if r.index == nil {
			r.index = make(map[countKey]int)
		}
		i = len(r.counts)
		r.index[k] = i
		r.counts = append(r.counts, tally{countKey: k, record: record, offset: offset})
	}
	latest[0], latest[1] = int32(i+1), latest[0]
	return r.counts[i].since(record, offset)
}

// since takes a place for that of the first error, if it comes before.
func (t *tally) since(record, offset int64) *tally {
	if record < t.record || record == t.record && offset < t.offset {
		t.record, t.offset = record, offset
	}
	return t
}

// Merge adds what o holds to r, in order, as if each had been added to r, and
// answers as Add does: behind the error at which r has had enough nothing is
// added. What o has counted without holding it comes last, as counts, in the order
// in which the first errors of each count stand in the input.
func (r *Report) Merge(o *Report) error {
	for _, e := range o.Faults {
		if err := r.Add(e); err != nil {
			return err
		}
	}
	var counted []*tally
	for i := range o.counts {
		if t := &o.counts[i]; t.n > t.held {
			counted = append(counted, t)
		}
	}
	if len(counted) == 0 {
		return nil
	}
	slices.SortStableFunc(counted, inOrder)
	for _, t := range counted {
		k, n := t.countKey, t.n-t.held
		if r.Redact && k.rule.strange() {
			k.field = ""
		}
		r.tally(k, t.record, t.offset).n += n
		r.bySev[k.severity] += n
	}
	return r.enough()
}

// inOrder sorts counts by the place of their first errors, if they have one.
func inOrder(a, b *tally) int {
	if a.record != b.record || a.record == 0 {
		return cmp.Compare(a.record, b.record)
	}
	return cmp.Or(cmp.Compare(a.offset, b.offset), cmp.Compare(a.rule, b.rule), cmp.Compare(a.field, b.field))
}

// Reset empties the report and keeps its settings. Errors that it held may be used
// on.
func (r *Report) Reset() {
	r.memory = slabs{}
	r.empty()
}

// Recycle is Reset for a report that is filled again and again: the memory of the
// errors that it held is used for the next ones. None of them may be used any more;
// each of them is wiped.
func (r *Report) Recycle() {
	r.memory.recycle()
	r.empty()
}

func (r *Report) empty() {
	clear(r.Faults)
	r.Faults = r.Faults[:0]
	if len(r.counts) > 0 {
		clear(r.counts)
		clear(r.index)
		r.counts = r.counts[:0]
		r.latest = [ruleCount][2]int32{}
	}
	r.bySev = [Refuse + 1]int64{}
	r.stopped = false
}

// Empty reports whether nothing was added.
func (r *Report) Empty() bool { return len(r.counts) == 0 }

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
	for _, t := range r.counts {
		out = append(out, Count{t.rule.Code(), t.severity.String(), t.field, t.n})
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Field, b.Field))
	})
	return out
}
