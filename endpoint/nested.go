package endpoint

import (
	"slices"
	"strconv"
	"strings"
)

// Endpoint is one endpoint in nested form: the members of the API's
// EndpointRequest, and the Id that the API carries in the address of the
// request. An empty string and an empty slice stand for an absent member.
//
// An Endpoint filled by [Record.Into] borrows its strings from the batch.
type Endpoint struct {
	Id             string //nolint:revive // the members are named as the API names them
	Address        string
	ChannelType    string
	EffectiveDate  string
	EndpointStatus string
	OptOut         string
	RequestId      string //nolint:revive // as above
	Demographic    Demographic
	Location       Location
	User           User
	Attributes     Lists
	Metrics        Values
}

// Demographic describes the device of an endpoint.
type Demographic struct {
	AppVersion      string `json:"AppVersion,omitempty"`
	Locale          string `json:"Locale,omitempty"`
	Make            string `json:"Make,omitempty"`
	Model           string `json:"Model,omitempty"`
	ModelVersion    string `json:"ModelVersion,omitempty"`
	Platform        string `json:"Platform,omitempty"`
	PlatformVersion string `json:"PlatformVersion,omitempty"`
	Timezone        string `json:"Timezone,omitempty"`
}

// Location is where an endpoint is.
type Location struct {
	City       string  `json:"City,omitempty"`
	Country    string  `json:"Country,omitempty"`
	Latitude   Decimal `json:"Latitude,omitempty"`
	Longitude  Decimal `json:"Longitude,omitempty"`
	PostalCode string  `json:"PostalCode,omitempty"`
	Region     string  `json:"Region,omitempty"`
}

// User is the person that an endpoint belongs to.
type User struct {
	UserId         string `json:"UserId,omitempty"` //nolint:revive // as above
	UserAttributes Lists  `json:"UserAttributes,omitempty"`
}

// Decimal is a number as it was written, so that 47.60 stays 47.60. The empty
// Decimal is an absent number.
type Decimal string

// Float64 gives the number.
func (d Decimal) Float64() (float64, error) { return strconv.ParseFloat(string(d), 64) }

// DecimalOf writes a number in its shortest form. Infinities and NaN, which
// JSON does not have, give a Decimal that validation refuses.
func DecimalOf(f float64) Decimal { return Decimal(strconv.FormatFloat(f, 'g', -1, 64)) }

// NamedList is a custom attribute with its values.
type NamedList struct {
	Name   string
	Values []string
}

// Lists are custom attributes in the order of the record. They are a slice and
// not a map so that a reused Endpoint does not allocate.
type Lists []NamedList

// Get gives the values of a name, nil if there are none.
func (l Lists) Get(name string) []string {
	for i := range l {
		if l[i].Name == name {
			return l[i].Values
		}
	}
	return nil
}

// Set gives a name the values, in its place if it is there already.
func (l *Lists) Set(name string, values ...string) {
	for i := range *l {
		if (*l)[i].Name == name {
			(*l)[i].Values = values
			return
		}
	}
	*l = append(*l, NamedList{name, values})
}

// Metric is a custom metric.
type Metric struct {
	Name  string
	Value Decimal
}

// Values are custom metrics in the order of the record.
type Values []Metric

// Get gives the value of a name, empty if there is none.
func (m Values) Get(name string) Decimal {
	for i := range m {
		if m[i].Name == name {
			return m[i].Value
		}
	}
	return ""
}

// Set gives a name a value, in its place if it is there already.
func (m *Values) Set(name string, value Decimal) {
	for i := range *m {
		if (*m)[i].Name == name {
			(*m)[i].Value = value
			return
		}
	}
	*m = append(*m, Metric{name, value})
}

// Reset empties e and keeps the memory of its slices.
func (e *Endpoint) Reset() {
	attributes, metrics, user := e.Attributes[:0], e.Metrics[:0], e.User.UserAttributes[:0]
	*e = Endpoint{}
	e.Attributes, e.Metrics, e.User.UserAttributes = attributes, metrics, user
}

// Clone gives a copy that shares nothing with e nor with the batch that e
// borrows from. The strings of the copy are parts of one: to keep one of them
// alone, clone it again ([strings.Clone]).
func (e *Endpoint) Clone() *Endpoint {
	c := *e
	c.Attributes, c.User.UserAttributes = e.Attributes.clone(), e.User.UserAttributes.clone()
	c.Metrics = slices.Clone(e.Metrics)
	size := 0
	c.each(func(s *string) { size += len(*s) })
	var text strings.Builder
	text.Grow(size)
	c.each(func(s *string) { text.WriteString(*s) })
	rest := text.String()
	c.each(func(s *string) { *s, rest = rest[:len(*s)], rest[len(*s):] })
	return &c
}

// each calls f for each string of e.
func (e *Endpoint) each(f func(s *string)) {
	for field := ID; field < Attributes; field++ {
		f(e.member(field))
	}
	for _, l := range [...]Lists{e.Attributes, e.User.UserAttributes} {
		for i := range l {
			f(&l[i].Name)
			for j := range l[i].Values {
				f(&l[i].Values[j])
			}
		}
	}
	for i := range e.Metrics {
		f(&e.Metrics[i].Name)
		f((*string)(&e.Metrics[i].Value))
	}
}

// clone copies the lists, but not their strings.
func (l Lists) clone() Lists {
	n := 0
	for i := range l {
		n += len(l[i].Values)
	}
	c, values := slices.Clone(l), make([]string, 0, n)
	for i := range c {
		first := len(values)
		values = append(values, l[i].Values...)
		c[i].Values = values[first:len(values):len(values)]
	}
	return c
}
