package letter

import "strings"

// MayAnswer says whether a letter may be answered by a machine: not when it was
// sent by one itself, by a list, or as a report of delivery. Source: RFC 3834 2.
func MayAnswer(h Header) bool {
	if auto := strings.ToLower(strings.TrimSpace(h.Raw("Auto-Submitted"))); auto != "" && !strings.HasPrefix(auto, "no") {
		return false
	}
	switch strings.ToLower(strings.TrimSpace(h.Raw("Precedence"))) {
	case "bulk", "list", "junk":
		return false
	}
	if h.Has("List-Id") || h.Has("List-Unsubscribe") || h.Has("X-Autoreply") || h.Has("X-Auto-Response-Suppress") {
		return false
	}
	if h.Has("Return-Path") && strings.Trim(h.Raw("Return-Path"), "<> \t") == "" {
		return false
	}
	if strings.HasPrefix(parseValue(h.Raw("Content-Type")).main, "multipart/report") {
		return false
	}
	from := h.Addresses("From")
	if len(from) == 0 {
		return false
	}
	user, _, _ := strings.Cut(from[0].Addr, "@")
	switch user {
	case "mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply", "bounce":
		return false
	}
	return true
}
