// Package ndjson reads and writes endpoints as JSON: one object a line, or, on
// reading, one array of objects over the whole input.
//
//	{"ChannelType":"EMAIL","Address":"ann.lee@example.com","Location":{"Country":"GBR"},"User":{"UserAttributes":{"Team":["A"]}}}
//
// # Reading
//
// The grammar is RFC 8259 to the letter, and the members are those of the
// table in package endpoint. What is wrong with a record is reported as faults
// with line, column and JSON pointer, all of them in one pass unless the
// grammar itself is broken; the record is rejected and reading is in step again
// at the next line. What a value means is no business of this package.
//
// The names that a file uses for its own attributes become columns of a schema
// that grows as they appear, in that order. The columns have the numbers that
// one parser gave them: two parsers of one file may number them differently.
//
// The parser remembers what stood between two values: when a record has its
// members in the order of an earlier one, and spaces where that had them, names
// need not be read again. Records in any other form go through the grammar rule
// by rule, with the same result.
//
// # Writing
//
// An [Appender] writes a batch of either codec: in the order of the header for
// CSV, in the order of the record for JSON, each group once, where its first
// member stands. Absent values and groups without members are left out.
//
// Cutter, Parser and Appender do no input or output and belong to one goroutine
// each; Reader and Writer are thin shells around them.
package ndjson
