package cluster

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestBinariesAreDownloadedOnce(t *testing.T) {
	t.Parallel()
	jar, asked := fakeJar(t), 0
	repository := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".sha256") {
			sum := sha256.Sum256(jar)
			_, _ = w.Write([]byte(hex.EncodeToString(sum[:])))
			return
		}
		asked++
		_, _ = w.Write(jar)
	}))
	defer repository.Close()
	dir := filepath.Join(t.TempDir(), "binaries")
	for range 2 {
		bin, err := download(t.Context(), dir, repository.URL)
		if err != nil {
			t.Fatal(err)
		}
		if !executable(filepath.Join(bin, "postgres")) {
			t.Errorf("no server in %s", bin)
		}
	}
	if asked != 1 {
		t.Errorf("downloaded %d times", asked)
	}
}

func TestAFailedDownloadSaysWhatToInstall(t *testing.T) {
	t.Parallel()
	repository := httptest.NewServer(http.NotFoundHandler())
	defer repository.Close()
	_, err := download(t.Context(), filepath.Join(t.TempDir(), "binaries"), repository.URL)
	if !errors.Is(err, ErrNoBinaries) {
		t.Errorf("got %v", err)
	}
}

// fakeJar is what the repository holds, with programs that do nothing in it.
func fakeJar(t *testing.T) []byte {
	t.Helper()
	if _, err := exec.LookPath("xz"); err != nil {
		t.Skip("no xz to make an archive with")
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"postgres", "initdb", "pg_ctl"} {
		if err := os.WriteFile(filepath.Join(dir, "bin", name), []byte("#!/bin/sh\nexit 1\n"), 0o755); err != nil { //nolint:gosec // a program
			t.Fatal(err)
		}
	}
	archive := filepath.Join(dir, "a.txz")
	if out, err := exec.CommandContext(t.Context(), "tar", "-C", dir, "-cJf", archive, "bin").CombinedOutput(); err != nil { //nolint:gosec // a test's own
		t.Fatalf("tar: %v: %s", err, out)
	}
	data, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	var jar bytes.Buffer
	z := zip.NewWriter(&jar)
	f, err := z.Create("postgres-linux-x86_64.txz")
	if err == nil {
		_, err = f.Write(data)
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return jar.Bytes()
}
