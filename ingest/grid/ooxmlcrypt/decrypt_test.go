package ooxmlcrypt

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/distbase/distbase/ingest/grid/internal/gridtest"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

func decrypt(data []byte, password string) ([]byte, error) {
	return Decrypt(sheet.NewBudget(context.Background(), sheet.Options{Password: password}), data)
}

// archive is longer than two segments and no multiple of any block.
var archive = []byte("PK\x03\x04" + strings.Repeat("0123456789 часть ", 600) + "end")

func TestAgileEncryptionOfEveryKind(t *testing.T) {
	t.Parallel()
	for _, o := range []options{
		{"AES", "ChainingModeCBC", "SHA512", 256, 16, 100, 0},
		{"AES", "ChainingModeCBC", "SHA-384", 192, 16, 3, 0},
		{"AES", "ChainingModeCBC", "SHA1", 128, 16, 3, 0},
		{"AES", "ChainingModeCBC", "SHA1", 256, 16, 3, 0}, // the key is longer than the hash
		{"AES", "ChainingModeCFB", "SHA256", 256, 16, 3, 0},
		{"AES", "ChainingModeCBC", "MD5", 128, 9, 0, 0},
		{"AES", "ChainingModeCBC", "RIPEMD-160", 128, 16, 3, 0},
		{"DES", "ChainingModeCBC", "MD5", 64, 8, 3, 0},
		{"DES", "ChainingModeCFB", "MD4", 56, 8, 3, 0},
		{"3DES", "ChainingModeCBC", "SHA1", 168, 8, 3, 0},
		{"3DES_112", "ChainingModeCBC", "SHA1", 112, 8, 3, 0},
		{"RC2", "ChainingModeCBC", "SHA1", 128, 8, 3, 0},
		{"RC2", "ChainingModeCFB", "SHA1", 40, 8, 3, 0},
	} {
		t.Run(strings.Join([]string{o.cipher, o.chaining, o.hash}, " "), func(t *testing.T) {
			t.Parallel()
			data := agileFile(o, "Пароль-1", archive)
			if got, err := decrypt(data, "Пароль-1"); err != nil || !bytes.Equal(got, archive) {
				t.Errorf("got %d bytes, %v", len(got), err)
			}
			if _, err := decrypt(data, "пароль-1"); gridtest.Reason(err) != "encrypted wrong_password" {
				t.Errorf("wrong password: %v", err)
			}
		})
	}
}

func TestStandardEncryptionOfEveryKind(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"AES 128":          standardFile(0x660E, 128, "secret", archive),
		"AES 192":          standardFile(0x660F, 192, "secret", archive),
		"AES 256":          standardFile(0x6610, 256, "secret", archive),
		"AES by its flag":  standardFile(0, 128, "secret", archive),
		"RC4 with 128":     standardFile(algRC4, 128, "secret", archive),
		"RC4 with 40 bits": standardFile(algRC4, 40, "secret", archive),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := decrypt(data, "secret"); err != nil || !bytes.Equal(got, archive) {
				t.Errorf("got %d bytes, %v", len(got), err)
			}
			if _, err := decrypt(data, ""); gridtest.Reason(err) != "encrypted xlsx" {
				t.Errorf("no password: %v", err)
			}
		})
	}
}

func TestTheDefaultPasswordNeedsNobody(t *testing.T) {
	t.Parallel()
	data := standardFile(0x660E, 128, "VelvetSweatshop", archive)
	for _, password := range []string{"", "another"} {
		if got, err := decrypt(data, password); err != nil || !bytes.Equal(got, archive) {
			t.Errorf("password %q: %v", password, err)
		}
	}
}

