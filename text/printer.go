package text

import (
	"bytes"
	"embed"
	"fmt"
	htmltemplate "html/template"
	"io/fs"
	"sort"
	"strings"
	"sync"
	"text/template"

	"github.com/pelletier/go-toml/v2"
)

//go:embed catalog/*.toml
var catalogs embed.FS

// Languages lists the languages of the catalogues, the default first.
func Languages() []string { return []string{"ru", "en"} }

// Data are the named arguments of a message.
type Data map[string]any

// Printer writes messages in one language. It is safe for concurrent use.
type Printer struct {
	lang  string
	plain *template.Template
	html  *htmltemplate.Template
}

//nolint:gochecknoglobals // compiled tables
var printers = sync.OnceValues(compile)

// For is the printer of lang; an unknown language is Russian. It panics when a
// catalogue that is compiled in cannot be read, which a test would have shown.
func For(lang string) *Printer {
	all, err := printers()
	if err != nil {
		panic(err)
	}
	if p, ok := all[lang]; ok {
		return p
	}
	return all["ru"]
}

// Lang is the printer's language, "ru" or "en".
func (p *Printer) Lang() string { return p.lang }

// Has reports whether there is a message of this key.
func (p *Printer) Has(key string) bool { return p.plain.Lookup(key) != nil }

// Text is the message of key as plain text. An unknown key comes back as itself
// in brackets, so that a gap is seen and nothing breaks.
func (p *Printer) Text(key string, data Data) string {
	t := p.plain.Lookup(key)
	if t == nil {
		return "[" + key + "]"
	}
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		return "[" + key + ": " + err.Error() + "]"
	}
	return strings.TrimSpace(b.String())
}

// HTML is the message of key for Telegram's HTML parse mode; the arguments are
// escaped.
func (p *Printer) HTML(key string, data Data) string {
	t := p.html.Lookup(key)
	if t == nil {
		return "[" + Escape(key) + "]"
	}
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		return "[" + Escape(key+": "+err.Error()) + "]"
	}
	return strings.TrimSpace(b.String())
}

// Escape makes s safe inside Telegram's HTML.
func Escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

func compile() (map[string]*Printer, error) {
	out := make(map[string]*Printer)
	for _, lang := range Languages() {
		messages, err := messagesOf(lang)
		if err != nil {
			return nil, err
		}
		p := &Printer{lang: lang}
		funcs := functions(lang)
		p.plain = template.New(lang).Funcs(funcs).Option("missingkey=error")
		p.html = htmltemplate.New(lang).Funcs(funcs).Option("missingkey=error")
		for _, key := range sortedKeys(messages) {
			if _, err := p.plain.New(key).Parse(messages[key]); err != nil {
				return nil, fmt.Errorf("message %s (%s): %w", key, lang, err)
			}
			if _, err := p.html.New(key).Parse(messages[key]); err != nil {
				return nil, fmt.Errorf("message %s (%s): %w", key, lang, err)
			}
		}
		out[lang] = p
	}
	return out, nil
}

// messagesOf reads every catalogue of a language into dotted keys.
func messagesOf(lang string) (map[string]string, error) {
	names, err := fs.Glob(catalogs, "catalog/*."+lang+".toml")
	if err != nil {
		return nil, fmt.Errorf("list catalogues: %w", err)
	}
	messages := make(map[string]string)
	for _, name := range names {
		raw, err := catalogs.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read catalogue: %w", err)
		}
		var tree map[string]any
		if err := toml.Unmarshal(raw, &tree); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		if err := flatten(messages, "", tree); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
	}
	return messages, nil
}

func flatten(into map[string]string, prefix string, tree map[string]any) error {
	for name, value := range tree {
		key := strings.TrimPrefix(prefix+"."+name, ".")
		switch v := value.(type) {
		case string:
			if _, twice := into[key]; twice {
				return fmt.Errorf("key %s stands twice", key)
			}
			into[key] = v
		case map[string]any:
			if err := flatten(into, key, v); err != nil {
				return err
			}
		default:
			return fmt.Errorf("key %s is no text", key)
		}
	}
	return nil
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
