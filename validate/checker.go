// This file runs the checks. A schema is compiled to one operation a column; a
// dense batch is then checked column by column and a sparse one value by value. A
// legal value passes a quick accept function and nothing else. What does not pass
// goes to [Checker.look], in finding.go, which judges it with care.

package validate

import (
	"encoding/binary"
	"math"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/iso"
)

// op is what is done with the values of a column.
type op uint8

const (
	opFree    op = iota // any text
	opList              // a value of a custom list
	opChannel           // this and the next are judged with their record
	opAddress
	opID
	opReference // an id that is not ours to judge
	opStatus
	opOptOut
	opDate
	opLocale
	opTimezone
	opCountry
	opLatitude
	opLongitude
	opMetric

	// What opAddress becomes when the channel is known.
	opEmail
	opPhone
	opToken // of a push service, or of a channel that nobody knows

	opCount
)

// fieldOps gives the operation of each attribute.
var fieldOps = [endpoint.FieldCount]op{
	endpoint.ID:                  opID,
	endpoint.Address:             opAddress,
	endpoint.ChannelType:         opChannel,
	endpoint.EffectiveDate:       opDate,
	endpoint.EndpointStatus:      opStatus,
	endpoint.OptOut:              opOptOut,
	endpoint.RequestID:           opReference,
	endpoint.DemographicLocale:   opLocale,
	endpoint.DemographicTimezone: opTimezone,
	endpoint.LocationCountry:     opCountry,
	endpoint.LocationLatitude:    opLatitude,
	endpoint.LocationLongitude:   opLongitude,
	endpoint.UserID:              opReference,
	endpoint.Attributes:          opList,
	endpoint.Metrics:             opMetric,
	endpoint.UserAttributes:      opList,
}

// number reports whether the values of the column are JSON numbers.
func (o op) number() bool { return o == opLatitude || o == opLongitude || o == opMetric }

// accept gives the function that lets legal values of an operation pass, nil if
// the operation needs none. What it refuses may still be legal: it is quick, and
// [judge] has the last word.
func accept(o op, p fault.Profile) func([]byte) bool {
	switch o {
	case opID:
		return legalID
	case opReference, opToken:
		return legalReference
	case opEmail:
		return legalEmail
	case opPhone:
		return func(b []byte) bool { return legalPhone(b, p) }
	case opStatus:
		return legalStatus
	case opOptOut:
		return legalOptOut
	case opDate:
		return legalDate
	case opLocale:
		return legalLocale
	case opTimezone:
		return iso.Timezone
	case opCountry:
		if p == fault.Current {
			return iso.Alpha2
		}
		return iso.Alpha3
	case opLatitude:
		return legalLatitude
	case opLongitude:
		return legalLongitude
	case opMetric:
		return legalMetric
	}
	return nil
}

// Checker checks batches. It belongs to one goroutine. It keeps no batch and no
// value between calls.
type Checker struct {
	v    *Validator
	told int // so many columns were judged as a header by For
	plan

	b     *endpoint.Batch
	piles [32]pile // by operation

	brief    bool // nobody asks for more than the number of the findings
	found    []found
	wordings []wording
	counts   []count          // brief: in the place of found
	countAt  map[countKey]int // place in counts
	latest   int              // place in counts of what was counted last
	sorted   []found          // for sort
	ends     []uint32         // for sort, by row: where its findings end

	seen      tallies // of one record
	faults    tallies // of one record: findings in the values of a name
	faultsRow int     // the row that faults counts for, plus one
}

