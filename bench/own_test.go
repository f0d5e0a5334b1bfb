package bench

import (
	"context"
	"io"

	"github.com/endpointfile/endpointfile/bench/rivals"
	"github.com/endpointfile/endpointfile/convert"
	"github.com/endpointfile/endpointfile/endpoint"
	"github.com/endpointfile/endpointfile/source"
)

// own is this project's path: validated against every rule of profile classic,
// one worker.
func own() rivals.Rival {
	return rivals.Rival{
		Name: "own",
		Convert: func(w io.Writer, r io.Reader) (int64, error) {
			return ownRun(w, r, convert.CSV, convert.JSON, nil)
		},
		Reverse: func(w io.Writer, r io.Reader, columns []string) (int64, error) {
			return ownRun(w, r, convert.JSON, convert.CSV, columns)
		},
	}
}

func ownRun(w io.Writer, r io.Reader, from, to convert.Format, columns []string) (int64, error) {
	opt, err := ownOptions(r, from, to, columns)
	if err != nil {
		return 0, err
	}
	opt.Stream, opt.Workers = w, 1
	res, err := convert.Run(context.Background(), opt)
	if err != nil {
		return 0, err
	}
	return res.Manifest.Totals.Written, nil
}

// ownOptions are those of a run that still wants an output.
func ownOptions(r io.Reader, from, to convert.Format, columns []string) (*convert.Options, error) {
	opt := &convert.Options{Sources: []source.Input{source.Reader("bench", r)}, From: from, To: to}
	for _, name := range columns {
		c, err := endpoint.ParseColumn([]byte(name))
		if err != nil {
			return nil, err
		}
		opt.Columns = append(opt.Columns, c)
	}
	return opt, nil
}
