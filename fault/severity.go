package fault

// Severity is what a fault does to the record that it is found in.
type Severity uint8

const (
	Unset    Severity = iota // not said: the rule's own severity counts
	Off                      // the rule does not apply in this profile
	Warning                  // told and counted; the record is kept
	Repaired                 // mended without loss, told and counted; the record is kept
	Reject                   // the record goes to the rejects
	Refuse                   // the whole input is refused: no record of it is read
)

// String gives the name that reports use.
func (s Severity) String() string {
	switch s {
	case Off:
		return "off"
	case Warning:
		return "warning"
	case Repaired:
		return "repaired"
	case Reject:
		return "fault"
	case Refuse:
		return "refused"
	}
	return "unset"
}

// Profile is an era of the service's rules.
type Profile uint8

const (
	// Classic is what the guides of 2017 to 2019 say and what most files in
	// the world were written for: alpha-3 countries, 20 custom attributes of a
	// kind on an endpoint, 40 over the account.
	Classic Profile = iota
	// Current is the last guide that was published (2023): alpha-2 countries,
	// 250 names over the application, 15 KB an endpoint, no line breaks or tabs.
	Current
)

// String gives the name that flags and reports use: "classic" or "current".
func (p Profile) String() string {
	if p == Current {
		return "current"
	}
	return "classic"
}
