package rivals

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/valyala/fastjson"

	"github.com/endpointfile/endpointfile/bench/r0"
)

// fastjsonCell is where the value of a column stands.
type fastjsonCell struct {
	group []string // path of the object
	again bool     // the column before has the same
	value []string // name in it, and place in the list if it is one
}

// fastjsonReverse reads NDJSON with valyala/fastjson, which makes a tree of each line and no
// struct, and writes CSV with encoding/csv.
func fastjsonReverse(w io.Writer, r io.Reader, columns []string) (int64, error) {
	if columns == nil {
		columns = r0.Columns()
	}
	cells := fastjsonCells(columns)
	row := make([]string, len(columns))
	var parser fastjson.Parser
	return r0.ReverseLines(w, r, columns, func(out *csv.Writer) func([]byte) error {
		return func(line []byte) error {
			root, err := parser.ParseBytes(line)
			if err != nil {
				return err
			}
			group := root
			for i := range cells {
				c := &cells[i]
				if !c.again {
					group = root.Get(c.group...)
				}
				row[i] = fastjsonText(group.Get(c.value...))
			}
			return out.Write(row)
		}
	})
}

func fastjsonCells(columns []string) []fastjsonCell {
	cells := make([]fastjsonCell, len(columns))
	seen := map[string]int{}
	for i, name := range columns {
		path := strings.Split(name, ".")
		c := &cells[i]
		c.group, c.value = path[:len(path)-1], path[len(path)-1:]
		c.again = i > 0 && slices.Equal(c.group, cells[i-1].group)
		if last := path[max(len(path)-2, 0)]; last == "Attributes" || last == "UserAttributes" {
			c.value = append(slices.Clone(c.value), strconv.Itoa(seen[name]))
			seen[name]++
		}
	}
	return cells
}

// fastjsonText gives the text of a string or a number, and "" for what is absent.
func fastjsonText(v *fastjson.Value) string {
	switch {
	case v == nil:
		return ""
	case v.Type() == fastjson.TypeString:
		return string(v.GetStringBytes())
	default:
		return v.String()
	}
}