// plan is a compiled schema.
type plan struct {
	schema *endpoint.Schema
	ops    []op     // by column
	odd    []oddity // by column, what is told at each record
	accept [opCount]func([]byte) bool
	quick  [32]kernel
	judged [32]uint // sparse: 1 for operations with a kernel
	most   [32]uint // sparse: how long values may be, if they are not empty

	steps     []int // dense: columns whose values are judged one by one
	lists     []int // dense: columns of lists
	limits    []int // dense: by column, how long its values may be
	oddities  []int // dense: columns with something in odd
	channel   int   // the column of ChannelType, or -1
	address   int   // the column of Address, or -1
	id        int   // the column of Id, or -1
	user      int   // the column of User.UserId, or -1
	names     bool  // a record can have more custom names of a kind than allowed
	values    bool  // dense: a record can have more values of a name than allowed
	overheads int   // what all columns add to the size of an endpoint, at most
}

// compile makes the plan for a schema, or for the columns that it has gained.
func (c *Checker) compile(s *endpoint.Schema) {
	p := &c.plan
	if p.schema != s {
		if p.schema != nil {
			c.told = 0
		}
		*p = plan{schema: s, ops: p.ops[:0], odd: p.odd[:0], accept: p.accept, quick: p.quick, judged: p.judged, most: p.most, channel: -1, address: -1, id: -1, user: -1}
		if p.accept[opID] == nil {
			for o := range opCount {
				p.accept[o], p.quick[o], p.most[o] = accept(o, c.v.profile), kernelOf(o, c.v.profile), endpoint.MaxRecord
				if p.quick[o] != nil {
					p.judged[o] = 1
				}
			}
			p.most[opList] = maxValueLength
		}
	}
	for i := len(p.ops); i < s.Len(); i++ {
		column := s.Columns[i]
		o := fieldOps[column.Field]
		p.ops = append(p.ops, o)
		var odd oddity
		if i >= c.told {
			odd = oddityOf(column, c.v.profile)
		}
		p.odd = append(p.odd, odd)
		if odd != 0 {
			p.oddities = append(p.oddities, i)
		}
		p.overheads += overhead(column)
		p.limits = append(p.limits, math.MaxInt)
		switch {
		case o == opChannel && p.channel < 0:
			p.channel = i
		case o == opAddress:
			if p.address < 0 {
				p.address = i
			}
		case o == opList:
			p.lists = append(p.lists, i)
			p.limits[i] = maxValueLength
		case p.quick[o] != nil:
			p.steps = append(p.steps, i)
		}
		if o == opID && p.id < 0 {
			p.id = i
		}
		if column.Field == endpoint.UserID && p.user < 0 {
			p.user = i
		}
	}
	c.seen.fit(s)
	c.faults.fit(s)
	p.names = c.v.profile == fault.Classic && kinds(s) > maxNamesOfKind
	p.values = c.seen.widest(s) > maxValues
}

// Check checks all rows of a batch but those that are torn, marks rows with faults
// as rejected, and tells what it found to rep, which may be nil. With
// [Options.Fix] it replaces values of the batch.
//
// The schema may be another one than that of the last batch, or have grown.
//
// The error is [fault.ErrStop], when rep has had enough, or nil. Also with an error
// the whole batch has been checked and its rows are marked: only the telling
// stopped.
func (c *Checker) Check(b *endpoint.Batch, rep *fault.Report) error {
	if len(b.Rows) == 0 || b.Schema == nil {
		return nil
	}
	if c.schema != b.Schema || len(c.ops) != b.Schema.Len() {
		c.compile(b.Schema)
	}
	c.b, c.faultsRow = b, 0
	c.brief = rep == nil || rep.CountsOnly()
	if b.Dense {
		c.dense()
	} else {
		c.sparse()
	}
	if c.v.profile == fault.Current {
		c.lineBreaks()
		c.sizes()
	}
	err := c.tell(rep)
	c.b = nil
	return err
}

