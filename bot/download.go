package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"
)

// errTooBig says that Telegram does not give a file of this size to bots.
var errTooBig = errors.New("the file is too big for a bot")

const downloadTimeout = 2 * time.Minute

// fetch downloads a file. The address of a file holds the token and lives for an
// hour: it is asked for anew at every try and stays in here.
func (b *Bot) fetch(ctx context.Context, d document) ([]byte, error) {
	if d.Size > maxDownload {
		return nil, errTooBig
	}
	ctx, cancel := context.WithTimeout(ctx, downloadTimeout)
	defer cancel()
	f, err := b.api.GetFile(ctx, &telegram.GetFileParams{FileID: d.FileID})
	if judge(err).fault == faultFile && strings.Contains(strings.ToLower(err.Error()), "too big") {
		return nil, errTooBig
	}
	if err != nil {
		return nil, err
	}
	return b.api.download(ctx, f.FilePath)
}

func (a *api) download(ctx context.Context, path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.base+"/file/bot"+a.token+"/"+path, nil)
	if err != nil {
		return nil, fmt.Errorf("prepare download: %s", a.hide(err.Error()))
	}
	resp, err := a.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("download: %w", a.lineError(ctx, false, err))
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("download: %w", &gatewayError{Status: resp.StatusCode})
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxDownload+1))
	if err != nil {
		return nil, fmt.Errorf("download: %w", a.lineError(ctx, false, err))
	}
	if len(data) > maxDownload {
		return nil, errTooBig
	}
	return data, nil
}
