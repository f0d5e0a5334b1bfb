package endpoint

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/fault"
)

// badNames are names that are no columns, with what ParseColumn says of them.
var badNames = []struct {
	name    string
	rule    fault.Rule
	suggest string
}{
	{"", fault.HeaderEmpty, ""},
	{" \t\u00a0", fault.HeaderEmpty, ""},

	// Letter case.
	{"address", fault.HeaderCase, "Address"},
	{"ADDRESS", fault.HeaderCase, "Address"},
	{"channeltype", fault.HeaderCase, "ChannelType"},
	{"demographic.make", fault.HeaderCase, "Demographic.Make"},
	{"user.userid", fault.HeaderCase, "User.UserId"},
	{"ID", fault.HeaderCase, "Id"},
	{" address ", fault.HeaderCase, "Address"},
	{"attributes.Plan", fault.HeaderCase, "Attributes.Plan"},
	{"METRICS.x", fault.HeaderCase, "Metrics.x"},
	{"user.userattributes.x", fault.HeaderCase, "User.UserAttributes.x"},
	{"user.userattributes.a.b.c", fault.HeaderCase, "User.UserAttributes.a.b.c"},
	{"attributes. x ", fault.HeaderCase, "Attributes.x"},

	// Spaces.
	{" Address", fault.HeaderSpace, "Address"},
	{"Address\t", fault.HeaderSpace, "Address"},
	{"\u00a0Address", fault.HeaderSpace, "Address"},
	{" Attributes.Plan", fault.HeaderSpace, "Attributes.Plan"},
	{"Attributes. Plan", fault.HeaderSpace, "Attributes.Plan"},
	{"Attributes.my plan ", fault.HeaderSpace, "Attributes.my plan"},

	// Families without a name.
	{"Attributes.", fault.HeaderCustom, ""},
	{"attributes. ", fault.HeaderCustom, ""},
	{"Metrics.", fault.HeaderCustom, ""},
	{"User.UserAttributes.", fault.HeaderCustom, ""},

	// Groups.
	{"Location", fault.HeaderGroup, "Location.City"},
	{"location.", fault.HeaderGroup, "Location.City"},
	{"Demographic", fault.HeaderGroup, "Demographic.AppVersion"},
	{"User", fault.HeaderGroup, "User.UserId"},
	{"Attributes", fault.HeaderGroup, "Attributes.NAME"},
	{"metrics", fault.HeaderGroup, "Metrics.NAME"},
	{"User.UserAttributes", fault.HeaderGroup, "User.UserAttributes.NAME"},

	// What other systems call it.
	{"email", fault.HeaderUnknown, "Address"},
	{"E-Mail", fault.HeaderUnknown, "Address"},
	{"Email Address", fault.HeaderUnknown, "Address"},
	{"phone_number", fault.HeaderUnknown, "Address"},
	{"device-token", fault.HeaderUnknown, "Address"},
	{"channel", fault.HeaderUnknown, "ChannelType"},
	{"endpoint_id", fault.HeaderUnknown, "Id"},
	{"zip", fault.HeaderUnknown, "Location.PostalCode"},
	{"Location.Zip", fault.HeaderUnknown, "Location.PostalCode"},
	{"lat", fault.HeaderUnknown, "Location.Latitude"},
	{"lng", fault.HeaderUnknown, "Location.Longitude"},
	{"state", fault.HeaderUnknown, "Location.Region"},
	{"tz", fault.HeaderUnknown, "Demographic.Timezone"},
	{"Status", fault.HeaderUnknown, "EndpointStatus"},
	{"User.Id", fault.HeaderUnknown, "User.UserId"},

	// The right member in another group, or in none.
	{"Country", fault.HeaderUnknown, "Location.Country"},
	{"country", fault.HeaderUnknown, "Location.Country"},
	{"Demographic.Country", fault.HeaderUnknown, "Location.Country"},
	{"user_id", fault.HeaderUnknown, "User.UserId"},
	{"UserId", fault.HeaderUnknown, "User.UserId"},
	{"postal code", fault.HeaderUnknown, "Location.PostalCode"},
	{"Timezone", fault.HeaderUnknown, "Demographic.Timezone"},
	{"opt_out", fault.HeaderUnknown, "OptOut"},

	// A family under a likely name.
	{"UserAttributes.Team", fault.HeaderUnknown, "User.UserAttributes.Team"},
	{"User.Attributes.Team", fault.HeaderUnknown, "User.UserAttributes.Team"},
	{"attribute.Plan", fault.HeaderUnknown, "Attributes.Plan"},
	{"Metric.a.b", fault.HeaderUnknown, "Metrics.a.b"},

	// Near misses.
	{"Adress", fault.HeaderUnknown, "Address"},
	{"Adres", fault.HeaderUnknown, "Address"},
	{"ChanelType", fault.HeaderUnknown, "ChannelType"},
	{"Locaton.Country", fault.HeaderUnknown, "Location.Country"},
	{"Location.Contry", fault.HeaderUnknown, "Location.Country"},
	{"Contry", fault.HeaderUnknown, "Location.Country"},
	{"Lattitude", fault.HeaderUnknown, "Location.Latitude"},
	{"EfectiveDate", fault.HeaderUnknown, "EffectiveDate"},
	{"uid", fault.HeaderUnknown, "Id"},

	// An attribute of the user's own, it seems. Short names are not like Id.
	{"FirstName", fault.HeaderUnknown, "User.UserAttributes.FirstName"},
	{"first_name", fault.HeaderUnknown, "User.UserAttributes.first_name"},
	{"vip", fault.HeaderUnknown, "User.UserAttributes.vip"},
	{"age", fault.HeaderUnknown, "User.UserAttributes.age"},
	{"xy", fault.HeaderUnknown, "User.UserAttributes.xy"},
	{"z", fault.HeaderUnknown, "User.UserAttributes.z"},
	{"reason", fault.HeaderUnknown, "User.UserAttributes.reason"},

	// No idea.
	{"Foo.Bar", fault.HeaderUnknown, ""},
	{"first name", fault.HeaderUnknown, ""},
	{"näme", fault.HeaderUnknown, ""},
	{"UserAttributes.", fault.HeaderUnknown, ""},
	{".", fault.HeaderUnknown, ""},
	{"ApplicationId.", fault.HeaderUnknown, ""},
	{"EMAIL,Address", fault.HeaderUnknown, ""},
	{"\x1b[2J", fault.HeaderUnknown, ""},
	{strings.Repeat("a", maxGuess+1), fault.HeaderUnknown, ""},
}

