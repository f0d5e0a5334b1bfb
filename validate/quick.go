// This file judges values as words: without a branch that depends on the data, as
// far as that goes. Which cells are empty, and how long values are, changes from
// row to row, and a processor that guesses wrong loses more time than all of this
// takes. What does not pass here is asked again by the accept function.

package validate

import (
	"encoding/binary"
	"math/bits"

	"github.com/endpointfile/endpointfile/endpoint"
)

// lowBytes masks the lowest n bytes of a word.
var lowBytes = [16]uint64{0, 1<<8 - 1, 1<<16 - 1, 1<<24 - 1, 1<<32 - 1, 1<<40 - 1, 1<<48 - 1, 1<<56 - 1, 1<<64 - 1}

// noWord is the length that word gives of what does not fit into one. No quick
// function takes it for legal.
const noWord = 9

// word gives a value as one word, the first byte lowest and the rest zero, and its
// length: noWord if it has more than eight bytes, or stands too near to the end of
// its buffer to be loaded as a word.
func word(v endpoint.Value, data []byte) (w uint64, n int) {
	i, n := v.Start(), v.Len()
	if n > 8 || v.Is(endpoint.InAux) || i+8 > len(data) {
		return 0, noWord
	}
	return binary.LittleEndian.Uint64(data[i:]) & lowBytes[n], n
}

// chars packs a short text as word does.
func chars(s string) uint64 {
	var w [8]byte
	copy(w[:], s)
	return binary.LittleEndian.Uint64(w[:])
}

// words has at most one word of each length, the empty one among them.
type words [16]struct {
	word uint64
	none uint64 // not zero if no word has this length
}

var (
	statusWords = words{0: {}, 6: {word: chars("ACTIVE")}, 8: {word: chars("INACTIVE")}}.only()
	optOutWords = words{0: {}, 3: {word: chars("ALL")}, 4: {word: chars("NONE")}}.only()
)

// only says of the other lengths that they have no word.
func (w words) only() *words {
	for n := 1; n < len(w); n++ {
		if w[n].word == 0 {
			w[n].none = 1
		}
	}
	return &w
}

// has reports whether a word of n characters is one of w.
func (w *words) has(word uint64, n int) bool {
	e := &w[n&15]
	return word^e.word|e.none == 0
}

// some is 1 if x is not zero, and 0 if it is.
func some(x uint64) uint64 { return (x | -x) >> 63 }

// channelWords has the channel types that every profile knows, each in a seat
// that its own letters lead to: one look, whichever it is. A test holds the seats.
var channelWords = [16]struct {
	word    uint64
	n       int // its length
	channel channel
}{
	0:  {0x534d53, 3, channelSMS},       // SMS
	1:  {0x4d4347, 3, channelPush},      // GCM
	5:  {0x534e5041, 4, channelPush},    // APNS
	6:  {0x5544494142, 5, channelPush},  // BAIDU
	10: {0x4d4441, 3, channelPush},      // ADM
	11: {0x4c49414d45, 5, channelEmail}, // EMAIL
}

// channelHash leads from the letters of a channel type to its seat.
const channelHash = 0xcd613e30d8f16adf

// quickChannel reads a channel type as [channelOf] does, or gives notChannel.
func quickChannel(w uint64, n int) channel {
	e := &channelWords[w*channelHash>>60]
	if e.word != w || e.n != n {
		return notChannel
	}
	return e.channel
}

// instead gives the word, or another in its place if it is empty.
func instead(w uint64, n int, other uint64) uint64 { return w | (some(uint64(n))-1)&other }

// isOr0 reports whether n, at most 63, is the given length or zero.
func isOr0(n, length int) bool { return (1|1<<length)>>(uint(n)&63)&1 != 0 }

// Some codes.
const (
	someAlpha2 = 'U' | 'S'<<8
	someAlpha3 = 'U' | 'S'<<8 | 'A'<<16
	someLocale = 'e' | 'n'<<8 | '_'<<16 | 'U'<<24 | 'S'<<32
)

const (
	eachByte = 0x0101010101010101
	highBits = 0x80 * eachByte
)

// notDigits sets the high bit of each byte above 9.
func notDigits(t uint64) uint64 { return (t&^highBits + 0x76*eachByte) | t }

