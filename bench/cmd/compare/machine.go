package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strings"
)

// machine describes this machine in one sentence's length.
func machine() string {
	cpu := runtime.GOARCH
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		first, _, _ := bytes.Cut(text, []byte("\n\n"))
		if name := fact(string(first), "model name"); name != "" {
			cpu = name
			if family := fact(string(first), "cpu family"); family != "" {
				cpu += fmt.Sprintf(" (family %s, model %s)", family, fact(string(first), "model"))
			}
		}
	}
	kernel := runtime.GOOS
	if text, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		version, _, _ := strings.Cut(strings.TrimSpace(string(text)), "-")
		kernel += " " + version
	}
	memory := ""
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		var kib int64
		if _, err := fmt.Sscan(fact(string(text), "MemTotal"), &kib); err == nil {
			memory = fmt.Sprintf(", %d GiB of memory", (kib+1<<19)>>20)
		}
	}
	return fmt.Sprintf("%d cores of %s%s, %s", runtime.NumCPU(), cpu, memory, kernel)
}

// fact finds a line such as "model name : AMD EPYC" and gives what stands behind the colon.
func fact(text, name string) string {
	for line := range strings.Lines(text) {
		key, value, ok := strings.Cut(line, ":")
		if ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
