package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// The committed pages are what the tables say.
func TestDocsAreCurrent(t *testing.T) {
	for name, want := range map[string][]byte{"rules.md": Rules(), "fields.md": Fields()} {
		got, err := os.ReadFile("../../docs/" + name)
		require.NoError(t, err)
		require.True(t, string(want) == string(got), "docs/%s is stale: run go generate ./...", name)
	}
}
