package tgemu

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

const (
	maxUpload  = 50 << 20 // of a request's files together
	maxFields  = 1 << 20  // of one parameter
	maxRequest = 64 << 20 // of a body without files, and of what is read away
)

// upload is a file of a request.
type upload struct {
	name string
	mime string
	data []byte
}

// call is a request to one method, with its parameters as text.
type call struct {
	method string
	params map[string]string
	files  map[string]upload
	r      *http.Request
}

func (c *call) arg(name string) string { return c.params[name] }

func (c *call) has(name string) bool { _, ok := c.params[name]; return ok }

func (c *call) int(name string, fallback int) int {
	n, err := strconv.Atoi(strings.TrimSpace(c.params[name]))
	if err != nil {
		return fallback
	}
	return n
}

// bool is the server's to_bool: true, yes and 1.
func (c *call) bool(name string) bool {
	switch strings.ToLower(strings.TrimSpace(c.params[name])) {
	case "true", "yes", "1":
		return true
	}
	return false
}

// readCall takes the parameters from the query and from a body of any of the
// four kinds; a later one of the same name wins, as on the server.
func readCall(r *http.Request, method string) (*call, error) {
	c := &call{method: strings.ToLower(method), params: map[string]string{}, files: map[string]upload{}, r: r}
	c.take(r.URL.Query())
	kind, args, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "multipart/form-data":
		return c, c.readMultipart(r.Body, args["boundary"])
	case "application/json":
		return c, c.readJSON(r.Body)
	case "application/x-www-form-urlencoded":
		body, err := io.ReadAll(io.LimitReader(r.Body, maxRequest))
		if err != nil {
			return c, fmt.Errorf("read body: %w", err)
		}
		values, err := url.ParseQuery(string(body))
		c.take(values)
		if err != nil {
			return c, refuse(badRequestBody)
		}
	}
	return c, nil
}

func (c *call) take(values url.Values) {
	for name, v := range values {
		if len(v) > 0 {
			c.params[name] = v[len(v)-1]
		}
	}
}

func (c *call) readJSON(body io.Reader) error {
	raw, err := io.ReadAll(io.LimitReader(body, maxRequest))
	if err != nil {
		return fmt.Errorf("read body: %w", err)
	}
	if len(strings.TrimSpace(string(raw))) == 0 {
		return nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return refuse(badRequestBody)
	}
	for name, value := range fields {
		var text string
		switch {
		case string(value) == "null":
		case json.Unmarshal(value, &text) == nil:
			c.params[name] = text
		default:
			c.params[name] = string(value)
		}
	}
	return nil
}

// readMultipart reads parts as they come; an empty body is a call without
// parameters. What exceeds the limit is read away, so that the client gets the
// answer and not a broken pipe.
func (c *call) readMultipart(body io.Reader, boundary string) error {
	parts := multipart.NewReader(body, boundary)
	total := 0
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return refuse(badRequestBody)
		}
		limit := maxFields
		if isFile(part) {
			limit = maxUpload - total
		}
		data, err := io.ReadAll(io.LimitReader(part, int64(limit)+1))
		if err != nil {
			return fmt.Errorf("read part %q: %w", part.FormName(), err)
		}
		if len(data) > limit {
			_, _ = io.Copy(io.Discard, io.LimitReader(body, 2*maxRequest))
			return refuse(tooLarge)
		}
		if !isFile(part) {
			c.params[part.FormName()] = string(data)
			continue
		}
		total += len(data)
		c.files[part.FormName()] = upload{name: part.FileName(), mime: part.Header.Get("Content-Type"), data: data}
	}
}

func isFile(p *multipart.Part) bool {
	_, args, _ := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
	_, ok := args["filename"]
	return ok
}

// splitPath parts /bot<token>/<method>, also /bot<token>/test/<method>.
func splitPath(path string) (token, method string, ok bool) {
	token, method, ok = strings.Cut(strings.TrimPrefix(path, "/bot"), "/")
	return token, strings.Trim(strings.TrimPrefix(method, "test/"), "/"), ok
}

// botID is the number before the colon of a well-formed token.
func botID(token string) (int64, bool) {
	number, secret, ok := strings.Cut(token, ":")
	id, err := strconv.ParseInt(number, 10, 64)
	return id, ok && err == nil && id > 0 && id < 1<<54 && secret != "" && number[0] != '0' && len(token) <= 80
}

// envelope is the answer of the Bot API.
type envelope struct {
	OK          bool          `json:"ok"`
	Result      any           `json:"result,omitempty"`
	ErrorCode   int           `json:"error_code,omitempty"`
	Description string        `json:"description,omitempty"`
	Parameters  *answerAdvice `json:"parameters,omitempty"`
}

type answerAdvice struct {
	RetryAfter int   `json:"retry_after,omitempty"`
	MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
}

// writeError writes an answer with ok = false; what is no APIError is a 500.
func writeError(w http.ResponseWriter, err error) (code int, description string) {
	var api *APIError
	if !errors.As(err, &api) {
		api = refuse(internalError)
	}
	answer := envelope{ErrorCode: api.Code, Description: api.Description}
	if api.RetryAfter != 0 || api.MigrateTo != 0 {
		answer.Parameters = &answerAdvice{api.RetryAfter, api.MigrateTo}
	}
	if api.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(api.RetryAfter))
	}
	writeJSON(w, api.Code, answer)
	return api.Code, api.Description
}

func writeJSON(w http.ResponseWriter, code int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(value)
}
