// This file judges the attributes that have a short list of legal words:
// ChannelType, EndpointStatus and OptOut.

package validate

import (
	"strings"

	"github.com/endpointfile/endpointfile/fault"
	"github.com/endpointfile/endpointfile/internal/near"
)

// channel is a channel type, or notChannel.
type channel uint8

const (
	notChannel channel = iota
	channelEmail
	channelSMS
	channelVoice
	channelPush // any other: its addresses have no form that could be checked
)

// classicChannels are the types of the guides of 2017 to 2019: GCM, APNS, SMS and
// EMAIL of the User Guide, ADM and BAIDU of the API.
var classicChannels = []string{"EMAIL", "SMS", "APNS", "GCM", "ADM", "BAIDU"}

// currentChannels are the types of the API reference of 2023.
var currentChannels = []string{
	"EMAIL", "SMS", "VOICE", "PUSH", "GCM", "APNS", "APNS_SANDBOX", "APNS_VOIP", "APNS_VOIP_SANDBOX", "ADM", "BAIDU",
	"CUSTOM", "IN_APP",
}

// channelAliases are what people call the channels. They only make hints.
var channelAliases = map[string]string{
	"MAIL": "EMAIL", "E-MAIL": "EMAIL", "E_MAIL": "EMAIL", "EMAILADDRESS": "EMAIL",
	"TEXT": "SMS", "PHONE": "SMS", "MOBILE": "SMS", "CELL": "SMS", "TEL": "SMS", "MMS": "SMS",
	"FCM": "GCM", "FIREBASE": "GCM", "ANDROID": "GCM", "GOOGLE": "GCM",
	"IOS": "APNS", "APPLE": "APNS", "IPHONE": "APNS",
	"AMAZON": "ADM", "KINDLE": "ADM",
}

// channelOf reads a channel type of the profile.
func channelOf(b []byte, p fault.Profile) channel {
	switch string(b) {
	case "EMAIL":
		return channelEmail
	case "SMS":
		return channelSMS
	case "APNS", "GCM", "ADM", "BAIDU":
		return channelPush
	}
	if p == fault.Current {
		switch string(b) {
		case "VOICE":
			return channelVoice
		case "PUSH", "APNS_SANDBOX", "APNS_VOIP", "APNS_VOIP_SANDBOX", "CUSTOM", "IN_APP":
			return channelPush
		}
	}
	return notChannel
}

// judgeChannel finds fault with a channel type.
func judgeChannel(s string, p fault.Profile, brief bool) finding {
	if channelOf([]byte(s), p) != notChannel {
		return finding{}
	}
	legal := classicChannels
	if p == fault.Current {
		legal = currentChannels
	}
	f := judgeWord(fault.ChannelType, s, legal, brief)
	if brief || f.repair != "" || f.hint != "" {
		return f
	}
	upper := strings.ToUpper(strings.TrimSpace(fault.Clip(s)))
	if word, ok := channelAliases[upper]; ok {
		f.hint = didYouMean(word)
		return f
	}
	if p == fault.Classic {
		if upper == "PUSH" {
			f.hint = "name the service: APNS, GCM, ADM or BAIDU"
			return f
		}
		for _, word := range currentChannels {
			if upper == word {
				f.detail = "is a channel type that came after the guides of profile classic"
				f.hint = "--profile current knows it"
				return f
			}
		}
	}
	f.hint = "legal are " + list(legal)
	return f
}

// legalStatus accepts an EndpointStatus.
func legalStatus(b []byte) bool { return string(b) == "ACTIVE" || string(b) == "INACTIVE" }

// legalOptOut accepts an OptOut.
func legalOptOut(b []byte) bool { return string(b) == "NONE" || string(b) == "ALL" }

// judgeWord finds fault with a word that should be one of legal. Another letter
// case is repaired; a word at a small distance is guessed.
func judgeWord(rule fault.Rule, s string, legal []string, brief bool) finding {
	f := finding{rule: rule}
	best, least := "", 3
	for _, word := range legal {
		switch {
		case s == word:
			return finding{}
		case equalFoldASCII(s, word):
			f.repair, f.hint = word, didYouMean(word)
			return f
		case brief:
			continue
		}
		// A distance of half the word would make any short word near to any other.
		if d := near.Distance(strings.ToUpper(fault.Clip(s)), word); d < least && 2*d < len(word) {
			best, least = word, d
		}
	}
	if best != "" {
		f.hint = didYouMean(best)
	}
	return f
}
