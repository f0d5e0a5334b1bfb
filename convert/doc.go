// Package convert carries endpoint files from their sources to bounded output
// files: a whole run in one call.
//
// A run has one way through the house. A reader cuts each input into blocks of
// whole records; workers parse, check and write each block to memory; the
// caller's goroutine takes the blocks in the order of the input and hands them
// to the output, the rejects, the fault list and the ledger. A fixed ring of
// blocks bounds memory and holds the reader back. What comes out is the same,
// byte for byte, for any number of workers and any block size.
//
// Nothing is lost on the way: each record that is read ends in the output or
// among the rejects, and a run whose sums do not agree fails.
package convert
