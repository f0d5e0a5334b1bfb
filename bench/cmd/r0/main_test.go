package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestThereAndBack(t *testing.T) {
	file, err := os.ReadFile("../../../testdata/endpoints-small.csv")
	require.NoError(t, err)
	for _, who := range []string{"r0", "goccy"} {
		var ndjson, again, stderr bytes.Buffer
		require.Zero(t, run([]string{"-with", who, "csv2json"}, bytes.NewReader(file), &ndjson, &stderr), stderr.String())
		require.Zero(t, run([]string{"-with", who, "json2csv"}, &ndjson, &again, &stderr), stderr.String())
		assert.Equal(t, string(file), again.String())
		assert.Empty(t, stderr.String())
	}
}

func TestExitStatus(t *testing.T) {
	for _, tt := range []struct {
		args  []string
		stdin string
		exit  int
	}{
		{nil, "", 2},
		{[]string{"-with", "nobody", "csv2json"}, "", 2},
		{[]string{"-what"}, "", 2},
		{[]string{"csv2xml"}, "", 2},
		{[]string{"csv2json", "file"}, "", 2},
		{[]string{"csv2json"}, "Address;Id\n", 1},
	} {
		var stdout, stderr bytes.Buffer
		assert.Equal(t, tt.exit, run(tt.args, strings.NewReader(tt.stdin), &stdout, &stderr), tt.args)
		assert.NotEmpty(t, stderr.String())
		assert.Empty(t, stdout.String())
	}
}
