package convert

import (
	"io"
	"time"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/source"
)

// Format is the form of an endpoint file.
type Format uint8

const (
	Auto Format = iota // told from the first bytes; as an output: JSON
	CSV                // RFC 4180 under dotted headers
	JSON               // one nested object a line; as an input also one array of objects
)

// String gives the name that flags, reports and file names use: "csv" or "json".
func (f Format) String() string {
	return [...]string{"auto", "csv", "json"}[f]
}

// Options say what a run does. Sources must be given, and Sink or Stream unless
// Check is set; all else has a default.
type Options struct {
	Sources []source.Input // read in this order
	// Skipped are inputs that were passed over before the run; they are listed
	// with those that the run passes over.
	Skipped []source.Skipped
	From    Format // default: told from the first bytes of the inputs
	To      Format // default: JSON

	Profile    fault.Profile // the era of the rules; default fault.Classic
	Fix        bool          // apply the lossless repairs
	Known      []string      // dotted custom names that the account already has
	Decompress bool          // take compressed inputs; export-only members are then dropped
	Charset    string        // transcode the inputs to UTF-8; default: they are UTF-8

	// Columns of CSV output. By default a CSV input keeps its own and those of
	// JSON are discovered by reading the inputs once before.
	Columns []endpoint.Column

	// Sink takes the whole run: endpoints/part-…, rejects, faults.ndjson,
	// report.json and, last, manifest.json. One of Sink, Stream and Check is wanted.
	Sink chunk.Sink
	// Stream takes the endpoints as one unsplit text instead.
	Stream io.Writer
	// Check reads and validates and writes no endpoints.
	Check bool

	// Rejects and Faults say where the rejected records and the list of faults
	// go; by default into Sink, and nowhere when there is none.
	Rejects, Faults *Target

	MaxChunk int64 // bytes of a chunk at most; default chunk.DefaultMax
	SHA256   bool  // sums in the manifest beside CRC-64/NVME

	Workers   int // goroutines that parse and check; default: one a processor
	BlockSize int // bytes of input in flight per block; default 128 KiB

	// Report receives the counts and holds the first faults; its Max ends the
	// run early and its Redact keeps values out of every file. Default: a report
	// that holds 20.
	Report *fault.Report

	// Progress is called from time to time from the goroutine that called Run,
	// and once at the end.
	Progress func(Progress)
	// ProgressEvery is the least time between two calls; default 100 ms.
	ProgressEvery time.Duration

	// Tool names the program in the manifest; default "endpointfile".
	Tool string
}

// Target is a file of its own for rejects or faults.
type Target struct {
	Sink chunk.Sink
	Name string
}

// Progress is how far a run has come.
type Progress struct {
	Discovering bool          // the first of two passes, which finds the columns
	Bytes       int64         // of the inputs, as they are stored
	TotalBytes  int64         // of all inputs, -1 if not known
	Records     int64         // read
	Rejected    int64         // of these
	Chunks      int           // begun
	Elapsed     time.Duration // since Run was called
	Done        bool          // this is the last call
}

// Result is what a run did. It is given, as far as it got, with an error too.
type Result struct {
	From, To Format
	Manifest *chunk.Manifest // the ledger; chunks are in it only with a Sink
	Skipped  []Skipped       // inputs that were passed over
	Counts   []fault.Count   // per rule, severity and field
	Faults   int64           // faults found; a record may have several
	Warnings int64
	Repairs  int64
	Stopped  bool // Report.Max was reached: the rest of the input was not read
	Columns  []endpoint.Column
	Elapsed  time.Duration
	Rejects  []string // where the rejected records are
	FaultsAt string   // where the list of faults is
}

// Skipped is an input that was passed over, and why.
type Skipped struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// InputError says that the inputs cannot be read or are refused as a whole:
// nothing of the run is valid. It wraps the *fault.Error or the error of the
// source.
type InputError struct {
	Name string // of the input
	Err  error
}

func (e *InputError) Error() string {
	if _, ok := e.Err.(*fault.Error); ok || e.Name == "" {
		return e.Err.Error()
	}
	return e.Name + ": " + e.Err.Error()
}

// Unwrap gives the cause.
func (e *InputError) Unwrap() error { return e.Err }

// OutputError says that the output could not be written. What was committed
// before stays whole.
type OutputError struct{ Err error }

func (e *OutputError) Error() string { return "output: " + e.Err.Error() }

// Unwrap gives the cause.
func (e *OutputError) Unwrap() error { return e.Err }
