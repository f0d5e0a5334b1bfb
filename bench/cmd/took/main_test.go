package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRun(t *testing.T) {
	report, err := os.Create(filepath.Join(t.TempDir(), "usage.json"))
	require.NoError(t, err)
	defer report.Close()
	assert.Equal(t, 0, run([]string{"go", "version"}, report))
	text, err := os.ReadFile(report.Name())
	require.NoError(t, err)
	var took struct{ CPU, Wall, Peak float64 }
	require.NoError(t, json.Unmarshal(text, &took), "%s", text)
	assert.Positive(t, took.CPU)
	assert.Positive(t, took.Wall)
	assert.GreaterOrEqual(t, took.Peak, 0.0, "0 where the system does not tell")

	assert.Equal(t, 2, run(nil, report))
	assert.Equal(t, 2, run([]string{"go", "nonsense"}, report), "the program's own status")
	assert.Equal(t, 1, run([]string{"./there-is-no-such-program"}, report))
	require.NoError(t, report.Close())
	assert.Equal(t, 1, run([]string{"go", "version"}, report), "nowhere to report to")
}
