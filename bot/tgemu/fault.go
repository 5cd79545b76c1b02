package tgemu

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// FaultKind is a way a call goes wrong.
type FaultKind string

// The ways.
const (
	FaultError      FaultKind = "error"       // refused with Code, Description, RetryAfter
	FaultGateway    FaultKind = "gateway"     // an HTML page of something between, status Code or 502
	FaultCutBefore  FaultKind = "cut_before"  // the connection ends, nothing was done
	FaultCutAfter   FaultKind = "cut_after"   // it was done, the connection ends without an answer
	FaultHangBefore FaultKind = "hang_before" // nothing is done and nothing answered until the client leaves
	FaultHangAfter  FaultKind = "hang_after"  // it was done, and nothing is answered until the client leaves
)

// Fault makes calls go wrong.
type Fault struct {
	Kind        FaultKind `json:"kind"`
	Methods     []string  `json:"methods,omitempty"` // none: every method; downloads are "download"
	Skip        int       `json:"skip,omitempty"`    // so many calls go well before
	Times       int       `json:"times,omitempty"`   // 0: once; negative: until ClearFaults
	Code        int       `json:"code,omitempty"`
	Description string    `json:"description,omitempty"`
	RetryAfter  int       `json:"retry_after,omitempty"`
	// When narrows it to calls with certain parameters; nil: all.
	When func(params map[string]string) bool `json:"-"`
}

// Fault arms a fault. Several are tried in the order they were armed.
func (e *Emulator) Fault(f Fault) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if f.Times == 0 {
		f.Times = 1
	}
	e.faults = append(e.faults, &f)
}

// ClearFaults disarms all faults.
func (e *Emulator) ClearFaults() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.faults = nil
}

// SetDown cuts every call, long polls that wait included, until it is set back.
func (e *Emulator) SetDown(down bool) {
	e.mu.Lock()
	defer e.commit()
	e.down = down
	if down && e.poll != nil {
		e.poll.ended <- internalError
		e.poll = nil
	}
	e.touch(nil)
}

// verdict is what a fault does to a call before the method runs.
type verdict struct {
	done        bool // answered, or about to be aborted
	code        int
	description string
	kind        FaultKind
	abort       func()
}

// beforeCall applies a fault. Those that want the call done first need one that
// could be read.
func (e *Emulator) beforeCall(w http.ResponseWriter, c *call, readable bool) verdict {
	f, down := e.armed(c, readable)
	v := verdict{abort: func() {}}
	if down {
		v.done, v.kind, v.abort = true, FaultCutBefore, cut
		return v
	}
	if f == nil {
		return v
	}
	v.kind = f.Kind
	switch f.Kind {
	case FaultCutBefore:
		v.done, v.abort = true, cut
	case FaultHangBefore:
		v.done, v.abort = true, func() { e.hang(c); cut() }
	case FaultGateway:
		v.done, v.code = true, http.StatusBadGateway
		if f.Code != 0 {
			v.code = f.Code
		}
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(v.code)
		_, _ = w.Write([]byte("<html><head><title>" + http.StatusText(v.code) + "</title></head><body>nginx</body></html>\n"))
	case FaultError:
		err := &APIError{Code: f.Code, Description: f.Description, RetryAfter: f.RetryAfter}
		if f.RetryAfter > 0 && f.Code == 0 {
			err = refuseFor(f.RetryAfter)
		}
		v.done = true
		v.code, v.description = writeError(w, err)
	}
	return v
}

// armed is the first fault that this call meets.
func (e *Emulator) armed(c *call, readable bool) (f *Fault, down bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.down {
		return nil, true
	}
	for i, f := range e.faults {
		after := f.Kind == FaultCutAfter || f.Kind == FaultHangAfter
		named := len(f.Methods) == 0 || slices.ContainsFunc(f.Methods, func(m string) bool { return strings.EqualFold(m, c.method) })
		if !named || after && !readable || f.When != nil && !f.When(c.params) {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			continue
		}
		if f.Times > 0 {
			if f.Times--; f.Times == 0 {
				e.faults = slices.Delete(e.faults, i, i+1)
			}
		}
		return f, false
	}
	return nil, false
}

// cutAfter ends a call that was done and must not be answered.
func (e *Emulator) cutAfter(c *call, kind FaultKind) {
	if kind == FaultHangAfter {
		e.hang(c)
	}
	cut()
}

// hang waits until the client leaves.
func (e *Emulator) hang(c *call) {
	t := time.NewTimer(10 * time.Minute)
	defer t.Stop()
	select {
	case <-c.r.Context().Done():
	case <-e.running.Done():
	case <-t.C:
	}
}

// cut ends the connection without an answer, as net/http documents.
func cut() { panic(http.ErrAbortHandler) }
