package block

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// all reads what is left with All.
func all(s *Shell) ([]told, error) {
	kept := []told{}
	for rec, err := range s.All() {
		if err != nil {
			return kept, err
		}
		kept = append(kept, tellRecord(rec))
	}
	return kept, nil
}

// batches reads what is left with ReadBatch.
func batches(s *Shell) ([]told, error) {
	kept := []told{}
	for {
		b, err := s.ReadBatch()
		if err != nil {
			return kept, err
		}
		for rec := range b.Records() {
			kept = append(kept, tellRecord(rec))
		}
	}
}

func faultsOf(rep *fault.Report) []told {
	var list []told
	for _, e := range rep.Faults {
		list = append(list, tellFault(e))
	}
	return list
}

func TestShellAgainstTheModel(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 30 {
		input := randomInput(rng)
		checked := rng.IntN(2) == 0
		m := read(input, checked)
		for _, size := range []int{1, 5, 40, longest + 1, 500, 0} {
			rows := []int{1, 2, 5, 1000}[rng.IntN(4)]
			open := func(rep *fault.Report) *Shell {
				src := io.Reader(strings.NewReader(input))
				if rng.IntN(2) == 0 {
					src = iotest.OneByteReader(src)
				}
				s := start(src, &toy{rows: rows}, rep, size)
				if checked {
					s.Check = check
				}
				return s
			}
			name := fmt.Sprintf("%q size %d rows %d checked %v", input, size, rows, checked)
			checkCollecting(t, name, m, open)
			checkStopping(t, name, m, open)
			for most := 1; most <= m.faults+1; most++ {
				checkCounting(t, name, m, open, most)
			}
		}
	}
}

// checkCollecting reads with a report that has no limit.
func checkCollecting(t *testing.T, name string, m model, open func(*fault.Report) *Shell) {
	t.Helper()
	for _, keep := range []int{0, -1, 2} {
		rep := &fault.Report{Keep: keep}
		kept, err := all(open(rep))
		require.NoError(t, err)
		require.Equal(t, m.kept, kept, name)
		require.Equal(t, int64(m.faults), rep.Count(fault.Reject), name)
		require.Equal(t, int64(len(m.found)-m.faults), rep.Count(fault.Warning), name)
		if keep == 0 {
			require.Equal(t, m.found, faultsOf(rep), name)
		}
	}
	rep := &fault.Report{}
	s := open(rep)
	kept, err := batches(s)
	require.Equal(t, io.EOF, err)
	require.Equal(t, m.kept, kept, name)
	require.Equal(t, m.found, faultsOf(rep), name)
	_, err = s.ReadBatch()
	require.Equal(t, io.EOF, err, "the end stays the end")
	schema, err := s.Schema()
	require.NoError(t, err)
	require.NotNil(t, schema, "the schema is there after the end as well")
}

// checkStopping reads without a report: the first fault ends it.
func checkStopping(t *testing.T, name string, m model, open func(*fault.Report) *Shell) {
	t.Helper()
	first := firstWith(m, 1)
	for _, read := range []func(*Shell) ([]told, error){all, batches} {
		s := open(nil)
		kept, err := read(s)
		if first < 0 {
			require.Equal(t, m.kept, kept, name)
			require.True(t, err == nil || err == io.EOF)
			continue
		}
		e, ok := errors.AsType[*fault.Error](err)
		require.True(t, ok, "%s: %v", name, err)
		require.Equal(t, m.found[first], tellFault(e), name)
		require.Equal(t, m.kept[:m.before[first]], kept, name)
		_, again := s.ReadBatch()
		require.Equal(t, err, again, "it stays stopped")
	}
}

// checkCounting reads with a report that has a limit.
func checkCounting(t *testing.T, name string, m model, open func(*fault.Report) *Shell, most int) {
	t.Helper()
	for _, keep := range []int{0, 1, -1} {
		rep := &fault.Report{Max: int64(most), Keep: keep}
		kept, err := all(open(rep))
		last := firstWith(m, most)
		if last < 0 {
			require.NoError(t, err)
			require.Equal(t, m.kept, kept, name)
			continue
		}
		require.Equal(t, fault.ErrStop, err, name)
		require.Equal(t, m.kept[:m.before[last]], kept, name)
		require.Equal(t, int64(most), rep.Count(fault.Reject), name)
		if keep == 0 {
			require.Equal(t, m.found[:last+1], faultsOf(rep), name)
		}
	}
}

