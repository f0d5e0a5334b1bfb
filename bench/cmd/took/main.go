// Command took runs a program, with its own standard input and output, and says on file 3 what
// that took, as one JSON object:
//
//	took 3>usage.json split --check endpoints.csv
//
// Its exit status is that of the program. It is a program of its own and a small one because Linux
// counts the memory that a parent has when it starts a process as the process's own.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"time"
)

func main() {
	os.Exit(run(os.Args[1:], os.NewFile(3, "usage")))
}

// run is main with its surroundings as arguments.
func run(args []string, report *os.File) int {
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: took PROGRAM [ARGUMENT ...]")
		return 2
	}
	c := exec.Command(args[0], args[1:]...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	start := time.Now()
	err := c.Run()
	wall := time.Since(start)
	if c.ProcessState == nil {
		fmt.Fprintln(os.Stderr, "took:", err)
		return 1
	}
	cpu := c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	_, err = fmt.Fprintf(report, `{"cpu":%.6f,"wall":%.6f,"peak":%d}`+"\n", cpu.Seconds(), wall.Seconds(), peak(c.ProcessState))
	if err != nil {
		fmt.Fprintln(os.Stderr, "took:", err)
		return 1
	}
	return c.ProcessState.ExitCode()
}
