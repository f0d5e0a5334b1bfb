// What the names of members mean. The tables are made from that of package
// endpoint; the guesses at what a wrong name was meant to be are made here.

package ndjson

import (
	"errors"
	"strings"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/near"
)

// member is what a name means in its group. The zero member is unknown.
type member struct {
	name   string
	field  endpoint.Field // an attribute
	group  endpoint.Group // an object of members
	export uint8          // a member that only exports write: 1, 2, ...
}

// names are the members of a group.
type names map[string]member

// makeNames makes the names of all groups from the table of attributes. Groups
// of custom attributes have none: there every name is one that the user chose.
func makeNames() *[endpoint.GroupCount]names {
	var all [endpoint.GroupCount]names
	add := func(g endpoint.Group, m member) {
		if all[g] == nil {
			all[g] = names{}
		}
		all[g][m.name] = m
	}
	for f := endpoint.ID; f < endpoint.FieldCount; f++ {
		if info := f.Info(); !info.Custom {
			add(info.Group, member{name: info.Member, field: f})
		}
	}
	for g := endpoint.InRecord + 1; g < endpoint.GroupCount; g++ {
		add(g.Info().Parent, member{name: g.Info().Member, group: g})
	}
	for i, name := range endpoint.ExportOnly() {
		add(endpoint.InRecord, member{name: name, export: uint8(i + 1)})
	}
	return &all
}

// customField gives the family whose names a group holds, NoField if the names
// of the group are fixed.
func customField(g endpoint.Group) endpoint.Field {
	switch g {
	case endpoint.InAttributes:
		return endpoint.Attributes
	case endpoint.InMetrics:
		return endpoint.Metrics
	case endpoint.InUserAttributes:
		return endpoint.UserAttributes
	}
	return endpoint.NoField
}

// dotted gives the name of a member as a CSV header writes it.
func dotted(g endpoint.Group, name string) string {
	if g == endpoint.InRecord {
		return name
	}
	return g.String() + "." + name
}

// verdict is what is wrong with a name that its group does not have.
type verdict struct {
	rule   fault.Rule // JSONUnknown, JSONCase or JSONGroup
	hint   string     // empty for the general one
	meant  member     // JSONCase: what is spelled in another letter case
	column string     // JSONGroup: the dotted name
}

// maxVerdicts bounds how many verdicts a parser remembers.
const maxVerdicts = 512

// maxNamed is the longest name for which a likeness is looked for.
const maxNamed = 64

// judge finds out what is wrong with a name. The guesses cost much more than
// reading the member, so they are remembered.
func (p *Parser) judge(g endpoint.Group, name []byte) verdict {
	if len(name) > maxNamed {
		return verdict{rule: fault.JSONUnknown}
	}
	key := dotted(g, string(name))
	v, ok := p.verdicts[key]
	if !ok {
		if p.verdicts == nil || len(p.verdicts) >= maxVerdicts {
			p.verdicts = make(map[string]verdict)
		}
		v = p.guess(g, string(name))
		p.verdicts[key] = v
	}
	return v
}

func (p *Parser) guess(g endpoint.Group, name string) verdict {
	for _, m := range p.names[g] {
		if m.export == 0 && len(m.name) == len(name) && strings.EqualFold(m.name, name) {
			return verdict{rule: fault.JSONCase, hint: "did you mean " + m.name + "?", meant: m}
		}
	}
	c, err := endpoint.ParseColumn([]byte(dotted(g, name)))
	ne, bad := errors.AsType[*endpoint.NameError](err)
	if bad && ne.Suggest != "" {
		c, err = endpoint.ParseColumn([]byte(ne.Suggest))
	}
	if err == nil && strings.Contains(name, ".") && (!bad || ne.Lossless) {
		return verdict{rule: fault.JSONGroup, hint: "write it as " + nested(c), column: c.String()}
	}
	v := verdict{rule: fault.JSONUnknown}
	if near := p.nearGroup(g, name); near != "" {
		v.hint = "did you mean " + near + "?"
	} else if err == nil {
		v.hint = "did you mean " + c.String() + "?"
		if c.Field.Info().Group != g {
			v.hint += " write it as " + nested(c)
		}
	}
	return v
}

// nearGroup gives the object among the members of g whose name is nearly name.
func (p *Parser) nearGroup(g endpoint.Group, name string) string {
	for in := endpoint.InRecord + 1; in < endpoint.GroupCount; in++ {
		info := in.Info()
		if info.Parent == g && near.Distance(strings.ToLower(info.Member), strings.ToLower(name)) <= 2 {
			return info.Name
		}
	}
	return ""
}

// nested shows where a column stands in a record.
func nested(c endpoint.Column) string {
	info := c.Field.Info()
	name := info.Member
	if info.Custom {
		name = c.Key
	}
	s := string(fault.AppendJSONString(nil, name))
	switch info.Kind {
	case endpoint.Text:
		s += `:"..."`
	case endpoint.Number:
		s += `:0`
	case endpoint.List:
		s += `:["..."]`
	}
	s = "{" + s + "}"
	for g := info.Group; g != endpoint.InRecord; g = g.Info().Parent {
		s = `{"` + g.Info().Member + `":` + s + "}"
	}
	return s
}

// wants says which JSON a kind of attribute is written in.
func wants(k endpoint.Kind) string {
	switch k {
	case endpoint.Number:
		return "a number belongs here, without quotes"
	case endpoint.List:
		return "an array of strings belongs here"
	default:
		return "a string belongs here"
	}
}
