package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"github.com/endpointfile/endpointfile/convert"
)

// meter shows how far a run is on one line of a terminal.
type meter struct {
	w     io.Writer
	shown bool
}

func (s *job) meter(when string) error {
	s.progress = &meter{w: s.stderr}
	show := false
	switch when {
	case "auto":
		f, ok := s.stderr.(*os.File)
		show = ok && !s.quiet && term.IsTerminal(int(f.Fd()))
	case "always":
		show = true
	case "never":
	default:
		return fmt.Errorf("--progress: %q: say auto, always or never", when)
	}
	if show {
		s.opt.Progress = s.progress.show
	}
	return nil
}

func (m *meter) show(p convert.Progress) {
	seconds := max(p.Elapsed.Seconds(), 1e-3)
	line := ""
	if p.Discovering {
		line = "finding columns: "
	}
	line += size(p.Bytes)
	if p.TotalBytes > 0 {
		line += fmt.Sprintf(" of %s (%d%%)", size(p.TotalBytes), min(100, p.Bytes*100/p.TotalBytes))
	}
	line += fmt.Sprintf("  %s records  %s/s", count(p.Records), size(int64(float64(p.Bytes)/seconds)))
	if p.TotalBytes > p.Bytes && p.Bytes > 0 && !p.Discovering {
		left := time.Duration(float64(p.TotalBytes-p.Bytes) / float64(p.Bytes) * float64(p.Elapsed))
		line += "  " + left.Round(time.Second).String() + " left"
	}
	if p.Rejected > 0 {
		line += "  " + count(p.Rejected) + " rejected"
	}
	if p.Chunks > 0 {
		line += fmt.Sprintf("  chunk %d", p.Chunks)
	}
	fmt.Fprintf(m.w, "\r\x1b[K%s", line)
	m.shown = true
}

// clear takes the line away.
func (m *meter) clear() {
	if m.shown {
		fmt.Fprint(m.w, "\r\x1b[K")
	}
}
