package validate

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// names gives n custom names of all kinds in turn, from i on.
func names(i, n int) record {
	kinds := []string{"Attributes.N%d=x", "Metrics.N%d=1", "User.UserAttributes.N%d=x"}
	var r record
	for k := i; k < i+n; k++ {
		r = append(r, rec(fmt.Sprintf(kinds[k%3], k))...)
	}
	return r
}

func kept(b *endpoint.Batch) string {
	var s strings.Builder
	for i := range b.Rows {
		if b.Rows[i].Flags&endpoint.Rejected == 0 {
			s.WriteByte('+')
		} else {
			s.WriteByte('-')
		}
	}
	return s.String()
}

func TestAccount(t *testing.T) {
	for _, form := range []func(*endpoint.Schema, ...record) *endpoint.Batch{sparse, dense} {
		b := form(endpoint.NewSchema(),
			names(0, 38),
			names(38, 3),  // one too many: none of the three comes in
			names(0, 5),   // known
			names(50, 1),  // the 39th
			names(60, 2),  // one too many
			names(40, 1),  // the 40th: it was not admitted before
			names(50, 1),  // known by now
			names(61, 1),  // full
			rec("Id=i"),   // no names
			names(100, 2), // rejected before, so it does not count
		)
		b.Rows[9].Flags |= endpoint.Rejected
		a := New(nil).NewAccount()
		rep := &fault.Report{}
		changed, err := a.Admit(b, rep)
		require.NoError(t, err)
		assert.True(t, changed)
		assert.Equal(t, "+-++-++-+-", kept(b))
		assert.True(t, a.Full())
		require.Len(t, a.Snapshot().Names(), 40)
		assert.Contains(t, a.Snapshot().Names(), "Metrics.N40")
		assert.Equal(t, []string{
			"account-names: Metrics.N40 would be one custom name too many for the account (an account has room for 40 names, and 38 are in use when this record brings 3)",
			"account-names: Metrics.N61 would be one custom name too many for the account (an account has room for 40 names, and 39 are in use when this record brings 2)",
			"account-names: Metrics.N61 would be one custom name too many for the account (an account has room for 40 names, and 40 are in use)",
		}, messages(rep))
		assert.Equal(t, []int64{2, 5, 8}, []int64{rep.Faults[0].Record, rep.Faults[1].Record, rep.Faults[2].Record})
		assert.Equal(t, !b.Dense, rep.Faults[0].Pointer == "/Metrics/N40")

		changed, err = a.Admit(b, rep)
		require.NoError(t, err)
		assert.False(t, changed, "a second time nothing changes")
	}
}

func TestAccountKnown(t *testing.T) {
	known := []string{"", "not a custom name", "Address"}
	for _, pair := range names(0, 38) {
		known = append(known, pair[0], pair[0])
	}
	a := New(&Options{Known: known}).NewAccount()
	assert.True(t, a.Full(), "names that are none take room")
	assert.Equal(t, 40, a.Snapshot().Limit())
	assert.True(t, a.Settled(sparse(endpoint.NewSchema(), names(0, 38), person).Schema))
	b := sparse(endpoint.NewSchema(), names(3, 4), names(38, 1))
	assert.False(t, a.Settled(b.Schema))
	_, err := a.Admit(b, nil)
	require.NoError(t, err)
	assert.Equal(t, "+-", kept(b))

	// More than the limit: nothing new is admitted.
	for _, pair := range names(38, 20) {
		known = append(known, pair[0])
	}
	v := New(&Options{Known: known})
	b = sparse(endpoint.NewSchema(), names(3, 4), names(100, 1), rec("Id=i"))
	rep := &fault.Report{}
	_, err = v.NewAccount().Admit(b, rep)
	require.NoError(t, err)
	assert.Equal(t, "+-+", kept(b))
	assert.Equal(t, "an account has room for 40 names, and 60 are in use", rep.Faults[0].Hint)

	a = New(&Options{Profile: fault.Current, Known: known}).NewAccount()
	b = sparse(endpoint.NewSchema(), names(100, 190), names(300, 1))
	_, err = a.Admit(b, nil)
	require.NoError(t, err)
	assert.Equal(t, "+-", kept(b))
	assert.Equal(t, 250, a.Snapshot().Limit())
}

func TestAccountValues(t *testing.T) {
	// A column without a value is no name in use, in either form of a batch.
	a := New(nil).NewAccount()
	b := dense(endpoint.NewSchema(), join(names(0, 40), rec("Attributes.Z=")), names(0, 40), rec("Attributes.Z=x"))
	_, err := a.Admit(b, nil)
	require.NoError(t, err)
	assert.Equal(t, "++-", kept(b))
	assert.False(t, a.Settled(b.Schema))
	a = New(nil).NewAccount()
	b = sparse(endpoint.NewSchema(), join(names(0, 40), rec("Attributes.Z=")), rec("Attributes.Z=x"))
	_, err = a.Admit(b, nil)
	require.NoError(t, err)
	assert.Equal(t, "+-", kept(b))

	// A list is one name.
	a = New(nil).NewAccount()
	b = dense(endpoint.NewSchema(), times(30, "Attributes.L", "x"), names(0, 39), rec("Metrics.L=1"))
	rep := &fault.Report{}
	_, err = a.Admit(b, rep)
	require.NoError(t, err)
	assert.Equal(t, "++-", kept(b))
	assert.Len(t, rep.Faults, 1)

	_, err = a.Admit(&endpoint.Batch{}, nil)
	assert.NoError(t, err)
}