func TestWhatCannotBeOpenedIsSaid(t *testing.T) {
	t.Parallel()
	body := sized(archive, archive)
	good := options{"AES", "ChainingModeCBC", "SHA1", 128, 16, 3, 0}
	change := func(old, with string) []byte {
		return bytes.ReplaceAll(agileFile(good, "x", archive), []byte(old), []byte(with))
	}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"nothing", nil, "broken"},
		{"no compound file", []byte("PK\x03\x04"), "broken"},
		{"no version", file([]byte{4}, body), "broken"},
		{"extensible encryption", file([]byte{4, 0, 3, 0, 0, 0, 0, 0}, body), "unsupported encryption"},
		{"cut standard header", file([]byte{3, 0, 2, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF}, body), "broken"},
		{"no xml", file([]byte("\x04\x00\x04\x00\x40\x00\x00\x00<encry"), body), "broken"},
		{"rights management", fileOfRights(), "encrypted rights"},
		{"unknown hash", change(`"SHA1"`, `"SHA9"`), "unsupported encryption"},
		{"unknown cipher", change(`"AES"`, `"XYZ"`), "unsupported encryption"},
		{"key of no size", change(`keyBits="128"`, `keyBits="120"`), "unsupported encryption"},
		{"endless rounds", agileFile(options{"AES", "ChainingModeCBC", "SHA1", 128, 16, 3, maxSpins + 1}, "x", archive), "broken"},
		{"salt that is no base64", change(`saltValue="W`, `saltValue="*`), "broken"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := decrypt(c.data, "x"); gridtest.Reason(err) != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func fileOfRights() []byte {
	return bytes.ReplaceAll(file([]byte{4}, sized(archive, archive)), utf16le("EncryptionInfo"), utf16le("EncryptionXxxx"))
}

func TestManyRoundsEndWithTheCaller(t *testing.T) {
	t.Parallel()
	data := agileFile(options{"AES", "ChainingModeCBC", "SHA1", 128, 16, 3, maxSpins}, "x", archive)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Decrypt(sheet.NewBudget(ctx, sheet.Options{}), data); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestVectorsOfRFC2268(t *testing.T) {
	t.Parallel()
	for _, v := range []struct {
		key  string
		bits int
		in   string
		want string
	}{
		{"0000000000000000", 63, "0000000000000000", "ebb773f993278eff"},
		{"ffffffffffffffff", 64, "ffffffffffffffff", "278b27e42e2f0d49"},
		{"3000000000000000", 64, "1000000000000001", "30649edf9be7d2c2"},
		{"88", 64, "0000000000000000", "61a8a244adacccf0"},
		{"88bca90e90875a7f0f79c384627bafb2", 128, "0000000000000000", "2269552ab0f85ca6"},
	} {
		key, _ := hex.DecodeString(v.key)
		block, _ := hex.DecodeString(v.in)
		c := newRC2(key, v.bits)
		c.Encrypt(block, block)
		if got := hex.EncodeToString(block); got != v.want {
			t.Errorf("key %s: %s, want %s", v.key, got, v.want)
		}
		if c.Decrypt(block, block); hex.EncodeToString(block) != v.in {
			t.Errorf("key %s: does not come back", v.key)
		}
	}
}

const corpusDir = "../../../../shared/corpus/files"

func TestCorpusOpens(t *testing.T) {
	t.Parallel()
	manifest, err := os.ReadFile(filepath.Join(corpusDir, "MANIFEST.tsv"))
	if err != nil {
		t.Skip("no corpus here")
	}
	opened := 0
	for line := range strings.Lines(string(manifest)) {
		f := strings.Split(line, "\t")
		data, err := os.ReadFile(filepath.Join(corpusDir, "files", f[0]))
		if err != nil || !bytes.Contains(data, utf16le("EncryptedPackage")) || f[10] == "safe" && f[9] == "" {
			continue
		}
		got, err := decrypt(data, f[9])
		if err == nil {
			err = unzip(got)
		}
		if err != nil {
			t.Errorf("%s: %v", f[0], err)
			continue
		}
		opened++
	}
	t.Logf("%d files opened", opened)
}

// unzip reads all members, whose sums tell what was deciphered wrongly.
func unzip(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, m := range z.File {
		r, err := m.Open()
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			return err
		}
	}
	return nil
}

func FuzzDecrypt(f *testing.F) {
	small := []byte("PK\x03\x04 small")
	f.Add(agileFile(options{"AES", "ChainingModeCBC", "SHA512", 256, 16, 3, 0}, defaultPassword, small))
	f.Add(agileFile(options{"DES", "ChainingModeCFB", "MD5", 64, 8, 3, 0}, defaultPassword, small))
	f.Add(standardFile(algRC4, 128, defaultPassword, small))
	f.Add(standardFile(0x660E, 128, "x", small))
	f.Add(fileOfRights())
	f.Fuzz(func(t *testing.T, data []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond) // many rounds are allowed
		defer cancel()
		got, err := Decrypt(sheet.NewBudget(ctx, sheet.Options{Password: "x"}), data)
		if err == nil && len(got) > len(data) {
			t.Errorf("%d bytes out of %d", len(got), len(data))
		}
	})
}
