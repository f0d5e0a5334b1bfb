//go:build !amd64 || purego

package ndjson

func follow(t *trail) { followGo(t) }
