// Package iso knows which country codes, language codes and time zone names
// exist. It answers from generated tables that are part of the program text:
// nothing is set up when a program starts, and no file of the machine is read.
//
// Three questions are asked for every record: is this a country ([Alpha2], [Alpha3];
// ISO 3166-1), a language ([Language]; ISO 639-1), a time zone ([Timezone]; tz
// database)? They want the exact spelling, letter case included. [ToAlpha2],
// [ToAlpha3] and [TimezoneFold] serve repairs that lose nothing, and [CountryName]
// serves messages. All of these are fast and never allocate.
//
// The rest words a good message about a bad value: [Withdrawn] tells what a code
// was and what came after it, and [SuggestCountry], [SuggestLanguage] and
// [SuggestTimezone] guess what a person meant. A guess is a hint for a reader
// and must never be written into data. Their cost is bounded: an input of more
// than 64 bytes gets no guess.
//
// # What counts as a code
//
//   - Countries are the 249 officially assigned codes of ISO 3166-1. Reserved
//     codes (UK, EU), user-assigned ones (XK) and withdrawn ones (AN, ROM) are not
//     among them.
//   - Languages are the 183 two-letter codes of ISO 639:2023, set 1. Withdrawn
//     ones are not among them: iw, in, ji, jw, mo and sh have a suggestion, bh
//     (a group of languages) has none.
//   - Time zones are all names of the tz database release [TZDataVersion]:
//     backward links (US/Pacific, Asia/Calcutta), the Etc area and the short names
//     at the top (EST, EST5EDT, UTC, Zulu) too. Left out are Factory, which means
//     that nobody has set the zone, and what is no name of the database at all:
//     Local, the empty name, and names under posix/ and right/.
//
// Everything here may be used by any number of goroutines at once. Arguments are
// only read during the call, and returned strings are part of the program or
// copies, so neither side need keep anything alive for the other.
//
// The facts stand in text files beside the generator, in the folder generate.
package iso

//go:generate go run ./generate
