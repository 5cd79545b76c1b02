# Two commands on a fresh Debian or Ubuntu with git, make and Go:
#   make demo    everything on this machine, sample letters, chats in the browser
#   make test    the tests
# The rest is for those who work on distbase.

LINT := go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
VULN := go run golang.org/x/vuln/cmd/govulncheck@v1.9.0
DEMO_DIR ?= $(CURDIR)/demo-data

.PHONY: help build demo demo-reset test lint fmt bench

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

build: ## bin/distbase
	@go build -trimpath -o bin/distbase ./cmd/distbase

demo: ## run everything on this machine with sample letters; prints its address
	@.ci/setup demo
	@$(MAKE) --no-print-directory build
	@exec bin/distbase demo --dir $(DEMO_DIR)

demo-reset: build ## forget what the demo keeps
	@bin/distbase demo --dir $(DEMO_DIR) --reset

test: ## set up and run the tests
	@.ci/setup test
	DISTBASE_REQUIRE_ALL=1 go test -race -timeout 20m ./...

lint: ## what CI checks besides the tests
	$(LINT) run ./...

vuln: ## known vulnerabilities in what is linked in
	$(VULN) ./...

fmt: ## format the code
	gofmt -w $$(git ls-files '*.go')

bench: ## benchmarks with their peers
	go test -run '^$$' -bench . -benchmem ./...
