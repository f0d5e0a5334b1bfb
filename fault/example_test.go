package fault_test

import (
	"errors"
	"fmt"

	"github.com/endpointfile/endpointfile/fault"
)

func country(line int64, value string) *fault.Error {
	return &fault.Error{
		Pos:   fault.Pos{File: "crm.csv", Line: line, Column: 27},
		Field: "Location.Country", Rule: fault.Country, Value: value, Hint: "did you mean GBR?",
	}
}

func ExampleError() {
	err := fmt.Errorf("import: %w", country(3, "UK"))
	fmt.Println(err)
	fmt.Println(errors.Is(err, fault.Country), errors.Is(err, fault.Timezone))
	if e, ok := errors.AsType[*fault.Error](err); ok {
		fmt.Println(e.Line, e.Field, e.Advice())
	}
	// Output:
	// import: crm.csv:3:27: location-country: Location.Country "UK" is not an assigned ISO 3166-1 code (did you mean GBR?)
	// true false
	// 3 Location.Country did you mean GBR?
}

func ExampleError_AppendJSON() {
	fmt.Printf("%s\n", country(3, "UK").AppendJSON(nil))
	// Output:
	// {"file":"crm.csv","line":3,"column":27,"offset":0,"field":"Location.Country","rule":"location-country","severity":"fault","value":"UK","hint":"did you mean GBR?","message":"is not an assigned ISO 3166-1 code"}
}

func ExampleReport() {
	rep := &fault.Report{Keep: 1} // hold one error, count them all
	for line := range int64(3) {
		if err := rep.Add(country(line+2, "UK")); err != nil {
			fmt.Println("not reached: there is no limit")
		}
	}
	fmt.Println(rep.Err())
	for _, c := range rep.Counts() {
		fmt.Println(c.Count, c.Severity, c.Rule, c.Field)
	}
	// Output:
	// crm.csv:2:27: location-country: Location.Country "UK" is not an assigned ISO 3166-1 code (did you mean GBR?)
	// 3 fault location-country Location.Country
}

func ExampleReport_stop() {
	rep := &fault.Report{Max: 2}
	for line := range int64(10) {
		if errors.Is(rep.Add(country(line+2, "UK")), fault.ErrStop) {
			fmt.Println("enough at line", line+2)
			break
		}
	}
	// Output:
	// enough at line 3
}

func ExampleLookup() {
	rule, ok := fault.Lookup("demographic-locale")
	fmt.Println(rule, ok)
	fmt.Println(rule.Row().Hint)
	fmt.Println(rule.Severity(fault.Classic))
	// Output:
	// demographic-locale: is not a locale true
	// write ll_CC: an ISO 639-1 language and an ISO 3166-1 alpha-2 country, as in en_US
	// fault
}
