# jq -nr -f columns.jq: NDJSON to CSV under the usual 25 columns.
( ["ChannelType", "Address", "Id", "OptOut", "EndpointStatus", "EffectiveDate",
   "Location.Country", "Location.City", "Location.Region", "Location.PostalCode", "Location.Latitude", "Location.Longitude",
   "Demographic.Locale", "Demographic.Timezone", "Demographic.Platform", "Demographic.Make",
   "User.UserId", "User.UserAttributes.FirstName", "User.UserAttributes.LastName", "User.UserAttributes.Company",
   "User.UserAttributes.Interests", "User.UserAttributes.Interests",
   "Attributes.Note", "Metrics.Sessions", "Metrics.Spend"] ),
( inputs |
  [.ChannelType, .Address, .Id, .OptOut, .EndpointStatus, .EffectiveDate,
   .Location.Country, .Location.City, .Location.Region, .Location.PostalCode, .Location.Latitude, .Location.Longitude,
   .Demographic.Locale, .Demographic.Timezone, .Demographic.Platform, .Demographic.Make,
   .User.UserId, .User.UserAttributes.FirstName[0], .User.UserAttributes.LastName[0], .User.UserAttributes.Company[0],
   .User.UserAttributes.Interests[0], .User.UserAttributes.Interests[1],
   .Attributes.Note[0], .Metrics.Sessions, .Metrics.Spend] )
| @csv