// firstWith gives the finding that is fault number n, or -1.
func firstWith(m model, n int) int {
	for i, c := range m.counts {
		if c == n {
			return i
		}
	}
	return -1
}

func TestShellStopsAtTheEarlierRecord(t *testing.T) {
	// The parser meets the fault of record 3 before the check sees record 1.
	for _, rows := range []int{1, 1000} {
		s := start(strings.NewReader("header\nann\nwrong\nbob\nbad\n"), &toy{rows: rows}, nil, 0)
		s.Check = check
		kept, err := all(s)
		require.ErrorIs(t, err, fault.AddressEmail)
		assert.Equal(t, []told{`1 toy:2:1 "ann\n"`}, kept)
	}
}

func TestShellHeader(t *testing.T) {
	rep := &fault.Report{}
	for _, r := range []*fault.Report{nil, rep} {
		for _, input := range []string{"", "ann\n", strings.Repeat("long ", longest/5)} {
			s := start(strings.NewReader(input), &toy{}, r, 0)
			for range 2 {
				schema, err := s.Schema()
				require.ErrorIs(t, err, fault.HeaderMissing)
				require.Nil(t, schema)
				_, err = s.ReadBatch()
				require.ErrorIs(t, err, fault.HeaderMissing)
				_, err = all(s)
				require.ErrorIs(t, err, fault.HeaderMissing)
			}
		}
	}
	assert.Len(t, rep.Faults, 3, "told once an input")

	s := start(strings.NewReader("header\n"), &toy{}, nil, 0)
	schema, err := s.Schema()
	require.NoError(t, err)
	assert.Equal(t, 1, schema.Len())
	_, err = s.ReadBatch()
	assert.Equal(t, io.EOF, err)
}

func TestShellFragmentRightBehindTheHeader(t *testing.T) {
	// The header and the fragment come in blocks of their own here; a codec
	// whose header is a part of the first block places the fault behind it.
	long := strings.Repeat("long ", longest/5)
	s := start(strings.NewReader("["+long), &bracket{}, nil, 0)
	schema, err := s.Schema()
	require.NoError(t, err)
	require.NotNil(t, schema)
	_, err = s.ReadBatch()
	e, ok := errors.AsType[*fault.Error](err)
	require.True(t, ok)
	assert.Equal(t, fault.Pos{File: "toy", Line: 1, Column: 2, Offset: 1}, e.Pos)
	assert.Equal(t, fault.Clip(long), e.Value)
}

// bracket is a codec whose header is one byte and all else a fragment.
type bracket struct{ toy }

func (*bracket) Cut(block []byte, _ bool) endpoint.Cut {
	return endpoint.Cut{N: len(block), Fragment: true, First: true, Last: true, Rule: fault.RecordSize}
}

func (*bracket) Header([]byte, fault.Pos, *fault.Report) (*endpoint.Schema, int, error) {
	return endpoint.NewSchema(), 1, nil
}

func TestShellSourceErrors(t *testing.T) {
	s := start(iotest.ErrReader(errDisk), &toy{}, nil, 0)
	for range 2 {
		_, err := s.Schema()
		assert.Equal(t, errDisk, err)
		_, err = s.ReadBatch()
		assert.Equal(t, errDisk, err)
	}
	for size := 1; size < 64; size++ {
		src := io.MultiReader(strings.NewReader("header\nann\nbob\nunfini"), iotest.ErrReader(errDisk))
		s := start(src, &toy{}, nil, size)
		kept, err := all(s)
		require.Equal(t, errDisk, err)
		require.Equal(t, []told{`1 toy:2:1 "ann\n"`, `2 toy:3:1 "bob\n"`}, kept, "the whole records come first")
		_, err = s.ReadBatch()
		require.Equal(t, errDisk, err)
	}
}

func TestShellCheckErrors(t *testing.T) {
	for _, stop := range []error{errDisk, fault.ErrStop} {
		s := start(strings.NewReader("header\nann\nbob\ncid\n"), &toy{rows: 1}, &fault.Report{}, 0)
		calls := 0
		s.Check = func(*endpoint.Batch, *fault.Report) error {
			if calls++; calls == 2 {
				return stop
			}
			return nil
		}
		kept, err := all(s)
		assert.Equal(t, stop, err, "as it is")
		assert.Equal(t, []told{`1 toy:2:1 "ann\n"`}, kept, "what was not checked is not handed out")
		_, err = s.ReadBatch()
		assert.Equal(t, stop, err)
		assert.Equal(t, 2, calls)
	}
}

