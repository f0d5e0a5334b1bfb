package bench

// A figure of a program whose output is wrong says nothing. These tests look at what R0 writes
// with other means than R0's own: each line is taken apart into an ordered tree and compared
// with the tree that the cells of the row ask for. The rivals then must equal R0.

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/bench/r0"
	"github.com/endpointfile/endpointfile/bench/rivals"
	"github.com/endpointfile/endpointfile/bench/shapes"
)

// node is a JSON value with its members in the order of the text. Leaves are written so that
// strings and numbers cannot be mixed up.
type node struct {
	key    string
	leaf   string
	kids   []*node
	isList bool
}

// child returns the member of that key, which it adds if need be.
func (n *node) child(key string) *node {
	if i := slices.IndexFunc(n.kids, func(k *node) bool { return k.key == key }); i >= 0 {
		return n.kids[i]
	}
	k := &node{key: key}
	n.kids = append(n.kids, k)
	return k
}

// String writes the tree in one line.
func (n *node) String() string {
	if n.leaf != "" {
		return n.leaf
	}
	var parts []string
	for _, k := range n.kids {
		parts = append(parts, k.key+"="+k.String())
	}
	if n.isList {
		return "[" + strings.Join(parts, " ") + "]"
	}
	return "{" + strings.Join(parts, " ") + "}"
}

// wanted is the tree that a row asks for: in the order of the header, which says where a group
// stands even when its first member is empty.
func wanted(header, row []string) *node {
	root := &node{}
	for i, name := range header {
		at := root
		for _, key := range strings.Split(name, ".") {
			at = at.child(key)
		}
		switch {
		case row[i] == "":
		case strings.HasPrefix(name, "Metrics.") || name == "Location.Latitude" || name == "Location.Longitude":
			at.leaf = "number " + row[i]
		case strings.HasPrefix(name, "Attributes.") || strings.HasPrefix(name, "User.UserAttributes."):
			at.isList = true
			at.kids = append(at.kids, &node{leaf: fmt.Sprintf("text %q", row[i])})
		default:
			at.leaf = fmt.Sprintf("text %q", row[i])
		}
	}
	root.prune()
	return root
}

// prune takes away what holds nothing, and says whether n does.
func (n *node) prune() bool {
	n.kids = slices.DeleteFunc(n.kids, (*node).prune)
	return n.leaf == "" && len(n.kids) == 0
}

// parsed reads one value from dec as a tree.
func parsed(t testing.TB, dec *json.Decoder) *node {
	t.Helper()
	tok, err := dec.Token()
	require.NoError(t, err)
	switch tok := tok.(type) {
	case string:
		return &node{leaf: fmt.Sprintf("text %q", tok)}
	case json.Number:
		return &node{leaf: "number " + tok.String()}
	case json.Delim:
		n := &node{isList: tok == '['}
		for dec.More() {
			var key string
			if !n.isList {
				tok, err := dec.Token()
				require.NoError(t, err)
				key = tok.(string)
			}
			kid := parsed(t, dec)
			kid.key = key
			n.kids = append(n.kids, kid)
		}
		_, err := dec.Token()
		require.NoError(t, err)
		return n
	default:
		require.FailNow(t, "a value that no cell asks for", "%v", tok)
		return nil
	}
}

// sort puts the members of all objects in the order of their names.
func (n *node) sort() {
	for _, k := range n.kids {
		k.sort()
	}
	if !n.isList {
		slices.SortFunc(n.kids, func(a, b *node) int { return strings.Compare(a.key, b.key) })
	}
}

// requireRight fails unless ndjson is what the CSV file asks for, line by line. In NDJSON of
// foreign make, members may stand in any order and be escaped in any way.
func requireRight(t testing.TB, file, ndjson []byte, foreign bool) {
	t.Helper()
	in := csv.NewReader(bytes.NewReader(file))
	header, err := in.Read()
	require.NoError(t, err)
	lines := bytes.Split(ndjson, []byte("\n"))
	require.Empty(t, lines[len(lines)-1], "the last line is not ended")
	lines = lines[:len(lines)-1]
	for i, line := range lines {
		row, err := in.Read()
		require.NoError(t, err, "more lines than records")
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.UseNumber()
		want, got := wanted(header, row), parsed(t, dec)
		if foreign {
			want.sort()
			got.sort()
		}
		require.Equal(t, want.String(), got.String(), "line %d", i+1)
		_, err = dec.Token()
		require.Equal(t, io.EOF, err, "text after the object in line %d", i+1)
	}
	_, err = in.Read()
	require.Equal(t, io.EOF, err, "fewer lines than records")
	require.False(t, !foreign && bytes.Contains(ndjson, []byte(`\u0026`)), "escaped as if for HTML")
}

