package fault

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func unsafeData(s string) *byte { return unsafe.StringData(s) }

func TestReportCollectsAll(t *testing.T) {
	var r Report
	var want []*Error
	for i := range 100 {
		e := &Error{Rule: Country, Record: int64(i + 1)}
		want = append(want, e)
		require.NoError(t, r.Add(e))
	}
	assert.Equal(t, want, r.Faults)
	assert.Equal(t, int64(100), r.Count(Reject))
	assert.False(t, r.Stopped())
	assert.Equal(t, want[0], r.Err())
}

func TestReportKeep(t *testing.T) {
	for _, c := range []struct{ keep, want int }{{0, 10}, {-1, 0}, {1, 1}, {3, 3}, {10, 10}, {11, 10}} {
		r := Report{Keep: c.keep}
		for i := range 10 {
			require.NoError(t, r.Add(&Error{Rule: Country, Field: "f", Record: int64(i)}))
		}
		require.Len(t, r.Faults, c.want, "Keep %d", c.keep)
		for i, e := range r.Faults {
			assert.Equal(t, int64(i), e.Record, "the first ones are kept")
		}
		assert.Equal(t, []Count{{"location-country", "fault", "f", 10}}, r.Counts())
	}
}

func TestReportMax(t *testing.T) {
	for _, most := range []int64{1, 2, 5} {
		r := Report{Max: most, Keep: -1}
		for i := int64(1); i < most; i++ {
			require.NoError(t, r.Add(&Error{Rule: Country}))
			require.NoError(t, r.Add(&Error{Rule: EmptyValue}), "warnings are free")
			require.NoError(t, r.Add(&Error{Rule: Country, Severity: Repaired}), "repairs are free")
			assert.False(t, r.Stopped())
		}
		rule := Country
		if most == 2 {
			rule = Compressed // what refuses an input counts too
		}
		require.ErrorIs(t, r.Add(&Error{Rule: rule}), ErrStop)
		assert.True(t, r.Stopped())
		require.ErrorIs(t, r.Add(&Error{Rule: EmptyValue}), ErrStop, "it stays full")
	}
}

func TestReportSeverity(t *testing.T) {
	var r Report
	e := &Error{Rule: EmptyValue}
	require.NoError(t, r.Add(e))
	assert.Equal(t, Warning, e.Severity, "what is not said becomes the rule's own")
	require.NoError(t, r.Err(), "a warning turns nothing away")
	kept := &Error{Rule: Country, Severity: Warning}
	require.NoError(t, r.Add(kept))
	assert.Equal(t, Warning, kept.Severity, "what is said stays")
	refused := &Error{Rule: Compressed}
	require.NoError(t, r.Add(refused))
	assert.Equal(t, refused, r.Err())
	for s, n := range map[Severity]int64{Unset: 0, Off: 0, Warning: 2, Repaired: 0, Reject: 0, Refuse: 1} {
		assert.Equal(t, n, r.Count(s), s)
	}
}

func TestReportReset(t *testing.T) {
	r := Report{Max: 1, Keep: 7, Redact: true}
	require.ErrorIs(t, r.Add(&Error{Rule: Country}), ErrStop)
	r.Reset()
	assert.Empty(t, r.Faults)
	assert.Empty(t, r.Counts())
	assert.Zero(t, r.Count(Reject))
	assert.False(t, r.Stopped())
	require.NoError(t, r.Err())
	assert.Equal(t, []any{7, int64(1), true}, []any{r.Keep, r.Max, r.Redact})
	require.ErrorIs(t, r.Add(&Error{Rule: Country}), ErrStop)
}

