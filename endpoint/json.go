package endpoint

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/goccy/go-json"

	"github.com/endpointfile/endpointfile/fault"
)

// wire is the JSON form of an Endpoint: groups are pointers so that an empty
// one is left out.
type wire struct {
	Id             string       `json:"Id,omitempty"` //nolint:revive // as the API names it
	ChannelType    string       `json:"ChannelType,omitempty"`
	Address        string       `json:"Address,omitempty"`
	EffectiveDate  string       `json:"EffectiveDate,omitempty"`
	EndpointStatus string       `json:"EndpointStatus,omitempty"`
	OptOut         string       `json:"OptOut,omitempty"`
	RequestId      string       `json:"RequestId,omitempty"` //nolint:revive // as above
	Demographic    *Demographic `json:"Demographic,omitempty"`
	Location       *Location    `json:"Location,omitempty"`
	User           *User        `json:"User,omitempty"`
	Attributes     Lists        `json:"Attributes,omitempty"`
	Metrics        Values       `json:"Metrics,omitempty"`
}

// MarshalJSON writes the nested JSON object that an endpoint file has on one
// line. Absent members are left out.
//
// An error comes from a number that is none: see [Decimal.MarshalJSON].
func (e Endpoint) MarshalJSON() ([]byte, error) {
	w := wire{
		Id: e.Id, ChannelType: e.ChannelType, Address: e.Address, EffectiveDate: e.EffectiveDate,
		EndpointStatus: e.EndpointStatus, OptOut: e.OptOut, RequestId: e.RequestId,
		Attributes: e.Attributes.said(), Metrics: e.Metrics.said(),
	}
	if e.Demographic != (Demographic{}) {
		w.Demographic = &e.Demographic
	}
	if e.Location != (Location{}) {
		w.Location = &e.Location
	}
	if u := (User{e.User.UserId, e.User.UserAttributes.said()}); u.UserId != "" || u.UserAttributes != nil {
		w.User = &u
	}
	return marshal(&w)
}

// marshal writes < > and & as they are: endpoint files are no web pages.
func marshal(v any) ([]byte, error) {
	return json.MarshalWithOption(v, json.DisableHTMLEscape())
}

// said gives nil when no list has a value: nothing is to be written then.
func (l Lists) said() Lists {
	for i := range l {
		if len(l[i].Values) > 0 {
			return l
		}
	}
	return nil
}

// said gives nil when no metric has a number.
func (m Values) said() Values {
	for i := range m {
		if m[i].Value != "" {
			return m
		}
	}
	return nil
}

// UnmarshalJSON reads what MarshalJSON writes. The strings of e share nothing
// with data. It is lenient where the API's own samples are: a bare string is
// taken for an array of one, a number in quotes for the number, a null for an
// absent member, and unknown members are passed over. To have every fault told,
// read with package ndjson.
func (e *Endpoint) UnmarshalJSON(data []byte) error {
	var w wire
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*e = Endpoint{
		Id: w.Id, ChannelType: w.ChannelType, Address: w.Address, EffectiveDate: w.EffectiveDate,
		EndpointStatus: w.EndpointStatus, OptOut: w.OptOut, RequestId: w.RequestId,
		Attributes: w.Attributes, Metrics: w.Metrics,
	}
	if w.Demographic != nil {
		e.Demographic = *w.Demographic
	}
	if w.Location != nil {
		e.Location = *w.Location
	}
	if w.User != nil {
		e.User = *w.User
	}
	return nil
}

// MarshalJSON writes the number as it stands. It is an error if the text is not
// a number as JSON writes them.
func (d Decimal) MarshalJSON() ([]byte, error) {
	if !d.valid() {
		return nil, fmt.Errorf("endpoint: %q is not a JSON number", fault.Clip(string(d)))
	}
	return []byte(d), nil
}

