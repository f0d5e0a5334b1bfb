// Package fault says what is wrong with an endpoint file and where.
//
// It holds the four things that every other package of the module shares when
// something is amiss: a place ([Pos]), the closed list of rules ([Rule]), the
// one error type ([Error]) and the account of a run ([Report]).
//
// Ask for a rule with errors.Is and for the details with errors.As:
//
//	if errors.Is(err, fault.Country) { ... }
//	if e, ok := errors.AsType[*fault.Error](err); ok { fmt.Println(e.Line, e.Hint) }
//
// The text of a message may change between versions; [Rule.Code] may not.
// Errors of input and output, of a context, and io.EOF are never dressed up as
// faults: they reach the caller as they are.
package fault
