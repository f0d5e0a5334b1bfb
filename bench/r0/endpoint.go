package r0

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Endpoint is the record of the corpus's default shape as a team would type it out: the groups
// and their members in the order of the header, pointers and omitempty so that what is empty
// stays away, [json.Number] so that numbers keep their digits.
type Endpoint struct {
	ChannelType    string       `json:"ChannelType,omitempty"`
	Address        string       `json:"Address,omitempty"`
	ID             string       `json:"Id,omitempty"`
	OptOut         string       `json:"OptOut,omitempty"`
	EndpointStatus string       `json:"EndpointStatus,omitempty"`
	EffectiveDate  string       `json:"EffectiveDate,omitempty"`
	Location       *Location    `json:"Location,omitempty"`
	Demographic    *Demographic `json:"Demographic,omitempty"`
	User           *User        `json:"User,omitempty"`
	Attributes     *Attributes  `json:"Attributes,omitempty"`
	Metrics        *Metrics     `json:"Metrics,omitempty"`
}

// Location is the group of that name.
type Location struct {
	Country    string      `json:"Country,omitempty"`
	City       string      `json:"City,omitempty"`
	Region     string      `json:"Region,omitempty"`
	PostalCode string      `json:"PostalCode,omitempty"`
	Latitude   json.Number `json:"Latitude,omitempty"`
	Longitude  json.Number `json:"Longitude,omitempty"`
}

// Demographic is the group of that name.
type Demographic struct {
	Locale   string `json:"Locale,omitempty"`
	Timezone string `json:"Timezone,omitempty"`
	Platform string `json:"Platform,omitempty"`
	Make     string `json:"Make,omitempty"`
}

// User is the group of that name.
type User struct {
	UserID         string          `json:"UserId,omitempty"`
	UserAttributes *UserAttributes `json:"UserAttributes,omitempty"`
}

// UserAttributes are the custom attributes of the user.
type UserAttributes struct {
	FirstName []string `json:"FirstName,omitempty"`
	LastName  []string `json:"LastName,omitempty"`
	Company   []string `json:"Company,omitempty"`
	Interests []string `json:"Interests,omitempty"`
}

// Attributes are the custom attributes of the endpoint.
type Attributes struct {
	Note []string `json:"Note,omitempty"`
}

// Metrics are the custom metrics of the endpoint.
type Metrics struct {
	Sessions json.Number `json:"Sessions,omitempty"`
	Spend    json.Number `json:"Spend,omitempty"`
}

// The cells of a row, in the order of the full header.
const (
	channelType = iota
	address
	id
	optOut
	endpointStatus
	effectiveDate
	country
	city
	region
	postalCode
	latitude
	longitude
	locale
	timezone
	platform
	deviceMake
	userID
	firstName
	lastName
	company
	interest1
	interest2
	note
	sessions
	spend
	cells // how many there are
)

// Columns returns the full header. The slice is the caller's.
func Columns() []string {
	return []string{
		"ChannelType", "Address", "Id", "OptOut", "EndpointStatus", "EffectiveDate",
		"Location.Country", "Location.City", "Location.Region", "Location.PostalCode", "Location.Latitude", "Location.Longitude",
		"Demographic.Locale", "Demographic.Timezone", "Demographic.Platform", "Demographic.Make",
		"User.UserId", "User.UserAttributes.FirstName", "User.UserAttributes.LastName", "User.UserAttributes.Company",
		"User.UserAttributes.Interests", "User.UserAttributes.Interests",
		"Attributes.Note", "Metrics.Sessions", "Metrics.Spend",
	}
}

// Layout knows where the cells of a file stand. Nothing changes it, so goroutines may share it.
type Layout struct {
	header []string
	at     [cells]int // position in the row, or -1
}

// NewLayout returns the layout of a header: all of [Columns] or some of them, in their order,
// because a struct cannot write its members in any other. Anything else is an error.
func NewLayout(header []string) (*Layout, error) {
	l := &Layout{header: slices.Clone(header)}
	if err := locate(l.at[:], Columns(), header); err != nil {
		return nil, err
	}
	return l, nil
}

