//go:build !amd64 || purego

package validate

import "github.com/endpointfile/endpointfile/endpoint"

// metrics is metricsGo.
func metrics(vals []endpoint.Value, step int, data []byte) int { return metricsGo(vals, step, data) }

// latitudes is degreesGo.
func latitudes(vals []endpoint.Value, step int, data []byte) int {
	return degreesGo(vals, step, data, limitLatitude)
}

// longitudes is degreesGo.
func longitudes(vals []endpoint.Value, step int, data []byte) int {
	return degreesGo(vals, step, data, limitLongitude)
}

// dates is datesGo.
func dates(vals []endpoint.Value, step int, data []byte) int { return datesGo(vals, step, data) }

// ids is idsGo.
func ids(vals []endpoint.Value, step int, data []byte) int { return idsGo(vals, step, data) }

// emails is emailsGo.
func emails(vals []endpoint.Value, step int, data []byte) int { return emailsGo(vals, step, data) }

// longRow is longRowGo.
func longRow(vals []endpoint.Value, limits, lists []int) int {
	return longRowGo(vals, limits, lists)
}
