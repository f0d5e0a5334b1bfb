// Package bench compares endpointfile with other ways to do the same work. It is a module of its
// own, so that no rival ever becomes a dependency of the library. README.md says how to run it.
package bench
