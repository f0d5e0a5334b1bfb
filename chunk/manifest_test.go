package chunk

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func sample() *Manifest {
	var sum CRC64
	_, _ = sum.Write([]byte("x"))
	m := &Manifest{
		Version: ManifestVersion, Tool: "endpointfile test", Format: "json", Profile: "classic",
		Options: []byte(`{"max_bytes": 100, "note": "<a & b> \u00e9"}`),
		Inputs: []Input{
			{Name: "a <1>.csv", Bytes: 100, CRC64NVME: sum.String(), Records: 5, Written: 4, Rejected: 1},
			{Name: "b.json", Skipped: "other format"},
			{Name: "c.csv.gz", Bytes: 20, DecodedBytes: 90, Records: 3, Written: 2, Rejected: 1},
			{Name: "d.csv", Bytes: 9},
		},
		Chunks: []Chunk{
			{Name: "p-1", URL: "out/p-1", Bytes: 50, Records: 3, CRC64NVME: sum.String(), Inputs: []Range{
				{File: 0, Bytes: [2]int64{8, 70}, Lines: [2]int64{2, 6}, Records: [2]int64{1, 5}, Kept: 3, Rejected: 1},
			}},
			{Name: "p-2", URL: "out/p-2", Bytes: 60, Records: 3, CRC64NVME: sum.String(), Inputs: []Range{
				{File: 0, Bytes: [2]int64{70, 100}, Lines: [2]int64{6, 9}, Records: [2]int64{5, 6}, Kept: 1},
				{File: 2, Bytes: [2]int64{5, 90}, Lines: [2]int64{2, 5}, Records: [2]int64{1, 4}, Kept: 2, Rejected: 1},
			}},
		},
	}
	m.Sum()
	return m
}

func TestManifestText(t *testing.T) {
	m := sample()
	var a, b bytes.Buffer
	n, err := m.WriteTo(&a)
	require.NoError(t, err)
	require.Equal(t, int64(a.Len()), n)
	require.True(t, strings.HasPrefix(a.String(), "{\n  \"version\": 1,\n  \"tool\": \"endpointfile test\",\n"), a.String())
	require.True(t, strings.HasSuffix(a.String(), "}\n"))
	require.Contains(t, a.String(), `"a <1>.csv"`)
	require.Contains(t, a.String(), `"decoded_bytes": 90`)
	require.Contains(t, a.String(), "\"options\": {\n    \"max_bytes\": 100,\n")

	back, err := ReadManifest(iotest.OneByteReader(&a))
	require.NoError(t, err)
	require.JSONEq(t, string(m.Options), string(back.Options))
	_, err = back.WriteTo(&b)
	require.NoError(t, err)
	a.Reset()
	_, err = m.WriteTo(&a)
	require.NoError(t, err)
	require.Equal(t, a.String(), b.String(), "written, read and written again")
	back.Options = m.Options
	require.Equal(t, m, back)

	empty := &Manifest{Version: ManifestVersion}
	empty.Chunks = []Chunk{{Name: "x"}}
	b.Reset()
	_, err = empty.WriteTo(&b)
	require.NoError(t, err)
	require.NotContains(t, b.String(), "null", "lists are lists also when they are empty")
	require.NotContains(t, b.String(), "options")
	require.Nil(t, empty.Chunks[0].Inputs, "WriteTo changes nothing")
}

func TestManifestErrors(t *testing.T) {
	m := sample()
	broken := errors.New("broken")
	_, err := ReadManifest(iotest.ErrReader(broken))
	require.Equal(t, broken, err)
	_, err = m.WriteTo(failWriter{broken})
	require.Equal(t, broken, err)

	m.Options = []byte("{")
	_, err = m.WriteTo(io.Discard)
	require.Error(t, err)

	for _, text := range []string{"", "{", "[]", `{"version":1} x`, `{"version":"1"}`, `{"version":1}{}`} {
		_, err := ReadManifest(strings.NewReader(text))
		require.Error(t, err, "%q", text)
	}
	var version *VersionError
	for _, text := range []string{"{}", `{"version":2}`} {
		_, err := ReadManifest(strings.NewReader(text))
		require.ErrorAs(t, err, &version, "%q", text)
		require.NotEmpty(t, err.Error())
	}
}

type failWriter struct{ err error }

func (w failWriter) Write([]byte) (int, error) { return 0, w.err }

func TestLedgerAgrees(t *testing.T) {
	require.NoError(t, sample().Check())
	require.NoError(t, (&Manifest{Version: ManifestVersion}).Check())

	// All records rejected: no chunk, and the ledger still agrees.
	m := &Manifest{Version: ManifestVersion, Inputs: []Input{{Name: "a", Bytes: 9, Records: 2, Rejected: 2}}}
	m.Sum()
	require.NoError(t, m.Check())
}

