//go:build !purego

package csvcodec

import "github.com/endpointfile/endpointfile/endpoint"

// fillRows is fillRowsGo in the machine's own words.
func fillRows(vals []endpoint.Value, bounds []uint32, tags []endpoint.Value, width, base int) {
	rows := len(vals) / width
	if !useAVX2 || cap(vals)-len(vals) < fillSlack || cap(bounds) < len(vals)+1+fillSlack || len(tags) < width+fillSlack {
		fillRowsGo(vals, bounds, tags, width, base)
		return
	}
	if rows > 0 {
		fillRowsAVX2(&vals[0], &bounds[0], &tags[0], width, rows, base)
	}
}

//go:noescape
func fillRowsAVX2(vals *endpoint.Value, bounds *uint32, tags *endpoint.Value, width, rows, base int)