func TestReportCountsOrder(t *testing.T) {
	var r Report
	add := func(n int, e Error) {
		for range n {
			require.NoError(t, r.Add(&e))
		}
	}
	add(1, Error{Rule: Timezone, Field: "b"})
	add(1, Error{Rule: Timezone, Field: "a"})
	add(3, Error{Rule: Locale, Field: "z"})
	add(1, Error{Rule: Country, Severity: Repaired})
	add(1, Error{Rule: Country})
	want := []Count{
		{"demographic-locale", "fault", "z", 3},
		{"demographic-timezone", "fault", "a", 1},
		{"demographic-timezone", "fault", "b", 1},
		{"location-country", "fault", "", 1},
		{"location-country", "repaired", "", 1},
	}
	assert.Equal(t, want, r.Counts())
	text, err := json.Marshal(r.Counts()[3:])
	require.NoError(t, err)
	assert.JSONEq(t, `[{"rule":"location-country","severity":"fault","count":1},{"rule":"location-country","severity":"repaired","count":1}]`, string(text))
}

func TestReportCountsAreBounded(t *testing.T) {
	r := Report{Keep: -1}
	const n = maxFields + 1000
	for i := range n {
		require.NoError(t, r.Add(&Error{Rule: ValueLength, Field: fmt.Sprint("Attributes.", i)}))
	}
	require.NoError(t, r.Add(&Error{Rule: ValueLength, Field: "Attributes.7"}), "a known name goes on to be counted")
	counts := r.Counts()
	assert.Len(t, counts, maxFields+1)
	assert.Equal(t, Count{"value-length", "fault", "", n - maxFields}, counts[0])
	assert.Equal(t, Count{"value-length", "fault", "Attributes.7", 2}, counts[1])
	assert.Equal(t, int64(n+1), total(counts))

	// Nor does a name take more room than any legal one.
	long := strings.Repeat("n", 1<<20)
	require.NoError(t, r.Add(&Error{Rule: NameLength, Field: long}))
	r = Report{Keep: -1}
	require.NoError(t, r.Add(&Error{Rule: NameLength, Field: long}))
	assert.Equal(t, []Count{{"name-length", "fault", long[:maxName-3] + "…", 1}}, r.Counts())
	legal := "User.UserAttributes." + strings.Repeat("🚀", 50)
	assert.Equal(t, legal, keyOf(&Error{Field: legal}).field)
}

func total(counts []Count) int64 {
	n := int64(0)
	for _, c := range counts {
		n += c.Count
	}
	return n
}

// randomErrors makes errors of few rules and fields, so that counts meet.
func randomErrors(rng *rand.Rand, n int) []Error {
	rules := []Rule{Country, EmptyValue, JSONUnknown, Compressed, HeaderCase, ValueLength}
	out := make([]Error, n)
	for i := range out {
		out[i] = Error{
			Record: int64(i + 1), Rule: rules[rng.IntN(len(rules))], Field: []string{"", "a", "b"}[rng.IntN(3)],
			Value: fmt.Sprint("v", i), Severity: []Severity{Unset, Unset, Unset, Warning, Repaired}[rng.IntN(5)],
		}
	}
	return out
}

func TestMergeEqualsAdds(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		settings := Report{Keep: []int{0, -1, 3, 20}[rng.IntN(4)], Max: []int64{0, 1, 5, 30}[rng.IntN(4)], Redact: rng.IntN(2) == 0}
		errs := randomErrors(rng, rng.IntN(40))
		single, merged := settings, settings
		var stopSingle, stopMerged error
		for _, e := range errs {
			if stopSingle = single.Add(&e); stopSingle != nil {
				break
			}
		}
		for rest := errs; len(rest) > 0 && stopMerged == nil; {
			n := rng.IntN(len(rest)) + 1
			part := Report{Redact: rng.IntN(2) == 0 && settings.Redact}
			for _, e := range rest[:n] {
				require.NoError(t, part.Add(&e))
			}
			stopMerged = merged.Merge(&part)
			rest = rest[n:]
		}
		require.Equal(t, single.Faults, merged.Faults)
		require.Equal(t, single.Counts(), merged.Counts())
		require.Equal(t, single.bySev, merged.bySev)
		require.Equal(t, single.Stopped(), merged.Stopped())
		require.Equal(t, stopSingle, stopMerged)
	}
}