// dense checks a dense batch. Legal values branch the same way all down a column,
// and the batch stays in the cache while one column after the other is checked.
func (c *Checker) dense() {
	b := c.b
	rows := b.Rows
	width := b.Schema.Len()
	start := int(rows[0].First)
	end := start + len(rows)*width
	for _, col := range c.steps {
		o := c.ops[col]
		quick := c.quick[o]
		first := start + col
		for at := first; at < end; at += width {
			if at += quick(b.Vals[at:end], width, b.Data); at >= end {
				break
			}
			if c.lookAgain((at-first)/width, at, o) && o.number() {
				b.Vals[at] |= bare
				at = c.fineRun(first, at, end, o)
			}
		}
	}
	if len(c.lists) > 0 {
		vals := b.Vals[start:end]
		for r := 0; r < len(rows); r++ {
			if r += longRow(vals[r*width:], c.limits, c.lists); r >= len(rows) {
				break
			}
			c.longValues(r, start+r*width)
		}
	}
	for r := range rows {
		row := &rows[r]
		if row.Flags&endpoint.Torn != 0 {
			continue
		}
		first := int(row.First)
		var s subject
		if c.channel >= 0 && b.Vals[first+c.channel].Len() > 0 {
			s.channel = first + c.channel + 1
		}
		if c.address >= 0 && b.Vals[first+c.address].Len() > 0 {
			s.address = first + c.address + 1
		}
		s.id = c.id >= 0 && b.Vals[first+c.id].Len() > 0
		c.whole(r, s)
		if len(c.oddities) > 0 || c.names || c.values {
			c.oddRow(r)
		}
	}
	c.clearPiles()
}

// lookAgain judges a value that did not pass quickly, and reports whether it is
// legal as it stands.
func (c *Checker) lookAgain(row, at int, o op) bool {
	v := c.b.Vals[at]
	if v.Len() == 0 && c.b.Dense || c.fine(row, v, o) || c.accept[o](c.b.Bytes(v)) {
		return true
	}
	c.look(row, at, o)
	return false
}

// fine reports whether a value is known at once to be degrees of more places than the
// service keeps, and tells of it.
func (c *Checker) fine(row int, v endpoint.Value, o op) bool {
	i, n, limit := v.Start(), v.Len(), fineLimits[o&31]
	if limit == 0 || n >= fineWindow || v.Is(endpoint.InAux) || i+fineWindow > len(c.b.Data) ||
		!fineDegrees((*[fineWindow]byte)(c.b.Data[i:]), n, limit) {
		return false
	}
	f, value := finding{rule: fault.CoordinatePrecision}, ""
	if !c.brief {
		value = string(c.b.Bytes(v))
	}
	c.add(row, v, f, value)
	return true
}

// fineLimits are the limits of degrees, by operation.
var fineLimits = [32]uint64{opLatitude: limitLatitude, opLongitude: limitLongitude}

// fineRun goes down a column of a dense batch from a value that was fine, as long as
// the values are fine or empty, and gives the place of the last of them: data of one
// origin has one precision.
func (c *Checker) fineRun(first, at, end int, o op) int {
	if fineLimits[o&31] == 0 {
		return at
	}
	vals, width := c.b.Vals, c.schema.Len()
	for row := (at-first)/width + 1; at+width < end; row++ {
		if v := vals[at+width]; v.Len() > 0 && !c.fine(row, v, o) {
			break
		}
		at += width
		vals[at] |= bare
	}
	return at
}

// subject is what makes a record an endpoint: the places in Vals, plus one, of its
// channel type and address, whether it has an id, and whether the parser rejected it.
type subject struct {
	channel, address int
	id, rejected     bool
}

