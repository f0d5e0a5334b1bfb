// This file holds the entry of the package: the options, the Validator made from
// them, and the rules about a header, which are asked once for an input.

package validate

import (
	"strings"
	"unicode/utf8"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// The limits of the service.
const (
	maxNamesOfKind = 20  // custom names of a kind on one endpoint: User Guide (2017)
	maxValues      = 50  // values of a custom name: API reference, EndpointRequest
	maxNameLength  = 50  // characters of a custom name: API reference, EndpointRequest
	maxValueLength = 100 // characters of a custom value: API reference, EndpointRequest

	accountClassic = 40  // distinct custom names in all: User Guide (2017)
	accountCurrent = 250 // the same: Developer Guide, Quotas (2023)

	maxEndpoint = 15_000 // bytes of an endpoint: Developer Guide, Quotas (2023)
)

// Options are the choices of a [Validator].
type Options struct {
	// Profile is the era of the service's rules. The default is [fault.Classic].
	Profile fault.Profile

	// Fix mends what can be mended without loss. The default is to report it.
	Fix bool

	// Known are custom names that the account uses already, in dotted form, such
	// as "User.UserAttributes.Team". They take room in an [Account] and need no
	// room any more when a record has them. What is not such a name
	// ([endpoint.ParseColumn] tells) takes room and is never met.
	Known []string
}

// Validator holds the rules of a profile. It is immutable: any number of
// goroutines may share it.
type Validator struct {
	profile fault.Profile
	fix     bool
	known   []endpoint.Column
}

// New makes a validator. Nil stands for the default options.
func New(opt *Options) *Validator {
	if opt == nil {
		opt = &Options{}
	}
	v := &Validator{profile: opt.Profile, fix: opt.Fix}
	for _, name := range opt.Known {
		if name == "" {
			continue
		}
		c, err := endpoint.ParseColumn([]byte(name))
		if err != nil || !c.Field.Custom() {
			c = endpoint.Column{Key: name}
		}
		v.known = append(v.known, c)
	}
	return v
}

// Profile gives the profile whose rules are asked.
func (v *Validator) Profile() fault.Profile { return v.profile }

// For makes a checker for one goroutine.
//
// If s is a schema, it is taken for the header of a file: what is wrong with a
// column is told here, once, and not again for each record. Faults of a header
// refuse the whole input: they go to rep with the severity [fault.Refuse], and the
// first of them is the error, a *[fault.Error]. Warnings go to rep only. A schema
// does not know where its columns stand, so these findings have a Field and no
// place. The error may also be [fault.ErrStop].
//
// If s is nil, the checker takes the columns as the batches bring them, and what
// is wrong with a column is told at each record that has a value in it. That is
// the way for formats without a header.
//
// rep may be nil, for the second and later checkers of one header.
func (v *Validator) For(s *endpoint.Schema, rep *fault.Report) (*Checker, error) {
	c := &Checker{v: v}
	if s == nil {
		return c, nil
	}
	var refused error
	for i, column := range s.Columns {
		if s.Head(i) != i {
			continue
		}
		for _, rule := range oddityRules(oddityOf(column, v.profile)) {
			e := &fault.Error{Rule: rule, Severity: rule.Severity(v.profile), Field: column.String()}
			e.Detail = oddityDetail(column, rule)
			if e.Severity == fault.Reject {
				e.Severity = fault.Refuse
			}
			if rep != nil {
				if err := rep.Add(e); err != nil {
					return nil, err
				}
			}
			if refused == nil && e.Severity == fault.Refuse {
				refused = e
			}
		}
	}
	if refused != nil {
		return nil, refused
	}
	c.told = s.Len()
	c.compile(s)
	return c, nil
}

// oddity is what a rule says against a column, whatever its values are.
type oddity uint8

const (
	oddEmpty       oddity = 1 << iota // a custom attribute without a name
	oddLong                           // a name of too many characters
	oddCharacters                     // a name with a character that consoles cannot show
	oddSpaces                         // a name with white space before or after it
	oddUnsupported                    // an attribute that the profile does not take
)

// oddityOf looks at a column.
func oddityOf(c endpoint.Column, p fault.Profile) oddity {
	if !c.Field.Custom() {
		if p == fault.Current && (c.Field == endpoint.EndpointStatus || c.Field == endpoint.EffectiveDate) {
			return oddUnsupported
		}
		return 0
	}
	var o oddity
	if strings.TrimSpace(c.Key) != c.Key {
		o |= oddSpaces
	}
	if c.Key == "" {
		o |= oddEmpty
	}
	if len(c.Key) > maxNameLength && utf8.RuneCountInString(c.Key) > maxNameLength {
		o |= oddLong
	}
	for i := range len(c.Key) {
		switch c.Key[i] {
		case '#', ':', '?', '\\', '/':
			o |= oddCharacters
		}
	}
	return o
}

// oddityRules gives the rules that are broken, in the order of the table.
func oddityRules(o oddity) []fault.Rule {
	var rules []fault.Rule
	for _, x := range [...]struct {
		oddity
		fault.Rule
	}{
		{oddUnsupported, fault.Unsupported},
		{oddLong, fault.NameLength},
		{oddCharacters, fault.NameCharacters},
		{oddSpaces, fault.NameSpaces},
		{oddEmpty, fault.NameEmpty},
	} {
		if o&x.oddity != 0 {
			rules = append(rules, x.Rule)
		}
	}
	return rules
}

// oddityDetail words what the table's sentence leaves open.
func oddityDetail(c endpoint.Column, rule fault.Rule) string {
	if rule == fault.NameLength {
		return tooLong("has a name of ", utf8.RuneCountInString(c.Key), maxNameLength)
	}
	return ""
}
