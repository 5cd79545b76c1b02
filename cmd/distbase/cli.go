package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/willabides/kongplete"

	"github.com/distbase/distbase/cmd/distbase/config"
)

// process is what a command sees of the process it runs in; the tests run many.
type process struct {
	args    []string
	environ []string
	stdin   io.Reader
	stdout  io.Writer
	stderr  *os.File
}

// commandLine is the whole command line. Each command is a file of its own.
type commandLine struct {
	Config string `help:"Settings file." default:"distbase.toml" placeholder:"FILE"`

	Serve       serveCommand                 `cmd:"" help:"Run the service."`
	Grid        gridCommand                  `cmd:"" help:"Print every sheet of a file, cell by cell. Needs no database."`
	Parse       parseCommand                 `cmd:"" help:"Print what distbase makes of a report. Needs no database."`
	Match       matchCommand                 `cmd:"" help:"Find names in a catalogue. Needs no database."`
	Attachments attachmentsCommand           `cmd:"" help:"List what a letter carries. Needs no database."`
	Import      importCommand                `cmd:"" help:"Import master data or primary sales."`
	Submit      submitCommand                `cmd:"" help:"Take a report in without a door: read, understand, load, map, ask."`
	Cube        cubeCommand                  `cmd:"" help:"Ask for figures: measures by dimensions."`
	Questions   questionsCommand             `cmd:"" help:"List what the analyst is being asked."`
	Layout      layoutCommand                `cmd:"" help:"See and change how distributors lay their reports out."`
	Report      reportCommand                `cmd:"" help:"Make a summary now."`
	User        userCommand                  `cmd:"" help:"Invite, list and revoke people."`
	Demo        demoCommand                  `cmd:"" help:"Run everything on this machine with sample letters; prints its address."`
	Migrate     migrateCommand               `cmd:"" help:"Bring the database schema to this version."`
	Doctor      doctorCommand                `cmd:"" help:"Check every setting against the world and say what is wrong."`
	Completion  kongplete.InstallCompletions `cmd:"" help:"Print the line that turns on completion in your shell."`
}

// Exit statuses of contract.md.
const (
	exitFine    = 0
	exitNothing = 1
	exitUsage   = 2
)

// errNothing ends a command with status 1 when it has said itself what is wrong.
var errNothing = errors.New("nothing usable")

// usageError ends a command with status 2.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// run runs one command line and returns the exit status.
func run(ctx context.Context, p process) int {
	var cli commandLine
	exited := -1
	var help bytes.Buffer
	parser, err := kong.New(&cli, kong.Name("distbase"), kong.UsageOnError(),
		kong.Description("Collects distributors' sales reports from mail and chat, ties their names to yours, and tells managers what the shops buy."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, Summary: true}),
		kong.Writers(&help, p.stderr), kong.Exit(func(code int) { exited = code }))
	if err != nil {
		fmt.Fprintln(p.stderr, err)
		return exitUsage
	}
	kongplete.Complete(parser)
	parsed, err := parser.Parse(p.args)
	if exited >= 0 { // --help was asked for
		_, _ = io.Copy(p.stdout, &help)
		return exited
	}
	if err != nil {
		fmt.Fprintf(p.stderr, "distbase: %v\nTry: distbase --help\n", err)
		return exitUsage
	}
	env := &environment{process: p, ctx: ctx, configPath: cli.Config, configAsked: asked(p.args)}
	return p.status(parsed.Run(env))
}

func asked(args []string) bool {
	for _, a := range args {
		if a == "--config" || strings.HasPrefix(a, "--config=") {
			return true
		}
	}
	return false
}

func (p process) status(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errNothing):
		return exitNothing
	case errors.As(err, &usage):
		fmt.Fprintln(p.stderr, "distbase:", err)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(p.stderr, "distbase: stopped")
		return exitNothing
	}
	fmt.Fprintln(p.stderr, "distbase:", err)
	return exitNothing
}

// environment is what commands share: settings, streams, the language.
type environment struct {
	process
	ctx         context.Context //nolint:containedctx // of the one command that runs
	configPath  string
	configAsked bool
}

// config reads the settings; a wrong one is a usage error.
func (e *environment) config() (config.Config, error) {
	c, err := config.Load(e.configPath, e.environ, e.configAsked)
	if err != nil {
		return c, usageError{err}
	}
	return c, nil
}

// variable is a variable of the environment that is no setting.
func (e *environment) variable(name string) string {
	for _, pair := range e.environ {
		if key, value, ok := strings.Cut(pair, "="); ok && key == name {
			return value
		}
	}
	return ""
}
