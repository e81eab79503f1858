# make        the command ./haandbog
# make site   the handbook in public/; open public/index.html
# make serve  a preview that follows your changes
# make test   everything that checks; installs what it needs first
# make bench  what it costs: time, memory, sizes, search quality
# make clean  removes what the others made
#
# All but "make test" need nothing but Go.

# The same commit gives the same bytes, wherever it is built. The binary knows
# its commit where Git does, whatever GOFLAGS says.
stamp := $(shell git status >/dev/null 2>&1 && echo -buildvcs=auto)

haandbog:
	@go build -trimpath $(stamp) -o haandbog ./cmd/haandbog

site: haandbog
	@./haandbog build --out public

serve: haandbog
	@./haandbog serve

test: setup
	@echo "gofmt"
	@files=$$(gofmt -l $$(find . -name '*.go' -not -path './.*')) || exit 1; \
		if [ -n "$$files" ]; then echo "run gofmt -w on:"; echo "$$files"; exit 1; fi
	go vet ./...
	go test -timeout 30m ./...

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

.PHONY: haandbog site serve test bench clean setup
