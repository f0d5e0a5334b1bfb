package block

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

var origin = fault.Pos{File: "toy", Line: 1, Column: 1}

// naiveAfter counts byte by byte.
func naiveAfter(p fault.Pos, data []byte) fault.Pos {
	p.Column = max(p.Column, 1)
	for _, c := range data {
		p.Offset++
		p.Column++
		if c == '\n' {
			p.Line++
			p.Column = 1
		}
	}
	return p
}

func TestAfterAgainstNaiveCount(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		data := make([]byte, rng.IntN(40))
		for i := range data {
			data[i] = "abc\n"[rng.IntN(rng.IntN(4)+1)]
		}
		p := fault.Pos{File: "f", Line: rng.Int64N(3), Column: rng.IntN(5), Offset: rng.Int64N(50)}
		require.Equal(t, naiveAfter(p, data), After(p, data), "%q", data)
		i := rng.IntN(len(data) + 1)
		require.Equal(t, After(p, data), After(After(p, data[:i]), data[i:]), "in two steps")
	}
}

// disguises are ways in which the same bytes may come.
var disguises = map[string]func(io.Reader) io.Reader{
	"plain":     func(r io.Reader) io.Reader { return r },
	"one byte":  iotest.OneByteReader,
	"half":      iotest.HalfReader,
	"data, EOF": iotest.DataErrReader,
	"stutter":   func(r io.Reader) io.Reader { return &stutter{r: r} },
}

// stutter reads nothing every other time.
type stutter struct {
	r    io.Reader
	idle bool
}

func (s *stutter) Read(p []byte) (int, error) {
	if s.idle = !s.idle; s.idle {
		return 0, nil
	}
	return s.r.Read(p[:min(len(p), 3)])
}

// blocks reads all blocks into memory of their own.
func blocks(t *testing.T, r *Reader) ([]Block, error) {
	t.Helper()
	var all []Block
	for {
		b, err := r.Next(nil)
		if err != nil {
			require.Nil(t, b.Data)
			_, again := r.Next(b.Buf)
			require.Equal(t, err, again, "an error stays")
			return all, err
		}
		require.NotEmpty(t, b.Data)
		require.Equal(t, len(b.Data), cap(b.Data), "nothing can be appended into what follows")
		all = append(all, b)
	}
}

func TestReaderAtEverySize(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 40 {
		input := randomInput(rng)
		for name, disguise := range disguises {
			for _, size := range []int{0, 1, 2, 3, 7, 64, longest, longest + 1, len(input), len(input) + 1} {
				r := NewReader(disguise(strings.NewReader(input)), origin, size, new(lines).Cut)
				all, err := blocks(t, r)
				require.Equal(t, io.EOF, err)
				pos, text, open := origin, "", false
				for i, b := range all {
					require.Equal(t, pos, b.Base, "%s, size %d", name, size)
					pos = naiveAfter(pos, b.Data)
					text += string(b.Data)
					whole := strings.HasSuffix(text, "\n") || i == len(all)-1
					if b.Cut.Fragment {
						require.Equal(t, !open, b.Cut.First)
						open = !b.Cut.Last
						require.Equal(t, whole, b.Cut.Last)
						continue
					}
					require.False(t, open)
					require.True(t, whole, "a record is never torn: %q", b.Data)
				}
				require.Equal(t, input, text)
				require.Equal(t, pos, r.Pos())
			}
		}
	}
}

func TestReaderReusesBuffers(t *testing.T) {
	input := strings.Repeat("0123456789\n", 1000)
	r := NewReader(strings.NewReader(input), origin, 256, new(lines).Cut)
	var buf []byte
	var got []byte
	allocated := 0
	for {
		b, err := r.Next(buf)
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		if cap(b.Buf) != cap(buf) {
			allocated++
		}
		got, buf = append(got, b.Data...), b.Buf
	}
	assert.Equal(t, input, string(got))
	assert.Equal(t, 1, allocated)
}

func TestReaderGrowsForLongRecords(t *testing.T) {
	cuts := 0
	cut := func(block []byte, atEOF bool) endpoint.Cut {
		cuts++
		if atEOF {
			return endpoint.Cut{N: len(block)}
		}
		return endpoint.Cut{N: bytes.LastIndexByte(block, '\n') + 1}
	}
	input := "a\n" + strings.Repeat("x", 1<<20) + "\nb\nlast"
	all, err := blocks(t, NewReader(strings.NewReader(input), origin, 16, cut))
	require.Equal(t, io.EOF, err)
	text := ""
	for _, b := range all {
		text += string(b.Data)
	}
	assert.Equal(t, input, text)
	assert.Less(t, cuts, 40, "the buffer doubles: work stays linear")
}

