package ndjson

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

// grammar is the table of cases: a text, the values of its rows that are not
// torn, and its faults, each as line:column code.
var grammar = []struct {
	name   string
	text   string
	values string // a line per row, values separated by "; "
	faults string
}{
	{"empty input", "", "", ""},
	{"space only", " \n\r\n\t \n", "", ""},
	{"empty record", "{}\n{ }\n", "\n", ""},
	{
		"all standard members", `{"Id":"1","Address":"2","ChannelType":"3","EffectiveDate":"4","EndpointStatus":"5","OptOut":"6","RequestId":"7",` +
			`"Demographic":{"AppVersion":"a","Locale":"b","Make":"c","Model":"d","ModelVersion":"e","Platform":"f","PlatformVersion":"g","Timezone":"h"},` +
			`"Location":{"City":"i","Country":"j","Latitude":1,"Longitude":-2.50,"PostalCode":"k","Region":"l"},"User":{"UserId":"m"}}`,
		"Id=1; Address=2; ChannelType=3; EffectiveDate=4; EndpointStatus=5; OptOut=6; RequestId=7; " +
			"Demographic.AppVersion=a; Demographic.Locale=b; Demographic.Make=c; Demographic.Model=d; Demographic.ModelVersion=e; Demographic.Platform=f; Demographic.PlatformVersion=g; Demographic.Timezone=h; " +
			"Location.City=i; Location.Country=j; Location.Latitude=1; Location.Longitude=-2.50; Location.PostalCode=k; Location.Region=l; User.UserId=m", "",
	},
	{
		"custom members", `{"User":{"UserAttributes":{"a.b":["1","2"],"":["3"]},"UserId":"u"},"Metrics":{"n":-0,"m":1E5},"Attributes":{"x":["y"]}}`,
		"User.UserAttributes.a.b=1; User.UserAttributes.a.b=2; User.UserAttributes.=3; User.UserId=u; Metrics.n=-0; Metrics.m=1E5; Attributes.x=y", "",
	},
	{"any order, any space", " \t{ \"Address\" :\t\"x\" , \"Location\" : { \"Latitude\" : 4 , \"City\":\"c\" } }\r\n", "Address=x; Location.Latitude=4; Location.City=c", ""},
	{"empty groups", `{"Location":{},"User":{"UserAttributes":{ }},"Attributes":{},"Metrics":{},"Demographic":{}}`, "", ""},
	{"empty string", `{"Address":"","Attributes":{"a":[""]}}`, "Address=; Attributes.a=", ""},
	{"escapes", `{"Address":"\"\\\/\b\f\n\r\t\u0000\u00e9\uD83D\uDE00\ufffd"}`, "Address=\"\\/\b\f\n\r\t\x00é😀\uFFFD", ""},
	{"escaped names", `{"Addr\u0065ss":"x","Attributes":{"\u0061\"":["y"]}}`, `Address=x; Attributes.a"=y`, ""},
	{"no line feed at the end", `{"Id":"a"}` + "\n" + `{"Id":"b"}`, "Id=a\nId=b", ""},
	{"byte-order mark", "\ufeff" + `{"Id":"a"}` + "\n", "Id=a", ""},
	{"byte-order mark on line 2", `{"Id":"a"}` + "\n\ufeff" + `{"Id":"b"}`, "Id=a", "2:1 json-syntax"},

	{"torn last line", `{"Id":"a"}` + "\n" + `{"Id":"b`, "Id=a", "2:9 json-torn"},
	{"torn in a name", `{"Id`, "", "1:5 json-torn"},
	{"torn in a literal", `{"Id":nul`, "", "1:10 json-torn"},
	{"torn in a number", `{"Metrics":{"a":-`, "", "1:18 json-torn"},
	{"torn behind a number", `{"Metrics":{"a":1`, "", "1:18 json-torn"},
	{"torn in an escape", `{"Id":"\`, "", "1:8 json-string 1:9 json-torn"},
	{"torn in a list", `{"Attributes":{"a":["x",`, "", "1:25 json-torn"},
	{"torn behind a colon", `{"Id": `, "", "1:8 json-torn"},
	{"torn in a skipped value", `{"x":[1,{"a":`, "", "1:2 json-unknown 1:14 json-torn"},
	{"record over lines", "{\n\"Id\":\"a\",\n\"OptOut\":\"b\"\n}\n", "", "1:2 json-syntax 2:1 json-type 3:1 json-type 4:1 json-syntax"},
	{"line ends in a string", "{\"Id\":\"a\n{\"Id\":\"b\"}\n", "Id=b", "1:7 json-syntax"},
	{"not objects", "1\n\"a\"\ntrue\nnull\n[]\n[{}]\nx\n\x01\n", "", "1:1 json-type 2:1 json-type 3:1 json-type 4:1 json-type 5:1 json-type 6:1 json-type 7:1 json-syntax 8:1 json-syntax"},
	{"trailing", `{"Id":"a"} {"Id":"b"}` + "\n" + `{"Id":"c"}}` + "\n" + `{"Id":"d"},` + "\n{\"Id\":\"e\"}\x00\n", "Id=a\nId=c\nId=d\nId=e", "1:12 json-trailing 2:11 json-trailing 3:11 json-trailing 4:11 json-trailing"},

	{"comma at the end of an object", `{"Id":"a",}`, "", "1:11 json-syntax"},
	{"comma at the start", `{,"Id":"a"}`, "", "1:2 json-syntax"},
	{"two commas", `{"Id":"a",,"OptOut":"b"}`, "", "1:11 json-syntax"},
	{"no comma", `{"Id":"a" "OptOut":"b"}`, "", "1:11 json-syntax"},
	{"no colon", `{"Id" "a"}`, "", "1:7 json-syntax"},
	{"name without quotes", `{Id:"a"}`, "", "1:2 json-syntax"},
	{"single quotes", `{'Id':'a'}`, "", "1:2 json-syntax"},
	{"comment", `{/**/"Id":"a"}`, "", "1:2 json-syntax"},
	{"wrong bracket", `{"Attributes":{"a":["x"}}`, "", "1:24 json-syntax"},
	{"comma at the end of a list", `{"Attributes":{"a":["x",]}}`, "", "1:25 json-syntax"},
	{"comma in an empty list", `{"Attributes":{"a":[,"x"]}}`, "", "1:21 json-syntax"},
	{"no value", `{"Id":}`, "", "1:7 json-syntax"},
	{"other space", "{\"Id\":\u00a0\"a\"}\n{\"Id\":\v\"a\"}", "", "1:7 json-syntax 2:7 json-syntax"},
	{"half a literal", `{"Id":nulx}`, "", "1:10 json-syntax"},
	{"more than a literal", `{"Id":nullx}`, "", "1:7 json-null 1:11 json-syntax"},

	{
		"numbers that are none", `{"Metrics":{"a":01}}` + "\n" + `{"Metrics":{"a":1.}}` + "\n" + `{"Metrics":{"a":.5}}` + "\n" + `{"Metrics":{"a":+1}}` + "\n" +
			`{"Metrics":{"a":1e}}` + "\n" + `{"Metrics":{"a":NaN}}` + "\n" + `{"Metrics":{"a":-Infinity}}` + "\n" + `{"Metrics":{"a":0x1}}` + "\n" + `{"Metrics":{"a":1_0}}` + "\n" + `{"Metrics":{"a":--1}}`, "",
		"1:18 json-syntax 2:19 json-syntax 3:17 json-syntax 4:17 json-syntax 5:19 json-syntax 6:17 json-syntax 7:18 json-syntax 8:18 json-syntax 9:18 json-syntax 10:18 json-syntax",
	},
	{"range is not grammar", `{"Metrics":{"a":1e999,"b":-0.0e-0}}`, "Metrics.a=1e999; Metrics.b=-0.0e-0", ""},

	{"bad escapes", `{"Address":"a\xb\u12\q","Id":"ok"}`, `Address=axb12q; Id=ok`, "1:14 json-string"},
	{"raw control characters", "{\"Address\":\"a\tb\x00\",\"Id\":\"ok\"}", "Address=ab; Id=ok", "1:14 json-string"},
	{"delete is no control character", "{\"Address\":\"a\x7fb\"}", "Address=a\x7fb", ""},
	{
		"lone surrogates", `{"Address":"a\ud83dx"}` + "\n" + `{"Address":"\ude00"}` + "\n" + `{"Address":"\ud83d\ud83d\ude00"}` + "\n" + `{"Address":"\ud83d\n"}`,
		"Address=a\uFFFDx\nAddress=\uFFFD\nAddress=\uFFFD😀\nAddress=\uFFFD\n", "1:14 json-surrogate 2:13 json-surrogate 3:13 json-surrogate 4:13 json-surrogate",
	},
	{"bad names", `{"I\xd":"a","Id":"b","Attributes":{"\ud800":["x"]}}`, "Id=b", "1:4 json-string 1:37 json-surrogate"},
	{"strings in what is passed over", `{"x":{"a\z":["\ud800",{"b":"` + "\t" + `"}]}}`, "", "1:2 json-unknown 1:9 json-string 1:15 json-surrogate 1:29 json-string"},
	{"invalid UTF-8", "{\"Id\":\"a\"}\n{\"Id\":\"b\xff\"}\n{\"Id\":\"c\"}\n{\"Id\":\"\xed\xa0\x80\"}\n{\"Id\":\"\xc0\xaf\"}\n", "Id=a\nId=c", "2:9 utf8 4:8 utf8 5:8 utf8"},

	{
		"wrong types", `{"Address":1,"Id":true,"OptOut":["a"],"RequestId":{},"Location":"x","Metrics":[1],"Demographic":5,"User":{"UserId":false,"UserAttributes":[]}}`, "",
		"1:12 json-type 1:19 json-type 1:33 json-type 1:51 json-type 1:65 json-type 1:79 json-type 1:97 json-type 1:116 json-type 1:139 json-type",
	},
	{
		"wrong types of lists and numbers", `{"Attributes":{"a":1,"b":true,"c":{},"d":[1,"x",[],{},false,"y"]},"Metrics":{"e":"x","f":[1],"g":{},"h":true},"Location":{"Latitude":"n","City":"c"}}`,
		"Attributes.d=x; Attributes.d=y; Location.City=c",
		"1:20 json-type 1:26 json-type 1:35 json-type 1:43 json-type 1:49 json-type 1:52 json-type 1:55 json-type 1:82 json-type 1:90 json-type 1:98 json-type 1:105 json-type 1:134 json-type",
	},
	{
		"numbers in quotes", `{"Metrics":{"a":"1.50","b":"01","c":" 1"},"Location":{"Latitude":"-47.6","Longitude":"\u0031"}}`, "Metrics.a=1.50; Location.Latitude=-47.6",
		"1:17 json-type 1:28 json-type 1:37 json-type 1:66 json-type 1:86 json-type",
	},
	{"scalars", `{"Attributes":{"a":"x","b":"y,\n"},"Id":"i"}`, "Attributes.a=x; Attributes.b=y,\n; Id=i", "1:20 json-scalar 1:28 json-scalar"},
	{"scalar with a bad escape", `{"Attributes":{"a":"\q"}}`, `Attributes.a=q`, "1:20 json-scalar 1:21 json-string"},
	{
		"nulls", `{"Id":null,"Location":null,"Attributes":{"a":null,"b":[null,"x",null]},"Metrics":{"c":null},"User":{"UserAttributes":null}}`, "Attributes.b=x",
		"1:7 json-null 1:23 json-null 1:46 json-null 1:56 json-null 1:65 json-null 1:87 json-null 1:118 json-null",
	},
	{"empty lists", `{"Attributes":{"a":[],"b":[ ],"c":["x"]}}`, "Attributes.c=x", "1:20 json-empty 1:27 json-empty"},
	{
		"unknown members", `{"foo":1,"Location":{"bar":{"a":[true,false,null,-1.5e3,"s",{"b":{}},[]]},"City":"c"},"User":{"baz":[]}}`, "Location.City=c",
		"1:2 json-unknown 1:22 json-unknown 1:95 json-unknown",
	},
	{
		"other letter case", `{"address":"x","LOCATION":{"city":"c","Latitude":1},"user":{"userAttributes":{"a":["1"]}}}`, "Address=x; Location.City=c; Location.Latitude=1; User.UserAttributes.a=1",
		"1:2 json-case 1:16 json-case 1:28 json-case 1:53 json-case 1:61 json-case",
	},
	{
		"dotted names", `{"Location.Country":"USA","User":{"UserAttributes.Team":["x"]},"location.country":"USA","Attributes.a.b":["1"]}`, "",
		"1:2 json-group 1:35 json-group 1:64 json-group 1:89 json-group",
	},
	{
		"duplicates", `{"Id":"1","Id":"2","Attributes":{"a":["x"],"a":["y"],"A":["z"]},"Location":{"City":"c","City":"d"},"Location":{"Region":"r"},"Metrics":{"a":1,"a":2}}`,
		"Id=1; Attributes.a=x; Attributes.A=z; Location.City=c; Metrics.a=1", "1:11 json-duplicate 1:44 json-duplicate 1:88 json-duplicate 1:100 json-duplicate 1:143 json-duplicate",
	},
	{"duplicates by escapes and case", `{"Id":"1","I\u0064":"2","id":"3"}`, "Id=1", "1:11 json-duplicate 1:25 json-case 1:25 json-duplicate"},
	{"a null and a value", `{"Id":null,"Id":"1"}`, "", "1:7 json-null 1:12 json-duplicate"},
	{
		"members of exports", `{"Id":"1","ApplicationId":"a","CohortId":"12","CreationDate":{"x":1},"CohortId":"13"}`, "Id=1",
		"1:11 export-only 1:31 export-only 1:47 export-only 1:70 json-duplicate",
	},
	{
		"deep nesting", `{"x":` + strings.Repeat("[", 63) + strings.Repeat("]", 63) + "}\n" + `{"x":` + strings.Repeat("[", 64) + strings.Repeat("]", 64) + "}\n" +
			`{"User":{"x":` + strings.Repeat(`{"a":`, 63) + "1" + strings.Repeat("}", 63) + "}}\n" + `{"Attributes":{"a":[` + strings.Repeat("[", 62), "",
		"1:2 json-unknown 2:2 json-unknown 2:69 json-depth 3:10 json-unknown 3:324 json-depth 4:21 json-type 4:82 json-depth",
	},
	{
		"a long name", `{"Attributes":{"` + strings.Repeat("é", maxKey/2) + `":["x"],"` + strings.Repeat("é", maxKey/2) + `y":["x"]}}`,
		"Attributes." + strings.Repeat("é", maxKey/2) + "=x", "1:1049 name-length",
	},
}

func TestGrammar(t *testing.T) {
	for _, c := range grammar {
		t.Run(c.name, func(t *testing.T) {
			got := read(t, c.text, nil)
			var rows []string
			for i := range got.Rows {
				if got.Rows[i].Flags&endpoint.Torn == 0 {
					rows = append(rows, strings.Join(got.Rows[i].values(), "; "))
				}
			}
			assert.Equal(t, c.values, strings.Join(rows, "\n"))
			assert.Equal(t, c.faults, places(got))
		})
	}
}

// TestRejection: every fault rejects its record and no other, warnings do not.
func TestRejection(t *testing.T) {
	for _, c := range grammar {
		got := read(t, c.text, nil)
		records := map[string]bool{}
		for i, f := range got.Faults {
			if got.rules[i] != fault.JSONEmpty {
				_, number, _ := strings.Cut(f, "#")
				number, _, _ = strings.Cut(number, "@")
				records[number] = true
			}
		}
		rejected := 0
		for _, r := range got.Rows {
			if r.Flags&endpoint.Rejected != 0 || r.Bad != fault.None {
				rejected++
			}
		}
		assert.Len(t, records, rejected, c.name)
	}
}

// TestRaw: the raw text of the rows and the blank lines make up the input.
func TestRaw(t *testing.T) {
	text := "{\"Id\":\"a\"}\r\n\n  \nx\n{\"Id\":\"b"
	got := read(t, text, nil)
	require.Len(t, got.Rows, 3)
	assert.Equal(t, "{\"Id\":\"a\"}\r\n", got.Rows[0].Raw)
	assert.Equal(t, "x\n", got.Rows[1].Raw)
	assert.Equal(t, `{"Id":"b`, got.Rows[2].Raw)
}

// Four digits are read as the standard library reads them, whatever stands there.
func TestHex4(t *testing.T) {
	check := func(s string) {
		want, err := strconv.ParseUint(s, 16, 16)
		r, ok := hex4([]byte(s))
		require.Equal(t, err == nil, ok, "%q", s)
		if ok {
			require.EqualValues(t, want, r, "%q", s)
		}
	}
	for at := range 4 {
		for c := range 256 {
			for _, around := range []string{"0000", "ffff", "FA9a"} {
				s := []byte(around)
				s[at] = byte(c)
				check(string(s))
			}
		}
	}
	for i := range 1 << 16 {
		check(fmt.Sprintf("%04x", i))
		check(fmt.Sprintf("%04X", i))
	}
	_, ok := hex4([]byte("123"))
	require.False(t, ok)
}
