//go:build !amd64 || purego

package ndjson

import "github.com/endpointfile/endpointfile/endpoint"

// emit is emitGo.
func emit(buf []byte, n int, vals []endpoint.Value, k int, data []byte, cols []step, joins *joins, class, last int) (int, int) {
	return emitGo(buf, n, vals, k, data, cols, joins, class, last)
}
