// This file holds the ledger of a run: its types and its text.

package chunk

import (
	"bytes"
	"fmt"
	"io"

	"github.com/goccy/go-json"
)

// ManifestVersion is the version of the manifest that this package writes.
const ManifestVersion = 1

// A Manifest is the ledger of a run. It holds nothing that differs between two runs
// over the same input with the same options, timings above all.
type Manifest struct {
	Version int             `json:"version"` // ManifestVersion
	Tool    string          `json:"tool"`    // what made it, with its version
	Format  string          `json:"format"`  // of the chunks: "json" or "csv"
	Profile string          `json:"profile"` // the set of rules that was applied
	Options json.RawMessage `json:"options,omitempty"`
	Inputs  []Input         `json:"inputs"` // in the order they were read
	Chunks  []Chunk         `json:"chunks"` // in the order of the records
	Totals  Totals          `json:"totals"`
}

// An Input is one source of records.
type Input struct {
	Name string `json:"name"`

	// Bytes and CRC64NVME are those of the input as it was read, before decompression
	// and transcoding.
	Bytes     int64  `json:"bytes"`
	CRC64NVME string `json:"crc64nvme,omitempty"`

	// DecodedBytes is the size of the text that was parsed, the one that the byte
	// ranges of chunks count in. It is absent (0) where that is Bytes.
	DecodedBytes int64 `json:"decoded_bytes,omitempty"`

	// Records = Written + Rejected.
	Records  int64 `json:"records"`
	Written  int64 `json:"written"`
	Rejected int64 `json:"rejected"`

	// Skipped is the reason why the input was not read for records; then it has none.
	Skipped string `json:"skipped,omitempty"`
}

// size returns the number of bytes that ranges count in.
func (in *Input) size() int64 {
	if in.DecodedBytes > 0 {
		return in.DecodedBytes
	}
	return in.Bytes
}

// A Chunk is one committed output file.
type Chunk struct {
	Name      string  `json:"name"`          // in the sink
	URL       string  `json:"url,omitempty"` // where the sink put it
	Bytes     int64   `json:"bytes"`         // the header counted in
	Records   int64   `json:"records"`
	CRC64NVME string  `json:"crc64nvme"`        // as CRC64.String writes it
	SHA256    string  `json:"sha256,omitempty"` // lower-case hex; on request
	Inputs    []Range `json:"inputs"`           // in order; at most one of each input
}

// A Range is the part of an input that went into one chunk. The three pairs are
// half-open: the first number is that of the place where the range begins, the second
// that of the place where what follows begins. So Records [1,4] are records 1, 2 and
// 3, and the range after it begins with 4. Blank lines belong to the range that they
// end.
type Range struct {
	File     int      `json:"file"`     // index in Manifest.Inputs
	Bytes    [2]int64 `json:"bytes"`    // offsets from 0 in the decoded input
	Lines    [2]int64 `json:"lines"`    // from 1; two records may share a line in a JSON array
	Records  [2]int64 `json:"records"`  // from 1; kept and rejected ones
	Kept     int64    `json:"kept"`     // records of the range that are in the chunk
	Rejected int64    `json:"rejected"` // records of the range that are not
}

// Totals are the sums of a run.
type Totals struct {
	Records  int64 `json:"records"`
	Written  int64 `json:"written"`
	Rejected int64 `json:"rejected"`
	Bytes    int64 `json:"bytes"` // of all chunks, headers counted in
}

// Sum sets the totals from inputs and chunks.
func (m *Manifest) Sum() {
	m.Totals = m.sums()
}

func (m *Manifest) sums() Totals {
	var t Totals
	for i := range m.Inputs {
		t.Records += m.Inputs[i].Records
		t.Written += m.Inputs[i].Written
		t.Rejected += m.Inputs[i].Rejected
	}
	for i := range m.Chunks {
		t.Bytes += m.Chunks[i].Bytes
	}
	return t
}

// WriteTo writes the manifest as indented JSON with a final newline. The same manifest
// always gives the same bytes. Errors of w are handed on as they are.
func (m *Manifest) WriteTo(w io.Writer) (int64, error) {
	out := *m
	if out.Inputs == nil {
		out.Inputs = []Input{}
	}
	out.Chunks = append([]Chunk{}, out.Chunks...)
	for i := range out.Chunks {
		if out.Chunks[i].Inputs == nil {
			out.Chunks[i].Inputs = []Range{}
		}
	}
	var flat, text bytes.Buffer
	enc := json.NewEncoder(&flat)
	enc.SetEscapeHTML(false) // names of files are for people too
	if err := enc.Encode(&out); err != nil {
		return 0, err
	}
	if err := json.Indent(&text, bytes.TrimSpace(flat.Bytes()), "", "  "); err != nil {
		return 0, err
	}
	text.WriteByte('\n')
	return text.WriteTo(w)
}

// VersionError says that a manifest is of a version that this package does not know.
type VersionError struct {
	Version int
}

func (e *VersionError) Error() string {
	return fmt.Sprintf("manifest version %d is not known here (this program knows %d)", e.Version, ManifestVersion)
}

// ReadManifest reads what WriteTo writes. Another version is a [VersionError]; text
// that is no manifest gives the errors of the JSON decoder. The sums are not looked
// at: that is [Manifest.Check].
func ReadManifest(r io.Reader) (*Manifest, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	if m.Version != ManifestVersion {
		return nil, &VersionError{Version: m.Version}
	}
	return &m, nil
}
