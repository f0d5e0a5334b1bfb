package endpoint

// Field is an attribute of an endpoint, or one of the three families of custom
// attributes.
type Field uint8

// The attributes, in the order of the table.
const (
	NoField Field = iota
	ID
	ChannelType
	Address
	EffectiveDate
	EndpointStatus
	OptOut
	RequestID
	DemographicAppVersion
	DemographicLocale
	DemographicMake
	DemographicModel
	DemographicModelVersion
	DemographicPlatform
	DemographicPlatformVersion
	DemographicTimezone
	LocationCity
	LocationCountry
	LocationLatitude
	LocationLongitude
	LocationPostalCode
	LocationRegion
	UserID
	Attributes     // custom: Attributes.NAME
	Metrics        // custom: Metrics.NAME
	UserAttributes // custom: User.UserAttributes.NAME

	// FieldCount is one more than the last field.
	FieldCount
)

// Group is a JSON object that attributes are members of.
type Group uint8

// The groups. InUserAttributes lies inside InUser, all others inside the record.
const (
	InRecord Group = iota
	InDemographic
	InLocation
	InUser
	InAttributes
	InMetrics
	InUserAttributes

	// GroupCount is one more than the last group.
	GroupCount
)

// Kind is the JSON form of an attribute's value.
type Kind uint8

const (
	Text   Kind = iota // a string
	Number             // a number, kept as it was written
	List               // an array of strings
)

// String gives the name that docs and messages use.
func (k Kind) String() string {
	switch k {
	case Number:
		return "number"
	case List:
		return "array of strings"
	}
	return "string"
}

// FieldInfo is what the table knows of a field.
type FieldInfo struct {
	Name   string // dotted name, as in a CSV header; a prefix ending in a period for custom fields
	Member string // name within the JSON group; empty for custom fields
	Group  Group  // the JSON object that it is a member of
	Kind   Kind
	Custom bool   // the name goes on with a key that the user chooses
	Doc    string // one line for the docs
}

// GroupInfo is what the table knows of a group.
type GroupInfo struct {
	Name   string // dotted name
	Member string // name within the enclosing object
	Parent Group  // the enclosing object
}

// fields is the one table of attributes: parsing of names, JSON nesting, the
// whitelist, Into and Append, suggestions and docs/fields.md derive from it.
var fields = [FieldCount]FieldInfo{
	ID:                         {Name: "Id", Member: "Id", Doc: "unique id of the endpoint, case insensitive; needed to update an endpoint; without $ { }"},
	Address:                    {Name: "Address", Member: "Address", Doc: "email address, telephone number or push token"},
	ChannelType:                {Name: "ChannelType", Member: "ChannelType", Doc: "the channel that the address belongs to"},
	EffectiveDate:              {Name: "EffectiveDate", Member: "EffectiveDate", Doc: "when the endpoint was last updated, ISO 8601"},
	EndpointStatus:             {Name: "EndpointStatus", Member: "EndpointStatus", Doc: "ACTIVE or INACTIVE"},
	OptOut:                     {Name: "OptOut", Member: "OptOut", Doc: "ALL (receives nothing) or NONE (receives everything)"},
	RequestID:                  {Name: "RequestId", Member: "RequestId", Doc: "id of the most recent request to update the endpoint"},
	DemographicAppVersion:      {Name: "Demographic.AppVersion", Member: "AppVersion", Group: InDemographic, Doc: "version of the app"},
	DemographicLocale:          {Name: "Demographic.Locale", Member: "Locale", Group: InDemographic, Doc: "ll_CC, as in en_US"},
	DemographicMake:            {Name: "Demographic.Make", Member: "Make", Group: InDemographic, Doc: "manufacturer of the device"},
	DemographicModel:           {Name: "Demographic.Model", Member: "Model", Group: InDemographic, Doc: "model of the device"},
	DemographicModelVersion:    {Name: "Demographic.ModelVersion", Member: "ModelVersion", Group: InDemographic, Doc: "version of the model"},
	DemographicPlatform:        {Name: "Demographic.Platform", Member: "Platform", Group: InDemographic, Doc: "operating system of the device"},
	DemographicPlatformVersion: {Name: "Demographic.PlatformVersion", Member: "PlatformVersion", Group: InDemographic, Doc: "version of the operating system"},
	DemographicTimezone:        {Name: "Demographic.Timezone", Member: "Timezone", Group: InDemographic, Doc: "name of the tz database, as in America/Los_Angeles"},
	LocationCity:               {Name: "Location.City", Member: "City", Group: InLocation, Doc: "city"},
	LocationCountry:            {Name: "Location.Country", Member: "Country", Group: InLocation, Doc: "ISO 3166-1 code: three letters in profile classic, two in current"},
	LocationLatitude:           {Name: "Location.Latitude", Member: "Latitude", Group: InLocation, Kind: Number, Doc: "degrees, -90 to 90, one decimal place"},
	LocationLongitude:          {Name: "Location.Longitude", Member: "Longitude", Group: InLocation, Kind: Number, Doc: "degrees, -180 to 180, one decimal place"},
	LocationPostalCode:         {Name: "Location.PostalCode", Member: "PostalCode", Group: InLocation, Doc: "postal or ZIP code"},
	LocationRegion:             {Name: "Location.Region", Member: "Region", Group: InLocation, Doc: "state or province"},
	UserID:                     {Name: "User.UserId", Member: "UserId", Group: InUser, Doc: "id of the user that the endpoint belongs to"},
	Attributes:                 {Name: "Attributes.", Group: InAttributes, Kind: List, Custom: true, Doc: "custom attribute of the endpoint, up to 50 values"},
	Metrics:                    {Name: "Metrics.", Group: InMetrics, Kind: Number, Custom: true, Doc: "custom metric, a number"},
	UserAttributes:             {Name: "User.UserAttributes.", Group: InUserAttributes, Kind: List, Custom: true, Doc: "custom attribute of the user, up to 50 values"},
}

var groups = [GroupCount]GroupInfo{
	InDemographic:    {Name: "Demographic", Member: "Demographic"},
	InLocation:       {Name: "Location", Member: "Location"},
	InUser:           {Name: "User", Member: "User"},
	InAttributes:     {Name: "Attributes", Member: "Attributes"},
	InMetrics:        {Name: "Metrics", Member: "Metrics"},
	InUserAttributes: {Name: "User.UserAttributes", Member: "UserAttributes", Parent: InUser},
}

// ExportOnly names the members that export jobs write beside those of an
// EndpointRequest. Imports do not take them.
// Source: API reference, EndpointResponse.
func ExportOnly() []string { return []string{"ApplicationId", "CohortId", "CreationDate"} }

// IsExportOnly reports whether name is one of [ExportOnly].
func IsExportOnly(name []byte) bool {
	switch string(name) {
	case "ApplicationId", "CohortId", "CreationDate":
		return true
	}
	return false
}

// Info gives the table's row of f, which is not to be modified.
func (f Field) Info() *FieldInfo {
	if f >= FieldCount {
		f = NoField
	}
	return &fields[f]
}

// Kind gives the JSON form of the values of f.
func (f Field) Kind() Kind { return f.Info().Kind }

// Custom reports whether f is a family of custom attributes.
func (f Field) Custom() bool { return f.Info().Custom }

// String gives the dotted name; that of a custom family ends in a period.
func (f Field) String() string { return f.Info().Name }

// Info gives the table's row of g, which is not to be modified.
func (g Group) Info() *GroupInfo {
	if g >= GroupCount {
		g = InRecord
	}
	return &groups[g]
}

// String gives the dotted name, empty for InRecord.
func (g Group) String() string { return g.Info().Name }
