package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/distbase/distbase/cmd/distbase/config"
)

func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "distbase.toml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestEnvironmentWinsOverTheFile(t *testing.T) {
	t.Parallel()
	path := write(t, "tz = \"Asia/Almaty\"\nlang = \"en\"\nlisten = \":9000\"\ntelegram_webhook = false\n")
	c, err := config.Load(path, []string{
		"DISTBASE_LANG=ru", "DISTBASE_IMAP_URL=imaps://a:b@h/INBOX  imap://c:d@h/INBOX", "DISTBASE_PASSWORD=x",
		"DISTBASE_TELEGRAM_WEBHOOK=1", "DISTBASE_BASE_URL=https://d.example", "HOME=/nowhere",
	}, true)
	if err != nil {
		t.Fatal(err)
	}
	if c.Lang != "ru" || c.TZ != "Asia/Almaty" || c.Listen != ":9000" || len(c.Mailboxes()) != 2 || !c.TelegramWebhook {
		t.Errorf("got %+v", c)
	}
}

func TestWrongSettingsAreSentences(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"tz = \"Mars/Base\"":         "no time zone",
		"lang = \"de\"":              "write ru or en",
		"log = \"loud\"":             "is not known",
		"imap_ulr = \"x\"":           `unknown key "imap_ulr"`,
		"telegram_webhook = true":    "https://",
		"tz = ":                      "read settings",
		"[oauth]\nclient_id = \"x\"": `unknown key "oauth.client_id"`,
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			_, err := config.Load(write(t, name), nil, true)
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got %v", name, err)
			}
		})
	}
}

func TestMissingDefaultFileIsFine(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "distbase.toml")
	if c, err := config.Load(path, nil, false); err != nil || c.TZ != "Europe/Moscow" || c.Lang != "ru" || c.DataDir == "" {
		t.Errorf("got %+v, %v", c, err)
	}
	if _, err := config.Load(path, nil, true); err == nil {
		t.Error("a file that was asked for is missing, and nobody says so")
	}
}
