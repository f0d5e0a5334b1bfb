package convert_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/convert"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/corpus"
	"github.com/endpointfile/endpointfile/source"
)

// explicit makes inputs that the user named.
func explicit(texts ...string) []source.Input {
	var in []source.Input
	for i, text := range texts {
		in = append(in, source.Bytes(fmt.Sprintf("in-%d", i+1), []byte(text)))
		in[i].Explicit = true
	}
	return in
}

// outcomeOf runs opt into memory.
func outcomeOf(t *testing.T, opt convert.Options) (outcome, *convert.Result) {
	t.Helper()
	m := &memory{}
	opt.Sink = m
	if opt.Report == nil {
		opt.Report = &fault.Report{}
	} else {
		rep := *opt.Report
		opt.Report = &rep
	}
	res, err := convert.Run(t.Context(), &opt)
	o := outcome{out: m.all("endpoints/"), rejects: m.all("rejects"), list: m.all("faults.ndjson"), manifest: m.all("manifest.json")}
	report := fmt.Appendln(nil, res.Counts, opt.Report.Err())
	for _, e := range opt.Report.Faults {
		report = append(e.AppendText(report), '\n')
	}
	o.faults = string(report)
	if err != nil {
		o.err = err.Error()
	}
	if o.manifest != "" {
		manifest, err := chunk.ReadManifest(strings.NewReader(o.manifest))
		require.NoError(t, err)
		require.NoError(t, manifest.Check())
	}
	return o, res
}

func generate(t testing.TB, shape string, size int64, faults float64) []byte {
	t.Helper()
	s, ok := corpus.Lookup(shape)
	require.True(t, ok)
	var buf bytes.Buffer
	_, err := s.Generate(&buf, &corpus.Options{Bytes: size, Seed: 1, FaultRate: faults})
	require.NoError(t, err)
	return buf.Bytes()
}

// What comes out does not depend on the number of workers nor on the block
// size: good data and bad, both ways, whole and stopped.
func TestDeterminism(t *testing.T) {
	for _, shape := range corpus.Shapes() {
		t.Run(shape.Name, func(t *testing.T) {
			clean := generate(t, shape.Name, 200<<10, 0)
			opt := convert.Options{Sources: explicit(string(clean)), Workers: 1, MaxChunk: 50 << 10}
			want, res := outcomeOf(t, opt)
			require.Empty(t, want.err+want.list, "the corpus is valid")
			require.Zero(t, res.Manifest.Totals.Rejected)

			spoiled := generate(t, shape.Name, 200<<10, 0.1)
			for _, opt := range []convert.Options{
				{Sources: explicit(string(spoiled)), MaxChunk: 50 << 10},
				{Sources: explicit(string(spoiled)), To: convert.CSV, MaxChunk: 50 << 10},
				{Sources: explicit(want.out), To: convert.CSV},
				{Sources: explicit(string(spoiled)), Fix: true, Profile: fault.Current},
				{Sources: explicit(string(spoiled)), Report: &fault.Report{Max: 7}},
				{Sources: explicit(string(spoiled)), Profile: fault.Current, Report: &fault.Report{Keep: 20}},
				{Sources: explicit(string(spoiled)), Report: &fault.Report{Keep: -1, Redact: true, Fields: 3}},
			} {
				opt.Workers = 1
				want, _ := outcomeOf(t, opt)
				for _, c := range []struct{ workers, block int }{{2, 0}, {4, 3000}, {1, 1000}, {3, 70 << 10}} {
					opt.Workers, opt.BlockSize = c.workers, c.block
					got, _ := outcomeOf(t, opt)
					require.True(t, want == got, "%d workers, blocks of %d: %s", c.workers, c.block, diff(want, got))
				}
			}
		})
	}
}

// What is counted does not depend on whether the faults are listed, nor on how many of
// them are held, nor on workers and blocks.
func TestCountsAreExact(t *testing.T) {
	var names strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&names, `{"ChannelType":"EMAIL","Address":"a@b","Own%d":1,"Attributes":{"#%d":["x"]},"Location":{"Latitude":1.25,"Country":"?"}}`+"\n", i%7, i%11)
	}
	for _, input := range []string{
		string(generate(t, "default", 400<<10, 0.5)), string(generate(t, "places", 400<<10, 0.1)), names.String(),
	} {
		for _, fields := range []int{0, 5} {
			listed := convert.Options{Sources: explicit(input), Workers: 1, Report: &fault.Report{Keep: 3, Fields: fields}}
			want, res := outcomeOf(t, listed)
			require.NotEmpty(t, res.Counts)
			for _, c := range []struct{ workers, block, keep int }{{1, 0, 3}, {3, 0, 3}, {1, 3000, 3}, {2, 20_000, 3}, {1, 0, 0}} {
				opt := convert.Options{
					Sources: explicit(input), Check: true, Workers: c.workers, BlockSize: c.block,
					Report: &fault.Report{Keep: c.keep, Fields: fields},
				}
				got, counted := outcomeOf(t, opt)
				require.Equal(t, res.Counts, counted.Counts)
				if c.keep == 3 {
					require.Equal(t, want.faults, got.faults)
				}
			}
		}
	}
}

