//go:build !purego

package ndjson

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/fence"
)

// trailText makes lines whose texts between values are few, as those of real
// files are, and whose values are of all kinds.
func trailText(rng *rand.Rand) []byte {
	strings := []string{
		"", "x", "plain text", "a, b", `\"`, "ü", `tab\tand more`, "quite long text, longer than a stride is, " + string(bytes.Repeat([]byte("y"), rng.IntN(60))),
		string(bytes.Repeat([]byte("z"), 55+rng.IntN(20))), "\x01", "\x7f~!#[]{}:", "a line\nends", string(bytes.Repeat([]byte("comma, "), rng.IntN(40))),
	}
	numbers := []string{
		"0", "-0", "12", "-122.33", "0.5", "-0.25", "01", "-", "1.", ".5", "1..2", "1.2.3", "1e5", "1E", "12e-3", "-x", "1-", "00", "-01", "null",
		string(bytes.Repeat([]byte("7"), 25+rng.IntN(12))), "-" + string(bytes.Repeat([]byte("8"), 25+rng.IntN(12))), "3." + string(bytes.Repeat([]byte("1"), 25+rng.IntN(8))),
	}
	var out []byte
	pick := func(from []string) string {
		if rng.IntN(4) > 0 {
			return from[rng.IntN(3)]
		}
		return from[rng.IntN(len(from))]
	}
	for range 40 {
		out = append(out, `{"Address":"`+pick(strings)+`"`...)
		if rng.IntN(3) > 0 {
			out = append(out, `,"Location":{"City":"`+pick(strings)+`","Latitude":`+pick(numbers)+`,"Country":"`+pick(strings)+`"}`...)
		}
		if rng.IntN(2) > 0 {
			out = append(out, `,"User":{"UserAttributes":{"Team":["`+pick(strings)+`","`+pick(strings)+`"]}}`...)
		}
		for range rng.IntN(3) {
			out = append(out, `,"Metrics":{"n":`+pick(numbers)+`}`...)
		}
		out = append(out, []string{"}\n", "}\n", "}\n", "} \n", "}}\n", "\n"}[rng.IntN(6)]...)
	}
	return out
}

// The assembly does what the portable body does, from every place and at the end
// of the memory too.
func TestFollowAgrees(t *testing.T) {
	if !useBMI {
		t.Log("this machine has no AVX2 or no BMI: the portable body is all there is")
		return
	}
	rng := rand.New(rand.NewPCG(19, 20))
	cares, ends, values := 0, 0, 0
	for range 300 {
		text := trailText(rng)
		p := NewParser(nil)
		for range 2 {
			_, err := p.Parse(&endpoint.Batch{}, text, start, 1, &fault.Report{})
			require.NoError(t, err)
		}
		tail := fence.Copy(t, text)
		for range 300 {
			at := rng.IntN(len(p.states))
			data := tail
			if rng.IntN(3) == 0 { // the record begins near the end of the memory
				data = tail[len(tail)-rng.IntN(min(len(tail), 600)):]
			}
			i := rng.IntN(len(data) + 1)
			if at == 0 || rng.IntN(3) == 0 {
				at, i = 0, bytes.IndexByte(data, '\n')+1
			} else if k := bytes.IndexByte(data[i:], "\"\",0123"[rng.IntN(7)]); k >= 0 {
				i += k
			}
			end := min(len(data), lineEnd(data, i)+rng.IntN(2)-1)
			mark := p.mark + uint32(rng.IntN(2))
			more := rng.IntN(2) == 0
			for range rng.IntN(6) {
				if more && end < len(data) {
					end = lineEnd(data, max(0, end+1-rng.IntN(2)))
				}
			}
			rows := make([]endpoint.Row, 1+rng.IntN(2), 2+rng.IntN(5))
			rows[len(rows)-1] = endpoint.Row{Start: uint32(rng.IntN(i + 1)), First: uint32(rng.IntN(4))}
			if rng.IntN(20) == 0 {
				mark = ^uint32(0) - uint32(rng.IntN(3))
			}
			want := &trail{
				data: data, rows: rows, more: more, vals: make([]endpoint.Value, 3, 3+rng.IntN(60)), states: slices.Clone(p.states), cols: slices.Clone(p.cols),
				i: i, at: at, col: 7, end: end, item: 5, mark: mark, opened: groupSet(rng.IntN(2) * rng.IntN(256)),
			}
			if !want.look() {
				continue
			}
			got := new(trail)
			*got = *want
			got.rows = append(make([]endpoint.Row, 0, cap(rows)), rows...)
			got.vals, got.states, got.cols = make([]endpoint.Value, 3, cap(want.vals)), slices.Clone(p.states), slices.Clone(p.cols)
			followGo(want)
			follow(got)
			same := want.i == got.i && want.at == got.at && want.col == got.col && want.item == got.item && want.opened == got.opened && want.escape == got.escape && want.mark == got.mark
			if !same || !slices.Equal(want.vals, got.vals) || !slices.Equal(want.rows, got.rows) || !slices.Equal(want.states, got.states) || !slices.Equal(want.cols, got.cols) {
				t.Fatalf("%q, to %d: state %d at %d, column %d, item %d, opened %b, escape %v, mark %d, rows %v, values %x; not\n%d at %d, column %d, item %d, opened %b, escape %v, mark %d, rows %v, values %x", data[i:min(i+400, len(data))],
					end-i, got.at, got.i-i, got.col, got.item, got.opened, got.escape, got.mark, got.rows, got.vals, want.at, want.i-i, want.col, want.item, want.opened, want.escape, want.mark, want.rows, want.vals)
			}
			values += len(want.vals) - 3
			if want.col >= 0 {
				cares++
			} else if want.col == colEnd {
				ends++
			}
		}
	}
	require.Greater(t, cares, 300)
	require.Greater(t, ends, 300)
	require.Greater(t, values, 10_000)
}
