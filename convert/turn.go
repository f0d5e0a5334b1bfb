package convert

import "sync"

// turnstile lets blocks through in their order, for the one thing in a worker
// that depends on what came before: which custom names the account has.
type turnstile struct {
	mu     sync.Mutex
	moved  sync.Cond
	next   int64          // the first block that has not passed
	passed map[int64]bool // blocks behind next that have passed already
	open   bool           // nobody waits any more: the run is ending
}

func newTurnstile() *turnstile {
	t := &turnstile{passed: make(map[int64]bool)}
	t.moved.L = &t.mu
	return t
}

// wait returns when all blocks before seq have passed, or the run ends.
func (t *turnstile) wait(seq int64) {
	t.mu.Lock()
	for t.next < seq && !t.open {
		t.moved.Wait()
	}
	t.mu.Unlock()
}

// pass says that block seq has no more business here.
func (t *turnstile) pass(seq int64) {
	t.mu.Lock()
	t.passed[seq] = true
	for t.passed[t.next] {
		delete(t.passed, t.next)
		t.next++
	}
	t.mu.Unlock()
	t.moved.Broadcast()
}

// release lets everybody through: the run is ending.
func (t *turnstile) release() {
	t.mu.Lock()
	t.open = true
	t.mu.Unlock()
	t.moved.Broadcast()
}
