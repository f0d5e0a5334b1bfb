package bench

// The struct path: a file becomes one struct a record, and structs become a file. Reading is
// R0's first half and writing its second; each half is timed alone.

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"iter"
	"testing"

	goccy "github.com/goccy/go-json"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/bench/r0"
	"github.com/endpointfile/endpointfile/csvcodec"
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/internal/corpus"
	"github.com/endpointfile/endpointfile/ndjson"
)

// structSize is how much CSV the structs are read from: more than the processor learns by heart.
const structSize = 8 << 20

// codec is one way to get structs from a format and back.
type codec struct {
	dir, by string
	// read calls see with the struct of each record, which lives until see returns.
	read func(file []byte, see func(record any) error) error
	// load reads a file into structs that stay and gives a function that writes them.
	load func(t testing.TB, file []byte) (write func(w io.Writer) error)
}

func codecs() []codec {
	return []codec{
		{"csv", "own", ownReadCSV, ownLoadCSV},
		{"csv", "r0", r0ReadCSV, r0LoadCSV},
		{"json", "own", ownReadJSON, ownLoadJSON},
		{"json", "r0", lineReader(json.Unmarshal), lineLoader(func(w io.Writer) encoder {
			enc := json.NewEncoder(w)
			enc.SetEscapeHTML(false)
			return enc
		})},
		{"json", "goccy", lineReader(goccy.Unmarshal), lineLoader(func(w io.Writer) encoder {
			enc := goccy.NewEncoder(w)
			enc.SetEscapeHTML(false)
			return enc
		})},
	}
}

// ownRead reads into one reused Endpoint.
func ownRead(all iter.Seq2[endpoint.Record, error], see func(record any) error) error {
	var e endpoint.Endpoint
	for rec, err := range all {
		if err != nil {
			return err
		}
		if err := rec.Into(&e); err != nil {
			return err
		}
		if err := see(&e); err != nil {
			return err
		}
	}
	return nil
}

// ownList reads into Endpoints that stay.
func ownList(t testing.TB, all iter.Seq2[endpoint.Record, error]) (list []*endpoint.Endpoint) {
	require.NoError(t, ownRead(all, func(record any) error {
		list = append(list, record.(*endpoint.Endpoint).Clone())
		return nil
	}))
	return list
}

// ownWriter is what the two writers of the project have in common.
type ownWriter interface {
	Write(e *endpoint.Endpoint) error
	Flush() error
}

func ownWrite(w ownWriter, list []*endpoint.Endpoint) error {
	for _, e := range list {
		if err := w.Write(e); err != nil {
			return err
		}
	}
	return w.Flush()
}

func ownReadCSV(file []byte, see func(record any) error) error {
	return ownRead(csvcodec.NewReader(bytes.NewReader(file), nil).All(), see)
}

func ownLoadCSV(t testing.TB, file []byte) func(w io.Writer) error {
	r := csvcodec.NewReader(bytes.NewReader(file), nil)
	schema, err := r.Schema()
	require.NoError(t, err)
	list := ownList(t, r.All())
	return func(w io.Writer) error { return ownWrite(csvcodec.NewWriter(w, schema, nil), list) }
}

func ownReadJSON(file []byte, see func(record any) error) error {
	return ownRead(ndjson.NewReader(bytes.NewReader(file), nil).All(), see)
}

func ownLoadJSON(t testing.TB, file []byte) func(w io.Writer) error {
	list := ownList(t, ndjson.NewReader(bytes.NewReader(file), nil).All())
	return func(w io.Writer) error { return ownWrite(ndjson.NewWriter(w, nil), list) }
}

func r0ReadCSV(file []byte, see func(record any) error) error {
	in := csv.NewReader(bufio.NewReaderSize(bytes.NewReader(file), 64<<10)) // as R0 has it
	in.ReuseRecord = true
	header, err := in.Read()
	if err != nil {
		return err
	}
	layout, err := r0.NewLayout(header)
	if err != nil {
		return err
	}
	for {
		row, err := in.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := see(layout.Endpoint(row)); err != nil {
			return err
		}
	}
}

// r0List reads into records that stay: R0 makes a new one each time.
func r0List(t testing.TB, read func(file []byte, see func(record any) error) error, file []byte) (list []*r0.Endpoint) {
	require.NoError(t, read(file, func(record any) error {
		list = append(list, record.(*r0.Endpoint))
		return nil
	}))
	return list
}

