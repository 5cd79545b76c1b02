package dovecot

import (
	"bufio"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// ErrNotInstalled says that there is no Dovecot with IMAP and LMTP here.
var ErrNotInstalled = errors.New("dovecot is not installed; on Debian: apt-get install dovecot-imapd dovecot-lmtpd")

// Password lets every user in.
const Password = "loopback"

// Options tunes Start. The zero value serves.
type Options struct {
	Dir       string // where configuration and mail are kept; empty: a temporary one, removed by Stop
	Separator string // between nested folders; "/"
	Prefix    string // before every folder but INBOX, such as "INBOX."
}

// Server is a running Dovecot.
type Server struct {
	IMAP, IMAPS, LMTP int // ports on 127.0.0.1
	CAFile            string

	dir       string
	temporary bool
	authority []byte
	tokens    *introspector
	cmd       *exec.Cmd     // nil: never started
	exited    chan struct{} // closed when the present process has ended
	stopping  sync.Once
}

// Start runs a server and returns when it takes connections. It ends by Stop.
func Start(ctx context.Context, opt Options) (*Server, error) {
	binary, err := find()
	if err != nil {
		return nil, err
	}
	s := &Server{dir: opt.Dir}
	if s.dir == "" {
		// The path of a socket holds about 100 characters: keep it short.
		if s.dir, err = os.MkdirTemp("", "dovecot-"); err != nil {
			return nil, fmt.Errorf("make directory: %w", err)
		}
		s.temporary = true
	}
	if s.tokens, err = newIntrospector(); err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		if err = s.prepare(opt); err == nil {
			err = s.run(ctx, binary)
		}
		if err == nil {
			return s, nil
		}
		// Somebody may take a free port before Dovecot does.
		if try == 5 || !errors.Is(err, errEndedAtOnce) {
			s.Stop()
			return nil, err
		}
	}
}

// find is the path of Dovecot, if what it needs is there too.
func find() (string, error) {
	for _, need := range []string{"/usr/lib/dovecot/imap", "/usr/lib/dovecot/lmtp"} {
		if _, err := os.Stat(need); err != nil {
			return "", ErrNotInstalled
		}
	}
	if path, err := exec.LookPath("dovecot"); err == nil {
		return path, nil
	}
	if _, err := os.Stat("/usr/sbin/dovecot"); err == nil {
		return "/usr/sbin/dovecot", nil
	}
	return "", ErrNotInstalled
}

// prepare writes certificates and configuration.
func (s *Server) prepare(opt Options) error {
	cert, err := NewCertificate()
	if err != nil {
		return err
	}
	s.authority = cert.Authority
	s.CAFile = filepath.Join(s.dir, "ca.pem")
	for _, dir := range []string{s.dir, filepath.Join(s.dir, "mail"), filepath.Join(s.dir, "run"), filepath.Join(s.dir, "state")} {
		if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // Dovecot's own users pass through
			return fmt.Errorf("make directory: %w", err)
		}
		if err := os.Chmod(dir, 0o755); err != nil { //nolint:gosec // as above, whatever the umask
			return fmt.Errorf("open directory: %w", err)
		}
	}
	for name, content := range map[string][]byte{"ca.pem": cert.Authority, "server.pem": cert.Chain, "server.key": cert.Key} {
		mode := os.FileMode(0o644)
		if name == "server.key" {
			mode = 0o600
		}
		if err := os.WriteFile(filepath.Join(s.dir, name), content, mode); err != nil {
			return fmt.Errorf("write certificate: %w", err)
		}
	}
	conf := settings{
		Dir: s.dir, Password: Password, Introspection: s.tokens.url(),
		Separator: opt.Separator, Prefix: opt.Prefix, MaxUserConnections: 50,
	}
	if conf.Separator == "" {
		conf.Separator = "/"
	}
	if err := conf.users(); err != nil {
		return err
	}
	if conf.Root {
		if err := give(filepath.Join(s.dir, "mail"), conf.MailUID); err != nil {
			return err
		}
	}
	ports, err := freePorts(3)
	if err != nil {
		return err
	}
	s.IMAP, s.IMAPS, s.LMTP = ports[0], ports[1], ports[2]
	conf.IMAP, conf.IMAPS, conf.LMTP = s.IMAP, s.IMAPS, s.LMTP
	return conf.write()
}

