// node duckdb.js FOLDER csv2json|json2csv|version [INPUT]: DuckDB's own package for Node.js, from
// FOLDER/node_modules, with the SQL that one writes by hand for the usual 25 columns.
const { createRequire } = require("node:module");
const [folder, verb, input] = process.argv.slice(2);
const duckdb = createRequire(folder + "/x.js")("@duckdb/node-api");

const columns = [
  "ChannelType", "Address", "Id", "OptOut", "EndpointStatus", "EffectiveDate",
  "Location.Country", "Location.City", "Location.Region", "Location.PostalCode", "Location.Latitude", "Location.Longitude",
  "Demographic.Locale", "Demographic.Timezone", "Demographic.Platform", "Demographic.Make",
  "User.UserId", "User.UserAttributes.FirstName", "User.UserAttributes.LastName", "User.UserAttributes.Company",
  "User.UserAttributes.Interests", "User.UserAttributes.Interests2",
  "Attributes.Note", "Metrics.Sessions", "Metrics.Spend",
];

const one = (name) => `CASE WHEN "${name}" IS NOT NULL THEN ["${name}"] END`;
const csv2json = `
COPY (
  SELECT ChannelType, Address, Id, OptOut, EndpointStatus, EffectiveDate,
    { 'Country': "Location.Country", 'City': "Location.City", 'Region': "Location.Region", 'PostalCode': "Location.PostalCode",
      'Latitude': "Location.Latitude"::DOUBLE, 'Longitude': "Location.Longitude"::DOUBLE } AS Location,
    { 'Locale': "Demographic.Locale", 'Timezone': "Demographic.Timezone", 'Platform': "Demographic.Platform", 'Make': "Demographic.Make" } AS Demographic,
    { 'UserId': "User.UserId", 'UserAttributes': {
      'FirstName': ${one("User.UserAttributes.FirstName")},
      'LastName': ${one("User.UserAttributes.LastName")},
      'Company': ${one("User.UserAttributes.Company")},
      'Interests': list_filter(["User.UserAttributes.Interests", "User.UserAttributes.Interests2"], lambda x: x IS NOT NULL) } } AS User,
    { 'Note': ${one("Attributes.Note")} } AS Attributes,
    { 'Sessions': "Metrics.Sessions"::DOUBLE, 'Spend': "Metrics.Spend"::DOUBLE } AS Metrics
  FROM read_csv('${input}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
    columns = {${columns.map((c) => `'${c}': 'VARCHAR'`)}})
) TO '/dev/stdout' (FORMAT json)`;

const json2csv = `
COPY (
  SELECT ChannelType, Address, Id, OptOut, EndpointStatus, EffectiveDate,
    ${[6, 7, 8, 9, 10, 11, 12, 13, 14, 15].map((c) => `${columns[c]} AS "${columns[c]}"`)},
    "User".UserId AS "User.UserId", "User".UserAttributes.FirstName[1] AS "User.UserAttributes.FirstName",
    "User".UserAttributes.LastName[1] AS "User.UserAttributes.LastName", "User".UserAttributes.Company[1] AS "User.UserAttributes.Company",
    "User".UserAttributes.Interests[1] AS "User.UserAttributes.Interests", "User".UserAttributes.Interests[2] AS "User.UserAttributes.Interests",
    Attributes.Note[1] AS "Attributes.Note", Metrics.Sessions AS "Metrics.Sessions", Metrics.Spend AS "Metrics.Spend"
  FROM read_json('${input}', format = 'newline_delimited', columns = {
    ChannelType: 'VARCHAR', Address: 'VARCHAR', Id: 'VARCHAR', OptOut: 'VARCHAR', EndpointStatus: 'VARCHAR', EffectiveDate: 'VARCHAR',
    Location: 'STRUCT(Country VARCHAR, City VARCHAR, Region VARCHAR, PostalCode VARCHAR, Latitude VARCHAR, Longitude VARCHAR)',
    Demographic: 'STRUCT(Locale VARCHAR, Timezone VARCHAR, Platform VARCHAR, Make VARCHAR)',
    "User": 'STRUCT(UserId VARCHAR, UserAttributes STRUCT(FirstName VARCHAR[], LastName VARCHAR[], Company VARCHAR[], Interests VARCHAR[]))',
    Attributes: 'STRUCT(Note VARCHAR[])', Metrics: 'STRUCT(Sessions VARCHAR, Spend VARCHAR)' })
) TO '/dev/stdout' (FORMAT csv, HEADER)`;

async function main() {
  if (verb === "version") {
    console.log(duckdb.version());
    return;
  }
  const instance = await duckdb.DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  await connection.run(verb === "csv2json" ? csv2json : json2csv);
}
main().catch((err) => {
  console.error(err);
  process.exit(1);
});