// whole checks what concerns a record as a whole: that what is required is there,
// and the channel; the address waits for others of the same channel.
func (c *Checker) whole(row int, s subject) {
	b, p := c.b, c.v.profile
	ch := notChannel
	if s.channel > 0 {
		v := b.Vals[s.channel-1]
		if ch = quickChannel(word(v, b.Data)); ch == notChannel {
			if ch = channelOf(b.Bytes(v), p); ch == notChannel {
				if text, ok := c.look(row, s.channel-1, opChannel); ok {
					ch = channelOf([]byte(text), p)
				}
			}
		}
	}
	if s.address > 0 {
		// It is laid on all three piles and counts on one: the channels of records
		// come in no order.
		at := s.address - 1
		v, which := b.Vals[at], addressPiles[ch&7]
		email, phone, token := &c.piles[opEmail], &c.piles[opPhone], &c.piles[opToken]
		i, j, k := email.n%pileSize, phone.n%pileSize, token.n%pileSize
		email.vals[i], email.at[i] = v, uint32(at)
		phone.vals[j], phone.at[j] = v, uint32(at)
		token.vals[k], token.at[k] = v, uint32(at)
		email.n, phone.n, token.n = i+which&1, j+which>>1&1, k+which>>2
		if (email.n|phone.n|token.n)&pileSize != 0 { // one is full
			c.clearPile([...]op{1: opEmail, 2: opPhone, 4: opToken}[which])
		}
	}
	if !s.id && (s.channel == 0 || s.address == 0) {
		c.required(row, s)
	}
}

// sparse checks a sparse batch: its values are sorted by what is done with them, a
// few at a time, since one after the other they would each branch another way.
func (c *Checker) sparse() {
	b := c.b
	for r := range b.Rows {
		row := &b.Rows[r]
		if row.Flags&endpoint.Torn != 0 {
			continue
		}
		rejected := row.Flags&endpoint.Rejected != 0
		var last [32]int // the place, plus one, of the last value of each operation
		first := int(row.First)
		for i, v := range b.Vals[first : first+int(row.N)] {
			o := c.ops[v.Column()] & 31
			count := c.judged[o]
			if uint(v.Len()-1) >= c.most[o] && !o.number() {
				o, count = opList, 1 // where it is told to be empty or too long
			}
			last[o] = first + i + 1
			// Values that have no rule are laid down, too, and not counted: it is
			// quicker than to ask.
			p := &c.piles[o]
			k := p.n % pileSize
			p.vals[k], p.at[k] = v, uint32(first+i)
			if p.n = k + count; p.n == pileSize {
				c.clearPile(o)
			}
		}
		c.whole(r, subject{channel: last[opChannel], address: last[opAddress], id: last[opID] != 0, rejected: rejected})
		if len(c.oddities) > 0 || c.names && row.N > maxNamesOfKind || row.N > maxValues {
			c.oddRow(r)
		}
	}
	c.clearPiles()
}

// oddRow checks what few schemas and few records give cause to check.
func (c *Checker) oddRow(row int) {
	if len(c.oddities) > 0 {
		c.oddColumns(row)
	}
	c.count(row)
}

// legalID accepts the id of an endpoint.
func legalID(b []byte) bool {
	if spaced(b) {
		return false
	}
	for len(b) >= 8 {
		if w := binary.LittleEndian.Uint64(b); braced(w) != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c == '$' || c == '{' || c == '}' {
			return false
		}
	}
	return true
}

// braced is not zero if one of eight bytes is $, { or }.
func braced(w uint64) uint64 {
	dollar, open, closed := w^'$'*eachByte, w^'{'*eachByte, w^'}'*eachByte
	return ((dollar-eachByte)&^dollar | (open-eachByte)&^open | (closed-eachByte)&^closed) & highBits
}

// legalReference accepts an id that stands for something else than the endpoint.
func legalReference(b []byte) bool { return !spaced(b) }

// longValues judges the values of lists in a row of a dense batch.
func (c *Checker) longValues(row, first int) {
	for _, col := range c.lists {
		if c.b.Vals[first+col].Len() > maxValueLength {
			c.longValue(row, first+col)
		}
	}
}

// longValue judges a value of a list whose bytes are more than the characters that
// are allowed.
func (c *Checker) longValue(row, at int) {
	v := c.b.Vals[at]
	text := c.b.Bytes(v)
	if n := characters(text); n > maxValueLength && c.first(row, v) {
		f, value := finding{rule: fault.ValueLength}, ""
		if !c.brief {
			f.detail, value = tooLong("has ", n, maxValueLength), fault.Clip(text)
		}
		c.add(row, v, f, value)
	}
}
