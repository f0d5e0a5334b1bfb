//go:build !amd64 || purego

package scan

// eachBody calls f once: there is one body.
func eachBody(f func(body string)) { f("portable") }
