// Package scan holds the leaf functions that look at every byte of an input:
// they find the bytes that a grammar cares about and write down where those
// are, many at a time.
//
// A leaf takes slices and masks, keeps no state between calls, allocates
// nothing and knows no package of this module. Its contract stands at the
// exported function; its Go body works on words of eight bytes, without
// unsafe, on machines of either byte order, and is compiled everywhere, so that
// a faster body for one processor can be held against it on the same inputs.
package scan
