//go:build !purego

package validate

import (
	"golang.org/x/sys/cpu"

	"github.com/endpointfile/endpointfile/endpoint"
)

// useAVX2 is whether the machine has the instructions of number_amd64.s and text_amd64.s.
var useAVX2 = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2

// What the assembly reads at the place of a value: it stops at values that have
// less behind them.
const (
	numberWindow = 16
	dateWindow   = 32
)

// metrics passes numbers of at most 15 bytes without an exponent.
func metrics(vals []endpoint.Value, step int, data []byte) int {
	if !useAVX2 {
		return metricsGo(vals, step, data)
	}
	if len(vals) == 0 || len(data) < numberWindow {
		return 0
	}
	return metricsAVX2(&vals[0], len(vals), step, &data[0], len(data)-numberWindow)
}

// latitudes passes numbers with at most one decimal place below 90.
func latitudes(vals []endpoint.Value, step int, data []byte) int {
	if !useAVX2 {
		return degreesGo(vals, step, data, limitLatitude)
	}
	if len(vals) == 0 || len(data) < numberWindow {
		return 0
	}
	return degreesAVX2(&vals[0], len(vals), step, &data[0], len(data)-numberWindow, 2, '8', '9')
}

// longitudes passes numbers with at most one decimal place below 180.
func longitudes(vals []endpoint.Value, step int, data []byte) int {
	if !useAVX2 {
		return degreesGo(vals, step, data, limitLongitude)
	}
	if len(vals) == 0 || len(data) < numberWindow {
		return 0
	}
	return degreesAVX2(&vals[0], len(vals), step, &data[0], len(data)-numberWindow, 3, '1', '7')
}

// dates passes the dates that quickDate accepts.
func dates(vals []endpoint.Value, step int, data []byte) int {
	if !useAVX2 {
		return datesGo(vals, step, data)
	}
	if len(vals) == 0 || len(data) < dateWindow {
		return 0
	}
	return datesAVX2(&vals[0], len(vals), step, &data[0], len(data)-dateWindow)
}

// ids passes ids of at most 63 bytes.
func ids(vals []endpoint.Value, step int, data []byte) int {
	if !useAVX2 {
		return idsGo(vals, step, data)
	}
	if len(vals) == 0 || len(data) < textWindow {
		return 0
	}
	return idsAVX2(&vals[0], len(vals), step, &data[0], len(data)-textWindow)
}

// emails passes the email addresses that quickEmail accepts.
func emails(vals []endpoint.Value, step int, data []byte) int {
	if !useAVX2 {
		return emailsGo(vals, step, data)
	}
	if len(vals) == 0 || len(data) < textWindow {
		return 0
	}
	return emailsAVX2(&vals[0], len(vals), step, &data[0], len(data)-textWindow)
}

// longRow is longRowGo. To the assembly all columns are worth a look.
func longRow(vals []endpoint.Value, limits, lists []int) int {
	rows := len(vals) / len(limits)
	if !useAVX2 || len(limits) < 4 || rows == 0 {
		return longRowGo(vals, limits, lists)
	}
	return longRowAVX2(&vals[0], rows, &limits[0], len(limits))
}

// longRowAVX2 looks at one row at least, of four values at least.
//
//go:noescape
func longRowAVX2(vals *endpoint.Value, rows int, limits *int, width int) int

// The assembly judges n values from vals on, each step-th, and gives the index of
// the first that does not pass, n or more if there is none. No value that starts
// behind last passes, and none in Aux. n and step are one at least.

//go:noescape
func metricsAVX2(vals *endpoint.Value, n, step int, data *byte, last int) int

// degreesAVX2 passes degrees of at most digits digits before the period; if they
// are so many, the first two are at most the characters first and second.
//
//go:noescape
func degreesAVX2(vals *endpoint.Value, n, step int, data *byte, last, digits int, first, second byte) int

//go:noescape
func datesAVX2(vals *endpoint.Value, n, step int, data *byte, last int) int

//go:noescape
func idsAVX2(vals *endpoint.Value, n, step int, data *byte, last int) int

//go:noescape
func emailsAVX2(vals *endpoint.Value, n, step int, data *byte, last int) int
