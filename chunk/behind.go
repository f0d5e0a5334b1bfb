package chunk

import (
	"os"
	"sync"
)

// behindStep is how many bytes are written to a file before the disk is told to begin
// with them.
const behindStep = 8 << 20

// behind has a file written to the disk while it grows. Without it the system begins
// late and the fsync of a commit waits for nearly all of a chunk, when there is
// nothing left to do beside it. It changes nothing but the time: what it fails at is
// left to the fsync.
//
// A goroutine makes the calls, since they wait when the disk is behind. It is there
// from the first full step to wait.
type behind struct {
	file    *os.File
	written int64 // bytes of the file
	asked   int64 // of these
	upTo    chan int64
	done    sync.WaitGroup
}

// grown says that n more bytes were written. It does not wait.
func (b *behind) grown(n int) {
	b.written += int64(n)
	if !canStart || b.written-b.asked < behindStep {
		return
	}
	if b.upTo == nil {
		b.upTo = make(chan int64, 1)
		b.done.Go(b.run)
	}
	select {
	case b.upTo <- b.written:
		b.asked = b.written
	default: // the disk is behind: the next step is a larger one
	}
}

func (b *behind) run() {
	from := int64(0)
	for to := range b.upTo {
		startWriting(b.file, from, to-from)
		from = to
	}
}

// wait ends the goroutine. It must come before the file is closed. It may be called
// again.
func (b *behind) wait() {
	if b.upTo != nil {
		close(b.upTo)
		b.done.Wait()
		b.upTo = nil
	}
}
