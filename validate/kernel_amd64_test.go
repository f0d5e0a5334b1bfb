//go:build !purego

package validate

import (
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/internal/fence"
)

// The packing of a value is what the assembly takes it for.
func TestPackingOfValues(t *testing.T) {
	require.EqualValues(t, 0xffffff, endpoint.MakeValue(0xffffff, 0, 0, 0))
	require.EqualValues(t, 0x3fffff<<24, endpoint.MakeValue(0, 0x3fffff, 0, 0))
	require.EqualValues(t, 1<<60, endpoint.MakeValue(0, 0, 0, endpoint.InAux))
	require.EqualValues(t, 0x40<<56, endpoint.MakeValue(0, 0, 0, endpoint.Bare))
}

// The assembly passes what the portable body passes, as far as both look, reads
// nothing behind the end of data, and marks the same values.
func TestKernelsAgree(t *testing.T) {
	if !useAVX2 {
		t.Log("this machine has no AVX2: the portable bodies are all there is")
		return
	}
	page := fence.Bytes(t, os.Getpagesize())
	rng := rand.New(rand.NewPCG(23, 24))
	for _, k := range []struct {
		op              op
		portable, quick kernel
		window, most    int
	}{
		{opMetric, metricsGo, metrics, numberWindow, 8},
		{opLatitude, portableLatitudes, latitudes, numberWindow, 8},
		{opLongitude, portableLongitudes, longitudes, numberWindow, 8},
		{opDate, datesGo, dates, dateWindow, 24},
		{opID, idsGo, ids, textWindow, maxQuick},
		{opEmail, emailsGo, emails, textWindow, maxQuick},
	} {
		for _, alphabet := range []string{"0159.-+eE \x00", "ab9.@-_+ \xc3Z`{/:[~$\t\x00"} {
			passed := 0
			for range 40_000 {
				s := usual[k.op][rng.IntN(len(usual[k.op]))]
				switch rng.IntN(8) {
				case 0:
					b := make([]byte, rng.IntN(10))
					for i := range b {
						b[i] = alphabet[rng.IntN(len(alphabet))]
					}
					s = string(b)
				case 1:
					b := []byte(s)
					b[rng.IntN(len(b))] = byte(rng.Uint32())
					s = string(b)
				case 2:
					s = ""
				default:
					s = mutate(rng, s)
				}
				behind := min(rng.IntN(3)*k.window/2+rng.IntN(3), len(page)-len(s))
				data := page[len(page)-len(s)-behind:]
				copy(data, s)
				copy(data[len(s):], strings.Repeat(string(alphabet[rng.IntN(len(alphabet))]), behind))
				v := endpoint.MakeValue(0, len(s), 3, endpoint.Plain)
				want, got := []endpoint.Value{v}, []endpoint.Value{v}
				n, m := k.portable(want, 1, data), k.quick(got, 1, data)
				switch {
				case len(data) < k.window || len(s) > k.most && m == 0:
					require.Zero(t, m, "%q", s)
				case len(s) > k.most || atLimit(k.op, s):
				default:
					require.Equal(t, n, m, "%d %q before %q", k.op, s, data[len(s):])
					require.Equal(t, want, got)
				}
				if m > 0 {
					passed++
				}
			}
			require.Greater(t, passed, 1000, k.op)
		}
	}
}

func portableLatitudes(vals []endpoint.Value, step int, data []byte) int {
	return degreesGo(vals, step, data, limitLatitude)
}

func portableLongitudes(vals []endpoint.Value, step int, data []byte) int {
	return degreesGo(vals, step, data, limitLongitude)
}

// atLimit reports whether degrees are those that the assembly leaves to others.
func atLimit(o op, s string) bool {
	s = strings.TrimSuffix(strings.TrimPrefix(s, "-"), ".0")
	return o == opLatitude && s == "90" || o == opLongitude && s == "180"
}

// Numbers are judged four at a time: it does not matter which are their neighbours.
func TestNumbersTogether(t *testing.T) {
	rng := rand.New(rand.NewPCG(27, 28))
	for _, k := range []struct {
		op              op
		portable, quick kernel
	}{{opMetric, metricsGo, metrics}, {opLatitude, portableLatitudes, latitudes}, {opLongitude, portableLongitudes, longitudes}} {
		for range 40_000 {
			step := 1 + rng.IntN(3)
			var data []byte
			want := make([]endpoint.Value, 1+rng.IntN(30))
			for i := range want {
				s := usual[k.op][rng.IntN(len(usual[k.op]))]
				switch rng.IntN(60) {
				case 0:
					s = mutate(rng, s)
				case 1:
					s = ""
				}
				if len(s) > 8 || atLimit(k.op, s) {
					s = "1"
				}
				want[i] = endpoint.MakeValue(len(data), len(s), i, endpoint.Plain)
				data = append(append(data, s...), "0.,\""[rng.IntN(4)])
			}
			data = append(data, "0000000000000000"...)
			got := append([]endpoint.Value(nil), want...)
			require.Equal(t, k.portable(want, step, data), k.quick(got, step, data), "%q", data)
			require.Equal(t, want, got)
		}
	}
}

// Both bodies find the same row, wherever the long value is and however wide rows are,
// and look at none behind the last.
func TestLongRowsAgree(t *testing.T) {
	if !useAVX2 {
		t.Log("this machine has no AVX2: the portable body is all there is")
		return
	}
	rng := rand.New(rand.NewPCG(29, 30))
	found := 0
	for range 20_000 {
		limits, lists := make([]int, 1+rng.IntN(19)), []int(nil)
		for i := range limits {
			if limits[i] = math.MaxInt; rng.IntN(2) == 0 {
				limits[i] = rng.IntN(200)
				lists = append(lists, i)
			}
		}
		rows := rng.IntN(6)
		vals := make([]endpoint.Value, rows*len(limits), rows*len(limits)+4)
		for i := range vals {
			n := min(rng.IntN(200), limits[i%len(limits)])
			if rng.IntN(30) == 0 {
				n = rng.IntN(endpoint.MaxRecord)
			}
			vals[i] = endpoint.MakeValue(rng.IntN(endpoint.MaxData), n, rng.IntN(endpoint.MaxColumns), endpoint.Flags(rng.IntN(8)))
		}
		long := endpoint.MakeValue(0, endpoint.MaxRecord, 0, 0)
		_ = append(vals, long, long, long, long)
		want := longRowGo(vals, limits, lists)
		require.Equal(t, want, longRow(vals, limits, lists), "%v", limits)
		if want < rows {
			found++
		}
	}
	require.Greater(t, found, 1000)
}

// Numbers of more than eight bytes pass if they are numbers.
func TestLongNumbers(t *testing.T) {
	rng := rand.New(rand.NewPCG(25, 26))
	passed := 0
	for range 100_000 {
		s := mutate(rng, []string{"-1234567.25", "123456789012345", "0.00000000000001", "-0.5000000000000"}[rng.IntN(4)])
		if len(s) <= 8 {
			continue
		}
		_, number := readNumber([]byte(s))
		want := number && len(s) <= 15 && !strings.ContainsAny(s, "eE")
		got := metrics([]endpoint.Value{endpoint.MakeValue(0, len(s), 0, 0)}, 1, append([]byte(s), "0123456789012345"...)) == 1
		require.Equal(t, want && useAVX2, got, "%q", s)
		if got {
			passed++
		}
	}
	require.Equal(t, useAVX2, passed > 1000)
}