// anatomy takes a number of at most eight bytes apart: its characters without the
// sign, how many they are, and where the period stands, 8 if there is none. bad is
// not zero if it is no JSON number, or has an exponent.
//
// Shifts are by less than 64 for certain, which spares the processor a question.
func anatomy(w uint64, n int) (digits uint64, count, point uint, bad uint64) {
	minus := uint(1 - some(w&0xff^'-'))
	w >>= 8 * minus & 63
	count = uint(n) - minus
	other := notDigits(w^'0'*eachByte) & highBits & lowBytes[count&15]
	point = uint(bits.TrailingZeros64(other)) >> 3
	bad = other & (other - 1)                                       // two characters that are no digits,
	bad |= (w>>(8*point&63)&0xff ^ '.') & -some(other)              // or one that is no period
	bad |= 1 >> (point & 63)                                        // a period first,
	bad |= 1 - some(uint64(count-1-point))                          // or last
	leading := 1 - some(w&0xff^'0')                                 // a zero first,
	bad |= leading & some(uint64(count>>1)) & some(uint64(point^1)) // and more digits behind it
	bad |= uint64(minus) &^ some(uint64(count))                     // a minus alone
	bad |= uint64(n >> 3 & n)                                       // more than eight bytes
	return w, count, point, bad
}

// quickNumber accepts a JSON number of at most eight bytes without an exponent.
func quickNumber(w uint64, n int) bool {
	_, _, _, bad := anatomy(w, n)
	return bad == 0
}

// quickDegrees accepts a number of degrees with at most three digits and one
// decimal place whose digits, a byte each, the tenth last, are at most limit; and
// the empty value.
func quickDegrees(w uint64, n int, limit uint64) bool {
	digits, count, point, bad := anatomy(w, n)
	whole := min(point, count)
	fraction := some(uint64(8 - point))
	bad |= uint64(whole >> 2)                     // more than three digits
	bad |= fraction & some(uint64(count-2-point)) // another number of places than one
	packed := bits.ReverseBytes64(digits&(0x0f*eachByte)) >> ((64 - 8*whole) & 63)
	tenth := digits >> (8 * (point + 1) & 63) & 0x0f & -fraction
	return bad == 0 && packed<<8|tenth <= limit
}

// fineDegrees reports whether the n bytes before the rest of a window are a number of
// degrees of one to three digits below limit, as of quickDegrees, and of more than one
// decimal place: there is nothing to be told of it but [fault.CoordinatePrecision].
func fineDegrees(b *[fineWindow]byte, n int, limit uint64) bool {
	low, high := binary.LittleEndian.Uint64(b[:8]), binary.LittleEndian.Uint64(b[8:])
	if byte(low) == '-' {
		low, high, n = low>>8|high<<56, high>>8, n-1
	}
	other := (notDigits(low^'0'*eachByte)&highBits)*gathered>>56 | (notDigits(high^'0'*eachByte)&highBits)*gathered>>56<<8
	other &= 1<<(uint(n)&15) - 1
	point := bits.TrailingZeros64(other)
	// One character that is no digit, behind one to three digits and before two.
	if other&(other-1) != 0 || uint(point-1) > 2 || n-point < 3 {
		return false
	}
	whole := bits.ReverseBytes64(low&(0x0f*eachByte)) >> (64 - 8*uint(point)&63)
	return byte(low>>(8*uint(point)&63)) == '.' && whole < limit>>8 && (byte(low) != '0' || point == 1)
}

// fineWindow is what fineDegrees looks at: it takes less than so many bytes.
const fineWindow = 16

// Limits of quickDegrees: 90.0 and 180.0.
const (
	limitLatitude  = 0x09_00_00
	limitLongitude = 0x01_08_00_00
)

// alphanumeric gives a bit for each letter or digit of ASCII among eight bytes.
func alphanumeric(w uint64) uint64 {
	letters, digits := (w|0x20*eachByte)&^highBits, w&^highBits
	letter := (letters + (0x80-'a')*eachByte) &^ (letters + (0x80-'z'-1)*eachByte)
	digit := (digits + (0x80-'0')*eachByte) &^ (digits + (0x80-'9'-1)*eachByte)
	return ((letter | digit) &^ w & highBits) * gathered >> 56
}