// run starts the server and waits until all its ports take connections.
func (s *Server) run(ctx context.Context, binary string) error {
	// A file, not a pipe: a pipe would keep Wait waiting for the last session.
	output, err := os.OpenFile(filepath.Join(s.dir, "output.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("start dovecot: %w", err)
	}
	defer func() { _ = output.Close() }()
	exited := make(chan struct{})
	s.exited = exited
	cmd := exec.Command(binary, "-F", "-c", filepath.Join(s.dir, "dovecot.conf")) //nolint:gosec,noctx // found above; Stop ends it
	cmd.Stdout, cmd.Stderr = output, output
	// A group of its own: Ctrl-C in a terminal reaches the caller alone, which then
	// stops things in order.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	started := make(chan error, 1)
	go func() {
		// The kernel sends Pdeathsig when the starting thread ends, not the process.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
		}
		close(exited)
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start dovecot: %w", err)
	}
	s.cmd = cmd
	deadline, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	// Its own greeting: a port alone may be another's, and one that takes
	// connections may still drop them.
	for port, greeting := range map[int]string{s.IMAP: "* OK", s.LMTP: "220 "} {
		if err := s.reach(deadline, port, greeting); err != nil {
			return fmt.Errorf("start dovecot: %w: %s", err, s.log())
		}
	}
	return nil
}

// errEndedAtOnce says that the server did not live to its first greeting.
var errEndedAtOnce = errors.New("it ended at once")

// reach waits until the server greets at a port.
func (s *Server) reach(ctx context.Context, port int, greeting string) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := greeted(ctx, port, greeting)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("port %d does not answer: %w", port, err)
		case <-s.exited:
			return errEndedAtOnce
		case <-tick.C:
		}
	}
}

func greeted(ctx context.Context, port int, greeting string) error {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", address(port))
	if err != nil {
		return err //nolint:wrapcheck // reach tells
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return err //nolint:wrapcheck // as above
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return err //nolint:wrapcheck // as above
	}
	if !strings.HasPrefix(line, greeting) {
		return fmt.Errorf("greeted by %q", line)
	}
	return nil
}

// Stop ends the server and all its sessions, and removes a temporary directory.
// A second call does nothing.
func (s *Server) Stop() {
	s.stopping.Do(func() {
		if s.cmd != nil {
			_ = s.cmd.Process.Signal(syscall.SIGTERM)
			timer := time.NewTimer(time.Second) // sessions may cling to it
			defer timer.Stop()
			select {
			case <-s.exited:
			case <-timer.C:
			}
			_ = syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL) // sessions outlive the master
			<-s.exited
		}
		s.tokens.close()
		if s.temporary {
			_ = os.RemoveAll(s.dir)
		}
	})
}

// Account is the address of a user's folder in the form of the configuration.
func (s *Server) Account(user, folder string) string {
	return fmt.Sprintf("imaps://%s:%s@127.0.0.1:%d/%s", user, Password, s.IMAPS, folder)
}

// StartTLSAccount is Account by STARTTLS.
func (s *Server) StartTLSAccount(user, folder string) string {
	return fmt.Sprintf("imap://%s:%s@127.0.0.1:%d/%s", user, Password, s.IMAP, folder)
}

// Authority is the certificate of the authority that signed the server's, in PEM.
func (s *Server) Authority() []byte { return s.authority }

// Roots holds the authority that signed the server's certificate.
func (s *Server) Roots() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(s.authority)
	return pool
}

func (s *Server) log() string {
	var all []byte
	for _, name := range []string{"output.log", "dovecot.log"} {
		raw, _ := os.ReadFile(filepath.Join(s.dir, name)) // what is there
		all = append(all, raw...)
	}
	return string(all)
}

// give makes a user the owner of a file.
func give(path, name string) error {
	u, err := user.Lookup(name)
	if err != nil {
		return fmt.Errorf("look up user %s: %w", name, err)
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return fmt.Errorf("look up user %s: %w", name, err)
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return fmt.Errorf("look up user %s: %w", name, err)
	}
	if err := os.Chown(path, uid, gid); err != nil {
		return fmt.Errorf("give directory away: %w", err)
	}
	return nil
}

// freePorts are ports nobody listens at, below those that systems hand out to
// outgoing connections: one of these could take a port between two starts.
func freePorts(n int) ([]int, error) {
	const lowest, highest = 12000, 30000
	ports := make([]int, 0, n)
	for range 1000 {
		l, err := net.Listen("tcp", address(lowest+rand.IntN(highest-lowest))) //nolint:noctx,gosec // ends at once; no secret
		if err != nil {
			continue
		}
		defer func() { _ = l.Close() }() // after all are chosen: none comes twice
		if ports = append(ports, l.Addr().(*net.TCPAddr).Port); len(ports) == n {
			return ports, nil
		}
	}
	return nil, errors.New("find free ports: all seem taken")
}

func address(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
