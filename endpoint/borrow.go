//go:build !purego

package endpoint

import "unsafe"

// This file is the one place of the package that goes around the compiler;
// borrow_purego.go is its safe twin.

// borrow makes a string that shares the bytes of b: it is valid as long as they
// are.
func borrow(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// lender has the text that strings are borrowed from: Data and Aux of a batch.
type lender [2]struct {
	p unsafe.Pointer
	n int
}

func lend(data, aux []byte) (l lender) {
	l[0].p, l[0].n = unsafe.Pointer(unsafe.SliceData(data)), len(data)
	l[1].p, l[1].n = unsafe.Pointer(unsafe.SliceData(aux)), len(aux)
	return l
}

// header is what a string is made of.
type header struct {
	p unsafe.Pointer
	n int
}

// put borrows the text of a value, unless it is one for last. It is made to cost
// as little as can be: one comparison keeps the text within bounds, and one pointer
// and one number are stored.
func (l *lender) put(dst *string, v Value) bool {
	src, at, n := &l[v>>flagShift&Value(InAux)], v.Start(), v.Len()
	if at+n >= src.n {
		return false
	}
	to := (*header)(unsafe.Pointer(dst))
	to.p, to.n = unsafe.Add(src.p, at), n
	return true
}

// last borrows a value at the very end of its text, where an empty one must not
// point behind the memory. It would only be in the way of what is inlined.
//
//go:noinline
func (l *lender) last(dst *string, v Value) {
	src := &l[v>>flagShift&Value(InAux)]
	*dst = borrow(unsafe.Slice((*byte)(src.p), src.n)[v.Start():][:v.Len()])
}

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
