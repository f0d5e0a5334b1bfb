//go:build purego

package endpoint

// borrow copies: the safe twin of the function of the same name.
func borrow(b []byte) string { return string(b) }

// lender has the text that strings are copied from: Data and Aux of a batch.
type lender [2][]byte

func lend(data, aux []byte) lender { return lender{data, aux} }

// put is last.
func (l *lender) put(dst *string, v Value) bool {
	l.last(dst, v)
	return true
}

// last copies the text of a value.
func (l *lender) last(dst *string, v Value) { *dst = text(l[0], l[1], v) }

// member gives the place in e of an attribute that is not custom: f is one of
// ID to UserID. All of them are strings, a [Decimal] as well.
func (e *Endpoint) member(f Field) *string {
	switch f {
	case ChannelType:
		return &e.ChannelType
	case Address:
		return &e.Address
	case EffectiveDate:
		return &e.EffectiveDate
	case EndpointStatus:
		return &e.EndpointStatus
	case OptOut:
		return &e.OptOut
	case RequestID:
		return &e.RequestId
	case DemographicAppVersion:
		return &e.Demographic.AppVersion
	case DemographicLocale:
		return &e.Demographic.Locale
	case DemographicMake:
		return &e.Demographic.Make
	case DemographicModel:
		return &e.Demographic.Model
	case DemographicModelVersion:
		return &e.Demographic.ModelVersion
	case DemographicPlatform:
		return &e.Demographic.Platform
	case DemographicPlatformVersion:
		return &e.Demographic.PlatformVersion
	case DemographicTimezone:
		return &e.Demographic.Timezone
	case LocationCity:
		return &e.Location.City
	case LocationCountry:
		return &e.Location.Country
	case LocationLatitude:
		return (*string)(&e.Location.Latitude)
	case LocationLongitude:
		return (*string)(&e.Location.Longitude)
	case LocationPostalCode:
		return &e.Location.PostalCode
	case LocationRegion:
		return &e.Location.Region
	case UserID:
		return &e.User.UserId
	}
	return &e.Id
}