func TestMergeLosesNoCount(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		redact := rng.IntN(2) == 0
		errs := randomErrors(rng, rng.IntN(40))
		single, merged := Report{Redact: redact}, Report{Redact: redact}
		for _, e := range errs {
			require.NoError(t, single.Add(&e))
		}
		for rest := errs; len(rest) > 0; {
			n := rng.IntN(len(rest)) + 1
			part := Report{Keep: rng.IntN(4) - 1}
			for _, e := range rest[:n] {
				require.NoError(t, part.Add(&e))
			}
			require.NoError(t, merged.Merge(&part))
			rest = rest[n:]
		}
		require.Equal(t, single.Counts(), merged.Counts())
		require.Equal(t, single.bySev, merged.bySev)
	}

	full := Report{Max: 3}
	part := Report{Keep: -1}
	for range 3 {
		require.NoError(t, part.Add(&Error{Rule: Country}))
	}
	require.ErrorIs(t, full.Merge(&part), ErrStop, "what is merged as a count fills a report as well")
	assert.True(t, full.Stopped())
}

func TestRedactedReportsLeakNothing(t *testing.T) {
	const token = "s3cr3t"
	named := []Rule{JSONUnknown, JSONCase, JSONGroup, JSONDuplicate} // their names need not be attributes
	for _, r := range Rules() {
		if r.Row().Group == Header {
			named = append(named, r)
		}
	}
	for _, rule := range Rules() {
		for s := Unset; s <= Refuse; s++ {
			e := func() *Error {
				e := &Error{
					Rule: rule, Severity: s, Field: "Address", Pointer: "/Address",
					Value: token, Detail: "d " + token, Hint: "h " + token, Repair: token, Err: errors.New(token),
				}
				if slices.Contains(named, rule) {
					e.Field, e.Pointer = token, "/"+token
				}
				return e
			}
			added, merged, counted := Report{Redact: true}, Report{Redact: true}, Report{Redact: true}
			require.NoError(t, added.Add(e()))
			part := Report{}
			require.NoError(t, part.Add(e()))
			require.NoError(t, merged.Merge(&part))
			part = Report{Keep: -1}
			require.NoError(t, part.Add(e()))
			require.NoError(t, counted.Merge(&part))
			for _, r := range []*Report{&added, &merged, &counted} {
				text := fmt.Sprintf("%+v %+v", r, r.Counts())
				for _, e := range r.Faults {
					text += fmt.Sprintf("%+v %#v %s %s", *e, *e, e.Error(), e.AppendJSON(nil))
				}
				require.NotContains(t, text, token, rule.Code())
			}
			if !slices.Contains(named, rule) {
				require.Equal(t, "Address", added.Faults[0].Field, "the name of an attribute is no secret")
			}
		}
	}
}

func TestAddCopies(t *testing.T) {
	var r Report
	e := &Error{Rule: Country, Value: "UK"}
	require.NoError(t, r.Add(e))
	e.Value = "DE"
	require.NoError(t, r.Add(e))
	assert.Equal(t, []string{"UK", "DE"}, []string{r.Faults[0].Value, r.Faults[1].Value})
	kept := r.Faults[0]
	r.Reset()
	for range 3 * slabSize {
		require.NoError(t, r.Add(&Error{Rule: Locale}))
	}
	assert.Equal(t, "UK", kept.Value, "an error outlives the report that held it")
}

func TestRecycle(t *testing.T) {
	r := Report{Max: 1 << 20, Redact: true}
	for round := range 4 {
		n := []int{1, firstSlab + 1, 2 * keptSlabs, 3}[round]
		for i := range n {
			require.NoError(t, r.Add(&Error{Rule: Country, Record: int64(i + 1)}))
		}
		require.Len(t, r.Faults, n)
		for i, e := range r.Faults {
			require.Equal(t, int64(i+1), e.Record, "errors stay where they are")
		}
		stale := r.Faults[0]
		r.Recycle()
		assert.Zero(t, *stale, "a stale error is wiped")
		assert.Empty(t, r.Faults)
		assert.Empty(t, r.Counts())
		assert.Zero(t, r.Count(Reject))
	}
	room := 0
	for _, slab := range r.memory.all {
		room += cap(slab)
	}
	assert.LessOrEqual(t, room, keptSlabs+slabSize, "memory is bounded")
}

