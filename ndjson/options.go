package ndjson

import (
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// Options are the settings of a reader, a [Cutter] and a [Parser]. Nil stands
// for the zero value, whose meaning each field gives.
type Options struct {
	// File names the input in faults. Empty leaves the name out.
	File string

	// Fix applies the repairs that lose nothing: a string where an array of
	// strings belongs is lifted to one, a number in quotes is unquoted, a null
	// is dropped, a name in another letter case is taken for the legal one, and
	// the members that only exports write are dropped. Each is reported with
	// severity Repaired.
	Fix bool

	// DropExport drops the members that only exports write (ApplicationId,
	// CohortId, CreationDate) also when Fix is not set.
	DropExport bool

	// MaxRecord is the size in bytes of the largest record that is read, its
	// line feed not counted. Zero means endpoint.MaxRecord, which is also the
	// largest that can be asked for.
	MaxRecord int

	// The rest is for a [Reader] only.

	// Report collects the faults, and may be kept from stopping at the first.
	// Default: the first fault ends the reading and is its error.
	Report *fault.Report
	// Check judges each batch before it is handed out, as the Check of a
	// validate.Checker does. Default: grammar only.
	Check func(b *endpoint.Batch, rep *fault.Report) error
	// BlockSize is how many bytes are read at a time. Default: 256 KiB.
	BlockSize int
}

// maxRecord gives the size of the largest record, from nil options too.
func (o *Options) maxRecord() int {
	if o == nil || o.MaxRecord <= 0 || o.MaxRecord > endpoint.MaxRecord {
		return endpoint.MaxRecord
	}
	return o.MaxRecord
}
