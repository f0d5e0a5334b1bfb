// Package corpus makes endpoint files: believable, valid and the same on every machine.
//
// Tests, benchmarks and the sample in testdata all take their data from here, so that a figure
// or a failure can be repeated from three words: a shape, a size and a seed. Every clean record
// keeps the rules of the validation profile "classic": real country codes, locales and time
// zones, addresses in domains and telephone ranges set aside for examples, at most 20 custom
// names of a kind and 40 in all, values of at most 100 characters.
//
// A [Shape] says how the records look. [Shape.WriteCSV] writes clean ones; [Shape.Generate] can
// also spoil a share of them, each in one known way, and counts what it did, or write them in
// another [Form]: nested JSON, usual, sparse or full of escapes.
//
// The order of things in this package: shape.go lists the shapes and their columns, generate.go
// turns them into rows, json.go rows into objects, values.go makes single cells, spoil.go breaks them, pools.go prepares
// the texts that places.go, names.go and words.go hold.
package corpus

//go:generate go run ./gen -shape default -size 1MB -seed 1 -o ../../testdata/endpoints.csv
//go:generate go run ./gen -shape default -size 5KB -seed 1 -o ../../testdata/endpoints-small.csv
