// Package cluster runs a private PostgreSQL from installed binaries, for those
// who give distbase no database: data in one directory, reached by a local
// socket only, no password, no port. Several processes may use one data
// directory: the first starts the server and ends it, the others join it.
//
// PostgreSQL refuses to run as root; started by root, the server and its files
// belong to an unprivileged user.
package cluster