// A check of JSON for CSV has no columns and needs none.
func TestCheckForCSV(t *testing.T) {
	for _, input := range []string{`{"ChannelType":"GCM","Address":"a"}`, "ChannelType,Address\nGCM,a\n"} {
		_, res := outcomeOf(t, convert.Options{Sources: explicit(input, input), Check: true, To: convert.CSV})
		require.Equal(t, int64(2), res.Manifest.Totals.Records)
	}
}

// diff names the part of an outcome that differs.
func diff(a, b outcome) string {
	for _, p := range [][3]string{{"error", a.err, b.err}, {"output", a.out, b.out}, {"rejects", a.rejects, b.rejects}, {"list", a.list, b.list}, {"report", a.faults, b.faults}, {"manifest", a.manifest, b.manifest}} {
		if p[1] != p[2] {
			i := 0
			for i < min(len(p[1]), len(p[2])) && p[1][i] == p[2][i] {
				i++
			}
			from := max(0, i-80)
			return fmt.Sprintf("%s at %d:\n%q\n%q", p[0], i, p[1][from:min(len(p[1]), i+80)], p[2][from:min(len(p[2]), i+80)])
		}
	}
	return "nothing"
}

// Stopping after any number of faults is the same for all block sizes, and
// leaves everything before it in its place.
func TestStopAnywhere(t *testing.T) {
	text := "ChannelType,Address,Location.Country\n"
	for i := range 30 {
		switch i % 3 {
		case 0:
			text += "FAX,a,XXX\n" // two faults
		case 1:
			text += "GCM,b\n" // torn
		default:
			text += fmt.Sprintf("GCM,c%d,USA\n", i)
		}
	}
	for limit := int64(1); limit <= 31; limit++ {
		opt := convert.Options{Sources: explicit(text), Workers: 1, Report: &fault.Report{Max: limit}}
		want, res := outcomeOf(t, opt)
		require.Equal(t, limit <= 30, res.Stopped, "limit %d", limit)
		require.Equal(t, limit <= 30, want.manifest == "", "a stopped run has no manifest")
		require.Equal(t, min(limit, 30), res.Faults)
		totals := res.Manifest.Totals
		require.Equal(t, totals.Records, totals.Written+totals.Rejected)
		require.Equal(t, totals.Written, int64(strings.Count(want.out, "\n")))
		for _, block := range []int{1, 13, 100} {
			for _, workers := range []int{1, 3} {
				opt.BlockSize, opt.Workers = block, workers
				got, _ := outcomeOf(t, opt)
				require.True(t, want == got, "limit %d, block %d, %d workers: %s", limit, block, workers, diff(want, got))
			}
		}
	}
}

// A block of nothing but faults is delivered in parts, which shows nowhere.
func TestManyFaults(t *testing.T) {
	csv := "ChannelType,Address\n" + strings.Repeat("x\nFAX,a\nGCM,a\n\n", 20_000)
	array := "[" + strings.Repeat(`{},`+"\n"+`{"ChannelType":"GCM","Address":"a"}, 1,`, 10_000) + "{}]"
	for _, opt := range []convert.Options{
		{Sources: explicit(csv, csv), To: convert.CSV},
		{Sources: explicit(array)},
		{Sources: explicit(array), To: convert.CSV},
		{Sources: explicit(csv), Report: &fault.Report{Max: 30_001}},
		{Sources: explicit(csv), Report: &fault.Report{Keep: 10_001}},
		{Sources: explicit(csv), Report: &fault.Report{Keep: -1}},
	} {
		opt.Workers, opt.BlockSize = 1, 4<<20
		want, res := outcomeOf(t, opt)
		require.Greater(t, res.Faults, int64(20_000))
		for _, c := range []struct{ workers, block int }{{3, 4 << 20}, {1, 5000}, {3, 5000}} {
			opt.Workers, opt.BlockSize = c.workers, c.block
			got, _ := outcomeOf(t, opt)
			require.True(t, want == got, "%d workers, blocks of %d: %s", c.workers, c.block, diff(want, got))
		}
	}
}

