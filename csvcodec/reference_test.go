package csvcodec

import (
	"bytes"
	"fmt"

	"github.com/endpointfile/endpointfile/fault"
)

// This file is the grammar once more, as plainly as it can be said: it sees the
// whole text, goes byte by byte and knows no haste. The codec is held against it.

// refRecord is one record of a text, or one line that is too long.
type refRecord struct {
	raw   string
	start int // within the text
	cells []string
	rule  fault.Rule // what is wrong
	at    int        // and where, within the text
}

// refRead reads a text. limit is the size of the largest record.
func refRead(text []byte, limit int) (out []refRecord) {
	for at := 0; at < len(text); {
		window := text[at:min(len(text), at+limit)]
		r, n := refOne(window, len(text)-at < limit)
		if n == 0 { // no line end: the whole line is turned away
			n = refLine(text[at:])
			r = refRecord{rule: fault.RecordSize}
		}
		raw := text[at : at+n]
		r.raw, r.start = string(raw), at
		r.at += at
		at += n
		if r.rule == fault.None && len(trimEnd(raw)) == 0 {
			continue
		}
		out = append(out, r)
	}
	return out
}

// refLine is the length of the first line with its line feed.
func refLine(text []byte) int {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return i + 1
	}
	return len(text)
}

// refOne reads the record that window starts with. last says that the text ends
// with window; otherwise a record that goes on behind it is too long. The
// length 0 says that there is no line end.
func refOne(window []byte, last bool) (refRecord, int) {
	var r refRecord
	torn := -1 // the last closed cell with a line break in it
	tooLong := func() (refRecord, int) {
		if torn < 0 {
			return r, 0
		}
		return refRecord{rule: fault.CSVQuoteOpen, at: torn}, torn + refLine(window[torn:])
	}
	wreck := func(rule fault.Rule, at int) (refRecord, int) {
		if !last && !bytes.Contains(window[at:], []byte("\n")) {
			return tooLong()
		}
		return refRecord{rule: rule, at: at}, at + refLine(window[at:])
	}
	i := 0
	for {
		text := []byte{}
		quoted := i < len(window) && window[i] == '"'
		if quoted {
			open := i
			i++
			for closed := false; !closed; {
				rest := window[min(i, len(window)):]
				end := len(rest) < 3 && last
				switch {
				case len(rest) == 0, !last && (string(rest) == `"` || string(rest) == "\"\r"):
					if last || bytes.Contains(window[open:], []byte("\n")) {
						return refRecord{rule: fault.CSVQuoteOpen, at: open}, open + refLine(window[open:])
					}
					return tooLong()
				case rest[0] != '"':
					text = append(text, rest[0])
					i++
				case bytes.HasPrefix(rest, []byte(`""`)):
					text = append(text, '"')
					i += 2
				case bytes.HasPrefix(rest, []byte(`",`)), bytes.HasPrefix(rest, []byte("\"\n")), bytes.HasPrefix(rest, []byte("\"\r\n")),
					end && string(rest) == `"`, end && string(rest) == "\"\r":
					closed = true
					if bytes.Contains(window[open:i], []byte("\n")) {
						torn = open
					}
					i++
				case bytes.Contains(window[open:i], []byte("\n")):
					return refRecord{rule: fault.CSVQuoteOpen, at: open}, open + refLine(window[open:])
				default:
					return wreck(fault.CSVQuoteText, i+1)
				}
			}
		} else {
			for i < len(window) && window[i] != ',' && window[i] != '\n' {
				if window[i] == '"' {
					return wreck(fault.CSVBareQuote, i)
				}
				text = append(text, window[i])
				i++
			}
		}
		rest := window[i:]
		if len(rest) > 0 && rest[0] == ',' {
			r.cells = append(r.cells, string(text))
			i++
			continue
		}
		if i += refLine(rest); !last && !bytes.HasSuffix(window[:i], []byte("\n")) {
			return tooLong()
		}
		if !quoted {
			text = bytes.TrimSuffix(text, []byte("\r"))
		}
		r.cells = append(r.cells, string(text))
		return r, i
	}
}

func (r refRecord) String() string {
	return fmt.Sprintf("%q %q %s@%d", r.raw, r.cells, r.rule.Code(), r.at)
}