// input returns the CSV file of a shape, and the NDJSON that R0 makes of it; of a shape that is
// OnlyJSON it returns the NDJSON, and the CSV that R0 makes of that.
func input(t testing.TB, s shapes.Shape, size int64) (file, ndjson []byte) {
	t.Helper()
	var a, b bytes.Buffer
	if s.OnlyJSON() {
		require.NoError(t, s.WriteJSON(&b, size))
		_, err := r0.Reverse(&a, bytes.NewReader(b.Bytes()), s.Header())
		require.NoError(t, err)
		return a.Bytes(), b.Bytes()
	}
	rows, err := s.WriteCSV(&a, size, 1)
	require.NoError(t, err)
	n, err := r0.Convert(&b, bytes.NewReader(a.Bytes()))
	require.NoError(t, err)
	require.Equal(t, rows, n)
	return a.Bytes(), b.Bytes()
}

func TestR0IsRightOnTheSample(t *testing.T) {
	file, err := os.ReadFile("../testdata/endpoints.csv")
	require.NoError(t, err)
	var ndjson, again bytes.Buffer
	n, err := r0.Convert(&ndjson, bytes.NewReader(file))
	require.NoError(t, err)
	assert.Greater(t, n, int64(3000))
	requireRight(t, file, ndjson.Bytes(), false)

	back, err := r0.Reverse(&again, &ndjson, nil)
	require.NoError(t, err)
	assert.Equal(t, n, back)
	assert.True(t, bytes.Equal(file, again.Bytes()), "the way back gives the same file, byte for byte")
}

func TestEveryContenderIsRightOnEveryShape(t *testing.T) {
	for _, s := range shapes.All() {
		file, want := input(t, s, 200_000)
		requireRight(t, file, want, s.OnlyJSON())
		rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
		require.NoError(t, err)

		for _, c := range contenders() {
			t.Run(s.Name+"/"+c.Name, func(t *testing.T) {
				if !c.Takes(s.Header()) {
					_, err := c.Convert(io.Discard, bytes.NewReader(file))
					assert.Error(t, err, "it says that it does not take these columns")
					return
				}
				if c.Convert != nil && !s.OnlyJSON() {
					var ndjson bytes.Buffer
					n, err := c.Convert(&ndjson, bytes.NewReader(file))
					require.NoError(t, err)
					assert.EqualValues(t, len(rows)-1, n)
					if c.ParseOnly {
						assert.Zero(t, ndjson.Len())
					} else {
						require.True(t, bytes.Equal(want, ndjson.Bytes()), "not the output of R0")
					}
				}
				if c.Reverse != nil {
					var again bytes.Buffer
					n, err := c.Reverse(&again, bytes.NewReader(want), s.Header())
					require.NoError(t, err)
					assert.EqualValues(t, len(rows)-1, n)
					if s.Name != "quoted" && s.Name != "crlf" { // neither is how any contender writes CSV
						require.True(t, bytes.Equal(file, again.Bytes()), "the way back gives another file")
					}
					got, err := csv.NewReader(&again).ReadAll()
					require.NoError(t, err)
					require.Equal(t, rows, got)
				}
			})
		}
	}
}

func TestContendersReportFailure(t *testing.T) {
	for _, c := range rivals.All() {
		if c.Convert != nil {
			_, err := c.Convert(io.Discard, strings.NewReader("ChannelType,Address\nEMAIL\n"))
			assert.ErrorIs(t, err, csv.ErrFieldCount, c.Name)
			_, err = c.Convert(io.Discard, strings.NewReader(""))
			assert.Equal(t, io.EOF, err, c.Name)
		}
		if c.Convert != nil && !c.ParseOnly {
			_, err := c.Convert(io.Discard, strings.NewReader("Address,ChannelType\n"))
			assert.ErrorContains(t, err, `"ChannelType"`, "%s: a column out of order", c.Name)
		}
		if c.Reverse != nil {
			_, err := c.Reverse(io.Discard, strings.NewReader("{\"Address\":\n"), nil)
			assert.Error(t, err, c.Name)
		}
		if c.Reverse != nil && c.Name != "fastjson" { // which has no struct to miss a column in
			_, err := c.Reverse(io.Discard, strings.NewReader(""), []string{"Nonsense"})
			assert.ErrorContains(t, err, `"Nonsense"`, c.Name)
		}
	}
}