// The limit of custom names over the account gives the same verdicts in
// whatever order workers come to the blocks.
func TestAccountInParallel(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 10 {
		var text strings.Builder
		for i := range 3000 {
			fmt.Fprintf(&text, `{"ChannelType":"GCM","Address":"a%d","Attributes":{"n%d":["v"],"m%d":["v"]}}`+"\n", i, rng.IntN(10+i/(20*(round+1))), rng.IntN(30))
		}
		opt := convert.Options{Sources: explicit(text.String(), text.String()[:0]+text.String()), Workers: 1}
		want, res := outcomeOf(t, opt)
		if round == 0 {
			require.NotZero(t, res.Manifest.Totals.Rejected)
		}
		for _, workers := range []int{2, 5} {
			opt.Workers, opt.BlockSize = workers, 2000
			got, _ := outcomeOf(t, opt)
			require.True(t, want == got, "round %d, %d workers: %s", round, workers, diff(want, got))
		}
	}
}

// failing is a sink whose nth operation fails.
type failing struct {
	memory
	at  int
	err error
}

type failingObject struct {
	chunk.Object
	f *failing
}

func (f *failing) fail() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.at--; f.at == 0 {
		return f.err
	}
	return nil
}

func (f *failing) Create(ctx context.Context, name string) (chunk.Object, error) {
	if err := f.fail(); err != nil {
		return nil, err
	}
	obj, err := f.memory.Create(ctx, name)
	return &failingObject{obj, f}, err
}

func (o *failingObject) Write(p []byte) (int, error) {
	if err := o.f.fail(); err != nil {
		return 0, err
	}
	return o.Object.Write(p)
}

func (o *failingObject) Commit(ctx context.Context) (string, error) {
	if err := o.f.fail(); err != nil {
		return "", err
	}
	return o.Object.Commit(ctx)
}

// An export of the service becomes an import file.
func TestExport(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := io.WriteString(w, `{"Id":"e1","ApplicationId":"app","ChannelType":"EMAIL","Address":"ann@example.com","Location":{"Country":"USA"},"CohortId":"42","CreationDate":"2023-01-01T00:00:00.000Z"}`+"\n")
	require.NoError(t, err)
	require.NoError(t, w.Close())
	got, res := outcomeOf(t, convert.Options{Sources: explicit(packed.String()), Decompress: true})
	require.Equal(t, `{"Id":"e1","ChannelType":"EMAIL","Address":"ann@example.com","Location":{"Country":"USA"}}`+"\n", got.out)
	require.EqualValues(t, 3, res.Repairs)
	in := res.Manifest.Inputs[0]
	require.EqualValues(t, packed.Len(), in.Bytes)
	require.NotZero(t, in.DecodedBytes)

	// Without the flag it is refused, told by its bytes.
	got, _ = outcomeOf(t, convert.Options{Sources: explicit(packed.String())})
	require.Contains(t, got.err, "compressed")
	require.Contains(t, got.err, "gzip")

	// A file that is cut off is an error, not a short file.
	got, _ = outcomeOf(t, convert.Options{Sources: explicit(packed.String()[:packed.Len()-12]), Decompress: true})
	require.NotEmpty(t, got.err)
	require.Empty(t, got.manifest)
}

// Several CSV files in one stream have one header: the first one's.
func TestStreamOfSeveralHeaders(t *testing.T) {
	var out bytes.Buffer
	res, err := convert.Run(t.Context(), &convert.Options{
		Sources: explicit("ChannelType,Address\nGCM,a\n", "Address,ChannelType\nb,GCM\n", "Address,ChannelType,Location.City\nc,GCM,\nd,GCM,Bern\n"),
		To:      convert.CSV, Stream: &out,
	})
	require.NoError(t, err)
	require.Equal(t, "ChannelType,Address\nGCM,a\nGCM,b\nGCM,c\n", out.String())
	require.EqualValues(t, 1, res.Manifest.Totals.Rejected, "a value without a column is told, not dropped")
}

