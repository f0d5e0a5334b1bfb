package sniff_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/endpointfile/endpointfile/internal/sniff"
)

func headerName(b []byte) bool {
	s := string(b)
	switch s {
	case "Id", "Address", "ChannelType", "User.UserId":
		return true
	}
	return strings.HasPrefix(s, "Attributes.")
}

func TestGuess(t *testing.T) {
	for _, c := range []struct {
		text string
		want sniff.Format
	}{
		{"", sniff.Unclear},
		{" \t\r\n\n", sniff.Unclear},
		{"\xef\xbb\xbf", sniff.Unclear},
		{"{", sniff.JSON},
		{`{"Address":"a"}` + "\n", sniff.JSON},
		{"\xef\xbb\xbf \r\n\t{}", sniff.JSON},
		{"[\n{}]", sniff.JSON},
		{"Address", sniff.CSV},
		{"Address\n", sniff.CSV},
		{"\xef\xbb\xbfAddress,ChannelType\n", sniff.CSV},
		{"\n\r\nwrong, Address \r\n", sniff.CSV},
		{"\"Id\"\n", sniff.CSV},
		{"wrong,\" Id \",x\n", sniff.CSV},
		{"wrong;ChannelType;x\n", sniff.CSV},
		{"wrong\tChannelType\n", sniff.CSV},
		{"\"a,b\n\"\"c\",Id\n", sniff.CSV},
		{"\"Attributes.a,b\"\n", sniff.CSV},
		{"\"Attributes.a\"\"b\",x\n", sniff.CSV},
		{"a,b,c\nAddress,Id\n", sniff.Unclear},
		{"address,id\n", sniff.Unclear},
		{"\"a,Id,b", sniff.Unclear},
		{"Address,Id\n1,\x002\n", sniff.CSV},
		{"Address,\x00Id\n1,2\n", sniff.Unclear},
		{"A\x00d\x00d\x00r\x00e\x00s\x00s\x00", sniff.Unclear},
		{"{\"a\":\"\x01\"}", sniff.Unclear},
		{"hello\n", sniff.Unclear},
		{"Caf\xe9,Address\n", sniff.CSV},
		{",,\n", sniff.Unclear},
		{"\"", sniff.Unclear},
		{" ", sniff.Unclear},
	} {
		assert.Equal(t, c.want, sniff.Guess([]byte(c.text), true, headerName), "%q", c.text)
	}
}

// A cell cut by the end of the head may be the start of a longer name.
func TestGuessWaitsForTheWholeCell(t *testing.T) {
	text := []byte("wrong,Address,Id\n")
	for n := range text {
		want := sniff.Unclear
		if bytes.HasPrefix(text[:n], []byte("wrong,Address,")) {
			want = sniff.CSV
		}
		assert.Equal(t, want, sniff.Guess(text[:n], false, headerName), "%q", text[:n])
	}
	assert.Equal(t, sniff.Unclear, sniff.Guess([]byte(`"Id"`), false, headerName))
	assert.Equal(t, sniff.CSV, sniff.Guess([]byte(`"Id"`), true, headerName))
}

func TestGuessWithoutNames(t *testing.T) {
	assert.Equal(t, sniff.Unclear, sniff.Guess([]byte("Address\n"), true, nil))
	assert.Equal(t, sniff.JSON, sniff.Guess([]byte("{}"), true, nil))
}

func TestFormatString(t *testing.T) {
	assert.Equal(t, "csv", sniff.CSV.String())
	assert.Equal(t, "json", sniff.JSON.String())
	assert.Equal(t, "unclear", sniff.Unclear.String())
}