func TestNoAllocationAFault(t *testing.T) {
	var r Report
	fill := func() {
		for i := range 500 {
			e := Error{Rule: Country, Field: []string{"Location.Country", "b"}[i/250], Value: "UK"}
			_ = r.Add(&e)
		}
		r.Recycle()
	}
	fill()
	assert.Zero(t, testing.AllocsPerRun(10, fill))
}

func TestReportFields(t *testing.T) {
	r := Report{Keep: -1, Fields: 2}
	for i := range 10 {
		require.NoError(t, r.Add(&Error{Rule: Country, Field: fmt.Sprint(i % 5)}))
	}
	want := []Count{{"location-country", "fault", "", 6}, {"location-country", "fault", "0", 2}, {"location-country", "fault", "1", 2}}
	assert.Equal(t, want, r.Counts())
}

// Parts that tell all fields apart give the counts that adding one by one gives, also
// where the fields are too many to be counted one by one.
func TestMergeOfManyFields(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		limit := 1 + rng.IntN(10)
		single, merged := Report{Keep: 3, Fields: limit}, Report{Keep: 3, Fields: limit}
		for range 5 {
			part := Report{Keep: 3, Fields: 1 << 20}
			for range rng.IntN(20) {
				e := Error{Rule: []Rule{Country, Locale}[rng.IntN(2)], Field: fmt.Sprint(rng.IntN(8))}
				require.NoError(t, part.Add(&e))
				require.NoError(t, single.Add(&e))
			}
			require.NoError(t, merged.Merge(&part))
		}
		require.Equal(t, single.Counts(), merged.Counts())
		require.Equal(t, single.Faults, merged.Faults)
	}
}

// What is only counted gives the counts that adding gives, in the order of the input.
func TestAddCount(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 100 {
		redact, limit := rng.IntN(2) == 0, 1+rng.IntN(10)
		single := Report{Keep: -1, Redact: redact, Fields: limit}
		merged := single
		part := Report{Keep: -1, Redact: redact}
		require.True(t, part.Empty())
		errs := randomErrors(rng, rng.IntN(40))
		for i := range errs {
			e := errs[i]
			require.NoError(t, single.Add(&e))
		}
		// Two sources tell of the same records, one after the other.
		for odd := range 2 {
			for i := odd; i < len(errs); i += 2 {
				require.True(t, part.CountsOnly())
				require.NoError(t, part.AddCount(&errs[i], 1))
			}
		}
		require.Equal(t, len(errs) == 0, part.Empty())
		require.NoError(t, merged.Merge(&part))
		require.Equal(t, single.Counts(), merged.Counts())
		require.Equal(t, single.bySev, merged.bySev)
		require.Empty(t, part.Faults)
	}
	r := Report{Max: 3}
	require.NoError(t, r.AddCount(&Error{Rule: Country}, 2))
	require.ErrorIs(t, r.AddCount(&Error{Rule: Country}, 1), ErrStop)
	for _, c := range []struct {
		rep  Report
		want bool
	}{{Report{}, false}, {Report{Keep: -1}, true}, {Report{Keep: -1, Max: 1}, false}, {Report{Keep: 1}, false}, {Report{Keep: 1, Faults: []*Error{{}}}, true}} {
		require.Equal(t, c.want, c.rep.CountsOnly())
	}
}

func BenchmarkAdd(b *testing.B) {
	var r Report
	e := Error{Rule: Country, Field: "Location.Country", Value: "UK", Record: 1}
	n := 0
	for b.Loop() {
		_ = r.Add(&e)
		if n++; n == 500 {
			n = 0
			r.Recycle()
		}
	}
}