// gathered, as a factor, brings the highest bits of the bytes of a word together
// at the top.
const gathered = 0x0002040810204081

// textWindow is what is loaded of an address or id: the longest that are judged so
// have maxQuick bytes.
const (
	textWindow = 64
	maxQuick   = textWindow - 1
)

// quickEmail accepts the usual email addresses of n bytes, at most maxQuick: letters
// and digits, single periods, hyphens, underscores and pluses between them, one @,
// and a domain with a period and without the last two, whose last label has no
// hyphen. Only those single characters are looked at one by one.
func quickEmail(b *[textWindow]byte, n int) bool {
	var plain uint64
	for i := 0; i < n; i += 16 {
		w := (*[16]byte)(b[i&48:])
		plain |= (alphanumeric(binary.LittleEndian.Uint64(w[:8])) | alphanumeric(binary.LittleEndian.Uint64(w[8:]))<<8) << uint(i&48)
	}
	sign, last := -1, -1
	for rest := ^plain & (1<<uint(n) - 1); rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		if i == last+1 {
			return false // first, or next to another
		}
		switch last = i; b[i&(textWindow-1)] {
		case '@':
			if sign >= 0 {
				return false
			}
			sign = i
		case '.', '-':
		case '_', '+':
			if sign >= 0 {
				return false
			}
		default:
			return false
		}
	}
	return sign > 0 && last > sign && last < n-1 && b[last&(textWindow-1)] == '.' && !isDigit(b[(n-1)&(textWindow-1)])
}

// quickPhone accepts a telephone number of E.164 with its plus sign, and one of 7 to
// 15 digits without it if that is legal: low and high are its first 16 bytes.
func quickPhone(low, high uint64, n int, bare bool) bool {
	plus := 1 - some(low&0xff^'+')
	least := 7 - 4*plus
	low ^= plus * ('+' ^ '1')
	other := notDigits(low^'0'*eachByte)&lowBytes[min(n, 8)] | notDigits(high^'0'*eachByte)&lowBytes[max(n-8, 0)]
	zero := plus &^ some(low>>8&0xff^'0')
	return other&highBits|zero == 0 && uint64(n)-least <= 15+plus-least && (bare || plus != 0)
}

// quickDate accepts the two forms of date and time that the guides show, but for the
// 29th of February.
func quickDate(b []byte) bool {
	var day, clock uint64 // YYYYMMDD and hhmmss as characters
	switch len(b) {
	case 16: // 20171011T150548Z
		day, clock = binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
		if byte(clock) != 'T' || byte(clock>>56) != 'Z' {
			return false
		}
		clock = clock >> 8 & lowBytes[6]
	case 24: // 2019-08-23T10:54:35.220Z
		_ = b[23]
		if b[4] != '-' || b[7] != '-' || b[10] != 'T' || b[13] != ':' || b[16] != ':' || b[19] != '.' || b[23] != 'Z' {
			return false
		}
		day = uint64(binary.LittleEndian.Uint32(b)) | uint64(binary.LittleEndian.Uint16(b[5:]))<<32 | uint64(binary.LittleEndian.Uint16(b[8:]))<<48
		clock = uint64(binary.LittleEndian.Uint16(b[11:])) | uint64(binary.LittleEndian.Uint16(b[14:]))<<16 | uint64(binary.LittleEndian.Uint16(b[17:]))<<32
		if !isDigit(b[20]) || !isDigit(b[21]) || !isDigit(b[22]) {
			return false
		}
	default:
		return false
	}
	clock |= '0'<<48 | '0'<<56
	t, u := day^'0'*eachByte, clock^'0'*eachByte
	if (notDigits(t)|notDigits(u))&highBits != 0 {
		return false
	}
	// Digits are in order of reading, the first lowest: tens times ten plus ones,
	// two digits at a time.
	t = t*10 + t>>8
	u = u*10 + u>>8
	month, dom := t>>32&0xff, t>>48&0xff
	hour, minute, second := u&0xff, u>>16&0xff, u>>32&0xff
	return dom-1 < uint64(monthDays[month&15]) && month < 16 && hour < 24 && minute < 60 && second < 60
}

// monthDays are the days of each month by its number, of February those of any year.
var monthDays = [16]uint8{1: 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
