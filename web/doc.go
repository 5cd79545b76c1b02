// Package web is what the service shows over HTTP: health, metrics, and the
// doors that other rooms bring along (Telegram's webhook).
package web
