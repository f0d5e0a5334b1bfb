package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/internal/corpus"
)

func TestRunWritesTheShape(t *testing.T) {
	shape, _ := corpus.Lookup("narrow")
	var want bytes.Buffer
	rows, err := shape.WriteCSV(&want, 20_000, 4)
	require.NoError(t, err)
	require.NotZero(t, rows)

	var stdout, stderr bytes.Buffer
	require.Zero(t, run([]string{"-shape", "narrow", "-size", "20kB", "-seed", "4"}, &stdout, &stderr))
	assert.Equal(t, want.String(), stdout.String())
	assert.Contains(t, stderr.String(), "records, 200")

	file := filepath.Join(t.TempDir(), "endpoints.csv")
	stdout.Reset()
	require.Zero(t, run([]string{"-shape", "narrow", "-size", "20000", "-seed", "4", "-o", file}, &stdout, &stderr))
	got, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, want.String(), string(got))
	assert.Empty(t, stdout.String())

	require.Zero(t, run([]string{"-size", "20kB", "-form", "sparse"}, &stdout, &stderr))
	assert.True(t, strings.HasPrefix(stdout.String(), "{"))

	stderr.Reset()
	require.Zero(t, run([]string{"-size", "20kB", "-faults", "1"}, &stdout, &stderr))
	assert.Contains(t, stderr.String(), "records spoiled")
}

func TestRunRefuses(t *testing.T) {
	tests := []struct {
		args []string
		exit int
		says string
	}{
		{[]string{"-h"}, 0, "multiline"},
		{[]string{"-what"}, 2, "not defined"},
		{[]string{"endpoints.csv"}, 2, `"endpoints.csv"`},
		{[]string{"-shape", "round"}, 2, `"round"`},
		{[]string{"-form", "xml"}, 2, `"xml"`},
		{[]string{"-form", "json", "-faults", "0.5"}, 1, "only CSV"},
		{[]string{"-size", "1TB"}, 2, `"1TB"`},
		{[]string{"-faults", "1.5"}, 2, "1.5"},
		{[]string{"-faults", "NaN"}, 2, "NaN"},
		{[]string{"-o", filepath.Join(t.TempDir(), "no", "such", "folder")}, 1, "folder"},
	}
	for _, tt := range tests {
		var stdout, stderr bytes.Buffer
		assert.Equal(t, tt.exit, run(tt.args, &stdout, &stderr), tt.args)
		assert.Contains(t, stderr.String(), tt.says)
		assert.Empty(t, stdout.String())
	}
}

func TestParseSize(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "17": 17, "17B": 17, "3kB": 3000, "3KB": 3000, "5MB": 5_000_000, "1GB": 1_000_000_000,
		"2KiB": 2048, "64MiB": 64 << 20, "1GiB": 1 << 30,
	} {
		got, err := parseSize(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "MB", "1.5GB", "-1", "1 GB", "1GG", "9999999999GB", "99999999999999999999"} {
		_, err := parseSize(text)
		assert.Error(t, err, text)
	}
}
