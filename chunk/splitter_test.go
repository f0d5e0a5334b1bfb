package chunk

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// record is a record of a made-up input: its size there, the lines it takes, and
// its output, which is nil if it is rejected.
type record struct {
	size, lines int64
	out         []byte
}

// input is a run of records with one header, and where each begins.
type input struct {
	header  string
	records []record
	places  []Point // one more than records
}

func (in *input) locate(begin Point) {
	in.places = append(in.places[:0], begin)
	for _, r := range in.records {
		begin.Offset += r.size
		begin.Line += r.lines
		begin.Record++
		in.places = append(in.places, begin)
	}
}

// piece makes the piece of the records [a, b) of an input.
func (in *input) piece(file, a, b int) Piece {
	p := Piece{From: in.places[a], To: in.places[b], File: file}
	var kept []int
	for i := a; i < b; i++ {
		if out := in.records[i].out; out != nil {
			p.Data = append(p.Data, out...)
			p.Ends = append(p.Ends, uint32(len(p.Data)))
			kept = append(kept, i)
		} else {
			p.Rejected++
		}
	}
	p.At = func(i int) (Point, int64) { return in.places[kept[i]], int64(kept[i] - a - i) }
	return p
}

// naive splits record by record and keeps no state that could be wrong.
func naive(inputs []input, maxBytes int64) (texts []string, firsts [][2]int) {
	var headers []string // of the chunks
	for f := range inputs {
		header := inputs[f].header
		for i, r := range inputs[f].records {
			if r.out == nil {
				continue
			}
			n := len(texts)
			if n == 0 || headers[n-1] != header || int64(len(texts[n-1])+len(r.out)) > maxBytes {
				texts = append(texts, header)
				headers = append(headers, header)
				firsts = append(firsts, [2]int{f, i})
				n++
			}
			texts[n-1] += string(r.out)
		}
	}
	return texts, firsts
}

func TestSplitterAgainstNaive(t *testing.T) {
	for seed := range uint64(400) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		inputs := randomInputs(rnd)
		maxBytes := int64(30 + rnd.IntN(120))
		opt := &Options{Max: maxBytes, Ext: ".csv", Committing: 1 + rnd.IntN(3), SHA256: seed%2 == 0}
		sink := &memSink{}
		s := NewSplitter(t.Context(), sink, opt)
		man := &Manifest{Version: ManifestVersion}
		for f := range inputs {
			in := &inputs[f]
			require.NoError(t, s.SetHeader([]byte(in.header)))
			n := len(in.records)
			for a := 0; a < n; {
				b := a + 1 + rnd.IntN(n-a)
				p := in.piece(f, a, b)
				require.NoError(t, s.Write(p))
				for i := range p.Data { // what was lent is taken back
					p.Data[i] = 0xCC
				}
				a = b
			}
			man.Inputs = append(man.Inputs, in.ledger(f))
		}
		chunks, err := s.Close()
		require.NoError(t, err)
		require.NoError(t, s.Abort(), "after Close it must do nothing")

		texts, firsts := naive(inputs, maxBytes)
		require.Len(t, chunks, len(texts), "seed %d", seed)
		require.Len(t, sink.files, len(texts))
		require.Zero(t, sink.open)
		require.LessOrEqual(t, sink.most, opt.Committing)
		for i, c := range chunks {
			name := fmt.Sprintf("endpoints/part-%05d.csv", i+1)
			require.Equal(t, name, c.Name)
			require.Equal(t, "mem:"+name, c.URL)
			require.Equal(t, texts[i], string(sink.files[name]), "seed %d, chunk %d", seed, i)
			require.Equal(t, int64(len(texts[i])), c.Bytes)
			require.LessOrEqual(t, c.Bytes, maxBytes)
			var crc CRC64
			_, _ = crc.Write([]byte(texts[i]))
			require.Equal(t, crc.String(), c.CRC64NVME)
			if opt.SHA256 {
				sum := sha256.Sum256([]byte(texts[i]))
				require.Equal(t, hex.EncodeToString(sum[:]), c.SHA256)
			} else {
				require.Empty(t, c.SHA256)
			}
			if i > 0 { // the first one also takes the rejected records before it
				at := inputs[firsts[i][0]].places[firsts[i][1]]
				require.Equal(t, firsts[i][0], c.Inputs[0].File)
				require.Equal(t, at.Offset, c.Inputs[0].Bytes[0])
				require.Equal(t, at.Line, c.Inputs[0].Lines[0])
				require.Equal(t, at.Record, c.Inputs[0].Records[0])
			}
		}
		man.Chunks = chunks
		man.Sum()
		require.NoError(t, man.Check(), "seed %d", seed)
	}
}