func TestParseColumnSuggests(t *testing.T) {
	for _, c := range badNames {
		_, err := ParseColumn([]byte(c.name))
		bad, ok := errors.AsType[*NameError](err)
		require.True(t, ok, "%q", c.name)
		assert.Equal(t, c.rule, bad.Rule, "%q", c.name)
		assert.Equal(t, c.suggest, bad.Suggest, "%q", c.name)
		assert.Equal(t, c.rule == fault.HeaderCase || c.rule == fault.HeaderSpace, bad.Lossless, "%q", c.name)
		checkName(t, []byte(c.name))
	}
}

func TestParseColumnCustom(t *testing.T) {
	for name, want := range map[string]Column{
		"Attributes.x":                            {Attributes, "x"},
		"Attributes.a.b.c":                        {Attributes, "a.b.c"},
		"Attributes..":                            {Attributes, "."},
		"Attributes.Attributes.x":                 {Attributes, "Attributes.x"},
		"Attributes.Ä b":                          {Attributes, "Ä b"},
		"Metrics.Score":                           {Metrics, "Score"},
		"User.UserAttributes.UserId":              {UserAttributes, "UserId"},
		"User.UserAttributes.User.UserAttributes": {UserAttributes, "User.UserAttributes"},
	} {
		got, err := ParseColumn([]byte(name))
		require.NoError(t, err, name)
		assert.Equal(t, want, got)
		checkName(t, []byte(name))
	}
}

