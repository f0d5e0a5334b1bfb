// Package house holds the map of the house to the code: which package may
// import which, and who may reach for what from outside. ARCHITECTURE.md draws
// the same map for people.
package house

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/endpointfile/endpointfile"

// allowed lists, for each package, the packages of ours that it may import
// outside its tests. A package that is not listed may not exist.
var allowed = map[string][]string{
	".":                   {},
	"fault":               {},
	"internal/scan":       {},
	"internal/iso":        {},
	"internal/near":       {},
	"internal/sniff":      {},
	"internal/unwrap":     {"internal/sniff"},
	"endpoint":            {"fault", "internal/near"},
	"internal/block":      {"endpoint", "fault"},
	"source":              {},
	"chunk":               {},
	"csvcodec":            {"endpoint", "fault", "internal/scan", "internal/block"},
	"ndjson":              {"endpoint", "fault", "internal/scan", "internal/block", "internal/near"},
	"validate":            {"endpoint", "fault", "internal/iso", "internal/near"},
	"convert":             {"endpoint", "fault", "csvcodec", "ndjson", "validate", "chunk", "source", "internal/block", "internal/sniff", "internal/unwrap"},
	"cmd/split":           {"convert", "csvcodec", "endpoint", "fault", "chunk", "source"},
	"fuzz":                {},
	"internal/corpus":     {},
	"internal/corpus/gen": {"internal/corpus"},
	"internal/docgen":     {"endpoint", "fault"},
	"internal/house":      {},
	"internal/fence":      {},
	"internal/iso/generate": {
		"internal/iso",
	},
}

// outside lists who may import a module from outside, in code that is not a test.
// "*" is everybody.
var outside = map[string][]string{
	"github.com/goccy/go-json":       {"endpoint", "chunk", "convert"},
	"github.com/klauspost/compress/": {"internal/sniff", "internal/unwrap"},
	"golang.org/x/text/":             {"internal/unwrap", "internal/iso/generate"},
	"github.com/minio/crc64nvme":     {"chunk"},
	"github.com/urfave/cli/v3":       {"cmd/split"},
	"golang.org/x/term":              {"cmd/split"},
	"golang.org/x/sys/cpu":           {"internal/scan", "endpoint", "csvcodec", "ndjson", "validate"},
	"github.com/aws/":                {}, // not yet: chunk/s3sink, source/s3source, importjob
}

func TestImports(t *testing.T) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	seen := map[string]bool{}
	err = filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if file == root {
				return nil
			}
			name := d.Name()
			_, nested := os.Stat(filepath.Join(file, "go.mod"))
			if nested == nil || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "out" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(rel))
		seen[pkg] = true
		mine, known := allowed[pkg]
		require.True(t, known, "package %s has no row in the map", pkg)
		if strings.HasSuffix(file, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			checkImport(t, rel, pkg, mine, strings.Trim(spec.Path.Value, `"`))
		}
		return nil
	})
	require.NoError(t, err)
	require.True(t, seen["convert"] && seen["fault"], "the walk saw the house")
}

func checkImport(t *testing.T, file, pkg string, mine []string, imported string) {
	t.Helper()
	if ours, ok := strings.CutPrefix(imported, module+"/"); ok {
		require.True(t, slices.Contains(mine, ours), "%s: %s may not import %s", file, pkg, ours)
		return
	}
	if !strings.Contains(strings.SplitN(imported, "/", 2)[0], ".") {
		return // the standard library
	}
	for prefix, who := range outside {
		if imported == prefix || strings.HasSuffix(prefix, "/") && strings.HasPrefix(imported, prefix) {
			require.True(t, slices.Contains(who, pkg), "%s: %s may not import %s", file, pkg, imported)
			return
		}
	}
	t.Errorf("%s: %s imports %s, which has no row in the map", file, pkg, imported)
}
