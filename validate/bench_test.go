package validate

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// corpusBatches makes batches of the size that parsers make, of one schema. They are
// many: a processor soon knows a single one by heart.
func corpusBatches(b *testing.B, shape string) []*endpoint.Batch {
	list := make([]*endpoint.Batch, 64)
	for i := range list {
		list[i] = seededBatch(b, shape, 16<<10, uint64(i))
		list[i].Schema = list[0].Schema
	}
	return list
}

// BenchmarkCheck checks clean batches of the corpus. In profile current its
// default shape has a country code to repair in each record, and two attributes
// that are told of: at once for a header, for each record without one. Each record of
// the shape places has two warnings in any profile. Findings are only counted.
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
		{"places", fault.Classic},
	} {
		dense := corpusBatches(b, c.shape)
		v := New(&Options{Profile: c.profile, Fix: true})
		var sparse []*endpoint.Batch
		for _, batch := range dense {
			check(b, v, batch)
			sparse = append(sparse, toSparse(batch))
			sparse[len(sparse)-1].Schema = sparse[0].Schema
		}
		run := func(form string, batches []*endpoint.Batch, header *endpoint.Schema) {
			b.Run(c.shape+"/"+c.profile.String()+"/"+form, func(b *testing.B) {
				checker, err := v.For(header, nil)
				require.NoError(b, err)
				rep := &fault.Report{Keep: -1}
				size, rows := 0, 0
				for _, batch := range batches {
					size += len(batch.Data)
					rows += len(batch.Rows)
				}
				b.SetBytes(int64(size))
				b.ReportAllocs()
				for b.Loop() {
					for _, batch := range batches {
						if err := checker.Check(batch, rep); err != nil {
							b.Fatal(err)
						}
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
			})
		}
		run("dense", dense, dense[0].Schema)
		run("sparse", sparse, nil)
	}
}

// BenchmarkKernels judges each kind of value alone, empty ones among them: columns
// of the corpus, and its addresses by their channel.
func BenchmarkKernels(b *testing.B) {
	batches := corpusBatches(b, "default")
	width := batches[0].Schema.Len()
	run := func(name string, quick kernel, of func(batch *endpoint.Batch) (vals []endpoint.Value)) {
		b.Run(name, func(b *testing.B) {
			size, n := 0, 0
			var columns [][]endpoint.Value
			for _, batch := range batches {
				vals := of(batch)
				for _, v := range vals {
					size += v.Len()
				}
				n += len(vals)
				columns = append(columns, vals)
			}
			b.SetBytes(int64(size))
			for b.Loop() {
				for i, vals := range columns {
					for at := 0; at < len(vals); at++ {
						at += quick(vals[at:], 1, batches[i].Data)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/value")
		})
	}
	portable := map[op]kernel{opMetric: metricsGo, opDate: datesGo, opID: idsGo, opEmail: emailsGo}
	for col, c := range batches[0].Columns {
		quick := kernelOf(fieldOps[c.Field], fault.Classic)
		if quick == nil {
			continue
		}
		column := func(batch *endpoint.Batch) (vals []endpoint.Value) {
			for at := col; at < len(batch.Vals); at += width {
				vals = append(vals, batch.Vals[at])
			}
			return vals
		}
		run(c.String(), quick, column)
		if slow := portable[fieldOps[c.Field]]; slow != nil {
			run(c.String()+"-portable", slow, column)
		}
	}
	for _, ch := range []channel{channelEmail, channelSMS, channelPush} {
		o := [...]op{channelEmail: opEmail, channelSMS: opPhone, channelPush: opToken}[ch]
		column := func(batch *endpoint.Batch) (vals []endpoint.Value) {
			for at := 0; at < len(batch.Vals); at += width {
				if channelOf(batch.Bytes(batch.Vals[at]), fault.Classic) == ch {
					vals = append(vals, batch.Vals[at+1])
				}
			}
			return vals
		}
		name := [...]string{channelEmail: "email", channelSMS: "phone", channelPush: "token"}[ch]
		run("Address-"+name, kernelOf(o, fault.Classic), column)
		if slow := portable[o]; slow != nil {
			run("Address-"+name+"-portable", slow, column)
		}
	}
}