func randomInputs(rnd *rand.Rand) []input {
	inputs := make([]input, 1+rnd.IntN(4))
	for f := range inputs {
		in := &inputs[f]
		in.header = []string{"", "h,i\n", "other header\n"}[rnd.IntN(3)]
		for range rnd.IntN(30) {
			r := record{size: 1 + rnd.Int64N(50), lines: rnd.Int64N(3)}
			if rnd.IntN(3) > 0 {
				r.out = bytes.Repeat([]byte{byte('a' + rnd.IntN(26))}, 1+rnd.IntN(17))
			}
			in.records = append(in.records, r)
		}
		in.locate(Point{Offset: rnd.Int64N(9), Line: 1 + rnd.Int64N(2), Record: 1})
	}
	return inputs
}

func (in *input) ledger(f int) Input {
	l := Input{
		Name: fmt.Sprint("input ", f), Bytes: in.places[len(in.records)].Offset,
		Records: int64(len(in.records)),
	}
	for _, r := range in.records {
		if r.out != nil {
			l.Written++
		} else {
			l.Rejected++
		}
	}
	return l
}

// lines makes an input of kept records of the given sizes, one line each.
func lines(header string, sizes ...int) *input {
	in := &input{header: header}
	for _, n := range sizes {
		out := []byte(strings.Repeat("x", n-1) + "\n")
		in.records = append(in.records, record{size: int64(n), lines: 1, out: out})
	}
	in.locate(Point{Line: 1, Record: 1})
	return in
}

func TestSplitterAtTheLimit(t *testing.T) {
	for _, header := range []string{"", "h\n"} {
		h := len(header)
		for _, tt := range []struct {
			name  string
			sizes []int
			want  []int64 // bytes of the chunks, without header
		}{
			{"one record that fills a chunk", []int{20}, []int64{20}},
			{"two that fill it", []int{10, 10}, []int64{20}},
			{"one byte too many", []int{10, 11}, []int64{10, 11}},
			{"full, then the smallest", []int{20, 1}, []int64{20, 1}},
			{"each fills one", []int{20, 20, 20}, []int64{20, 20, 20}},
			{"one byte free", []int{19, 2, 18}, []int64{19, 20}},
			{"one byte used", []int{19, 1, 1}, []int64{20, 1}},
		} {
			t.Run(fmt.Sprintf("%s, header %d", tt.name, h), func(t *testing.T) {
				in := lines(header, tt.sizes...)
				n := len(tt.sizes)
				for cut := range n + 1 { // in one piece and in two
					s := NewSplitter(t.Context(), &memSink{}, &Options{Max: int64(20 + h), Header: []byte(header)})
					require.NoError(t, s.Write(in.piece(0, 0, cut)))
					require.NoError(t, s.Write(in.piece(0, cut, n)))
					chunks, err := s.Close()
					require.NoError(t, err)
					var got []int64
					for _, c := range chunks {
						got = append(got, c.Bytes-int64(h))
					}
					require.Equal(t, tt.want, got)
				}
			})
		}
	}
}

func TestSplitterTooLarge(t *testing.T) {
	opt := &Options{Max: 20, Header: []byte("h\n")}
	require.Equal(t, int64(18), opt.MaxRecord())
	require.Equal(t, int64(DefaultMax), (*Options)(nil).MaxRecord())
	require.Equal(t, int64(DefaultMax), (&Options{}).MaxRecord())
	require.Zero(t, (&Options{Max: 1, Header: []byte("h\n")}).MaxRecord())

	for _, before := range []int{0, 1} { // alone, and behind a record that fits
		in := lines("", append(make([]int, 0, 2), []int{5, 19}[1-before:]...)...)
		sink := &memSink{}
		s := NewSplitter(t.Context(), sink, opt)
		err := s.Write(in.piece(3, 0, before+1))
		var large *TooLargeError
		require.ErrorAs(t, err, &large)
		require.Equal(t, &TooLargeError{File: 3, At: in.places[before], Size: 19, Header: 2, Max: 20}, large)
		require.Contains(t, large.Error(), "19 bytes")
		require.Same(t, err, s.Write(Piece{}), "the first error must stay")
		chunks, err := s.Close()
		require.ErrorAs(t, err, &large)
		require.Empty(t, chunks)
		require.Zero(t, sink.open)
		require.Empty(t, sink.files)
	}
}

