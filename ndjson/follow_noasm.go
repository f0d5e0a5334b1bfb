//go:build !amd64 || purego

package ndjson

// marks are for machines that make them quickly.
type marks struct{}

func survey(*trail) {}

func follow(t *trail) { followGo(t) }
