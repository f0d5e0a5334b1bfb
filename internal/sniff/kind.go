// Package sniff tells stored bytes apart by their first bytes: text, one of
// the compressed or packed formats that people hand over by mistake, or text in
// UTF-16 or UTF-32. A file's name plays no part.
//
// Two promises pull against each other and shape every check here. A valid
// UTF-8 text file is never taken for anything else, whatever letters it starts
// with ("PK", "BZh9", "ORC", "H,"...): a signature made of letters counts only
// when the rest of the head is not text. And a file that really is compressed
// never passes for text.
//
// The package also guesses which of the two endpoint formats a text is in
// (see [Guess]). Nothing here keeps state; every function may be called from
// any number of goroutines.
package sniff

// Peek is how many leading bytes a caller should offer to [Detect] and
// [Guess]. Fewer are fine when the input is shorter; more are ignored by
// Detect.
const Peek = 4096

// Kind says what the stored bytes are. The zero value is Text.
type Kind uint8

// The kinds Detect can return.
const (
	// Text is everything no signature claims: UTF-8 text, text in an older
	// character set, and bytes nobody knows.
	Text Kind = iota

	// The compressed streams, archives and binary containers.

	Gzip         // RFC 1952
	Zstd         // RFC 8878, also when skippable frames come first
	SnappyFramed // the snappy framing format
	S2           // the S2 extension of the snappy framing format
	Zlib         // RFC 1950, believed only after a prefix inflates
	Bzip2        // bzip2, version h
	XZ           // .xz
	LZ4          // LZ4 frame, current and legacy
	LZMA         // "LZMA alone", the format before .xz
	Lzip         // .lz
	Compress     // Unix compress, .Z
	Zip          // a zip archive that is none of the three below
	Excel        // a zip archive that holds an .xlsx workbook
	OpenSheet    // a zip archive that holds an OpenDocument spreadsheet
	Jar          // a zip archive that holds Java classes
	OldExcel     // a compound file: .xls and the other Office formats of its age
	SevenZip     // .7z
	Rar          // RAR 1.5 to 4 and RAR 5
	Parquet      // Apache Parquet
	ORC          // Apache ORC
	Avro         // an Avro object container file

	// Text that starts with a byte order mark.

	UTF8BOM // UTF-8 behind the mark EF BB BF
	UTF16LE // UTF-16, little-endian
	UTF16BE // UTF-16, big-endian
	UTF32LE // UTF-32, little-endian
	UTF32BE // UTF-32, big-endian

	kinds // how many there are
)

// fact is what the package knows about one kind.
type fact struct {
	name    string // "gzip"
	phrase  string // fits behind "input is": "gzip-compressed"
	unpack  string // a command that writes the plain bytes to its output
	advice  string // what to do when there is no such command
	charset string // the name that decodes it
	decodes bool   // package unwrap undoes it
	binary  bool   // not text
}