func TestNameErrorText(t *testing.T) {
	text := func(name string) string {
		_, err := ParseColumn([]byte(name))
		require.Error(t, err)
		return err.Error()
	}
	assert.Equal(t, `header-case: "address" is spelled in another letter case (did you mean Address?)`, text("address"))
	assert.Equal(t, `header-unknown: "Foo.Bar" is not an attribute of an endpoint (own attributes are named Attributes.NAME, Metrics.NAME or User.UserAttributes.NAME)`, text("Foo.Bar"))
	assert.Equal(t, `header-case: "attributes.\x1b[2J" is spelled in another letter case (did you mean Attributes.\x1b[2J?)`, text("attributes.\x1b[2J"))
	assert.Less(t, len(text("attributes."+strings.Repeat("x", 1<<20))), 1000)
}

func TestParseColumnOfLongNames(t *testing.T) {
	// Work that is not linear would not end within the time of a test.
	const size = MaxRecord
	for _, name := range [][]byte{
		bytes.Repeat([]byte("a"), size),
		bytes.Repeat([]byte("address."), size/8),
		bytes.Repeat([]byte(" "), size),
		append([]byte("attributes. "), bytes.Repeat([]byte("x "), size/2)...),
		append([]byte("UserAttributes."), bytes.Repeat([]byte("x"), size)...),
		bytes.Repeat([]byte("\xff"), size),
	} {
		_, err := ParseColumn(name)
		require.Error(t, err)
		require.Less(t, len(err.Error()), 2000)
	}
	key := bytes.Repeat([]byte("k"), size)
	c, err := ParseColumn(append([]byte("Attributes."), key...))
	require.NoError(t, err)
	assert.Len(t, c.Key, size)
}

func TestIsName(t *testing.T) {
	for _, name := range []string{"Address", " address\t", "LOCATION.COUNTRY", "Attributes.x", "user.userattributes.x"} {
		assert.True(t, IsName([]byte(name)), name)
	}
	for _, name := range []string{"", "Addres", "Addresss", "Location", "Attributes.", "Attributes", "ann@example.com", "User.UserAttributes. "} {
		assert.False(t, IsName([]byte(name)), name)
	}
}

// checkName holds what is true of every name.
func checkName(t *testing.T, name []byte) {
	t.Helper()
	given := string(name)
	c, err := ParseColumn(name)
	require.Equal(t, given, string(name), "the name is only read")
	if err == nil {
		require.Equal(t, given, c.String())
		require.True(t, IsName(name))
		require.NotEmpty(t, c.Pointer())
		return
	}
	require.Zero(t, c)
	bad, ok := errors.AsType[*NameError](err)
	require.True(t, ok)
	require.Equal(t, given, bad.Name)
	require.ErrorIs(t, err, bad.Rule)
	require.NotErrorIs(t, err, fault.Country)
	require.Equal(t, fault.Header, bad.Rule.Row().Group)
	require.Equal(t, bad.Lossless, IsName(name), "%q", given)
	require.Less(t, strings.IndexFunc(err.Error(), func(r rune) bool { return !unicode.IsPrint(r) }), 0, "%q", err.Error())
	if bad.Suggest == "" {
		require.False(t, bad.Lossless)
		return
	}
	_, err = ParseColumn([]byte(bad.Suggest))
	require.NoError(t, err, "%q suggests %q", given, bad.Suggest)
	require.NotEqual(t, given, bad.Suggest)
	if bad.Lossless {
		dense := func(s string) string { return strings.Join(strings.Fields(s), "") }
		require.True(t, strings.EqualFold(dense(given), dense(bad.Suggest)), "%q for %q", bad.Suggest, given)
	}
}

func FuzzParseColumn(f *testing.F) {
	for _, c := range badNames {
		f.Add([]byte(c.name))
	}
	for field := ID; field < FieldCount; field++ {
		f.Add([]byte(field.String()))
		f.Add([]byte(field.String() + "x"))
	}
	f.Fuzz(checkName)
}