func TestAccountStop(t *testing.T) {
	a := New(nil).NewAccount()
	b := sparse(endpoint.NewSchema(), names(0, 40), names(40, 3), names(50, 1), names(3, 1))
	rep := &fault.Report{Max: 1}
	changed, err := a.Admit(b, rep)
	require.ErrorIs(t, err, fault.ErrStop)
	assert.True(t, changed)
	assert.Equal(t, "+--+", kept(b), "all rows are marked")
	assert.Len(t, rep.Faults, 1)
}

// TestAccountParallel runs the pipeline that the documentation describes against
// the plain way, over records in batches of any size and form.
func TestAccountParallel(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for round := range 30 {
		records := make([]record, 60)
		for i := range records {
			at := rng.IntN(10 + i)
			records[i] = join(rec("Id=i"), names(at, rng.IntN(6)))
		}
		whole := sparse(endpoint.NewSchema(), records...)
		want := &fault.Report{}
		one := New(nil).NewAccount()
		_, err := one.Admit(whole, want)
		require.NoError(t, err)

		var batches []*endpoint.Batch
		for i := 0; i < len(records); {
			j := min(i+1+rng.IntN(7), len(records))
			form, s := sparse, endpoint.NewSchema()
			if rng.IntN(2) == 0 {
				// All columns are there, so that those of a record come in its order.
				form, s = dense, sparse(s, names(0, 80)).Schema
			}
			b := form(s, records[i:j]...)
			b.Record = int64(i + 1)
			batches = append(batches, b)
			i = j
		}
		reports := make([]*fault.Report, len(batches))
		a := New(nil).NewAccount()
		var turn sync.Mutex // held by the batch whose turn it is
		next, cond := 0, sync.NewCond(&turn)
		var workers sync.WaitGroup
		for i, b := range batches {
			reports[i] = &fault.Report{}
			workers.Go(func() {
				s := a.Snapshot()
				done := s.Settled(b.Schema)
				if !done && s.Full() {
					_, err := s.Apply(b, reports[i])
					assert.NoError(t, err)
					done = true
				}
				turn.Lock()
				defer turn.Unlock()
				for next != i {
					cond.Wait()
				}
				if !done {
					_, err := a.Admit(b, reports[i])
					assert.NoError(t, err)
				}
				next++
				cond.Broadcast()
			})
		}
		workers.Wait()
		got, marks := &fault.Report{}, ""
		for i, b := range batches {
			require.NoError(t, got.Merge(reports[i]))
			marks += kept(b)
		}
		require.Equal(t, kept(whole), marks, round)
		require.Equal(t, messages(want), messages(got), round)
		require.Equal(t, one.Snapshot().Names(), a.Snapshot().Names(), round)
	}
}

// TestSnapshotApply compares Apply with Admit once the account is full, and sees
// that it keeps its hands off before.
func TestSnapshotApply(t *testing.T) {
	a := New(nil).NewAccount()
	first := sparse(endpoint.NewSchema(), names(0, 39))
	_, err := a.Admit(first, nil)
	require.NoError(t, err)
	early := sparse(endpoint.NewSchema(), names(100, 3))
	changed, err := a.Snapshot().Apply(early, nil)
	require.NoError(t, err)
	assert.False(t, changed)
	assert.Equal(t, "+", kept(early))

	_, err = a.Admit(sparse(endpoint.NewSchema(), names(39, 1)), nil)
	require.NoError(t, err)
	records := []record{names(0, 3), names(38, 4), rec("Id=i"), names(41, 1)}
	for _, form := range []func(*endpoint.Schema, ...record) *endpoint.Batch{sparse, dense} {
		x, y := form(endpoint.NewSchema(), records...), form(endpoint.NewSchema(), records...)
		xs, ys := &fault.Report{}, &fault.Report{}
		cx, err := a.Snapshot().Apply(x, xs)
		require.NoError(t, err)
		cy, err := a.Admit(y, ys)
		require.NoError(t, err)
		assert.Equal(t, cy, cx)
		assert.Equal(t, kept(y), kept(x))
		assert.Equal(t, ys.Faults, xs.Faults)
		assert.Equal(t, "+-+-", kept(x))
	}
}

func TestAccountFits(t *testing.T) {
	schema := func(names ...string) *endpoint.Schema {
		s := endpoint.NewSchema(column("Address"))
		for _, name := range names {
			s.Add(column(name))
			s.Add(column(name))
		}
		return s
	}
	var known []string
	for i := range 38 {
		known = append(known, fmt.Sprintf("Metrics.k%d", i))
	}
	a := New(&Options{Known: known}).NewAccount().Snapshot()
	require.True(t, a.Fits())
	require.True(t, a.Fits(schema("Attributes.a", "Attributes.b"), schema("Attributes.a", "Metrics.k3")))
	require.False(t, a.Fits(schema("Attributes.a", "Attributes.b"), schema("Attributes.c")))
	require.False(t, a.Fits(schema("Attributes.a", "User.UserAttributes.a", "Metrics.a")))
	over := New(&Options{Known: append(known, "Metrics.x", "Metrics.y", "Metrics.z")}).NewAccount().Snapshot()
	require.True(t, over.Fits(schema("Metrics.x")), "nothing new")
	require.False(t, over.Fits(schema("Metrics.w")))
}
