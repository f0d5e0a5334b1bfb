package endpoint

import (
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/endpointfile/endpointfile/fault"
)

func TestFieldsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for f := ID; f < FieldCount; f++ {
		info := f.Info()
		require.NotEmpty(t, info.Name, "field %d", f)
		assert.NotEmpty(t, info.Doc, info.Name)
		assert.False(t, seen[info.Name], info.Name)
		seen[info.Name] = true
		assert.Equal(t, info.Name, f.String())
		assert.Equal(t, info.Kind, f.Kind())
		assert.Equal(t, info.Custom, f.Custom())

		// The dotted name is the path through the JSON groups.
		want := info.Member
		if g := info.Group; g != InRecord {
			want = g.String() + "." + info.Member
		}
		assert.Equal(t, want, info.Name)
		assert.Equal(t, f >= Attributes, info.Custom, info.Name)
		assert.Equal(t, info.Custom, info.Member == "", info.Name)
	}
	assert.Equal(t, FieldInfo{}, *NoField.Info())
	assert.Equal(t, FieldInfo{}, *FieldCount.Info())
	assert.Empty(t, Field(255).String())
}

func TestGroupsAreWhole(t *testing.T) {
	for g := InDemographic; g < GroupCount; g++ {
		info := g.Info()
		want := info.Member
		if info.Parent != InRecord {
			want = info.Parent.String() + "." + info.Member
		}
		assert.Equal(t, want, info.Name)
		assert.Equal(t, info.Name, g.String())
		assert.NotEmpty(t, firstOf(g), "a group without members")
	}
	assert.Empty(t, InRecord.String())
	assert.Equal(t, GroupInfo{}, *GroupCount.Info())
	assert.Empty(t, Group(255).String())
}

func TestKindNames(t *testing.T) {
	assert.Equal(t, "string", Text.String())
	assert.Equal(t, "number", Number.String())
	assert.Equal(t, "array of strings", List.String())
}

func TestEveryFieldIsReached(t *testing.T) {
	for f := ID; f < FieldCount; f++ {
		want, name := Column{Field: f}, f.String()
		if f.Custom() {
			want.Key = "some.key/~x"
			name += want.Key
		}
		got, err := ParseColumn([]byte(name))
		require.NoError(t, err)
		assert.Equal(t, want, got)
		assert.Equal(t, name, got.String())
		assert.True(t, IsName([]byte(name)))

		pointer := "/" + strings.ReplaceAll(strings.TrimSuffix(f.String(), "."), ".", "/")
		if f.Custom() {
			pointer += "/some.key~1~0x"
		}
		assert.Equal(t, pointer, got.Pointer())
	}
}

func TestEveryFieldHasItsPlaceInEndpoint(t *testing.T) {
	for f := NoField; f <= FieldCount; f++ {
		require.Equal(t, f != NoField && f < FieldCount && !f.Custom(), f.plain(), f.String())
		if !f.plain() {
			continue
		}
		var e Endpoint
		*e.member(f) = f.String()
		at := reflect.ValueOf(e)
		for name := range strings.SplitSeq(f.String(), ".") {
			at = at.FieldByName(name)
		}
		require.Equal(t, f.String(), at.String())
		*e.member(f) = ""
		require.Equal(t, Endpoint{}, e)
	}
}

func TestExportOnly(t *testing.T) {
	for _, name := range ExportOnly() {
		assert.True(t, IsExportOnly([]byte(name)), name)
		assert.False(t, IsExportOnly([]byte(strings.ToLower(name))), name)
		_, err := ParseColumn([]byte(name))
		require.Error(t, err, "exports write it and imports do not take it")
	}
	assert.False(t, IsExportOnly(nil))
	assert.False(t, IsExportOnly([]byte("Address")))
}

func TestColumnOfAFamilyWithoutKey(t *testing.T) {
	assert.Equal(t, "Attributes.", Column{Field: Attributes}.String())
	assert.Equal(t, "/Attributes/", Column{Field: Attributes}.Pointer())
	assert.Equal(t, "", Column{}.String())
}

func TestHintKnowsMaxColumns(t *testing.T) {
	assert.Contains(t, fault.HeaderColumns.Row().Hint, strconv.Itoa(MaxColumns))
}