// valid reports whether d is a number in the grammar of RFC 8259, section 6.
func (d Decimal) valid() bool {
	rest := strings.TrimPrefix(string(d), "-")
	whole := digits(rest)
	if whole == 0 || (whole > 1 && rest[0] == '0') {
		return false
	}
	rest = rest[whole:]
	if strings.HasPrefix(rest, ".") {
		n := digits(rest[1:])
		if n == 0 {
			return false
		}
		rest = rest[1+n:]
	}
	if rest == "" {
		return true
	}
	if rest[0] != 'e' && rest[0] != 'E' {
		return false
	}
	if rest = rest[1:]; rest != "" && (rest[0] == '+' || rest[0] == '-') {
		rest = rest[1:]
	}
	n := digits(rest)
	return n > 0 && n == len(rest)
}

// digits counts the digits at the head of s.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// UnmarshalJSON keeps the number as it stands.
func (d *Decimal) UnmarshalJSON(data []byte) error {
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil {
		return err
	}
	*d = Decimal(n)
	return nil
}

// MarshalJSON writes an object of arrays in the order of the slice. A name
// without values is left out.
func (l Lists) MarshalJSON() ([]byte, error) {
	out, err := []byte{'{'}, error(nil)
	for i := range l {
		if len(l[i].Values) == 0 {
			continue
		}
		if out, err = appendMember(out, l[i].Name, l[i].Values); err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}

// MarshalJSON writes an object of numbers in the order of the slice. A name
// without a number is left out.
func (m Values) MarshalJSON() ([]byte, error) {
	out, err := []byte{'{'}, error(nil)
	for i := range m {
		if m[i].Value == "" {
			continue
		}
		if out, err = appendMember(out, m[i].Name, m[i].Value); err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}

func appendMember(out []byte, name string, value any) ([]byte, error) {
	k, err := marshal(name)
	if err != nil {
		return nil, err
	}
	v, err := marshal(value)
	if err != nil {
		return nil, err
	}
	if out[len(out)-1] != '{' {
		out = append(out, ',')
	}
	return append(append(append(out, k...), ':'), v...), nil
}

// UnmarshalJSON reads an object of arrays of strings and keeps its order. A
// bare string is an array of one; names without values are left out.
func (l *Lists) UnmarshalJSON(data []byte) error {
	*l = (*l)[:0]
	return unmarshalObject(data, func(name string, raw []byte) error {
		var values []string
		if raw[0] == '"' {
			values = make([]string, 1)
			if err := json.Unmarshal(raw, &values[0]); err != nil {
				return err
			}
		} else if err := json.Unmarshal(raw, &values); err != nil {
			return err
		}
		if len(values) > 0 {
			*l = append(*l, NamedList{name, values})
		}
		return nil
	})
}

// UnmarshalJSON reads an object of numbers and keeps its order; names with null
// are left out.
func (m *Values) UnmarshalJSON(data []byte) error {
	*m = (*m)[:0]
	return unmarshalObject(data, func(name string, raw []byte) error {
		var d Decimal
		if err := d.UnmarshalJSON(raw); err != nil {
			return err
		}
		if d != "" {
			*m = append(*m, Metric{name, d})
		}
		return nil
	})
}

// unmarshalObject calls member for each member of the object in data.
func unmarshalObject(data []byte, member func(name string, raw []byte) error) error {
	if bytes.Equal(bytes.TrimSpace(data), []byte("null")) {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	t, err := dec.Token()
	if err != nil {
		return err
	}
	if t != json.Delim('{') {
		return fmt.Errorf("endpoint: an object is wanted, not %v", t)
	}
	for dec.More() {
		t, err = dec.Token()
		if err != nil {
			return err
		}
		name, ok := t.(string)
		if !ok {
			return io.ErrUnexpectedEOF
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return err
		}
		if raw = bytes.TrimSpace(raw); len(raw) == 0 {
			return io.ErrUnexpectedEOF
		}
		if err := member(name, raw); err != nil {
			return err
		}
	}
	// The closing brace, or what stands in its place.
	if _, err = dec.Token(); err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
