package mailer

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"github.com/distbase/distbase/mailer/dovecot"
	"github.com/distbase/distbase/storage"
)

// The poller is measured in a process of its own, so that neither the letters of
// the test nor its servers count. The process is this test binary again; TestMain
// turns it into a child where this variable says what to be.
const childVariable = "DISTBASE_TEST_CHILD"

// childTask is what a child is told over its standard input.
type childTask struct {
	Account, Authority, Database string
}

// childResult is what a child tells of itself.
type childResult struct {
	PollerStats
	Letters int // that the mailbox gave
	PeakMB  int // the most memory that the process ever held
	Took    time.Duration
}

// child runs a task in a process of its own, from its start to its end.
func child(t testing.TB, kind string, task childTask) childResult {
	t.Helper()
	return runChild(t, exec.CommandContext(t.Context(), os.Args[0]), kind, task) //nolint:gosec // this binary
}

func runChild(t testing.TB, cmd *exec.Cmd, kind string, task childTask) (r childResult) {
	t.Helper()
	cmd.Env = append(os.Environ(), childVariable+"="+kind)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := json.NewEncoder(in).Encode(task); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n') // told when the work is done
	r.Took = time.Since(began)
	_ = in.Close()
	if ended := cmd.Wait(); err != nil || ended != nil {
		t.Fatalf("%s: %v, %v", kind, err, ended)
	}
	took := r.Took
	if err := json.Unmarshal(line, &r); err != nil {
		t.Fatalf("%s says %q: %v", kind, line, err)
	}
	r.Took = took
	return r
}

// beChild does what a child is for.
func beChild(kind string) error {
	var task childTask
	if err := json.NewDecoder(os.Stdin).Decode(&task); err != nil {
		return err
	}
	var r childResult
	var err error
	if kind == "poller" {
		err = task.poll(&r)
	} else {
		err = task.fetchAll(&r)
	}
	if err != nil {
		return err
	}
	r.PeakMB, err = peakMemory()
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(r)
}

// poll reads a mailbox to its end as the service does.
func (x childTask) poll(r *childResult) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	store, err := storage.Open(ctx, x.Database, storage.Options{MaxConns: 8})
	if err != nil {
		return err
	}
	defer store.Close()
	a, err := ParseAccount(x.Account)
	if err != nil {
		return err
	}
	roots, err := rootsOf([]byte(x.Authority))
	if err != nil {
		return err
	}
	p := NewPoller(store, []Account{a}, PollerOptions{Roots: roots, Logger: quiet()})
	done := make(chan error, 1)
	go func() { done <- p.Run(ctx) }()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for p.Stats().Rounds == 0 {
		<-tick.C
	}
	cancel()
	r.PollerStats = p.Stats()
	r.Letters = int(r.Fetched)
	return <-done
}

// fetchAll asks for everything at once and holds it, as the first example of any
// IMAP library does.
func (x childTask) fetchAll(r *childResult) error {
	a, err := ParseAccount(x.Account)
	if err != nil {
		return err
	}
	roots, err := rootsOf([]byte(x.Authority))
	if err != nil {
		return err
	}
	c, err := imapclient.DialTLS(net.JoinHostPort(a.Host, a.Port), &imapclient.Options{TLSConfig: &tls.Config{RootCAs: roots, ServerName: a.Host, MinVersion: tls.VersionTLS12}})
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }()
	if err := c.Login(a.User, a.Password.Reveal()).Wait(); err != nil {
		return err
	}
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		return err
	}
	var set imap.SeqSet
	set.AddRange(1, 0)
	all, err := c.Fetch(set, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{{Peek: true}}}).Collect()
	r.Letters = len(all)
	return err
}

// imaplib is the plain loop of Python's own library: list, then one letter after
// another.
const imaplib = `import imaplib, json, resource, ssl, sys, urllib.parse
task = json.loads(sys.stdin.readline())
at = urllib.parse.urlsplit(task["Account"])
m = imaplib.IMAP4_SSL(at.hostname, at.port, ssl_context=ssl.create_default_context(cadata=task["Authority"]))
m.login(at.username, at.password)
m.select("INBOX")
n = 0
for uid in m.uid("SEARCH", "ALL")[1][0].split():
    n += len(m.uid("FETCH", uid, "(BODY.PEEK[])")[1][0][1]) > 0
m.logout()
print(json.dumps({"Letters": n, "PeakMB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
`

// python runs the loop, or tells why not.
func python(t testing.TB, task childTask) (childResult, error) {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		return childResult{}, err
	}
	return runChild(t, exec.CommandContext(t.Context(), path, "-c", imaplib), "imaplib", task), nil //nolint:gosec // our own program
}

// peakMemory is the most memory that this process ever held, in MB.
func peakMemory() (int, error) {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(f)
	if err != nil {
		return 0, err
	}
	m := regexp.MustCompile(`VmHWM:\s+(\d+)`).FindSubmatch(raw)
	if m == nil {
		return 0, fmt.Errorf("no peak in %q", raw)
	}
	kb, err := strconv.Atoi(string(m[1]))
	return kb / 1024, err
}

// used waits until the server has written of so many sessions of a user and tells
// what they took together.
func used(t testing.TB, srv *dovecot.Server, user string, sessions int) (u dovecot.Usage) {
	t.Helper()
	eventually(t, fmt.Sprintf("%d sessions have ended", sessions), func() bool {
		var err error
		if u, err = srv.Used(user); err != nil {
			t.Fatal(err)
		}
		return u.Sessions >= sessions
	})
	return u
}
