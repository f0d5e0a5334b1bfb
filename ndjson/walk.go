// The grammar, rule by rule: from behind a value to the start of the next one,
// whatever stands between them.

package ndjson

import (
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/scan"
)

// maxDepth is how many objects and arrays may be open at once, the record
// counted. An endpoint has four at most.
const maxDepth = 64

// phase is a place in the grammar.
type phase uint8

const (
	atStart phase = iota // before the opening brace of the record
	atFirst              // behind an opening brace
	atNext               // behind the value of a member
	atItem               // behind the opening bracket of a list
	atComma              // behind an item of a list
)

// walk reads on from i, which is not within a value, to the start of the next
// regular value, and gives its place and its column. Irregular ones are
// reported, mended or passed over on the way. Instead of a column it gives
// colEnd at the end of the record and colTorn if it cannot be read.
func (p *Parser) walk(i int) (int, int) {
	d := p.data[:p.end]
	for {
		if i = scan.JSONSpace(d, i); i == len(d) {
			return i, p.short(i)
		}
		switch p.phase {
		case atStart:
			if d[i] != '{' {
				return i, p.notObject(i)
			}
			p.g, p.phase = endpoint.InRecord, atFirst
			i++
			continue
		case atItem, atComma:
			n, col := p.listItem(d, i)
			if col != colNone {
				return n, col
			}
			i = n
			continue
		}
		p.col, p.key, p.known, p.item = -1, nil, "", -1
		if d[i] == '}' {
			i++
			if p.g == endpoint.InRecord {
				return p.close(d, i), colEnd
			}
			p.g, p.phase = p.g.Info().Parent, atNext
			continue
		}
		if p.phase == atNext {
			if d[i] != ',' {
				return i, p.syntax(i)
			}
			if i = scan.JSONSpace(d, i+1); i == len(d) {
				return i, p.short(i)
			}
		}
		if d[i] != '"' {
			return i, p.syntax(i)
		}
		n, col := p.member(d, i)
		if col != colNone {
			return n, col
		}
		i = n
	}
}

// close reads what stands behind the closing brace of the record.
func (p *Parser) close(d []byte, i int) int {
	if i = scan.JSONSpace(d, i); i < len(d) {
		e := p.fault(i, fault.JSONTrailing)
		e.Value = p.show(i)
		p.report(e)
	}
	return len(d)
}

// listItem reads from the opening bracket of a list, or from an item, to the
// next item or past the end of the list.
func (p *Parser) listItem(d []byte, i int) (int, int) {
	if d[i] == ']' {
		if p.phase == atItem {
			p.item = -1
			p.report(p.fault(p.list, fault.JSONEmpty))
		}
		p.phase = atNext
		return i + 1, colNone
	}
	if p.phase == atComma {
		if d[i] != ',' {
			return i, p.syntax(i)
		}
		if i = scan.JSONSpace(d, i+1); i == len(d) {
			return i, p.short(i)
		}
		p.item++
	}
	p.phase = atComma
	if d[i] == '"' {
		return i + 1, p.col
	}
	if d[i] == 'n' && wrongAt(d, i) < 0 {
		return p.null(i)
	}
	return p.wrong(d, i, "every value of a list is a string")
}

// member reads a member from its name on.
func (p *Parser) member(d []byte, at int) (int, int) {
	i, name, whole := p.name(d, at)
	if i < 0 {
		return at, colTorn
	}
	if i = scan.JSONSpace(d, i); i == len(d) || d[i] != ':' {
		return i, p.syntax(i)
	}
	if i = scan.JSONSpace(d, i+1); i == len(d) {
		return i, p.short(i)
	}
	p.phase = atNext
	if !whole {
		return p.pass(i)
	}
	p.key = name
	if f := customField(p.g); f != endpoint.NoField {
		return p.custom(d, at, i, f)
	}
	m, ok := p.names[p.g][string(name)]
	if !ok {
		if m, ok = p.misnamed(at); !ok {
			return p.pass(i)
		}
	}
	switch {
	case m.field != endpoint.NoField:
		col := p.std[m.field]
		if col < 0 {
			if col = p.add(endpoint.Column{Field: m.field}); col < 0 {
				return at, p.tooMany(at)
			}
			p.std[m.field] = col
		}
		return p.field(d, at, i, col)
	case m.group != endpoint.InRecord:
		return p.object(d, at, i, m.group)
	default:
		return p.exported(at, i, m)
	}
}

// name reads the name of a member from its opening quote on and gives the place
// behind it, -1 if the record is torn. whole is false if something is wrong
// with it.
func (p *Parser) name(d []byte, at int) (i int, name []byte, whole bool) {
	if i, _ = scan.JSONString(d, at+1); i < len(d) && d[i] == '"' {
		return i + 1, d[at+1 : i], true
	}
	name, t := decode(p.scratch[:0], d, at+1)
	p.scratch = name
	if !p.reportText(at, t) {
		return -1, nil, false
	}
	return t.end + 1, name, t.bad < 0 && t.half < 0
}

// custom reads a member of a group of custom attributes.
func (p *Parser) custom(d []byte, at, i int, f endpoint.Field) (int, int) {
	col, ok := p.schema.LookupKey(f, p.key)
	if !ok {
		if len(p.key) > maxKey {
			e := p.fault(at, fault.NameLength)
			e.Value = fault.Clip(p.key)
			p.report(e)
			return p.pass(i)
		}
		if col = p.add(endpoint.Column{Field: f, Key: string(p.key)}); col < 0 {
			return at, p.tooMany(at)
		}
	}
	return p.field(d, at, i, col)
}