func TestSplitterRejectedOnly(t *testing.T) {
	in := lines("", 10, 10, 10, 10)
	in.records[0].out, in.records[2].out, in.records[3].out = nil, nil, nil
	run := func(bounds ...int) []Chunk {
		s := NewSplitter(t.Context(), &memSink{}, nil)
		for i := 1; i < len(bounds); i++ {
			require.NoError(t, s.Write(in.piece(0, bounds[i-1], bounds[i])))
		}
		chunks, err := s.Close()
		require.NoError(t, err)
		return chunks
	}
	want := []Range{{
		Bytes: [2]int64{0, 40}, Lines: [2]int64{1, 5}, Records: [2]int64{1, 5}, Kept: 1, Rejected: 3,
	}}
	require.Equal(t, want, run(0, 4)[0].Inputs)
	require.Equal(t, want, run(0, 1, 2, 3, 4)[0].Inputs, "rejected records belong to the first, then to the open chunk")
	require.Empty(t, run(2, 3, 4), "without kept records there is no chunk")
	require.Empty(t, run())

	// Behind a header change rejected records still belong to the open chunk; the
	// header that no record was written under leaves no trace.
	s := NewSplitter(t.Context(), &memSink{}, nil)
	require.NoError(t, s.Write(in.piece(0, 0, 4)))
	require.NoError(t, s.SetHeader([]byte("h\n")))
	require.NoError(t, s.Write(in.piece(1, 2, 4)))
	require.NoError(t, s.SetHeader(nil))
	require.NoError(t, s.Write(in.piece(2, 0, 2)))
	require.NoError(t, s.SetHeader([]byte("i\n")))
	require.NoError(t, s.Write(in.piece(3, 0, 4)))
	chunks, err := s.Close()
	require.NoError(t, err)
	require.Len(t, chunks, 2)
	require.Equal(t, []Range{
		want[0],
		{File: 1, Bytes: [2]int64{20, 40}, Lines: [2]int64{3, 5}, Records: [2]int64{3, 5}, Rejected: 2},
		{File: 2, Bytes: [2]int64{0, 20}, Lines: [2]int64{1, 3}, Records: [2]int64{1, 3}, Kept: 1, Rejected: 1},
		{File: 3, Bytes: [2]int64{0, 10}, Lines: [2]int64{1, 2}, Records: [2]int64{1, 2}, Rejected: 1},
	}, chunks[0].Inputs)
	require.Equal(t, []Range{
		{File: 3, Bytes: [2]int64{10, 40}, Lines: [2]int64{2, 5}, Records: [2]int64{2, 5}, Kept: 1, Rejected: 2},
	}, chunks[1].Inputs)
}

func TestSplitterSetHeader(t *testing.T) {
	sink := &memSink{}
	s := NewSplitter(t.Context(), sink, &Options{Header: []byte("h\n"), Prefix: "p-", Ext: ".csv"})
	header := []byte("h\n")
	require.NoError(t, s.SetHeader(header))
	require.NoError(t, s.Write(lines("", 3).piece(0, 0, 1)))
	require.NoError(t, s.SetHeader(header), "the same header cuts nothing")
	require.NoError(t, s.Write(lines("", 4).piece(1, 0, 1)))
	header[0] = 'g'
	require.NoError(t, s.SetHeader(header))
	header[0] = 'X' // the splitter has its own copy
	require.NoError(t, s.SetHeader([]byte("k\n")))
	require.NoError(t, s.SetHeader([]byte("g\n")))
	require.NoError(t, s.Write(lines("", 5).piece(2, 0, 1)))
	chunks, err := s.Close()
	require.NoError(t, err)
	require.Len(t, chunks, 2)
	require.Equal(t, "h\nxx\nxxx\n", string(sink.files["p-00001.csv"]))
	require.Equal(t, "g\nxxxx\n", string(sink.files["p-00002.csv"]))
}