func r0LoadCSV(t testing.TB, file []byte) func(w io.Writer) error {
	list := r0List(t, r0ReadCSV, file)
	header, err := csv.NewReader(bytes.NewReader(file)).Read()
	require.NoError(t, err)
	layout, err := r0.NewLayout(header)
	require.NoError(t, err)
	return func(w io.Writer) error {
		out := csv.NewWriter(bufio.NewWriterSize(w, 64<<10)) // which it takes as its own buffer
		if err := out.Write(header); err != nil {
			return err
		}
		var row []string
		for _, e := range list {
			row = layout.Row(row, e)
			if err := out.Write(row); err != nil {
				return err
			}
		}
		out.Flush()
		return out.Error()
	}
}

// lineReader reads NDJSON with a JSON library.
func lineReader(unmarshal func(line []byte, v any) error) func(file []byte, see func(record any) error) error {
	return func(file []byte, see func(record any) error) error {
		in := bufio.NewScanner(bytes.NewReader(file))
		in.Buffer(make([]byte, 64<<10), 1<<20)
		for in.Scan() {
			e := new(r0.Endpoint)
			if err := unmarshal(in.Bytes(), e); err != nil {
				return err
			}
			if err := see(e); err != nil {
				return err
			}
		}
		return in.Err()
	}
}

// encoder is what JSON libraries write a stream with.
type encoder interface{ Encode(v any) error }

// lineLoader writes NDJSON with a JSON library.
func lineLoader(newEncoder func(w io.Writer) encoder) func(t testing.TB, file []byte) func(w io.Writer) error {
	return func(t testing.TB, file []byte) func(w io.Writer) error {
		list := r0List(t, lineReader(json.Unmarshal), file)
		return func(w io.Writer) error {
			out := bufio.NewWriterSize(w, 64<<10)
			enc := newEncoder(out)
			for _, e := range list {
				if err := enc.Encode(e); err != nil {
					return err
				}
			}
			return out.Flush()
		}
	}
}

// structFile gives a file of the default shape in the format of dir.
func structFile(t testing.TB, dir string, size int64) []byte {
	shape, ok := corpus.Lookup("default")
	require.True(t, ok)
	form := corpus.CSV
	if dir == "json" {
		form = corpus.JSON
	}
	var buf bytes.Buffer
	_, err := shape.Generate(&buf, &corpus.Options{Form: form, Bytes: size, Seed: 1})
	require.NoError(t, err)
	return buf.Bytes()
}

// tree gives a JSON text as a value that does not depend on the order of members.
func tree(t testing.TB, text []byte) (v any) {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	require.NoError(t, dec.Decode(&v))
	return v
}

func TestEveryCodecReadsTheSameStructs(t *testing.T) {
	var want []any // what the first has read
	for _, c := range codecs() {
		var got []any
		require.NoError(t, c.read(structFile(t, c.dir, 500_000), func(record any) error {
			text, err := json.Marshal(record)
			got = append(got, tree(t, text))
			return err
		}))
		if want == nil {
			want = got
		}
		n := min(len(got), len(want)) // the files hold the same records, but not as many
		require.Greater(t, n, 700)
		require.Equal(t, want[:n], got[:n], "%s by %s", c.dir, c.by)
	}
}

func TestEveryCodecWritesTheSameFile(t *testing.T) {
	for _, c := range codecs() {
		file := structFile(t, c.dir, 500_000)
		var out bytes.Buffer
		require.NoError(t, c.load(t, file)(&out))
		if c.dir == "csv" {
			require.True(t, bytes.Equal(file, out.Bytes()), c.by)
			continue
		}
		want, got := bytes.Split(file, []byte("\n")), bytes.Split(out.Bytes(), []byte("\n"))
		require.Len(t, got, len(want))
		for i := range want[:len(want)-1] {
			require.Equal(t, tree(t, want[i]), tree(t, got[i]), c.by)
		}
	}
}

// BenchmarkStruct reads files into structs and writes structs as files; MB/s are those of the
// file, in both directions.
func BenchmarkStruct(b *testing.B) {
	for _, c := range codecs() {
		file := structFile(b, c.dir, structSize)
		b.Run("dir="+c.dir+"/half=read/by="+c.by, func(b *testing.B) {
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			for b.Loop() {
				if err := c.read(file, func(any) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("dir="+c.dir+"/half=write/by="+c.by, func(b *testing.B) {
			write := c.load(b, file)
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			for b.Loop() {
				if err := write(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
