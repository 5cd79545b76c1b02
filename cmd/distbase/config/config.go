// Package config reads distbase's settings: one TOML file and the environment,
// which wins. A key of the file is the name of the variable without DISTBASE_,
// in lower case.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"time"

	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"
)

// Config is every setting. The zero value of a field is its default unless its
// comment says otherwise.
type Config struct {
	DatabaseURL       string `koanf:"database_url"`        // empty: a private PostgreSQL in DataDir
	DataDir           string `koanf:"data_dir"`            // default /var/lib/distbase for root, else ~/.local/share/distbase
	Listen            string `koanf:"listen"`              // HTTP; default 127.0.0.1:8080
	BaseURL           string `koanf:"base_url"`            // how the world reaches Listen; needed for a webhook
	TelegramToken     string `koanf:"telegram_token"`      // empty: no bot
	TelegramAPI       string `koanf:"telegram_api"`        // address of a local Bot API server
	TelegramWebhook   bool   `koanf:"telegram_webhook"`    // webhook in place of polling
	IMAPURL           string `koanf:"imap_url"`            // several separated by spaces; empty: no mailbox
	OAuthTokenURL     string `koanf:"oauth_token_url"`     //
	OAuthClientID     string `koanf:"oauth_client_id"`     //
	OAuthClientSecret string `koanf:"oauth_client_secret"` //
	OAuthRefreshToken string `koanf:"oauth_refresh_token"` // the first one; a rotated one is kept in the database
	SMTPURL           string `koanf:"smtp_url"`            // empty: no mail is sent
	MailFrom          string `koanf:"mail_from"`           //
	TLSCA             string `koanf:"tls_ca"`              // file with an extra root certificate
	TZ                string `koanf:"tz"`                  // default Europe/Moscow
	Lang              string `koanf:"lang"`                // ru (default) or en
	Log               string `koanf:"log"`                 // words out of debug info warn error, text json; default "info text"
}

const prefix = "DISTBASE_"

// Load reads path and the environment (os.Environ's form). A missing file is an
// error only when the path was asked for, not for the default name.
func Load(path string, environ []string, asked bool) (Config, error) {
	k := koanf.New(".")
	if err := k.Load(file.Provider(path), toml.Parser()); err != nil && (asked || !errors.Is(err, fs.ErrNotExist)) {
		return Config{}, fmt.Errorf("read settings %s: %w", path, err)
	}
	known := keys()
	for _, key := range k.Keys() {
		if !known[key] {
			return Config{}, fmt.Errorf("settings %s: unknown key %q", path, key)
		}
	}
	variables := env.Provider(".", env.Opt{
		Prefix:      prefix,
		EnvironFunc: func() []string { return environ },
		TransformFunc: func(name, value string) (string, any) {
			return strings.ToLower(strings.TrimPrefix(name, prefix)), value
		},
	})
	if err := k.Load(variables, nil); err != nil {
		return Config{}, fmt.Errorf("read environment: %w", err)
	}
	var c Config
	if err := k.Unmarshal("", &c); err != nil {
		return Config{}, fmt.Errorf("read settings: %w", err)
	}
	c.fill()
	return c, c.check()
}

func (c *Config) fill() {
	set := func(field *string, value string) {
		if *field == "" {
			*field = value
		}
	}
	set(&c.Listen, "127.0.0.1:8080")
	set(&c.TZ, "Europe/Moscow")
	set(&c.Lang, "ru")
	set(&c.Log, "info text")
	set(&c.DataDir, defaultDataDir())
}

func defaultDataDir() string {
	home, err := os.UserHomeDir()
	if os.Geteuid() == 0 || err != nil {
		return "/var/lib/distbase"
	}
	return filepath.Join(home, ".local", "share", "distbase")
}

// check finds what can be told wrong without touching the world.
func (c *Config) check() error {
	if _, err := time.LoadLocation(c.TZ); err != nil {
		return fmt.Errorf("setting tz: %q is no time zone; write one like Europe/Moscow", c.TZ)
	}
	if c.Lang != "ru" && c.Lang != "en" {
		return fmt.Errorf("setting lang: %q is not known; write ru or en", c.Lang)
	}
	if c.TelegramWebhook && !strings.HasPrefix(c.BaseURL, "https://") && c.TelegramAPI == "" {
		return errors.New("setting telegram_webhook: base_url must be an https:// address that Telegram can reach")
	}
	if _, _, err := c.logging(); err != nil {
		return err
	}
	return nil
}

// Location is the installation's time zone.
func (c *Config) Location() *time.Location {
	loc, err := time.LoadLocation(c.TZ)
	if err != nil {
		return time.UTC // check has refused it before
	}
	return loc
}

// Mailboxes are the IMAP addresses one by one.
func (c *Config) Mailboxes() []string { return strings.Fields(c.IMAPURL) }

// Logger writes to w as the log setting says.
func (c *Config) Logger(w *os.File) *slog.Logger {
	level, json, err := c.logging()
	if err != nil {
		level = slog.LevelInfo // check has refused it before
	}
	opt := &slog.HandlerOptions{Level: level}
	if json {
		return slog.New(slog.NewJSONHandler(w, opt))
	}
	return slog.New(slog.NewTextHandler(w, opt))
}

func (c *Config) logging() (level slog.Level, json bool, err error) {
	for _, word := range strings.FieldsFunc(strings.ToLower(c.Log), func(r rune) bool { return r == ' ' || r == ',' }) {
		switch word {
		case "json":
			json = true
		case "text":
			json = false
		default:
			if err := level.UnmarshalText([]byte(word)); err != nil {
				return level, json, fmt.Errorf("setting log: %q is not known; write words out of debug info warn error text json", word)
			}
		}
	}
	return level, json, nil
}

func keys() map[string]bool {
	known := make(map[string]bool)
	t := reflect.TypeFor[Config]()
	for i := range t.NumField() {
		known[t.Field(i).Tag.Get("koanf")] = true
	}
	return known
}

// Variables lists the environment variables that are read, sorted.
func Variables() []string {
	var names []string
	for key := range keys() {
		names = append(names, prefix+strings.ToUpper(key))
	}
	sort.Strings(names)
	return names
}
