//go:build !amd64 || purego

package csvcodec

import "github.com/endpointfile/endpointfile/endpoint"

func emit(buf []byte, n int, vals []endpoint.Value, k int, data []byte) (int, int) {
	return emitGo(buf, n, vals, k, data)
}
