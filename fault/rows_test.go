package fault

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRulesAreWhole(t *testing.T) {
	rules := Rules()
	require.Len(t, rules, int(ruleCount)-1)
	form := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	seen := map[string]Rule{"none": None}
	group := Input
	for i, r := range rules {
		row := r.Row()
		require.Equal(t, None+1+Rule(i), r)
		assert.Regexp(t, form, row.Code, "rule %d", r)
		if other, ok := seen[row.Code]; ok {
			t.Errorf("code %q is used by rules %d and %d", row.Code, other, r)
		}
		seen[row.Code] = r

		assert.NotEmpty(t, row.Source, row.Code)
		assert.NotEmpty(t, row.Hint, row.Code)
		assert.NotEmpty(t, row.Says, row.Code)
		assert.False(t, strings.HasSuffix(row.Says, "."), "%s: the message goes on", row.Code)
		for _, text := range []string{row.Says, row.Hint, row.Source, row.Fix} {
			assert.Equal(t, text, string(appendPrintable(nil, text)), row.Code)
			assert.Equal(t, text, strings.TrimSpace(text), row.Code)
		}

		assert.GreaterOrEqual(t, row.Group, group, "%s: the groups follow one another", row.Code)
		group = row.Group
		assert.NotEmpty(t, row.Group.String(), row.Code)
	}
	assert.Equal(t, Output, group)
}

func TestRulesSeverities(t *testing.T) {
	for _, r := range Rules() {
		row := r.Row()
		assert.Equal(t, row.Classic, r.Severity(Classic), row.Code)
		assert.Equal(t, row.Current, r.Severity(Current), row.Code)
		for _, s := range []Severity{row.Classic, row.Current} {
			switch row.Group {
			case Input, Header:
				assert.Equal(t, Refuse, s, row.Code)
			case Meaning:
				assert.Contains(t, []Severity{Off, Warning, Reject}, s, row.Code)
			default:
				assert.Contains(t, []Severity{Warning, Reject}, s, row.Code)
			}
		}
		assert.NotEqual(t, []Severity{Off, Off}, []Severity{row.Classic, row.Current}, row.Code)
	}
	assert.Equal(t, Reject, UserOnly.Severity(Classic))
	assert.Equal(t, Off, UserOnly.Severity(Current))
}

func TestLookupIsTheInverseOfCode(t *testing.T) {
	for _, r := range Rules() {
		got, ok := Lookup(r.Code())
		assert.True(t, ok, r.Code())
		assert.Equal(t, r, got)
		text, err := r.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, r.Code(), string(text))
		assert.Equal(t, r.Code()+": "+r.Row().Says, r.Error())
	}
	for _, code := range []string{"", "none", "Location-Country", "location-country ", "location", "x"} {
		r, ok := Lookup(code)
		assert.False(t, ok, code)
		assert.Equal(t, None, r, code)
	}
}

func TestRuleOutOfTheTable(t *testing.T) {
	for _, r := range []Rule{None, ruleCount, ruleCount + 1, ^Rule(0)} {
		assert.Equal(t, "none", r.Code())
		assert.Equal(t, Row{Code: "none", Says: "breaks no rule"}, r.Row())
		assert.Equal(t, Unset, r.Severity(Classic))
	}
}

func TestNames(t *testing.T) {
	assert.Equal(t, "classic", Classic.String())
	assert.Equal(t, "current", Current.String())
	want := map[Severity]string{Unset: "unset", Off: "off", Warning: "warning", Repaired: "repaired", Reject: "fault", Refuse: "refused", 99: "unset"}
	for s, name := range want {
		assert.Equal(t, name, s.String())
	}
	titles := map[Group]string{0: "", Input: "Whole inputs", Header: "CSV headers", Grammar: "Grammar", Meaning: "Meaning", Output: "Output", 99: ""}
	for g, title := range titles {
		assert.Equal(t, title, g.String())
	}
}
