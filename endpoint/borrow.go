//go:build !purego

package endpoint

import "unsafe"

// This file is the one place of the package that goes around the compiler;
// borrow_purego.go is its safe twin.

// borrow makes a string that shares the bytes of b: it is valid as long as they
// are.
func borrow(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// member gives the place in e of an attribute that is not custom: f is one of
// ID to UserID. All of them are strings, a [Decimal] as well.
func (e *Endpoint) member(f Field) *string {
	return (*string)(unsafe.Add(unsafe.Pointer(e), offsets[f]))
}

// offsets has the distance of each attribute from the start of an Endpoint.
var offsets = [Attributes]uintptr{
	ID:                         unsafe.Offsetof(Endpoint{}.Id),
	ChannelType:                unsafe.Offsetof(Endpoint{}.ChannelType),
	Address:                    unsafe.Offsetof(Endpoint{}.Address),
	EffectiveDate:              unsafe.Offsetof(Endpoint{}.EffectiveDate),
	EndpointStatus:             unsafe.Offsetof(Endpoint{}.EndpointStatus),
	OptOut:                     unsafe.Offsetof(Endpoint{}.OptOut),
	RequestID:                  unsafe.Offsetof(Endpoint{}.RequestId),
	DemographicAppVersion:      unsafe.Offsetof(Endpoint{}.Demographic) + unsafe.Offsetof(Demographic{}.AppVersion),
	DemographicLocale:          unsafe.Offsetof(Endpoint{}.Demographic) + unsafe.Offsetof(Demographic{}.Locale),
	DemographicMake:            unsafe.Offsetof(Endpoint{}.Demographic) + unsafe.Offsetof(Demographic{}.Make),
	DemographicModel:           unsafe.Offsetof(Endpoint{}.Demographic) + unsafe.Offsetof(Demographic{}.Model),
	DemographicModelVersion:    unsafe.Offsetof(Endpoint{}.Demographic) + unsafe.Offsetof(Demographic{}.ModelVersion),
	DemographicPlatform:        unsafe.Offsetof(Endpoint{}.Demographic) + unsafe.Offsetof(Demographic{}.Platform),
	DemographicPlatformVersion: unsafe.Offsetof(Endpoint{}.Demographic) + unsafe.Offsetof(Demographic{}.PlatformVersion),
	DemographicTimezone:        unsafe.Offsetof(Endpoint{}.Demographic) + unsafe.Offsetof(Demographic{}.Timezone),
	LocationCity:               unsafe.Offsetof(Endpoint{}.Location) + unsafe.Offsetof(Location{}.City),
	LocationCountry:            unsafe.Offsetof(Endpoint{}.Location) + unsafe.Offsetof(Location{}.Country),
	LocationLatitude:           unsafe.Offsetof(Endpoint{}.Location) + unsafe.Offsetof(Location{}.Latitude),
	LocationLongitude:          unsafe.Offsetof(Endpoint{}.Location) + unsafe.Offsetof(Location{}.Longitude),
	LocationPostalCode:         unsafe.Offsetof(Endpoint{}.Location) + unsafe.Offsetof(Location{}.PostalCode),
	LocationRegion:             unsafe.Offsetof(Endpoint{}.Location) + unsafe.Offsetof(Location{}.Region),
	UserID:                     unsafe.Offsetof(Endpoint{}.User) + unsafe.Offsetof(User{}.UserId),
}
