// Command docgen writes docs/rules.md and docs/fields.md from the tables of
// packages fault and endpoint, so that the docs cannot say another thing than
// the code.
//
//	go run ./internal/docgen ROOT
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/fault"
)

func main() {
	root := "."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	for name, text := range map[string][]byte{"rules.md": Rules(), "fields.md": Fields()} {
		if err := os.WriteFile(filepath.Join(root, "docs", name), text, 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "docgen:", err)
			os.Exit(1)
		}
	}
}

// Rules writes the table of rules.
func Rules() []byte {
	var b bytes.Buffer
	b.WriteString(`# Rules

Every fault names one of these rules by its code. Codes are stable: they never change their meaning and are never used again.
What a rule does to the record, by profile: **fault** sends it to the rejects, **warning** is told and counted, **refused** turns the
whole input away before anything is written, **off** means that the rule is not one of the profile. The last column says what ` + "`--fix`" + `
does about it; nothing is ever repaired that would lose information.

This page is generated from the table in package fault (` + "`go generate ./...`" + `).
`)
	group := fault.Group(0)
	for _, r := range fault.Rules() {
		row := r.Row()
		if row.Group != group {
			group = row.Group
			fmt.Fprintf(&b, "\n## %s\n\n| code | what is wrong | what to do | classic | current | `--fix` | source |\n|---|---|---|---|---|---|---|\n", group)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s | %s |\n", row.Code, cell(row.Says), cell(row.Hint), row.Classic, row.Current, cell(row.Fix), cell(row.Source))
	}
	return b.Bytes()
}

// Fields writes the table of attributes.
func Fields() []byte {
	var b bytes.Buffer
	b.WriteString(`# Attributes

The attributes that an endpoint file may have. The name is the CSV header; in JSON the parts between the periods are nested objects.
In CSV an empty cell is an absent value, and a list takes one column a value, all of the same name.

This page is generated from the table in package endpoint (` + "`go generate ./...`" + `).

| attribute | JSON | what it is |
|---|---|---|
`)
	for f := endpoint.ID; f < endpoint.FieldCount; f++ {
		info := f.Info()
		name := info.Name
		if info.Custom {
			name += "*name*"
		} else {
			name = "`" + name + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, info.Kind, cell(info.Doc))
	}
	fmt.Fprintf(&b, "\nExport jobs also write %s. Imports do not take them: `--fix` and `--decompress` drop them, counted as `export-only`.\n",
		"`"+strings.Join(endpoint.ExportOnly(), "`, `")+"`")
	return b.Bytes()
}

// cell makes text fit for a cell of a Markdown table.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;").Replace(s)
}
