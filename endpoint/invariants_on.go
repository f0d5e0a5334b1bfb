//go:build invariants

package endpoint

// spoil overwrites what a batch owns, so that a borrow that outlived it is
// noticed at once. Data belongs to whoever filled it and is left alone there:
// readers spoil their own blocks.
func spoil(b *Batch) {
	Spoil(b.Aux[:cap(b.Aux)])
	Spoil(b.text[:cap(b.text)])
	vals := b.Vals[:cap(b.Vals)]
	for i := range vals {
		vals[i] = ^Value(0)
	}
}

// Spoil overwrites memory that must not be read any more.
func Spoil(p []byte) {
	for i := range p {
		p[i] = 0xCC
	}
}
