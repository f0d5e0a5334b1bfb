// This file counts the distinct custom names of a whole run: the one rule about
// records that depends on the records before them.
//
// The set of names only grows. A name comes in with the first record that is kept
// and has a value for it, in the order of the input; a record whose new names do not
// all fit is rejected and brings none. So the outcome is a matter of the order of
// records, and the deciding is done by one goroutine, [Account.Admit].
//
// Two facts keep that goroutine out of the way. A batch whose names are all
// admitted cannot change anything. And once the account is full, no batch can: a
// record with a name that is not admitted is rejected whatever comes before it. Both
// can be told from a [Snapshot], however old: what it says stays true.

package validate

import (
	"maps"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// Account is the set of custom names that an account uses, all three kinds
// together, over a run of any number of files.
//
// Admit is for one goroutine, which gives it the batches in the order of the
// input. All other methods may be called by any goroutine at any time. A pipeline of
// many workers goes like this: each worker, when it has checked a batch, asks
//
//	s := account.Snapshot()
//	switch {
//	case s.Settled(batch.Schema): // nothing to do
//	case s.Full():
//		changed, err = s.Apply(batch, report)
//	default: // leave the batch to the goroutine that calls Admit
//	}
//
// and the outcome is the same as if every batch had gone through Admit.
type Account struct {
	snapshot atomic.Pointer[Snapshot]

	names  map[endpoint.Column]struct{} // with what Admit has added since the snapshot
	picker picker
}

// NewAccount makes an account that has the names of [Options.Known]. If these are
// more than the limit already, no other name is admitted.
func (v *Validator) NewAccount() *Account {
	limit := accountClassic
	if v.profile == fault.Current {
		limit = accountCurrent
	}
	a := &Account{names: make(map[endpoint.Column]struct{})}
	for _, c := range v.known {
		a.names[c] = struct{}{}
	}
	a.snapshot.Store(&Snapshot{names: maps.Clone(a.names), limit: limit, profile: v.profile})
	return a
}

// Admit takes the custom names of the rows of a batch that are not rejected, in
// order. A row whose new names do not all fit is rejected, a fault for each name
// that is too many goes to rep, which may be nil, and none of its names is
// admitted. Names without a value do not count.
//
// changed tells that a row was rejected here. The error is [fault.ErrStop], when rep
// has had enough, or nil; also with an error the whole batch has been gone through.
func (a *Account) Admit(b *endpoint.Batch, rep *fault.Report) (changed bool, err error) {
	now := a.snapshot.Load()
	before := len(a.names)
	changed, err = a.picker.admit(b, rep, now, a.names, true)
	if len(a.names) > before {
		a.snapshot.Store(&Snapshot{names: maps.Clone(a.names), limit: now.limit, profile: now.profile})
	}
	return changed, err
}

// Snapshot gives the state after the last call of Admit that is over.
func (a *Account) Snapshot() *Snapshot { return a.snapshot.Load() }

// Settled is that of the latest snapshot.
func (a *Account) Settled(s *endpoint.Schema) bool { return a.Snapshot().Settled(s) }

// Full is that of the latest snapshot.
func (a *Account) Full() bool { return a.Snapshot().Full() }

// Snapshot is the state of an [Account] at some moment. It is immutable: any
// number of goroutines may share it.
type Snapshot struct {
	names   map[endpoint.Column]struct{}
	limit   int
	profile fault.Profile
}

// Settled reports whether all custom names of a schema are admitted. Then no batch
// of the schema can change the account or have a row rejected, now or later, and
// need not go through [Account.Admit]. The cost is one lookup for each custom name;
// the answer true holds for good, as long as the schema does not grow.
func (s *Snapshot) Settled(schema *endpoint.Schema) bool {
	for i, c := range schema.Columns {
		if !c.Field.Custom() || schema.Head(i) != i {
			continue
		}
		if _, ok := s.names[c]; !ok {
			return false
		}
	}
	return true
}

// Full reports whether no further name can be admitted, now or later. From then on
// [Snapshot.Apply] does what [Account.Admit] would do.
func (s *Snapshot) Full() bool { return len(s.names) >= s.limit }

// Fits reports whether the account has room for all custom names of the schemas
// together. If no other schema comes, no record can be rejected for its names then,
// whatever the order: Admit need not be asked at all.
func (s *Snapshot) Fits(schemas ...*endpoint.Schema) bool {
	names := make(map[endpoint.Column]struct{})
	for _, schema := range schemas {
		for _, c := range schema.Columns {
			if _, ok := s.names[c]; !ok && c.Field.Custom() {
				names[c] = struct{}{}
			}
		}
	}
	return len(names) == 0 || len(s.names)+len(names) <= s.limit
}

// Apply rejects the rows that have a name which is not admitted, as
// [Account.Admit] does when the account is full. If s is not full, it does nothing:
// then only Admit, in its turn, can tell. The results are those of Admit.
func (s *Snapshot) Apply(b *endpoint.Batch, rep *fault.Report) (changed bool, err error) {
	if !s.Full() {
		return false, nil
	}
	var p picker
	return p.admit(b, rep, s, s.names, false)
}

// Limit gives how many names the account has room for.
func (s *Snapshot) Limit() int { return s.limit }

// Names gives the dotted names that are admitted, sorted. The slice is the
// caller's.
func (s *Snapshot) Names() []string {
	names := make([]string, 0, len(s.names))
	for c := range s.names {
		names = append(names, c.String())
	}
	slices.Sort(names)
	return names
}

// picker goes through batches. Its memory is reused.
type picker struct {
	schema *endpoint.Schema
	fresh  []bool // by column: a custom name that is not admitted
	dense  []int  // the columns that are fresh
	left   int    // how many names are fresh

	picked []int   // places in Vals of the new names of a row
	seen   tallies // to pick each name once
}

// bind looks up the columns of a schema, if that was not done before, or it has
// grown since.
func (p *picker) bind(s *endpoint.Schema, names map[endpoint.Column]struct{}) {
	if p.schema != s {
		p.schema, p.fresh, p.dense, p.left = s, p.fresh[:0], p.dense[:0], 0
	}
	for i := len(p.fresh); i < s.Len(); i++ {
		c := s.Columns[i]
		_, known := names[c]
		fresh := c.Field.Custom() && !known
		p.fresh = append(p.fresh, fresh)
		if !fresh {
			continue
		}
		p.dense = append(p.dense, i)
		if s.Head(i) == i {
			p.left++
		}
	}
	p.seen.fit(s)
}

// admit is Admit. names is added to only if grow is set.
func (p *picker) admit(b *endpoint.Batch, rep *fault.Report, s *Snapshot, names map[endpoint.Column]struct{}, grow bool) (changed bool, err error) {
	if len(b.Rows) == 0 || b.Schema == nil {
		return false, nil
	}
	p.bind(b.Schema, names)
	for r := 0; r < len(b.Rows) && p.left > 0; r++ {
		if b.Rows[r].Flags&endpoint.Rejected != 0 {
			continue
		}
		p.pick(b, r)
		switch room := max(s.limit-len(names), 0); {
		case len(p.picked) > room:
			b.Reject(r)
			changed = true
			for _, at := range p.picked[room:] {
				if rep == nil || err != nil {
					break
				}
				e := b.FaultOf(r, b.Vals[at], fault.AccountNames)
				e.Severity, e.Value = fault.AccountNames.Severity(s.profile), ""
				e.Hint = accountHint(len(names), len(p.picked), s.limit)
				err = rep.Add(e)
			}
		case grow:
			for _, at := range p.picked {
				head := b.Head(b.Vals[at].Column())
				names[b.Columns[head]] = struct{}{}
				p.settle(head)
			}
		}
	}
	return changed, err
}

// pick finds the values of a row that are the first of a fresh name.
func (p *picker) pick(b *endpoint.Batch, row int) {
	p.picked = p.picked[:0]
	p.seen.next()
	r := &b.Rows[row]
	first := int(r.First)
	if b.Dense {
		for _, column := range p.dense {
			p.offer(b, first+column)
		}
		return
	}
	for at := first; at < first+int(r.N); at++ {
		p.offer(b, at)
	}
}

func (p *picker) offer(b *endpoint.Batch, at int) {
	v := b.Vals[at]
	if v.Len() > 0 && p.fresh[v.Column()] && p.seen.bump(b.Head(v.Column())) == 1 {
		p.picked = append(p.picked, at)
	}
}

// settle notes that a name is admitted.
func (p *picker) settle(head int) {
	p.left--
	p.dense = slices.DeleteFunc(p.dense, func(i int) bool {
		if p.schema.Head(i) != head {
			return false
		}
		p.fresh[i] = false
		return true
	})
}

// accountHint names the state of the account that a row was rejected in.
func accountHint(used, brought, limit int) string {
	room := "an account has room for " + strconv.Itoa(limit) + " names, and "
	if used >= limit {
		return room + strconv.Itoa(used) + " are in use"
	}
	return room + strconv.Itoa(used) + " are in use when this record brings " + strconv.Itoa(brought)
}