// add gives the schema a column, -1 if it has too many.
func (p *Parser) add(c endpoint.Column) int {
	if p.schema.Len() >= maxNames {
		return -1
	}
	info := c.Field.Info()
	p.cols = append(p.cols, column{kind: info.Kind, group: info.Group})
	if len(p.states) < maxStates {
		p.states = append(p.states, state{})
	}
	return p.schema.Add(c)
}

// misnamed reports a name that its group does not have. If it is a legal one in
// another letter case, it gives what was meant and true.
func (p *Parser) misnamed(at int) (member, bool) {
	v := p.judge(p.g, p.key)
	e := p.fault(at, v.rule)
	e.Value, e.Hint, e.Field = fault.Clip(p.key), v.hint, v.column
	if v.rule != fault.JSONCase {
		p.report(e)
		return member{}, false
	}
	e.Field = dotted(p.g, v.meant.name)
	p.mend(e, v.meant.name)
	return v.meant, true
}

// field reads the value of an attribute that starts at i and whose name starts
// at at.
func (p *Parser) field(d []byte, at, i, col int) (int, int) {
	p.col, p.key = col, nil
	c := &p.cols[col]
	if c.stamp == p.mark {
		p.report(p.fault(at, fault.JSONDuplicate))
		return p.pass(i)
	}
	c.stamp = p.mark
	switch b := d[i]; {
	case b == '"':
		switch c.kind {
		case endpoint.Text:
			return i + 1, col
		case endpoint.List:
			return p.lift(d, i, col)
		case endpoint.Number:
			return p.unquote(d, i, col)
		}
	case b == '[' && c.kind == endpoint.List:
		p.phase, p.item, p.list = atItem, 0, i
		return i + 1, colNone
	case (b == '-' || b-'0' <= 9) && c.kind == endpoint.Number:
		return i, col
	case b == 'n' && wrongAt(d, i) < 0:
		return p.null(i)
	}
	return p.wrong(d, i, wants(c.kind))
}

// object opens a group of attributes.
func (p *Parser) object(d []byte, at, i int, g endpoint.Group) (int, int) {
	p.known = g.String()
	bit := groupSet(1) << g
	if p.opened&bit != 0 {
		p.report(p.fault(at, fault.JSONDuplicate))
		return p.pass(i)
	}
	p.opened |= bit
	p.opens |= bit
	switch {
	case d[i] == '{':
		p.g, p.phase = g, atFirst
		return i + 1, colNone
	case d[i] == 'n' && wrongAt(d, i) < 0:
		return p.null(i)
	}
	return p.wrong(d, i, "an object belongs here")
}

// exported drops or reports a member that only exports write.
func (p *Parser) exported(at, i int, m member) (int, int) {
	p.known = m.name
	bit := uint8(1) << m.export
	e := p.fault(at, fault.ExportOnly)
	switch {
	case p.export&bit != 0:
		e.Rule = fault.JSONDuplicate
		p.report(e)
	case p.drop:
		p.repair(e, "")
	default:
		p.report(e)
	}
	p.export |= bit
	return p.pass(i)
}

// null reports a null, or drops it.
func (p *Parser) null(i int) (int, int) {
	e := p.fault(i, fault.JSONNull)
	e.Value = "null"
	p.mend(e, "")
	return i + 4, colNone
}

// lift takes a string where a list belongs for a list of one.
func (p *Parser) lift(d []byte, i, col int) (int, int) {
	e := p.fault(i, fault.JSONScalar)
	e.Value = p.show(i)
	list := fault.Clip(`["` + e.Value + `"]`)
	e.Hint = "write " + list
	p.mend(e, list)
	end, comma := scan.JSONString(d, i+1)
	if end < len(d) && d[end] == '"' {
		p.b.Vals = append(p.b.Vals, endpoint.MakeValue(i+1, end-i-1, col, literal(comma)))
		return end + 1, colNone
	}
	v, end := p.slow(i+1, col)
	p.phase, p.item = atNext, -1
	if end < 0 {
		return i, colTorn
	}
	p.b.Vals = append(p.b.Vals, v)
	return end + 1, colNone
}

// unquote takes a number in quotes for the number.
func (p *Parser) unquote(d []byte, i, col int) (int, int) {
	end, ok := scan.JSONNumber(d, i+1)
	if !ok || end == len(d) || d[end] != '"' {
		return p.wrong(d, i, wants(endpoint.Number))
	}
	e := p.fault(i, fault.JSONType)
	e.Value = p.show(i)
	e.Hint = "write it without quotes: " + e.Value
	p.mend(e, e.Value)
	p.b.Vals = append(p.b.Vals, endpoint.MakeValue(i+1, end-i-1, col, endpoint.Plain|endpoint.Bare))
	return end + 1, colNone
}

// wrong reports a value of another type than the one that belongs there, and
// passes over it.
func (p *Parser) wrong(d []byte, i int, hint string) (int, int) {
	if at := wrongAt(d, i); at >= 0 {
		return at, p.syntax(at)
	}
	e := p.fault(i, fault.JSONType)
	e.Value, e.Hint = p.show(i), hint
	p.report(e)
	return p.pass(i)
}

// pass reads past a value that is not wanted.
func (p *Parser) pass(i int) (int, int) {
	p.clean = false
	if i = p.skip(i); i < 0 {
		return 0, colTorn
	}
	return i, colNone
}
