package validate

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// BenchmarkCheck checks clean batches of the corpus. In profile current its
// default shape has a country code to repair in each record, and two attributes
// that are told of: at once for a header, for each record without one.
func BenchmarkCheck(b *testing.B) {
	for _, c := range []struct {
		shape   string
		profile fault.Profile
	}{
		{"default", fault.Classic},
		{"default", fault.Current},
		{"narrow", fault.Classic},
		{"wide", fault.Classic},
		{"unicode", fault.Classic},
	} {
		dense := corpusBatch(b, c.shape, 64<<10)
		v := New(&Options{Profile: c.profile, Fix: true})
		check(b, v, dense)
		run := func(form string, batch *endpoint.Batch, header *endpoint.Schema) {
			b.Run(c.shape+"/"+c.profile.String()+"/"+form, func(b *testing.B) {
				checker, err := v.For(header, nil)
				require.NoError(b, err)
				rep := &fault.Report{Keep: -1}
				b.SetBytes(int64(len(batch.Data)))
				b.ReportAllocs()
				for b.Loop() {
					if err := checker.Check(batch, rep); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(batch.Rows)), "ns/row")
			})
		}
		run("dense", dense, dense.Schema)
		run("sparse", toSparse(dense), nil)
	}
}
