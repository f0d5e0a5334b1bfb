//go:build !amd64 || purego

package csvcodec

import "github.com/endpointfile/endpointfile/endpoint"

// fillRows is fillRowsGo.
func fillRows(vals []endpoint.Value, bounds []uint32, tags []endpoint.Value, width, base int) {
	fillRowsGo(vals, bounds, tags, width, base)
}
