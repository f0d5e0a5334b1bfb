package fault

// Sources that the table quotes often.
const (
	srcUG   = "User Guide, Importing Segments (2017)"
	srcUGn  = "User Guide, Importing Segments (2023)"
	srcDG   = "Developer Guide, Importing Endpoints (2018)"
	srcCSV  = "RFC 4180"
	srcJSON = "RFC 8259"
	srcAPI  = "API reference, EndpointRequest"
	srcQ    = "Developer Guide, Quotas (2023)"
	srcOwn  = "this library: a bound that keeps memory flat"
)

// rows is the one table of rules: docs/rules.md, the reports and the messages
// all derive from it.
var rows = [ruleCount]Row{
	None: {Code: "none", Says: "breaks no rule"},

	Compressed:    {Code: "compressed", Group: Input, Says: "the input is compressed", Hint: "import files must be plain text: use --decompress", Source: srcUG, Classic: Refuse, Current: Refuse},
	Encoding:      {Code: "encoding", Group: Input, Says: "the input is not UTF-8 text", Hint: "save it as UTF-8, or name its charset with --charset", Source: srcUG, Classic: Refuse, Current: Refuse},
	Charset:       {Code: "charset", Group: Input, Says: "the input holds a byte sequence that its charset does not define", Hint: "check the charset that was named", Source: srcUG, Classic: Refuse, Current: Refuse},
	FormatUnclear: {Code: "format-unclear", Group: Input, Says: "the first bytes are neither a CSV header with a known attribute nor JSON", Hint: "say which it is: --from csv or --from json", Source: srcDG, Classic: Refuse, Current: Refuse},
	FormatMixed:   {Code: "format-mixed", Group: Input, Says: "CSV and JSON inputs are mixed", Hint: "an import reads one format: choose it with --from, the other files are then skipped and named", Source: srcUG, Classic: Refuse, Current: Refuse},

	HeaderMissing:   {Code: "header-missing", Group: Header, Says: "there is no header line", Hint: "the first line must name the attributes, as in ChannelType,Address", Source: srcUG, Classic: Refuse, Current: Refuse},
	HeaderDelimiter: {Code: "header-delimiter", Group: Header, Says: "the cells are not separated by commas", Hint: "save the file with commas between cells", Source: srcCSV, Classic: Refuse, Current: Refuse},
	HeaderUnknown:   {Code: "header-unknown", Group: Header, Says: "is not an attribute of an endpoint", Hint: "own attributes are named Attributes.NAME, Metrics.NAME or User.UserAttributes.NAME", Source: srcUG, Classic: Refuse, Current: Refuse},
	HeaderCase:      {Code: "header-case", Group: Header, Says: "is spelled in another letter case", Hint: "attribute names are case sensitive", Source: "User Guide, Importing Segments (2020)", Classic: Refuse, Current: Refuse, Fix: "the legal spelling is taken"},
	HeaderSpace:     {Code: "header-space", Group: Header, Says: "has a space before or after it", Hint: "remove the space", Source: srcUG, Classic: Refuse, Current: Refuse, Fix: "the space is dropped"},
	HeaderEmpty:     {Code: "header-empty", Group: Header, Says: "a column has no name", Hint: "name the column or remove it, a trailing comma too", Source: srcUG, Classic: Refuse, Current: Refuse},
	HeaderCustom:    {Code: "header-custom", Group: Header, Says: "lacks the name of the custom attribute", Hint: "write a name after the last period", Source: srcUG, Classic: Refuse, Current: Refuse},
	HeaderRepeated:  {Code: "header-repeated", Group: Header, Says: "stands more than once", Hint: "only list attributes may be repeated: Attributes.NAME and User.UserAttributes.NAME", Source: srcUGn, Classic: Refuse, Current: Refuse},
	HeaderGroup:     {Code: "header-group", Group: Header, Says: "is a group of attributes, not an attribute", Hint: "name a member of the group", Source: srcUG, Classic: Refuse, Current: Refuse},
	HeaderColumns:   {Code: "header-columns", Group: Header, Says: "there are more columns than can be read", Hint: "a file has at most 16000 columns", Source: srcOwn, Classic: Refuse, Current: Refuse},
	HeaderQuote:     {Code: "header-quote", Group: Header, Says: "the header line breaks the quoting rules", Hint: "a quoted cell starts and ends with a double quote; quotes inside are doubled", Source: srcCSV, Classic: Refuse, Current: Refuse},

	UTF8:       {Code: "utf8", Group: Grammar, Says: "is not valid UTF-8", Hint: "save the file as UTF-8, or name its charset with --charset", Source: srcUG, Classic: Reject, Current: Reject},
	RecordSize: {Code: "record-size", Group: Grammar, Says: "is larger than any record that keeps the limits", Hint: "look for a missing line end or closing quote", Source: srcOwn, Classic: Reject, Current: Reject},

	CSVBareQuote: {Code: "csv-bare-quote", Group: Grammar, Says: "has a double quote inside but does not start with one", Hint: `enclose the cell in double quotes and double the quotes inside: "5'11"""`, Source: srcCSV, Classic: Reject, Current: Reject},
	CSVQuoteText: {Code: "csv-quote-text", Group: Grammar, Says: "has text behind the closing quote of its cell", Hint: "double the quotes inside a quoted cell", Source: srcCSV, Classic: Reject, Current: Reject},
	CSVQuoteOpen: {Code: "csv-quote-open", Group: Grammar, Says: "opens a quoted cell that is not closed", Hint: "add the closing quote; reading goes on at the next line", Source: srcCSV, Classic: Reject, Current: Reject},
	CSVCells:     {Code: "csv-cells", Group: Grammar, Says: "the record has another number of cells than the header", Hint: "quote cells that hold commas; write empty cells for absent values", Source: srcCSV, Classic: Reject, Current: Reject},

	JSONSyntax:    {Code: "json-syntax", Group: Grammar, Says: "is not JSON", Hint: "each line must be one JSON object in double-quoted strings", Source: srcJSON, Classic: Reject, Current: Reject},
	JSONTorn:      {Code: "json-torn", Group: Grammar, Says: "the input ends within this record", Hint: "the file seems to be cut off", Source: srcJSON, Classic: Reject, Current: Reject},
	JSONTrailing:  {Code: "json-trailing", Group: Grammar, Says: "follows the object", Hint: "write one object a line, with nothing after it", Source: srcDG, Classic: Reject, Current: Reject},
	JSONString:    {Code: "json-string", Group: Grammar, Says: "holds an illegal escape or a raw control character", Hint: `write \n, \t, \\, \" or \u00XX`, Source: srcJSON, Classic: Reject, Current: Reject},
	JSONSurrogate: {Code: "json-surrogate", Group: Grammar, Says: "has a \\u escape that is half of a surrogate pair", Hint: "write both halves, or the character itself in UTF-8", Source: srcJSON, Classic: Reject, Current: Reject},
	JSONDepth:     {Code: "json-depth", Group: Grammar, Says: "the record is nested too deeply", Hint: "an endpoint has at most four levels", Source: srcOwn, Classic: Reject, Current: Reject},
	JSONArray:     {Code: "json-array", Group: Grammar, Says: "the array of records is malformed", Hint: "objects in a JSON array are separated by commas and closed by ]", Source: srcJSON, Classic: Reject, Current: Reject},
	JSONType:      {Code: "json-type", Group: Grammar, Says: "has the wrong JSON type", Hint: "see docs/fields.md for the type of each attribute", Source: srcAPI, Classic: Reject, Current: Reject},
	JSONScalar:    {Code: "json-scalar", Group: Grammar, Says: "is a single value where an array of strings belongs", Hint: "write it as an array of one string", Source: srcAPI, Classic: Reject, Current: Reject, Fix: "lifted to an array of one"},
	JSONNull:      {Code: "json-null", Group: Grammar, Says: "is null", Hint: "leave the member out", Source: srcAPI, Classic: Reject, Current: Reject, Fix: "the member is dropped"},
	JSONEmpty:     {Code: "json-empty", Group: Grammar, Says: "is an array without values", Hint: "it says no more than leaving the member out, which is how it is read", Source: srcAPI, Classic: Warning, Current: Warning},
	JSONUnknown:   {Code: "json-unknown", Group: Grammar, Says: "is not a member of an endpoint", Hint: "own attributes go into Attributes, Metrics or User.UserAttributes", Source: srcAPI, Classic: Reject, Current: Reject},
	JSONCase:      {Code: "json-case", Group: Grammar, Says: "is spelled in another letter case", Hint: "member names are case sensitive", Source: "User Guide, Importing Segments (2020)", Classic: Reject, Current: Reject, Fix: "the legal spelling is taken"},
	JSONGroup:     {Code: "json-group", Group: Grammar, Says: "is written as a dotted name", Hint: "nest it: periods belong to CSV headers only", Source: srcUG, Classic: Reject, Current: Reject},
	JSONDuplicate: {Code: "json-duplicate", Group: Grammar, Says: "stands more than once in its object", Hint: "keep one of them", Source: srcJSON, Classic: Reject, Current: Reject},
	ExportOnly:    {Code: "export-only", Group: Grammar, Says: "is written by exports and cannot be imported", Hint: "--fix or --decompress drops it", Source: "API reference, EndpointResponse", Classic: Reject, Current: Reject, Fix: "the member is dropped"},

	AddressRequired:     {Code: "address-required", Group: Meaning, Says: "is missing", Hint: "a new endpoint needs ChannelType and Address; an update needs Id", Source: srcUG, Classic: Reject, Current: Reject},
	ChannelRequired:     {Code: "channel-required", Group: Meaning, Says: "is missing", Hint: "a new endpoint needs ChannelType and Address; an update needs Id", Source: srcUG, Classic: Reject, Current: Reject},
	UserOnly:            {Code: "user-only", Group: Meaning, Says: "stands alone in the record", Hint: "records of a user id alone came in 2018: use --profile current", Source: "User Guide, Importing Segments (2018-08)", Classic: Reject, Current: Off},
	ChannelType:         {Code: "channel-type", Group: Meaning, Says: "is not a channel type", Hint: "legal are EMAIL, SMS, APNS, GCM, ADM and BAIDU", Source: srcUG + "; AgenticFlow, Import PinPoint Segment; API enumeration", Classic: Reject, Current: Reject, Fix: "letter case"},
	EndpointStatus:      {Code: "endpoint-status", Group: Meaning, Says: "is not an endpoint status", Hint: "legal are ACTIVE and INACTIVE", Source: srcUG, Classic: Reject, Current: Reject, Fix: "letter case"},
	OptOut:              {Code: "opt-out", Group: Meaning, Says: "is not an opt-out value", Hint: "legal are ALL and NONE", Source: srcUG, Classic: Reject, Current: Reject, Fix: "letter case"},
	Unsupported:         {Code: "unsupported", Group: Meaning, Says: "is not taken from import files any more", Hint: "the service sets it by itself", Source: "User Guide, Importing Segments (2018-08 to 2023)", Classic: Off, Current: Warning},
	AddressEmail:        {Code: "address-email", Group: Meaning, Says: "is not an email address", Hint: "an address looks like name@example.com", Source: srcAPI, Classic: Reject, Current: Reject},
	AddressPhone:        {Code: "address-phone", Group: Meaning, Says: "is not a telephone number in E.164 form", Hint: "write + and the country code, digits only: +12065550182", Source: srcUG + "; " + srcUGn, Classic: Reject, Current: Reject, Fix: "spaces, hyphens, periods and parentheses are dropped after a leading plus"},
	IDCharacters:        {Code: "id-characters", Group: Meaning, Says: "holds a character that an endpoint id may not have", Hint: "$, { and } are not allowed", Source: "API reference, UpdateEndpoint", Classic: Reject, Current: Reject},
	Country:             {Code: "location-country", Group: Meaning, Says: "is not an assigned ISO 3166-1 code", Hint: "classic files use three letters (USA), current ones two (US)", Source: srcUG + "; User Guide (2020-02) for alpha-2", Classic: Reject, Current: Reject, Fix: "letter case"},
	CountryForm:         {Code: "location-country-form", Group: Meaning, Says: "is the country code of the other profile", Hint: "classic files use three letters (USA), current ones two (US)", Source: srcUG + "; User Guide (2020-02) for alpha-2", Classic: Reject, Current: Reject, Fix: "replaced by the other form of the same country"},
	Locale:              {Code: "demographic-locale", Group: Meaning, Says: "is not a locale", Hint: "write ll_CC: an ISO 639-1 language and an ISO 3166-1 alpha-2 country, as in en_US", Source: srcUG + "; User Guide (2020-02)", Classic: Reject, Current: Reject, Fix: "letter case and - for _"},
	Timezone:            {Code: "demographic-timezone", Group: Meaning, Says: "is not a name of the tz database", Hint: "write a name such as America/Los_Angeles", Source: srcUG, Classic: Reject, Current: Reject, Fix: "letter case"},
	Latitude:            {Code: "location-latitude", Group: Meaning, Says: "is not a latitude", Hint: "write degrees from -90 to 90", Source: srcUG, Classic: Reject, Current: Reject},
	Longitude:           {Code: "location-longitude", Group: Meaning, Says: "is not a longitude", Hint: "write degrees from -180 to 180", Source: srcUG, Classic: Reject, Current: Reject},
	CoordinatePrecision: {Code: "coordinate-precision", Group: Meaning, Says: "has more than one decimal place", Hint: "the service rounds coordinates to one decimal place", Source: srcUG, Classic: Warning, Current: Warning},
	EffectiveDate:       {Code: "effective-date", Group: Meaning, Says: "is not an ISO 8601 date and time", Hint: "write 20171011T150548Z or 2019-08-23T10:54:35.220Z", Source: srcUG + "; User Guide (2020-02)", Classic: Reject, Current: Reject},
	EffectiveDateZone:   {Code: "effective-date-zone", Group: Meaning, Says: "has no time zone", Hint: "UTC is assumed: end it with Z, or with an offset such as +02:00", Source: "API reference, segment: dates are read as ISO_INSTANT", Classic: Warning, Current: Warning},
	MetricNumber:        {Code: "metric-number", Group: Meaning, Says: "is not a number", Hint: "metrics are numbers only, with a period for decimals", Source: srcUG, Classic: Reject, Current: Reject},
	NumberForm:          {Code: "number-form", Group: Meaning, Says: "is a number in a form that JSON does not have", Hint: "write 0.5 for .5, 1 for +1, 1.0 for 1.", Source: srcJSON, Classic: Reject, Current: Reject, Fix: "rewritten with the same value"},
	Spaces:              {Code: "value-spaces", Group: Meaning, Says: "has a space before or after it", Hint: "remove the space", Source: srcUG, Classic: Reject, Current: Reject, Fix: "the space is dropped"},
	AttributeCount:      {Code: "attribute-count", Group: Meaning, Says: "has more custom names on one endpoint than allowed", Hint: "at most 20 each of Attributes, Metrics and User.UserAttributes", Source: srcUG, Classic: Reject, Current: Off},
	AccountNames:        {Code: "account-names", Group: Meaning, Says: "would be one custom name too many for the account", Hint: "at most 40 distinct names (current: 250), all kinds together", Source: srcUG + "; " + srcQ, Classic: Reject, Current: Reject},
	NameLength:          {Code: "name-length", Group: Meaning, Says: "has a name of more than 50 characters", Hint: "shorten the name", Source: srcAPI, Classic: Reject, Current: Reject},
	NameCharacters:      {Code: "name-characters", Group: Meaning, Says: `has one of # : ? \ / in its name`, Hint: "consoles cannot show such names", Source: srcAPI, Classic: Warning, Current: Reject},
	NameSpaces:          {Code: "name-spaces", Group: Meaning, Says: "has a space before or after its name", Hint: "remove the space: a CSV header could not hold such a name", Source: srcUG, Classic: Reject, Current: Reject},
	NameEmpty:           {Code: "name-empty", Group: Meaning, Says: "has an empty name", Hint: "give the custom attribute a name", Source: srcAPI, Classic: Reject, Current: Reject},
	ValueLength:         {Code: "value-length", Group: Meaning, Says: "is longer than 100 characters", Hint: "shorten the value", Source: srcAPI, Classic: Reject, Current: Reject},
	ValueCount:          {Code: "value-count", Group: Meaning, Says: "has more than 50 values", Hint: "keep at most 50 values of a name", Source: srcAPI, Classic: Reject, Current: Reject},
	EmptyValue:          {Code: "empty-value", Group: Meaning, Says: "is an empty string", Hint: "CSV cannot tell it from an absent value", Source: srcCSV, Classic: Warning, Current: Warning},
	LineBreak:           {Code: "line-break", Group: Meaning, Says: "holds a line break or a tab", Hint: "replace it by a space", Source: "User Guide, Importing Segments (2021-06, 2022-02)", Classic: Off, Current: Reject},
	EndpointSize:        {Code: "endpoint-size", Group: Meaning, Says: "the endpoint is larger than 15 KB", Hint: "drop attributes that are not needed", Source: srcQ, Classic: Off, Current: Reject},

	NoColumn:  {Code: "no-column", Group: Output, Says: "has no column in the CSV output", Hint: "add the column with --columns, or leave the columns to be discovered", Source: srcCSV, Classic: Reject, Current: Reject},
	ChunkSize: {Code: "chunk-size", Group: Output, Says: "the record is larger than a chunk may be", Hint: "raise --max-bytes", Source: srcDG, Classic: Reject, Current: Reject},
}
