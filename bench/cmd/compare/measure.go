package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
)

// usage is what one run of a program took.
type usage struct {
	CPU  float64 // seconds, user and system
	Wall float64 // seconds
	Peak int64   // most memory resident, in KiB; 0 where the system does not tell
}

// measure runs a program under cmd/took, which is given, with a file as its standard input; a nil
// stdout throws its output away.
func measure(took string, args, env []string, in string, stdout *os.File) (u usage, err error) {
	stdin, err := os.Open(in)
	if err != nil {
		return u, err
	}
	defer stdin.Close()
	r, w, err := os.Pipe()
	if err != nil {
		return u, err
	}
	defer r.Close()
	c := exec.Command(took, args...)
	c.Env = append(os.Environ(), env...)
	c.Stdin, c.Stderr, c.ExtraFiles = stdin, os.Stderr, []*os.File{w}
	if stdout != nil { // a nil *os.File would be an io.Writer that is not nil
		c.Stdout = stdout
	}
	err = c.Run()
	w.Close()
	if err != nil {
		return u, fmt.Errorf("%q: %w", args, err)
	}
	return u, json.NewDecoder(r).Decode(&u)
}
