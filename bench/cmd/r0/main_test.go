package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestThereAndBack(t *testing.T) {
	file, err := os.ReadFile("../../../testdata/endpoints-small.csv")
	require.NoError(t, err)
	for _, who := range []string{"r0", "goccy", "sonic", "csvutil"} {
		var ndjson, again, stderr bytes.Buffer
		require.Zero(t, run([]string{"-with", who, "csv2json"}, bytes.NewReader(file), &ndjson, &stderr), stderr.String())
		require.Zero(t, run([]string{"-with", who, "json2csv"}, &ndjson, &again, &stderr), stderr.String())
		assert.Equal(t, string(file), again.String())
		assert.Empty(t, stderr.String())
	}
}

func TestTheHeaderChoosesTheColumns(t *testing.T) {
	header := filepath.Join(t.TempDir(), "some.csv")
	require.NoError(t, os.WriteFile(header, []byte("Address,Location.City\nx,y\n"), 0o666))
	var stdout, stderr bytes.Buffer
	const line = `{"ChannelType":"EMAIL","Address":"ann@example.com","Location":{"City":"Köln"}}` + "\n"
	require.Zero(t, run([]string{"-header", header, "json2csv"}, strings.NewReader(line), &stdout, &stderr), stderr.String())
	assert.Equal(t, "Address,Location.City\nann@example.com,Köln\n", stdout.String())
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
		{[]string{"-with", "fastjson", "csv2json"}, "", 2},
		{[]string{"-with", "csvread", "json2csv"}, "", 2},
		{[]string{"csv2json"}, "Address;Id\n", 1},
		{[]string{"-header", "nowhere.csv", "json2csv"}, "", 1},
	} {
		var stdout, stderr bytes.Buffer
		assert.Equal(t, tt.exit, run(tt.args, strings.NewReader(tt.stdin), &stdout, &stderr), tt.args)
		assert.NotEmpty(t, stderr.String())
		assert.Empty(t, stdout.String())
	}
}