// closing is a codec with a last word.
type closing struct {
	toy
	calls int
	pos   fault.Pos
}

func (c *closing) Finish(pos fault.Pos, rep *fault.Report) error {
	c.calls++
	c.pos = pos
	return rep.Add(&fault.Error{Pos: pos, Rule: fault.JSONArray})
}

func TestShellFinish(t *testing.T) {
	c := &closing{}
	rep := &fault.Report{}
	s := start(strings.NewReader("header\nann\nbob"), c, rep, 4)
	kept, err := all(s)
	require.NoError(t, err)
	assert.Len(t, kept, 2)
	_, err = s.ReadBatch()
	assert.Equal(t, io.EOF, err)
	assert.Equal(t, 1, c.calls)
	assert.Equal(t, fault.Pos{File: "toy", Line: 3, Column: 4, Offset: 14}, c.pos)
	require.ErrorIs(t, rep.Err(), fault.JSONArray)

	c = &closing{}
	s = start(strings.NewReader("header\nann\nwarn\n"), c, nil, 4)
	kept, err = all(s)
	require.ErrorIs(t, err, fault.JSONArray, "without a report the fault is the error")
	assert.Len(t, kept, 2)
	assert.Equal(t, 1, c.calls)

	s = start(strings.NewReader("header\nann\n"), &closing{}, &fault.Report{Max: 1}, 4)
	_, err = all(s)
	assert.Equal(t, fault.ErrStop, err)
}

func TestShellNeverHangs(t *testing.T) {
	s := start(strings.NewReader("header\nann\n"), &toy{silent: true}, nil, 0)
	_, err := s.ReadBatch()
	assert.Equal(t, io.ErrNoProgress, err)
}

func TestShellGoesOnAfterABreak(t *testing.T) {
	input := "header\n" + strings.Repeat("ann\nbad\nbob\n", 10)
	whole, err := all(start(strings.NewReader(input), &toy{rows: 4}, &fault.Report{}, 64))
	require.NoError(t, err)
	require.Len(t, whole, 20)

	s := start(strings.NewReader(input), &toy{rows: 4}, &fault.Report{}, 64)
	parts := []told{}
	for range 30 {
		for rec, err := range s.All() {
			require.NoError(t, err)
			parts = append(parts, tellRecord(rec))
			break
		}
	}
	assert.Equal(t, whole, parts, "no record is lost")

	s = start(strings.NewReader("header\n1\n2\n3\n4\n"), &toy{rows: 3}, &fault.Report{}, 0)
	for range s.All() {
		break
	}
	rest, err := batches(s)
	require.Equal(t, io.EOF, err)
	assert.Equal(t, []told{`4 toy:5:1 "4\n"`}, rest, "ReadBatch goes on with the next batch")
}

func TestShellReset(t *testing.T) {
	s := start(strings.NewReader("header\nbad\n"), &toy{}, nil, 0)
	_, err := all(s)
	require.ErrorIs(t, err, fault.CSVCells)

	s.Codec = &toy{}
	s.Reset(strings.NewReader("header\nann\n"), origin, 0)
	kept, err := all(s)
	require.NoError(t, err)
	assert.Equal(t, []told{`1 toy:2:1 "ann\n"`}, kept, "nothing is left of the first input")
}

func TestShellStartsNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	s := start(strings.NewReader("header\nann\nbob\n"), &toy{rows: 1}, nil, 0)
	for range s.All() {
		assert.LessOrEqual(t, runtime.NumGoroutine(), before)
	}
}

func TestFragmentFault(t *testing.T) {
	data := []byte(strings.Repeat("x", 1000))
	e := FragmentFault(Block{Data: data, Base: origin, Cut: endpoint.Cut{Rule: fault.RecordSize}}, 7)
	clear(data)
	assert.Equal(t, &fault.Error{
		Pos: origin, Record: 7, Rule: fault.RecordSize, Value: strings.Repeat("x", fault.MaxValue-3) + "…",
	}, e)

	e = FragmentFault(Block{Data: data, Base: origin, Cut: endpoint.Cut{Rule: fault.JSONArray}}, 7)
	assert.Equal(t, &fault.Error{Pos: origin, Record: 7, Rule: fault.JSONArray}, e, "a piece of any size is not shown")
}
