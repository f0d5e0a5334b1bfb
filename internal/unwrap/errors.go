// This file holds the errors of the package, each a type that errors.As finds,
// each with a message that can be shown as it is. None of them quotes the data.

package unwrap

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/endpointfile/endpointfile/internal/sniff"
)

// Reasons a *RefusedError can wrap.
var (
	ErrSeveralFiles = errors.New("it holds several files")
	ErrNoFile       = errors.New("it holds no file")
	ErrEncrypted    = errors.New("its file is encrypted")
	ErrMethod       = errors.New("its file is compressed in a way that is not supported")
	ErrMemory       = errors.New("it needs more memory than is allowed")
)

// errTrailing is behind a *CorruptError when a stream has ended and bytes
// follow that do not belong to it.
var errTrailing = errors.New("other bytes follow its end")

// RefusedError reports input that is refused as a whole.
type RefusedError struct {
	Name  string     // the input's name, may be empty
	Kind  sniff.Kind // what the stored bytes are
	Inner sniff.Kind // what was found inside them, if that is why; else sniff.Text
	Err   error      // one of the reasons above, or nil when the kind alone is the reason
	Hint  string     // what to do about it
}

// Error names the input, says what it is and what to do.
func (e *RefusedError) Error() string {
	var b strings.Builder
	b.WriteString(prefix(e.Name))
	b.WriteString("input is " + e.Kind.Phrase())
	if e.Inner != sniff.Text {
		b.WriteString(", and what is inside is " + e.Inner.Phrase())
	}
	if e.Err != nil {
		b.WriteString(" and " + e.Err.Error())
	}
	if e.Hint != "" {
		b.WriteString(": " + e.Hint)
	}
	return b.String()
}

// Unwrap gives the reason, if there is one beside the kind.
func (e *RefusedError) Unwrap() error { return e.Err }

// refuse refuses by kind alone.
func refuse(name string, k sniff.Kind) error {
	return &RefusedError{Name: name, Kind: k, Hint: k.Hint()}
}

// refuseInner refuses what one layer of decompression brought to light.
func refuseInner(name string, outer, inner sniff.Kind) error {
	hint := inner.Hint()
	switch {
	case inner.Decodable():
		hint = "only one layer is undone: " + outer.Unpack() + " | split --decompress -"
	case inner.Unpack() != "":
		hint = "unpack it in two steps: " + outer.Unpack() + ", then " + inner.Unpack()
	}
	return &RefusedError{Name: name, Kind: outer, Inner: inner, Hint: hint}
}

// CorruptError reports compressed data that cannot be decompressed to its end.
// It wraps io.ErrUnexpectedEOF when the data is cut short, else the error of the
// decompressor.
type CorruptError struct {
	Name   string     // the input's name, may be empty
	Kind   sniff.Kind // the compression
	Offset int64      // stored bytes taken in when the fault showed; it lies before
	Err    error
}

// Error names the input, the compression and the fault.
func (e *CorruptError) Error() string {
	switch {
	case e.Err == errTrailing:
		return fmt.Sprintf("%s%s data is damaged: %v", prefix(e.Name), e.Kind, e.Err)
	case errors.Is(e.Err, io.ErrUnexpectedEOF):
		return fmt.Sprintf("%s%s data is cut short after %d bytes: %v", prefix(e.Name), e.Kind, e.Offset, e.Err)
	}
	return fmt.Sprintf("%s%s data is damaged within its first %d bytes: %v", prefix(e.Name), e.Kind, e.Offset, e.Err)
}

// Unwrap gives the fault.
func (e *CorruptError) Unwrap() error { return e.Err }

// BombError reports compressed data that expands beyond a limit of Options.
type BombError struct {
	Name  string     // the input's name, may be empty
	Kind  sniff.Kind // the compression
	In    int64      // stored bytes taken in
	Out   int64      // bytes that came out, the ones withheld included
	Limit int64      // the limit that was passed: bytes, or bytes for a byte
	Ratio bool       // Limit is MaxRatio, not MaxBytes
}

// Error names the input and the limit.
func (e *BombError) Error() string {
	hint := "unpack it yourself if you trust it"
	if c := e.Kind.Unpack(); c != "" {
		hint += ": " + c + " | split -"
	}
	if e.Ratio {
		return fmt.Sprintf("%s%s data expands more than %d-fold (%d bytes became %d): %s",
			prefix(e.Name), e.Kind, e.Limit, e.In, e.Out, hint)
	}
	return fmt.Sprintf("%s%s data expands to more than %d bytes (from %d): %s",
		prefix(e.Name), e.Kind, e.Limit, e.In, hint)
}

// CharsetError reports a byte, or a sequence of bytes, that the character set
// does not define, or a mark that it needs and that is missing.
type CharsetError struct {
	Name    string // the input's name, may be empty
	Charset string // the character set, as Reader.Charset gives it
	Offset  int64  // bytes of (decompressed) input in front of the bad ones
	Hint    string // what to do about it
}

// Error names the input, the place and the character set.
func (e *CharsetError) Error() string {
	return fmt.Sprintf("%snot %s text at byte offset %d: %s", prefix(e.Name), e.Charset, e.Offset, e.Hint)
}

// UnknownCharsetError reports the name of a character set that is not known,
// or that is known and not supported.
type UnknownCharsetError struct {
	Charset string // as it was given
}

// Error lists what to write instead.
func (e *UnknownCharsetError) Error() string {
	return fmt.Sprintf("unknown character set %q: write utf-8, utf-16, utf-16le, utf-16be, utf-32, windows-1250 to windows-1258, "+
		"iso-8859-1 to iso-8859-16, macintosh, koi8-r, ibm437, ibm850, shift_jis, euc-jp, gb18030, gbk, big5 or euc-kr; "+
		"for others: iconv -f NAME -t UTF-8 FILE | split -", e.Charset)
}

// prefix puts a name in front of a message.
func prefix(name string) string {
	if name == "" {
		return ""
	}
	return name + ": "
}