func TestSplitterRefusesBadPieces(t *testing.T) {
	at := func(offset, line, record int64) Point { return Point{offset, line, record} }
	good := Piece{Data: []byte("aabb"), Ends: []uint32{2, 4}, From: at(0, 1, 1), To: at(9, 4, 4), Rejected: 1}
	next := Piece{Data: []byte("cc"), Ends: []uint32{2}, From: at(9, 4, 4), To: at(12, 5, 5)}
	for name, spoil := range map[string]func(a, b *Piece){
		"an empty record":           func(a, _ *Piece) { a.Ends = []uint32{4, 4} },
		"ends that fall":            func(a, _ *Piece) { a.Ends = []uint32{3, 2, 4}; a.Rejected = 0 },
		"data behind the last end":  func(a, _ *Piece) { a.Data = []byte("aabbc") },
		"data without records":      func(a, _ *Piece) { a.Ends = nil; a.Rejected = 3 },
		"too few records":           func(a, _ *Piece) { a.Rejected = 0 },
		"negative rejects":          func(a, _ *Piece) { a.Rejected = -1; a.To.Record = 2 },
		"offset goes back":          func(a, _ *Piece) { a.From.Offset = 10 },
		"line goes back":            func(a, _ *Piece) { a.From.Line = 5 },
		"a negative input":          func(a, _ *Piece) { a.File = -1 },
		"a gap":                     func(_, b *Piece) { b.From.Offset++ },
		"an overlap":                func(_, b *Piece) { b.From.Record, b.To.Record = 3, 4 },
		"inputs that go back":       func(a, _ *Piece) { a.File = 1 },
		"a cut without At":          func(_, b *Piece) { b.Data, b.Ends = []byte("ccccccc"), []uint32{7} },
		"At before the range":       func(_, b *Piece) { b.Data, b.Ends, b.At = []byte("ccccccc"), []uint32{7}, fixed(at(8, 4, 4), 0) },
		"At behind the range":       func(_, b *Piece) { b.Data, b.Ends, b.At = []byte("ccccccc"), []uint32{7}, fixed(at(13, 4, 4), 0) },
		"At with another line":      func(_, b *Piece) { b.Data, b.Ends, b.At = []byte("ccccccc"), []uint32{7}, fixed(at(9, 3, 4), 0) },
		"At with another record":    func(_, b *Piece) { b.Data, b.Ends, b.At = []byte("ccccccc"), []uint32{7}, fixed(at(9, 4, 5), 0) },
		"At with too many rejected": func(_, b *Piece) { b.Data, b.Ends, b.At = []byte("ccccccc"), []uint32{7}, fixed(at(9, 4, 5), 1) },
		"At with negative rejected": func(_, b *Piece) { b.Data, b.Ends, b.At = []byte("ccccccc"), []uint32{7}, fixed(at(9, 4, 3), -1) },
	} {
		t.Run(name, func(t *testing.T) {
			a, b := good, next
			spoil(&a, &b)
			sink := &memSink{}
			s := NewSplitter(t.Context(), sink, &Options{Max: 10})
			err := errors.Join(s.Write(a), s.Write(b))
			var bad *PieceError
			require.ErrorAs(t, err, &bad)
			require.NotEmpty(t, bad.Error())
			require.NoError(t, s.Abort())
			require.Zero(t, sink.open)
		})
	}
	s := NewSplitter(t.Context(), &memSink{}, &Options{Max: 10})
	require.NoError(t, s.Write(good))
	require.NoError(t, s.Write(next))
	chunks, err := s.Close()
	require.NoError(t, err)
	require.Len(t, chunks, 1)
}

func fixed(p Point, rejected int64) func(int) (Point, int64) {
	return func(int) (Point, int64) { return p, rejected }
}

func TestSplitterNumbersGrow(t *testing.T) {
	s := NewSplitter(t.Context(), &Discard{}, &Options{Max: 1})
	const n = 100_001
	p := Piece{Data: bytes.Repeat([]byte("x"), n), From: Point{0, 1, 1}, To: Point{n, 1, n + 1}}
	for i := range uint32(n) {
		p.Ends = append(p.Ends, i+1)
	}
	p.At = func(i int) (Point, int64) { return Point{int64(i), 1, int64(i) + 1}, 0 }
	require.NoError(t, s.Write(p))
	chunks, err := s.Close()
	require.NoError(t, err)
	require.Len(t, chunks, n)
	require.Equal(t, "endpoints/part-99999.json", chunks[99_998].Name)
	require.Equal(t, "endpoints/part-100000.json", chunks[99_999].Name)
	require.True(t, isPart("part-100000.json"))
}

func TestSplitterWriteAllocatesNothing(t *testing.T) {
	s := NewSplitter(t.Context(), &Discard{}, nil)
	p := Piece{Data: []byte("aabb"), Ends: []uint32{2, 4}}
	p.To = Point{0, 1, 1}
	write := func() {
		p.From = p.To
		p.To.Offset, p.To.Line, p.To.Record = p.To.Offset+4, p.To.Line+2, p.To.Record+2
		if err := s.Write(p); err != nil {
			panic(err)
		}
	}
	write()
	require.Zero(t, testing.AllocsPerRun(100, write))
	require.NoError(t, s.Abort())
}

// BenchmarkSplitter shows what cutting and the checksum cost beside a conversion.
func BenchmarkSplitter(b *testing.B) {
	const size, count = 250, 4000
	p := Piece{Data: bytes.Repeat([]byte("x"), size*count), To: Point{0, 1, 1}}
	for i := range uint32(count) {
		p.Ends = append(p.Ends, (i+1)*size)
	}
	p.At = func(i int) (Point, int64) {
		n := int64(i)
		return Point{p.From.Offset + n*size, p.From.Line + n, p.From.Record + n}, 0
	}
	s := NewSplitter(b.Context(), &Discard{}, &Options{Max: 50_000_000})
	b.SetBytes(size * count)
	b.ReportAllocs()
	for b.Loop() {
		p.From = p.To
		p.To = Point{p.To.Offset + size*count, p.To.Line + count, p.To.Record + count}
		if err := s.Write(p); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := s.Close(); err != nil {
		b.Fatal(err)
	}
}
