package endpoint

import (
	"bytes"
	"fmt"
	"io"

	"github.com/goccy/go-json"
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
func (e *Endpoint) MarshalJSON() ([]byte, error) {
	w := wire{
		Id: e.Id, ChannelType: e.ChannelType, Address: e.Address, EffectiveDate: e.EffectiveDate,
		EndpointStatus: e.EndpointStatus, OptOut: e.OptOut, RequestId: e.RequestId,
		Attributes: e.Attributes, Metrics: e.Metrics,
	}
	if e.Demographic != (Demographic{}) {
		w.Demographic = &e.Demographic
	}
	if e.Location != (Location{}) {
		w.Location = &e.Location
	}
	if e.User.UserId != "" || len(e.User.UserAttributes) > 0 {
		w.User = &e.User
	}
	return json.MarshalNoEscape(&w)
}

// UnmarshalJSON reads what MarshalJSON writes. It is lenient where the API's
// own samples are: a bare string is taken for an array of one, and unknown
// members are passed over. To have every fault told, read with package ndjson.
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

// MarshalJSON writes the number as it stands.
func (d Decimal) MarshalJSON() ([]byte, error) {
	if !json.Valid([]byte(d)) || (d[0] != '-' && (d[0] < '0' || d[0] > '9')) {
		return nil, fmt.Errorf("endpoint: %q is not a JSON number", string(d))
	}
	return []byte(d), nil
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

// MarshalJSON writes an object of arrays in the order of the slice.
func (l Lists) MarshalJSON() ([]byte, error) {
	return marshalObject(len(l), func(i int) (string, any) { return l[i].Name, l[i].Values })
}

// MarshalJSON writes an object of numbers in the order of the slice.
func (m Values) MarshalJSON() ([]byte, error) {
	return marshalObject(len(m), func(i int) (string, any) { return m[i].Name, m[i].Value })
}

func marshalObject(n int, member func(i int) (string, any)) ([]byte, error) {
	out := []byte{'{'}
	for i := range n {
		name, value := member(i)
		k, err := json.MarshalNoEscape(name)
		if err != nil {
			return nil, err
		}
		v, err := json.MarshalNoEscape(value)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(append(out, k...), ':'), v...)
	}
	return append(out, '}'), nil
}

// UnmarshalJSON reads an object of arrays of strings and keeps its order.
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
		*l = append(*l, NamedList{name, values})
		return nil
	})
}

// UnmarshalJSON reads an object of numbers and keeps its order.
func (m *Values) UnmarshalJSON(data []byte) error {
	*m = (*m)[:0]
	return unmarshalObject(data, func(name string, raw []byte) error {
		var d Decimal
		if err := d.UnmarshalJSON(raw); err != nil {
			return err
		}
		*m = append(*m, Metric{name, d})
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
	return nil
}
