package tgemu

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/gif"  // photos come as GIF too
	_ "image/jpeg" // and as JPEG
	_ "image/png"  // and as PNG
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"
)

const (
	maxDownload = 20 << 20
	maxPhoto    = 10 << 20
	pathLife    = time.Hour // of a file_path
)

// filePath is a way to download a file for some time.
type filePath struct {
	FileID  string    `json:"file_id"`
	Expires time.Time `json:"expires"`
}

func albumID(n int64) string { return strconv.FormatInt(13_000_000_000_000_000+n, 10) }

// inputFile is the file of a parameter: uploaded in it, or named by file_id or
// by attach://.
func (e *Emulator) inputFile(c *call, name, kind string) (*File, error) {
	if up, ok := c.files[name]; ok {
		return e.uploaded(up, kind)
	}
	if c.arg(name) == "" {
		if kind == "photo" {
			return nil, refuse(noPhoto)
		}
		return nil, refuse(noDocument)
	}
	return e.mediaFile(c, c.arg(name), kind)
}

// mediaFile is what a reference means: attach://NAME or a file_id. Addresses of
// the web are refused, the emulator goes nowhere.
func (e *Emulator) mediaFile(c *call, reference, kind string) (*File, error) {
	if name, ok := strings.CutPrefix(reference, "attach://"); ok {
		up, ok := c.files[name]
		if !ok {
			return nil, refuse(mediaBroken, "media not found")
		}
		return e.uploaded(up, kind)
	}
	f, ok := e.Files[reference]
	if !ok || (kind == "photo") != (f.Width > 0) {
		return nil, refuse(fileIDWrong)
	}
	data, err := e.store.read(f.SHA256)
	if err != nil {
		return nil, refuse(fileIDWrong)
	}
	return e.addFile(f, data)
}

func (e *Emulator) uploaded(up upload, kind string) (*File, error) {
	if len(up.data) == 0 {
		return nil, refuse(fileEmpty)
	}
	f := File{Name: fileName(up.name), MimeType: mimeOf(up.name, up.data)}
	if kind == "photo" {
		if err := f.measure(up.data); err != nil {
			return nil, err
		}
	}
	return e.addFile(f, up.data)
}

// measure holds a photo to the limits and notes its size.
func (f *File) measure(data []byte) error {
	if len(data) > maxPhoto {
		return refuse(photoTooBig)
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return refuse(photoBroken)
	}
	w, h := config.Width, config.Height
	if w == 0 || h == 0 || w+h > 10_000 || w > 20*h || h > 20*w {
		return refuse(photoDimensions)
	}
	f.Width, f.Height, f.Name, f.MimeType = w, h, "", "image/jpeg"
	return nil
}

// addFile keeps bytes and gives them a new id.
func (e *Emulator) addFile(f File, data []byte) (*File, error) {
	sum := sha256.Sum256(data)
	f.SHA256 = hex.EncodeToString(sum[:])
	if err := e.store.write(f.SHA256, data); err != nil {
		e.log.Error("keep a file", "error", err)
		return nil, refuse(internalError)
	}
	e.LastFile++
	f.Size = int64(len(data))
	f.UniqueID = "Ag" + base64.RawURLEncoding.EncodeToString(sum[:9])
	f.ID = "BQACAgIAAxkBAA" + base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%08d", e.LastFile)) + f.UniqueID
	e.Files[f.ID] = f
	return &f, nil
}

func (e *Emulator) getFile(c *call) (any, error) {
	id := c.arg("file_id")
	if id == "" {
		return nil, refuse(fileIDMissing)
	}
	f, ok := e.Files[id]
	if !ok {
		return nil, refuse(fileIDInvalid)
	}
	if f.Size > maxDownload {
		return nil, refuse(fileTooBigDownload)
	}
	folder, ext := "documents", path.Ext(f.Name)
	if f.Width > 0 {
		folder, ext = "photos", ".jpg"
	}
	p := fmt.Sprintf("%s/file_%d%s", folder, len(e.Paths), ext)
	e.Paths[p] = filePath{id, e.now().Add(pathLife)}
	e.dirty = true
	return wire{"file_id": f.ID, "file_unique_id": f.UniqueID, "file_size": f.Size, "file_path": p}, nil
}

// serveFile answers /file/bot<token>/<path>.
func (e *Emulator) serveFile(w http.ResponseWriter, r *http.Request) {
	token, p, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/file/bot"), "/")
	if err := e.checkToken(token); err != nil {
		writeError(w, err)
		return
	}
	c := &call{method: "download", params: map[string]string{"path": p}, r: r}
	record := e.begin(c)
	fault := e.beforeCall(w, c, true)
	if fault.done {
		e.end(record, fault.code, fault.description, fault.kind)
		fault.abort()
		return
	}
	data, err := e.atPath(p)
	if err != nil {
		code, description := writeError(w, err)
		e.end(record, code, description, "")
		return
	}
	e.end(record, http.StatusOK, "", "")
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	_, _ = w.Write(data)
}

func (e *Emulator) atPath(p string) ([]byte, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	way, ok := e.Paths[p]
	if !ok || e.now().After(way.Expires) {
		return nil, refuse(notFound)
	}
	data, err := e.store.read(e.Files[way.FileID].SHA256)
	if err != nil {
		return nil, refuse(notFound)
	}
	return data, nil
}

// Download is the bytes of a file of a message.
func (e *Emulator) Download(fileID string) ([]byte, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	f, ok := e.Files[fileID]
	if !ok {
		return nil, fmt.Errorf("file %q: no such file", fileID)
	}
	return e.store.read(f.SHA256)
}

// fileName is a name without path and control characters.
func fileName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
}

// mimeOf tells the type by the name, as the server does, else by the content.
func mimeOf(name string, data []byte) string {
	known := map[string]string{
		".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xls": "application/vnd.ms-excel",
		".csv": "text/csv", ".zip": "application/zip", ".pdf": "application/pdf", ".txt": "text/plain",
	}
	ext := strings.ToLower(path.Ext(name))
	if t, ok := known[ext]; ok {
		return t
	}
	if t, _, err := mime.ParseMediaType(mime.TypeByExtension(ext)); err == nil {
		return t
	}
	t, _, _ := mime.ParseMediaType(http.DetectContentType(data))
	return t
}
