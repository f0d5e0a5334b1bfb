//go:build !purego

package ndjson

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/internal/corpus"
)

// TestStructsDoNotAllocate reads records into a reused Endpoint and writes them.
func TestStructsDoNotAllocate(t *testing.T) {
	shape, ok := corpus.Lookup("default")
	require.True(t, ok)
	var file bytes.Buffer
	_, err := shape.Generate(&file, &corpus.Options{Form: corpus.Sparse, Bytes: 4 << 20, Seed: 1})
	require.NoError(t, err)
	r := NewReader(&file, nil)
	w := NewWriter(io.Discard, nil)
	var e endpoint.Endpoint
	read := 0
	part := func() {
		left := 300
		for rec, err := range r.All() {
			if err != nil || rec.Into(&e) != nil || w.Write(&e) != nil {
				t.Error("a record is lost")
			}
			read++
			if left--; left == 0 {
				return
			}
		}
	}
	for range 15 { // until all memory is as large as it will be
		part()
	}
	assert.Zero(t, testing.AllocsPerRun(14, part))
	require.Equal(t, 30*300, read)
}