// The rejects of files with other headers go to files of their own, so that
// each can be fed back.
func TestRejectsByHeader(t *testing.T) {
	m := &memory{}
	_, err := convert.Run(t.Context(), &convert.Options{
		Sources: explicit("ChannelType,Address\nFAX,a\n", "Address,ChannelType\nb,FAX\n", "Address,ChannelType\nc,FAX\n"), Sink: m,
	})
	require.NoError(t, err)
	require.Equal(t, "ChannelType,Address\nFAX,a\n", string(m.files["rejects.csv"]))
	require.Equal(t, "Address,ChannelType\nb,FAX\nc,FAX\n", string(m.files["rejects-2.csv"]))

	// A name of the caller's choice is numbered in the same way.
	own := &memory{}
	_, err = convert.Run(t.Context(), &convert.Options{
		Sources: explicit("ChannelType,Address\nFAX,a\n", "Address,ChannelType\nb,FAX\n", "ChannelType,Address\nFAX,c\n"), Check: true,
		Rejects: &convert.Target{Sink: own, Name: "bad-2.csv"},
	})
	require.NoError(t, err)
	require.Equal(t, "ChannelType,Address\nFAX,a\n", string(own.files["bad-2.csv"]))
	require.Equal(t, "Address,ChannelType\nb,FAX\n", string(own.files["bad-2-2.csv"]))
	require.Equal(t, "ChannelType,Address\nFAX,c\n", string(own.files["bad-2-3.csv"]))
}

// Rejected records come back as they were, in order.
func TestRejectsAreTheInput(t *testing.T) {
	data := generate(t, "default", 100<<10, 0.2)
	got, _ := outcomeOf(t, convert.Options{Sources: explicit(string(data)), To: convert.CSV})
	rest := string(data)
	for _, part := range []string{got.out, got.rejects} {
		header, records, _ := strings.Cut(part, "\n")
		require.True(t, strings.HasPrefix(rest, header))
		_ = records
	}
	require.Equal(t, len(data)+strings.Index(string(data), "\n")+1, len(got.out)+len(got.rejects), "each byte of each record is in one place; the header is in both")
}

// The progress callback tells the truth at the end.
func TestProgress(t *testing.T) {
	data := generate(t, "default", 300<<10, 0.1)
	var last convert.Progress
	calls := 0
	_, err := convert.Run(t.Context(), &convert.Options{
		Sources: explicit(string(data)), Check: true, Workers: 2, BlockSize: 10000, ProgressEvery: 1,
		Progress: func(p convert.Progress) {
			require.GreaterOrEqual(t, p.Bytes, last.Bytes)
			require.GreaterOrEqual(t, p.Records, last.Records)
			last = p
			calls++
		},
	})
	require.NoError(t, err)
	require.Greater(t, calls, 5)
	require.True(t, last.Done)
	require.EqualValues(t, len(data), last.Bytes)
	require.EqualValues(t, len(data), last.TotalBytes)
	require.NotZero(t, last.Rejected)
}

// Redacted runs leave no value in any report.
func TestRedact(t *testing.T) {
	const secret = "s3cr3t"
	text := "ChannelType,Address,Id,Location.Country\n" + strings.Repeat("EMAIL,"+secret+",{"+secret+"},"+secret+"\nSMS,"+secret+"@x\n\""+secret+"\n", 3)
	m := &memory{}
	rep := &fault.Report{Redact: true}
	_, err := convert.Run(t.Context(), &convert.Options{Sources: explicit(text), Sink: m, Report: rep})
	require.NoError(t, err)
	require.NotEmpty(t, rep.Faults)
	for name, file := range m.files {
		require.Equal(t, strings.HasPrefix(name, "rejects"), bytes.Contains(file, []byte(secret)), name)
	}
	for _, e := range rep.Faults {
		require.NotContains(t, e.Error(), secret)
	}
}

// A source that can be read once only serves a run of two passes.
func TestSpool(t *testing.T) {
	in := source.Reader("pipe", iotest.OneByteReader(strings.NewReader(`{"ChannelType":"GCM","Address":"a"}`+"\n"+`{"ChannelType":"GCM","Address":"b","Attributes":{"x":["1","2"]}}`)))
	in.Explicit = true
	got, _ := outcomeOf(t, convert.Options{Sources: []source.Input{in}, To: convert.CSV})
	require.Equal(t, "ChannelType,Address,Attributes.x,Attributes.x\nGCM,a,,\nGCM,b,1,2\n", got.out)
}

func TestOptions(t *testing.T) {
	_, err := convert.Run(t.Context(), &convert.Options{Sources: explicit("")})
	require.ErrorIs(t, err, convert.ErrOptions)
	_, err = convert.Run(t.Context(), &convert.Options{Sources: explicit(""), Check: true, Stream: io.Discard})
	require.ErrorIs(t, err, convert.ErrOptions)
	_, err = convert.Run(t.Context(), &convert.Options{Check: true})
	var none *convert.NoInputError
	require.ErrorAs(t, err, &none)
	_, err = convert.Run(t.Context(), &convert.Options{Sources: explicit("x"), Check: true, Charset: "klingon"})
	require.ErrorContains(t, err, "klingon")
}
