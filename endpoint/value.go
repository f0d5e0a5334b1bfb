package endpoint

// Value is one value of a record: the place of its bytes, the number of its
// column and a few facts about it. It holds no pointer, so that the collector
// never looks inside a batch.
//
// The 64 bits are, from the lowest: 24 start, 22 length, 14 column, 4 flags.
type Value uint64

// Flags are facts about a value.
type Flags uint8

const (
	InAux   Flags = 1 << iota // the bytes lie in Aux, not in Data: an escape was undone, or the value was repaired
	unitary                   // no byte is a comma
	Bare                      // known to be a number in the grammar of JSON: written without quotes there
	Literal                   // no byte is a quote, a backslash or a control character: JSON may copy it as it is

	Plain = Literal | unitary // nor a comma: any format may copy it as it is
)

const (
	startBits  = 24
	lenBits    = 22
	columnBits = 14

	lenShift    = startBits
	columnShift = startBits + lenBits
	flagShift   = startBits + lenBits + columnBits

	// MaxData is how many bytes of input a batch can hold.
	MaxData = 1<<startBits - 1
	// MaxRecord is the size in bytes of the largest record that is read. No
	// record that keeps the limits of names and values comes near it: 60 names
	// of 50 values of 100 characters, each written as a \u escape, are 1.8 MB.
	MaxRecord = 1<<lenBits - 1
)

// MakeValue packs a value. The arguments must be in range: start at most
// MaxData, n at most MaxRecord, column below MaxColumns.
func MakeValue(start, n, column int, flags Flags) Value {
	return Value(uint64(start) | uint64(n)<<lenShift | uint64(column)<<columnShift | uint64(flags)<<flagShift)
}

// Start gives the offset of the first byte in Data, or in Aux if InAux is set.
func (v Value) Start() int { return int(v & (1<<startBits - 1)) }

// Len gives the number of bytes.
func (v Value) Len() int { return int(v >> lenShift & (1<<lenBits - 1)) }

// Column gives the number of the column in the batch's schema.
func (v Value) Column() int { return int(v >> columnShift & (1<<columnBits - 1)) }

// Flags gives the facts.
func (v Value) Flags() Flags { return Flags(v >> flagShift) }

// Is reports whether a flag is set, or all of several flags.
func (v Value) Is(f Flags) bool { return Flags(v>>flagShift)&f == f }