func TestReaderMemoryIsBounded(t *testing.T) {
	// A line without an end.
	src := io.LimitReader(endless{}, 1<<20)
	r := NewReader(src, origin, 16, new(lines).Cut)
	var buf []byte
	for {
		b, err := r.Next(buf)
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		require.True(t, b.Cut.Fragment)
		buf = b.Buf
		require.LessOrEqual(t, cap(buf), 4*longest)
	}
	assert.Equal(t, int64(1<<20), r.Pos().Offset)
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestReaderOfNothing(t *testing.T) {
	for name, disguise := range disguises {
		r := NewReader(disguise(strings.NewReader("")), origin, 0, new(lines).Cut)
		all, err := blocks(t, r)
		assert.Equal(t, io.EOF, err, name)
		assert.Empty(t, all)
		assert.Equal(t, origin, r.Pos())
	}
}

var errDisk = errors.New("disk on fire")

func TestReaderErrorsComeAsTheyAre(t *testing.T) {
	r := NewReader(iotest.ErrReader(errDisk), origin, 0, new(lines).Cut)
	all, err := blocks(t, r)
	assert.Equal(t, errDisk, err)
	assert.Empty(t, all)

	long := strings.Repeat("long ", longest/5) + "\n"
	for _, input := range []string{"a\nb\nc", "a\nb\n", "", "c", long + "a\nb\nc", "a\n" + long + long + "b\n", long + long, strings.TrimSpace(long)} {
		for name, disguise := range disguises {
			for size := 1; size < 400; size += 13 {
				src := io.MultiReader(strings.NewReader(input), iotest.ErrReader(errDisk))
				all, err := blocks(t, NewReader(disguise(src), origin, size, new(lines).Cut))
				require.Equal(t, errDisk, err)
				text := ""
				for _, b := range all {
					text += string(b.Data)
				}
				whole := input[:strings.LastIndexByte(input, '\n')+1]
				require.True(t, strings.HasPrefix(input, text))
				require.GreaterOrEqual(t, len(text), len(whole), "%s, size %d: the whole records come before the error: %q", name, size, text)
				if len(text) > len(whole) {
					require.True(t, all[len(all)-1].Cut.Fragment, "only a piece may be more than whole: %q", text)
				}
			}
		}
	}
}

func TestReaderTimeout(t *testing.T) {
	src := iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("a\nb\n")))
	all, err := blocks(t, NewReader(src, origin, 0, new(lines).Cut))
	assert.Equal(t, iotest.ErrTimeout, err)
	assert.Empty(t, all, "one byte is no record")
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func TestReaderWithoutProgress(t *testing.T) {
	all, err := blocks(t, NewReader(io.MultiReader(strings.NewReader("a\nb"), idle{}), origin, 0, new(lines).Cut))
	assert.Equal(t, io.ErrNoProgress, err)
	require.Len(t, all, 1)
	assert.Equal(t, "a\n", string(all[0].Data))
}

func TestReaderLosesNothingToALazyCutter(t *testing.T) {
	lazy := func([]byte, bool) endpoint.Cut { return endpoint.Cut{} }
	all, err := blocks(t, NewReader(strings.NewReader("all of it"), origin, 2, lazy))
	assert.Equal(t, io.EOF, err)
	require.Len(t, all, 1)
	assert.Equal(t, "all of it", string(all[0].Data))
}

// asked notes how much each read asked for, and where in the input.
type asked struct {
	r        *strings.Reader
	at, odd  int64
	requests int
}

func (a *asked) Read(p []byte) (int, error) {
	a.requests++
	a.odd |= a.at | int64(len(p))
	n, err := a.r.Read(p)
	a.at += int64(n)
	return n, err
}

// Reads begin and end with pages, whatever is carried from block to block.
func TestReadsAreWholePages(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	var text strings.Builder
	for text.Len() < 4<<20 {
		text.WriteString(strings.Repeat("x", rng.IntN(3*page)))
		text.WriteByte('\n')
	}
	cut := func(block []byte, atEOF bool) endpoint.Cut {
		if atEOF {
			return endpoint.Cut{N: len(block)}
		}
		return endpoint.Cut{N: strings.LastIndexByte(string(block), '\n') + 1}
	}
	src := &asked{r: strings.NewReader(text.String())}
	r := NewReader(src, origin, 0, cut)
	var buf, got []byte
	for pos := origin; ; {
		b, err := r.Next(buf)
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
		require.Equal(t, pos, b.Base)
		require.Equal(t, After(pos, b.Data), b.End)
		got, buf, pos = append(got, b.Data...), b.Buf, b.End
		if src.at < int64(text.Len()) {
			require.Zero(t, src.odd&(page-1))
		}
		require.Equal(t, Size, cap(buf), "the buffer stays")
	}
	require.True(t, text.String() == string(got))
	require.LessOrEqual(t, src.requests, text.Len()/(Size-4*page)+2, "one read a block")
}
