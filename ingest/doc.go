// Package ingest is the way of a report: receive, read, understand, load, map,
// ask. Each step is a job of its own that talks to the next through the
// database; each may be killed at any point and run again with the same result.
//
//	Receive          a door hands a message over; it is committed with its job
//	ReadMessage      who sent it, which files it carries          read.go
//	Understand       file -> tables -> submissions                understand.go
//	decide           load it, or ask the analyst first            decide.go
//	Load             table -> facts, in one transaction           load.go
//	MapNames         names -> products, outlets, reps; or ask     map_*.go, zones.go
//	RankNames        an answer taught: the open questions anew    rank_names.go
//	AuditMappings    a sample of what was mapped is checked       audit.go
//	Answer           what the sender is told                      answer.go
//	Desk             what the analyst answers, and its undoing    desk*.go
//
// Facts point to the distributor's own names; mapping never rewrites them.
// Nothing of an unknown sender is read beyond its envelope.
package ingest
