// This file holds the bottom layer, the stored bytes.

package unwrap

import (
	"io"
	"sync/atomic"
)

// source is the caller's reader. It counts, and it keeps an I/O error apart
// from whatever a decompressor makes of it.
type source struct {
	r       io.Reader
	n       atomic.Int64 // bytes taken from r
	back    []byte       // looked at, given again before r goes on
	backErr error        // what r said behind back, given once more
	err     error        // r's error, io.EOF apart
}

// Read gives what was looked at, then what r gives.
func (s *source) Read(p []byte) (int, error) {
	if len(s.back) > 0 {
		n := copy(p, s.back)
		s.back = s.back[n:]
		return n, nil
	}
	if s.backErr != nil {
		return 0, s.backErr
	}
	n, err := s.r.Read(p)
	s.n.Add(int64(n))
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// idleReads is how many reads in a row may give neither bytes nor an error, as
// many as package bufio allows.
const idleReads = 100

// fill reads until b is full or an error comes, io.EOF included; both can be.
func fill(r io.Reader, b []byte) (n int, err error) {
	for idle := 0; n < len(b) && err == nil; {
		var m int
		m, err = r.Read(b[n:])
		n += m
		if idle++; m > 0 {
			idle = 0
		}
		if idle == idleReads && err == nil {
			err = io.ErrNoProgress
		}
	}
	return n, err
}