// locate writes down at which position of the header each known column stands, or -1.
func locate(at []int, known, header []string) error {
	for c := range at {
		at[c] = -1
	}
	next := 0
	for i, name := range header {
		skip := slices.Index(known[next:], name)
		if skip < 0 {
			return fmt.Errorf("r0: column %d, %q, is unknown or out of order", i+1, name)
		}
		at[next+skip] = i
		next += skip + 1
	}
	return nil
}

// Header returns the names of the columns. The slice is a copy.
func (l *Layout) Header() []string { return slices.Clone(l.header) }

// Endpoint makes a record of a row. It keeps the row's strings, not the row.
func (l *Layout) Endpoint(row []string) *Endpoint {
	get := func(c int) string {
		if i := l.at[c]; i >= 0 {
			return row[i]
		}
		return ""
	}
	list := func(columns ...int) (values []string) {
		for _, c := range columns {
			if v := get(c); v != "" {
				values = append(values, v)
			}
		}
		return values
	}
	e := &Endpoint{
		ChannelType:    get(channelType),
		Address:        get(address),
		ID:             get(id),
		OptOut:         get(optOut),
		EndpointStatus: get(endpointStatus),
		EffectiveDate:  get(effectiveDate),
	}
	place := Location{
		Country:    get(country),
		City:       get(city),
		Region:     get(region),
		PostalCode: get(postalCode),
		Latitude:   json.Number(get(latitude)),
		Longitude:  json.Number(get(longitude)),
	}
	if place != (Location{}) {
		e.Location = &place
	}
	device := Demographic{
		Locale:   get(locale),
		Timezone: get(timezone),
		Platform: get(platform),
		Make:     get(deviceMake),
	}
	if device != (Demographic{}) {
		e.Demographic = &device
	}
	about := UserAttributes{
		FirstName: list(firstName),
		LastName:  list(lastName),
		Company:   list(company),
		Interests: list(interest1, interest2),
	}
	user := User{UserID: get(userID)}
	if about.FirstName != nil || about.LastName != nil || about.Company != nil || about.Interests != nil {
		user.UserAttributes = &about
	}
	if user != (User{}) {
		e.User = &user
	}
	if n := list(note); n != nil {
		e.Attributes = &Attributes{Note: n}
	}
	numbers := Metrics{Sessions: json.Number(get(sessions)), Spend: json.Number(get(spend))}
	if numbers != (Metrics{}) {
		e.Metrics = &numbers
	}
	return e
}

// Row puts a record into row, whose old content it overwrites, and returns it; nil makes a new
// one. What the layout has no column for is left out.
func (l *Layout) Row(row []string, e *Endpoint) []string {
	row = slices.Grow(row[:0], len(l.header))[:len(l.header)]
	clear(row)
	put := func(c int, v string) {
		if i := l.at[c]; i >= 0 {
			row[i] = v
		}
	}
	list := func(values []string, columns ...int) {
		for i, v := range values[:min(len(values), len(columns))] {
			put(columns[i], v)
		}
	}
	put(channelType, e.ChannelType)
	put(address, e.Address)
	put(id, e.ID)
	put(optOut, e.OptOut)
	put(endpointStatus, e.EndpointStatus)
	put(effectiveDate, e.EffectiveDate)
	if p := e.Location; p != nil {
		put(country, p.Country)
		put(city, p.City)
		put(region, p.Region)
		put(postalCode, p.PostalCode)
		put(latitude, p.Latitude.String())
		put(longitude, p.Longitude.String())
	}
	if d := e.Demographic; d != nil {
		put(locale, d.Locale)
		put(timezone, d.Timezone)
		put(platform, d.Platform)
		put(deviceMake, d.Make)
	}
	if u := e.User; u != nil {
		put(userID, u.UserID)
		if a := u.UserAttributes; a != nil {
			list(a.FirstName, firstName)
			list(a.LastName, lastName)
			list(a.Company, company)
			list(a.Interests, interest1, interest2)
		}
	}
	if a := e.Attributes; a != nil {
		list(a.Note, note)
	}
	if m := e.Metrics; m != nil {
		put(sessions, m.Sessions.String())
		put(spend, m.Spend.String())
	}
	return row
}