// Every figure of the ledger is spoilt in turn; none may go unseen.
func TestLedgerSeesEachFault(t *testing.T) {
	for where, faults := range map[string]map[string]func(m *Manifest){
		"manifest": {
			"version": func(m *Manifest) { m.Version = 0 },
		},
		"inputs[0]": {
			"records":  func(m *Manifest) { m.Inputs[0].Records++ },
			"written":  func(m *Manifest) { m.Inputs[0].Written++ },
			"rejected": func(m *Manifest) { m.Inputs[0].Rejected-- },
			"bytes":    func(m *Manifest) { m.Inputs[0].Bytes = -1 },
			"decoded":  func(m *Manifest) { m.Inputs[0].DecodedBytes = -1 },
			"crc":      func(m *Manifest) { m.Inputs[0].CRC64NVME = "AAAA" },
			"negative": func(m *Manifest) { m.Inputs[0].Written, m.Inputs[0].Rejected = 6, -1 },
			"moved":    func(m *Manifest) { m.Inputs[0].Written--; m.Inputs[0].Rejected++; m.Sum() },
			"lost record at the end": func(m *Manifest) {
				m.Inputs[0].Records, m.Inputs[0].Written = 6, 5
				m.Sum()
			},
			"lost rejected at the end": func(m *Manifest) {
				m.Inputs[0].Records, m.Inputs[0].Rejected = 6, 2
				m.Sum()
			},
		},
		"inputs[1]": {
			"skipped with records": func(m *Manifest) { m.Inputs[1].Records, m.Inputs[1].Written = 1, 1 },
			"in no chunk": func(m *Manifest) {
				m.Inputs[1].Skipped, m.Inputs[1].Records, m.Inputs[1].Rejected = "", 1, 1
				m.Sum()
			},
		},
		"inputs[2]": {
			"kept too little": func(m *Manifest) {
				m.Chunks[1].Inputs[1].Kept--
				m.Chunks[1].Inputs[1].Rejected++
				m.Chunks[1].Records--
			},
		},
		"inputs[3]": {
			"in no chunk": func(m *Manifest) { m.Inputs[3].Records, m.Inputs[3].Written = 1, 1; m.Sum() },
		},
		"totals": {
			"records":  func(m *Manifest) { m.Totals.Records++ },
			"written":  func(m *Manifest) { m.Totals.Written-- },
			"rejected": func(m *Manifest) { m.Totals.Rejected++ },
			"bytes":    func(m *Manifest) { m.Totals.Bytes-- },
		},
		"chunks": {
			"none": func(m *Manifest) { m.Chunks = nil; m.Sum() },
		},
		"chunks[0]": {
			"records": func(m *Manifest) { m.Chunks[0].Records++ },
			"empty":   func(m *Manifest) { m.Chunks[0].Bytes = 0; m.Sum() },
			"no crc":  func(m *Manifest) { m.Chunks[0].CRC64NVME = "" },
			"ranges":  func(m *Manifest) { m.Chunks[0].Inputs = nil },
			"no records": func(m *Manifest) {
				m.Chunks[0].Records = 0
			},
		},
		"chunks[1]": {
			"name twice": func(m *Manifest) { m.Chunks[1].Name = "p-1" },
		},
		"chunks[0].inputs[0]": {
			"kept":             func(m *Manifest) { m.Chunks[0].Inputs[0].Kept++ },
			"rejected":         func(m *Manifest) { m.Chunks[0].Inputs[0].Rejected-- },
			"negative kept":    func(m *Manifest) { m.Chunks[0].Inputs[0].Kept, m.Chunks[0].Inputs[0].Rejected = -1, 5 },
			"negative reject":  func(m *Manifest) { m.Chunks[0].Inputs[0].Kept, m.Chunks[0].Inputs[0].Rejected = 5, -1 },
			"not from record1": func(m *Manifest) { m.Chunks[0].Inputs[0].Records = [2]int64{2, 6} },
			"negative offset":  func(m *Manifest) { m.Chunks[0].Inputs[0].Bytes[0] = -1 },
			"line 0":           func(m *Manifest) { m.Chunks[0].Inputs[0].Lines[0] = 0 },
			"bytes backwards":  func(m *Manifest) { m.Chunks[0].Inputs[0].Bytes[1] = 7 },
			"lines backwards":  func(m *Manifest) { m.Chunks[0].Inputs[0].Lines[1] = 1 },
			"no such file":     func(m *Manifest) { m.Chunks[0].Inputs[0].File = 4 },
			"negative file":    func(m *Manifest) { m.Chunks[0].Inputs[0].File = -1 },
		},
		"chunks[1].inputs[0]": {
			"byte gap":     func(m *Manifest) { m.Chunks[1].Inputs[0].Bytes[0]++ },
			"line gap":     func(m *Manifest) { m.Chunks[1].Inputs[0].Lines[0]++ },
			"record gap":   func(m *Manifest) { m.Chunks[1].Inputs[0].Records = [2]int64{6, 7} },
			"past its end": func(m *Manifest) { m.Chunks[1].Inputs[0].Bytes[1]++ },
		},
		"chunks[1].inputs[1]": {
			"past its decoded end": func(m *Manifest) { m.Chunks[1].Inputs[1].Bytes[1]++ },
			"input goes back":      func(m *Manifest) { m.Chunks[1].Inputs[0].File, m.Chunks[1].Inputs[1].File = 0, -2 },
		},
	} {
		for what, spoil := range faults {
			m := sample()
			spoil(m)
			err := m.Check()
			var fault *LedgerError
			require.ErrorAs(t, err, &fault, "%s: %s", where, what)
			require.Equal(t, where, fault.Where, "%s: %v", what, err)
			require.Contains(t, err.Error(), where)
		}
	}
}

func TestLedgerErrorText(t *testing.T) {
	e := &LedgerError{Where: "totals", What: "written", Got: 2, Want: 3}
	require.Equal(t, "ledger does not agree: totals: written is 2, must be 3", e.Error())
	e.Least = true
	require.Equal(t, "ledger does not agree: totals: written is 2, must be at least 3", e.Error())
}
