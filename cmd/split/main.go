// Command split converts, checks and splits Amazon Pinpoint endpoint files.
//
//	split [flags] [SOURCE ...]
//
// It is a thin shell around package convert: flags in, exit status out. See
// split --help and the README.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/urfave/cli/v3"

	"github.com/endpointfile/endpointfile/chunk"
	"github.com/endpointfile/endpointfile/convert"
	"github.com/endpointfile/endpointfile/fault"
)

// Exit statuses. They are part of the command's contract: see the README.
const (
	exitOK          = 0
	exitRejected    = 1   // some records were rejected; the good ones are written
	exitUsage       = 2   // the command line is wrong
	exitInput       = 3   // an input cannot be read or is refused as a whole
	exitOutput      = 4   // the output could not be written
	exitInterrupted = 130 // Ctrl-C or SIGTERM
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first Ctrl-C ends the run cleanly; the next one, at once.
	context.AfterFunc(ctx, stop)
	// A closed pipe is an error of writing, not a sudden death: temporary files
	// want to be removed.
	signal.Ignore(syscall.SIGPIPE)
	os.Exit(run(ctx, os.Args, os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole command.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	status := exitOK
	root := command(func(ctx context.Context, c *cli.Command) error {
		s, err := settings(c, stdin, stdout, stderr)
		if err != nil {
			status = statusOf(err)
			return err
		}
		status, err = s.run(ctx)
		return err
	})
	root.Reader, root.Writer, root.ErrWriter = stdin, stdout, stderr
	err := root.Run(ctx, args)
	if err == nil {
		return status
	}
	if status == exitOK {
		status = exitUsage
	}
	if !errors.Is(err, syscall.EPIPE) { // whoever closed the pipe knows
		for line := range strings.SplitSeq(err.Error(), "\n") {
			fmt.Fprintln(stderr, "split: "+fault.Printable(line))
		}
	}
	if status == exitUsage {
		fmt.Fprintln(stderr, "split: see split --help")
	}
	return status
}

// run carries out what the command line asks for. The status goes with the
// error, if there is one.
func (s *job) run(ctx context.Context) (int, error) {
	res, err := convert.Run(ctx, &s.opt)
	s.progress.clear()
	complete := err == nil
	if errors.Is(err, fault.ErrStop) {
		err = nil
	}
	s.tell(res, err)
	if s.json {
		text, jerr := res.Summary(complete).AppendJSON(nil)
		if jerr == nil {
			_, jerr = s.stdout.Write(text)
		}
		if err == nil && jerr != nil {
			err = &convert.OutputError{Err: jerr}
		}
	}
	var input *convert.InputError
	var output *convert.OutputError
	var ledger *chunk.LedgerError
	var refused *fault.Error
	switch {
	case errors.Is(err, context.Canceled):
		return exitInterrupted, errors.New("interrupted; what was committed before is whole, and there is no manifest")
	case errors.As(err, &input):
		if errors.As(err, &refused) && s.show != 0 && !s.quiet {
			err = fmt.Errorf("%s is refused: nothing was written", refused.File)
			if refused.File == "" {
				err = errors.New("the inputs are refused: nothing was written")
			}
		}
		return exitInput, err
	case errors.As(err, &output), errors.As(err, &ledger):
		return exitOutput, err
	case err != nil:
		return exitUsage, err
	case res.Faults > 0 || res.Stopped:
		return exitRejected, nil
	}
	return exitOK, nil
}
