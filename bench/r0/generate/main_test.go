package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheFileIsUpToDate(t *testing.T) {
	want, err := generate()
	require.NoError(t, err)
	got, err := os.ReadFile("../wide_gen.go")
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), "go generate ./... in bench")
}