// facts is indexed by Kind.
var facts = [kinds]fact{
	Text:         {name: "text", phrase: "text"},
	Gzip:         {name: "gzip", phrase: "gzip-compressed", unpack: "gzip -dc FILE", decodes: true, binary: true},
	Zstd:         {name: "zstd", phrase: "zstd-compressed", unpack: "zstd -dc FILE", decodes: true, binary: true},
	SnappyFramed: {name: "framed snappy", phrase: "snappy-compressed", unpack: "snzip -dc FILE", decodes: true, binary: true},
	S2:           {name: "S2", phrase: "S2-compressed", unpack: "s2d -c FILE", decodes: true, binary: true},
	Zlib:         {name: "zlib", phrase: "zlib-compressed", unpack: "pigz -dc FILE", decodes: true, binary: true},
	Bzip2:        {name: "bzip2", phrase: "bzip2-compressed", unpack: "bzip2 -dc FILE", decodes: true, binary: true},
	XZ:           {name: "xz", phrase: "xz-compressed", unpack: "xz -dc FILE", binary: true},
	LZ4:          {name: "LZ4", phrase: "LZ4-compressed", unpack: "lz4 -dc FILE", binary: true},
	LZMA:         {name: "LZMA", phrase: "LZMA-compressed", unpack: "xz --format=lzma -dc FILE", binary: true},
	Lzip:         {name: "lzip", phrase: "lzip-compressed", unpack: "lzip -dc FILE", binary: true},
	Compress:     {name: "compress (.Z)", phrase: "compressed with Unix compress (.Z)", unpack: "gzip -dc FILE", binary: true},
	Zip:          {name: "zip", phrase: "a zip archive", unpack: "unzip -p FILE", decodes: true, binary: true},
	Excel:        {name: "Excel workbook (zip)", phrase: "an Excel workbook (zip)", advice: "open it and save the sheet as CSV UTF-8", binary: true},
	OpenSheet:    {name: "OpenDocument spreadsheet (zip)", phrase: "an OpenDocument spreadsheet (zip)", advice: "open it and save the sheet as CSV, character set UTF-8", binary: true},
	Jar:          {name: "Java archive (zip)", phrase: "a Java archive (zip)", advice: "give the endpoint file itself, not a program", binary: true},
	OldExcel:     {name: "Excel 97 workbook", phrase: "an Excel 97 workbook or another Office file of that age", advice: "open it and save the sheet as CSV UTF-8", binary: true},
	SevenZip:     {name: "7z", phrase: "a 7z archive", unpack: "7z e -so FILE", binary: true},
	Rar:          {name: "RAR", phrase: "a RAR archive", unpack: "unrar p -inul FILE", binary: true},
	Parquet:      {name: "Parquet", phrase: "a Parquet file", advice: "write the table out as CSV or as one JSON object a line first", binary: true},
	ORC:          {name: "ORC", phrase: "an ORC file", advice: "write the table out as CSV or as one JSON object a line first", binary: true},
	Avro:         {name: "Avro", phrase: "an Avro file", unpack: "avro-tools tojson FILE", binary: true},
	UTF8BOM:      {name: "UTF-8 text with a byte order mark", phrase: "UTF-8 text with a byte order mark", charset: "utf-8"},
	UTF16LE:      {name: "UTF-16 little-endian text", phrase: "UTF-16 little-endian text", charset: "utf-16"},
	UTF16BE:      {name: "UTF-16 big-endian text", phrase: "UTF-16 big-endian text", charset: "utf-16"},
	UTF32LE:      {name: "UTF-32 little-endian text", phrase: "UTF-32 little-endian text", charset: "utf-32"},
	UTF32BE:      {name: "UTF-32 big-endian text", phrase: "UTF-32 big-endian text", charset: "utf-32"},
}

func (k Kind) fact() fact {
	if k >= kinds {
		return fact{name: "unknown kind", phrase: "of an unknown kind"}
	}
	return facts[k]
}

// String gives the name people know the kind by, such as "gzip" or
// "Excel workbook (zip)".
func (k Kind) String() string { return k.fact().name }

// Phrase gives words that complete the sentence "input is ...", such as
// "gzip-compressed" or "a zip archive".
func (k Kind) Phrase() string { return k.fact().phrase }

// Unpack gives a shell command that writes the plain bytes of FILE to its
// standard output, or "" when there is none to name.
func (k Kind) Unpack() string { return k.fact().unpack }

// Hint says what to do with an input of this kind, as words that can follow a
// colon. It is empty for Text and UTF8BOM, which need nothing.
func (k Kind) Hint() string {
	f := k.fact()
	switch {
	case f.decodes:
		return "use --decompress, or " + f.unpack + " | split -"
	case f.unpack != "":
		return f.unpack + " | split -"
	case f.advice != "":
		return f.advice
	case f.charset != "" && k != UTF8BOM:
		return "use --charset " + f.charset
	}
	return ""
}

// Charset names the character set that a byte order mark announced: "utf-8",
// "utf-16" or "utf-32". It is empty for every other kind.
func (k Kind) Charset() string { return k.fact().charset }

// Decodable reports whether package unwrap can undo the kind's compression.
// A zip archive counts, though only one with a single file in it is undone.
func (k Kind) Decodable() bool { return k.fact().decodes }

// Compressed reports whether the kind is not text at all: a compressed stream,
// an archive or a binary container. UTF-16 and UTF-32 are text.
func (k Kind) Compressed() bool { return k.fact().binary }
