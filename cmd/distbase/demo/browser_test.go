package demo_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/distbase/distbase/cmd/distbase/demo"
	"github.com/distbase/distbase/storage/storagetest"
)

func TestMain(m *testing.M) { storagetest.Main(m) }

// patience is for a busy machine: the past of the demo is some hundred jobs.
const patience = 3 * time.Minute

// browser is a Chromium with the demo's page in it.
type browser struct {
	t   *testing.T
	ctx context.Context
}

// open starts the demo and a browser on its page.
func open(t *testing.T) browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("DISTBASE_REQUIRE_ALL") != "" {
			t.Fatal("chromium is not installed")
		}
		t.Skip("no chromium")
	}
	said, told := io.Pipe()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	store := storagetest.New(t)
	go func() {
		ended <- demo.Run(ctx, demo.Options{
			Dir: t.TempDir(), Listen: "127.0.0.1:0", Lang: "ru", Store: store, Out: told,
			Logger: slog.New(slog.DiscardHandler), Pause: 500 * time.Millisecond,
		})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("demo: %v", err)
		}
	})
	var address string
	if _, err := fmt.Fscanf(said, "Откройте %s\n", &address); err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, said) }()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("disable-background-networking", true), chromedp.WindowSize(1640, 1100))
	allocated, free := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(free)
	tab, closeTab := chromedp.NewContext(allocated)
	t.Cleanup(closeTab)
	b := browser{t, tab}
	// The browser ends with the context of its first action: that one has no limit.
	if err := chromedp.Do(tab, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience+10*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		seen, _ := chromedp.Run(b.ctx, chromedp.Text("main"))
		b.t.Fatalf("%v; the page shows:\n%s", err, seen)
	}
}

// until waits until an expression is true.
func (b browser) until(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience+10*time.Second)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(patience))); err != nil {
		seen, _ := chromedp.Run(b.ctx, chromedp.Text("main"))
		b.t.Fatalf("%v: %s; the page shows:\n%s", err, expression, seen)
	}
}

// sees waits until a chat shows a text.
func (b browser) sees(chat int, text string) {
	b.t.Helper()
	b.until(fmt.Sprintf(`[...document.querySelectorAll('[data-chat="%d"] [data-message]')].some((m) => m.innerText.replaceAll('\u00a0', ' ').includes(%q))`, chat, text))
}

// click clicks on the newest button of a chat whose text begins so.
func (b browser) click(chat int, label string) {
	b.t.Helper()
	b.until(fmt.Sprintf(`(() => {
		const found = [...document.querySelectorAll('[data-chat="%d"] [data-button]')].filter((x) => x.dataset.button.startsWith(%q) && !x.disabled);
		if (found.length) found[found.length - 1].click();
		return found.length > 0;
	})()`, chat, label))
}

// shows scrolls a part of a chat into sight.
func (b browser) shows(chat int, part, edge string) {
	b.t.Helper()
	b.until(fmt.Sprintf(`(document.querySelector('[data-chat="%d"] %s').scrollIntoView({block: %q}), true)`, chat, part, edge))
}

// shoot keeps a picture of the page where DISTBASE_SCREENSHOTS says.
func (b browser) shoot(name string) {
	b.t.Helper()
	dir := os.Getenv("DISTBASE_SCREENSHOTS")
	if dir == "" {
		return
	}
	b.do(chromedp.Sleep(800 * time.Millisecond)) // pictures load
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// TestFromLetterToSummaryInABrowser goes the whole way by clicks: letters arrive,
// the analyst answers, the manager gets a picture and a workbook, a distributor
// writes a letter and is answered.
func TestFromLetterToSummaryInABrowser(t *testing.T) {
	t.Parallel()
	const distributor, analyst, manager = 1001, 1002, 1003
	b := open(t)
	b.sees(manager, "Продажи за")
	b.do(chromedp.WaitVisible(fmt.Sprintf(`[data-chat="%d"] [data-photo] img`, manager)), chromedp.WaitVisible(fmt.Sprintf(`[data-chat="%d"] [data-document$=".xlsx"]`, manager)))

	b.click(analyst, "Разобрать")
	b.sees(analyst, "Новое название")
	b.click(analyst, "1")
	b.sees(analyst, "✔")
	b.shows(manager, "[data-photo]", "start")
	b.shows(analyst, `[data-button="Не наш"]`, "end")
	b.shoot("demo")

	b.click(manager, "Сводка сейчас")
	b.click(manager, "за день")
	b.sees(manager, "С начала месяца")

	// Letters arrive and the panel is drawn anew meanwhile: a node that was found
	// may be gone when it is clicked, so the page itself looks and clicks at once.
	b.until(`(document.querySelector('[data-compose]')?.click(), !!document.querySelector('[data-panel-root] [data-send]'))`)
	b.until(`(() => {
		const form = document.querySelector('[data-panel-root] form');
		if (!form) return false;
		form.elements.from.value = 'melnik@yug.example';
		form.querySelector('[name=sample]').checked = true;
		form.requestSubmit(form.querySelector('[data-send]'));
		return true;
	})()`)
	b.until(`[...document.querySelectorAll('[data-letters] .panel-in')].some((x) => x.innerText.includes('Отчёт о продажах'))`)

	b.do(chromedp.SendKeys(fmt.Sprintf(`[data-chat="%d"] [data-input]`, distributor), "/status\r"))
	b.sees(distributor, "Последние отчёты")
	html, err := chromedp.Run(b.ctx, chromedp.OuterHTML("html"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(html, "[bot.") {
		t.Error("a text is missing on the page")
	}
}
