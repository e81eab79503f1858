# make        the command ./haandbog
# make site   the handbook in public/; open public/index.html
# make serve  a preview that follows your changes
# make check  the tests that need only Go; says what it skips
# make test   all tests, over a sample of the pages; installs what it needs first
# make test-all  all tests, over every page
# make bench  what it costs: time, memory, sizes, search quality
# make clean  removes what the others made
#
# All but "make test" and "make test-all" need nothing but Go.

# The same commit gives the same bytes, wherever it is built. The binary knows
# its commit where Git does, whatever GOFLAGS says.
stamp := $(shell git status >/dev/null 2>&1 && echo -buildvcs=auto)

haandbog:
	@go build -trimpath $(stamp) -o haandbog ./cmd/haandbog

site: haandbog
	@./haandbog build --out public

serve: haandbog
	@./haandbog serve

# The compiler and the tests collect garbage less often than programs that stay.
check test test-all: export GOGC = 400

check: vet
	@TEST_ONLY_GO=1 go test -vet=off -short -timeout 10m -json ./... | go run ./cmd/testreport

test: setup vet
	@TEST_EVERYTHING=1 go test -vet=off -timeout 30m -json ./... | go run ./cmd/testreport

test-all: setup vet
	@TEST_EVERYTHING=1 TEST_ALL=1 go test -vet=off -timeout 2h -json ./... | go run ./cmd/testreport

vet:
	@files=$$(gofmt -l $$(find . -name '*.go' -not -path './.*')) || exit 1; \
		if [ -n "$$files" ]; then echo "run gofmt -w on:"; echo "$$files"; exit 1; fi
	@go vet ./...

bench:
	go test -run=NONE -bench=. -benchmem ./...
	go run ./cmd/bench

clean:
	rm -rf haandbog public .cache .ci/node_modules

# The browser, the checkers and the readers of PDF and DOCX that the tests use.
setup:
	@.ci/setup
	@$(MAKE) -s .ci/node_modules

.ci/node_modules: .ci/node_modules/.installed
	@:

# No install scripts: one of the packages would fetch a Java of its own.
.ci/node_modules/.installed: .ci/package.json .ci/package-lock.json
	@echo "installing the npm packages of .ci/package-lock.json"
	@npm ci --prefix .ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

.PHONY: haandbog site serve check test test-all vet bench clean setup
