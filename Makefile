# A script runner: `make help` lists what it runs. Go's own cache decides what
# is compiled again.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := serve

MODULE := github.com/seed-c844a918/inkling
ADDR ?= 127.0.0.1:8080
FUZZTIME ?= 60s
WASM := GOOS=js GOARCH=wasm
# go test's own lines, then every skipped test with its reason, then the counts.
GOTESTSUM := go tool gotestsum --format standard-quiet --

# Tests run in their packages' folders: a relative folder would not be found there.
ifdef INKLING_DATA
export INKLING_DATA := $(abspath $(INKLING_DATA))
endif

.PHONY: serve watch dist size page inkling single install train models cards report test test-all bench bench-peers bench-symbols bench-corrections corrections bench-wasm bench-web bench-web-peers shots fuzz check check-deps third-party release chromium fmt clean help

# go run reports its own interruption as a failure; the trap makes Ctrl-C a clean end.
serve: ## build the site and serve it on ADDR (default 127.0.0.1:8080)
	@trap 'exit 0' INT; go run ./build serve --build --addr $(ADDR)

watch: ## serve the site, rebuild what changes and reload open pages
	@trap 'exit 0' INT; go run ./build serve --watch --addr $(ADDR)

dist: ## build the site in dist/
	go run ./build

size: dist ## print what the first answer weighs, fail above 400 kB brotli
	go run ./build size

page: # what all sites share, as inkling site unpacks it
	go run ./build page

inkling: page ## write the command ./inkling, with the page for inkling site in it
	go build -tags inklingpage -o inkling ./train

single: inkling ## write the page as one file, inkling.html, which a double click opens
	./inkling site inkling.html --single --model web/models/digits.ink

# go install would name the command after its folder, train.
install: page ## install the command inkling where Go puts commands, in GOBIN or GOPATH/bin
	@bin=$$(go env GOBIN); gopath=$$(go env GOPATH); bin=$${bin:-$${gopath%%:*}/bin}; mkdir -p "$$bin"; \
	go build -tags inklingpage -o "$$bin/inkling$$(go env GOEXE)" ./train; echo "$$bin/inkling$$(go env GOEXE)"

train: inkling ## repeat the notebook's run on MNIST, write web/models/notebook-plain.ink again
	./inkling fit --out web/models/notebook-plain.ink

# To choose by: the writers that each set keeps for it (the pen's 21-25, of UNIPEN's
# those whose number % 20 is 14-16) and 10,000 of MNIST's 60,000 images.
HELD := --validation-writers usual --split 0.16666667
RECIPE := --optimizer adamw --schedule cosine --warmup 0.05 --precision int8
NOTEBOOK := --data 'mnist,pen*2' --augment conv --learning-rate 0.003 --weight-decay 0.01 --epochs 200 --refuse 0.003
# Three networks that know letters and signs by name teach the one of digits together.
DIGITS := --data 'mnist,pen*2,unipen-digits*4' --recipe writing --augment conv --learning-rate 0.004 \
	--background 'unipen-upper,unipen-lower,unipen-signs*3,turned,merged,assembled,outlines,non-digits,fashion-mnist'
DIGITS_TEACHER := --background-classes --weight-decay 0.02 --epochs 16 --precision float16 \
	--layers 'conv 16 3x3 same norm relu, pool 2, conv 32 3x3 norm relu, pool 2, conv 64 3x3 norm relu, conv 80 3x3 norm relu'
DIGITS_TAUGHT := --weight-decay 0.02 --epochs 24 --refuse 'mnist 0.003, pen 0.003, unipen-digits 0.0125' --teacher-share 1 \
	--layers 'conv 12 3x3 same norm relu, pool 2, conv 32 3x3 norm relu, pool 2, conv 64 3x3 norm relu, conv 68 3x3 norm relu' \
	--teacher digits-1.ink,digits-2.ink,digits-3.ink
# Three networks of the same layers teach the one of letters together.
LETTERS := --data 'unipen-upper*3,unipen-lower*3' --background 'unipen-digits*4,unipen-signs*10,pen,mnist,non-digits*3' \
	--recipe writing --augment conv --learning-rate 0.004
LETTERS_LAYERS := --layers 'conv 12 3x3 same norm relu, pool 2, conv 32 3x3 norm relu, pool 2, conv 64 3x3 norm relu, conv 68 3x3 norm relu'
LETTERS_TAUGHT := --weight-decay 0.06 --epochs 36 --refuse 'unipen-upper 0.015, unipen-lower 0.015' --teacher letters-1.ink,letters-2.ink,letters-3.ink
# What is left of it without normalization learned some more when drawings came to be turned.
LETTERS_LAST := --learning-rate 0.001 --weight-decay 0.06 --epochs 12 --refuse 'unipen-upper 0.017, unipen-lower 0.017' \
	--layers 'conv 12 3x3 same relu, pool 2, conv 32 3x3 relu, pool 2, conv 64 3x3 relu, conv 68 3x3 relu'
# Symbols of one's own: features of characters that nobody trained on, from all that
# people drew; each quarter turn and mirror image of a character is a class of its own.
# A first encoder tells which of the classes look the same; the last epochs are of int4.
ENCODER := --loss cosine --encoder --classes union --symmetries 8 --split 0 --augment conv --learning-rate 0.004 --weight-decay 0.02
CHARACTERS := unipen-upper,unipen-lower,unipen-signs,unipen-digits
FIRST := $(ENCODER) --data 'omniglot*12,$(CHARACTERS)' --alphabets 2,5-7 --epochs 2 \
	--layers 'conv 20 3x3 same norm relu, pool 2, conv 36 3x3 norm relu, pool 2, conv 64 3x3 norm relu, conv 72 3x3 norm'
SYMBOLS := $(ENCODER) --data 'omniglot*10,$(CHARACTERS)' --merge symbols-first.ink --epochs 9 \
	--layers 'conv 16 3x3 same norm relu, pool 2, conv 48 3x3 norm relu, pool 2, conv 80 3x3 norm relu, conv 112 3x3 norm'
FASHION := --augment picture --learning-rate 0.003 --weight-decay 0.02 --epochs 30 \
	--layers 'conv 32 3x3 same norm relu, pool 2, conv 64 3x3 same norm relu, pool 2, conv 128 3x3 norm relu, dropout 0.4'

models: train ## train all models of web/models again, as web/models/MODELS.md says
	./inkling fit $(HELD) $(RECIPE) $(NOTEBOOK) --out web/models/notebook.ink
	for seed in 1 2 3; do ./inkling fit $(HELD) $(RECIPE) $(DIGITS) $(DIGITS_TEACHER) --seed $$seed --out digits-$$seed.ink || exit 1; done
	./inkling fit $(HELD) $(RECIPE) $(DIGITS) $(DIGITS_TAUGHT) --checkpoint digits.ckpt --out web/models/digits.ink
	./inkling fit --resume digits.ckpt --epochs 32 --precision int4 --int4-epochs 8 --out web/models/digits.ink
	./inkling fit $(HELD) $(RECIPE) $(LETTERS) $(LETTERS_LAYERS) --weight-decay 0.02 --epochs 36 --refuse 'unipen-upper 0.02, unipen-lower 0.02' --out letters-1.ink
	./inkling fit $(HELD) $(RECIPE) $(LETTERS) $(LETTERS_LAYERS) --weight-decay 0.06 --epochs 24 --seed 2 --precision float16 --out letters-2.ink
	./inkling fit $(HELD) $(RECIPE) $(LETTERS) $(LETTERS_LAYERS) --weight-decay 0.06 --epochs 24 --seed 3 --precision float16 --out letters-3.ink
	./inkling fit $(HELD) $(RECIPE) $(LETTERS) $(LETTERS_LAYERS) $(LETTERS_TAUGHT) --out letters-taught.ink
	./inkling fit $(HELD) $(RECIPE) $(LETTERS) $(LETTERS_LAST) --init letters-taught.ink --out web/models/letters.ink
	./inkling fit --data fashion-mnist --split 0.16666667 $(RECIPE) $(FASHION) --checkpoint fashion.ckpt --out web/models/fashion.ink
	./inkling fit --resume fashion.ckpt --epochs 36 --precision int4 --int4-epochs 6 --out web/models/fashion.ink
	./inkling fit $(RECIPE) $(FIRST) --out symbols-first.ink
	./inkling fit $(RECIPE) $(SYMBOLS) --checkpoint symbols.ckpt --out web/models/symbols.ink
	./inkling fit --resume symbols.ckpt --epochs 12 --precision int4 --int4-epochs 3 --out web/models/symbols.ink
	$(MAKE) corrections cards

corrections: ## write what others draw beside digits.ink and letters.ink, by which the page puts answers right
	go run ./bench/corrections -write

cards: inkling ## measure the models of web/models for the page: NAME.card.json and its sheets
	for model in $(filter-out %/symbols.ink,$(wildcard web/models/*.ink)); do ./inkling card $$model || exit 1; done

# Those that no choice was made on: the pen's writers 26-30, UNIPEN's whose number % 20
# is 17-19, Omniglot's Sanskrit and Tagalog.
report: inkling ## measure all models of web/models on all test sets, write docs/results.md again
	./inkling report --pen-writers 26-30 --unipen-writers 17-19 --alphabets 6-7 --out docs/results.md

test: chromium ## vet and all tests but the slow ones; needs Go and a browser
	go vet ./...
	INKLING_REQUIRE_BROWSER=1 $(GOTESTSUM) -timeout 60m ./...

test-all: test ## test, then all again under the race detector, 36 kills of runs, Go's own tests straightened, a soak of the page, and each fuzz target for 10 s
	$(GOTESTSUM) -timeout 40m -race -count=1 $$(go list ./... | grep -v /internal/e2e)
	INKLING_SLOW=1 $(GOTESTSUM) -count=1 -run 'RandomKills|StandardLibrary' ./train ./internal/wasmbin
	INKLING_SLOW=1 INKLING_REQUIRE_BROWSER=1 go test -count=1 -timeout 20m -run Soak -v ./internal/e2e
	$(MAKE) fuzz FUZZTIME=10s

bench: ## Go's benchmarks; that of the server runs nginx beside it, where it is installed
	go test -run '^$$' -bench . $$(go list ./... | grep -v /internal/e2e)

# For a machine without other work; PEERS takes flags: make bench-peers PEERS="--only cnn".
bench-peers: inkling ## whole runs against PyTorch and Keras, where a python has them
	go run ./bench $(PEERS)

# ENCODERS takes flags: encoders that were trained without the alphabets and without digits.
bench-symbols: ## symbols of one's own beside $$P and $$Q: the table of docs/own-symbols.md
	go run ./bench/symbols $(ENCODERS)

bench-corrections: ## what putting answers right does to other answers: the figures of docs/own-symbols.md
	go run ./bench/corrections

bench-wasm: ## one answer of the page's model in wasm, with SIMD and without, beside plain loops; needs node
	$(WASM) go test -tags inklingsimd -exec "node --stack-size=8192 $$PWD/internal/kernel/simd/exec.cjs" -run PlainLoops -bench Predict ./internal/model
	PATH="$$PATH:$$(go env GOROOT)/lib/wasm" $(WASM) go test -run PlainLoops -bench 'Predict|PlainLoops' ./internal/model

# On emulated lines: 10 Mbit/s and 40 ms for the first answer, 1.6 Mbit/s and 150 ms for paints.
bench-web: chromium ## time to the first answer and paint, second visits, long tasks and live answers in Chromium
	go test -run '^$$' -bench . -benchtime 9x -timeout 20m ./internal/e2e

# npm installs them in the user's cache; packing 14 MB the first time takes a minute.
bench-web-peers: dist chromium ## the page beside pages of onnxruntime-web and TensorFlow.js with the same network; needs npm
	go run ./bench/web-peers

# Any font that has Korean letters must be installed; states of the page go to STATES, if named.
shots: chromium ## take the README's pictures of the page again, docs/*.png, and make web/icons
	INKLING_DOCS=$(abspath docs) INKLING_STATES=$(if $(STATES),$(abspath $(STATES))) go test -count=1 -timeout 30m -run Shots ./internal/e2e

fuzz: ## every fuzz target for FUZZTIME (default 60s)
	for package in $$(go list ./...); do \
	for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
	go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$package || exit 1; done; done

# staticcheck takes Go's wasm exports for unused code, hence the shorter list. go vet
# type-checks the tests too, and with these four every system and both processors.
check: chromium web/node_modules/.package-lock.json check-deps ## types, lint, tests of web/ and accessibility; needs node as well
	@files=$$(gofmt -l bench build internal train wasm); test -z "$$files" || { echo "gofmt: $$files; make fmt formats them"; exit 1; }
	go vet ./... && GOARCH=arm64 go vet ./... && GOOS=windows go vet ./... && GOOS=darwin GOARCH=arm64 go vet ./... && $(WASM) go vet -tags inklingpanic,inklingsimd ./wasm ./internal/kernel/simd
	for platform in {linux,darwin,windows}/{amd64,arm64}; do \
	GOOS=$${platform%/*} GOARCH=$${platform#*/} CGO_ENABLED=0 go build ./train ./build || exit 1; done
	go tool staticcheck ./... && $(WASM) $$(go tool -n staticcheck) -tags inklingsimd -checks 'SA*,S1*' ./wasm
	go run ./internal/thirdparty -check
	cd web && npm run --silent check
	go run ./build test-web
	INKLING_REQUIRE_BROWSER=1 INKLING_REQUIRE_AXE=1 go test -count=1 -run Accessib ./internal/e2e

third-party: ## write THIRD_PARTY.md: the modules that ship, with their licences
	go run ./internal/thirdparty

# VERSION is the tag, or the last one with the commits since. The files in the archives
# carry the commit's time.
release: page ## build the command for Linux, macOS and Windows: archives and SHA256SUMS in release/
	go run ./internal/release -version "$${VERSION:-$$(git describe --tags --always --dirty)}" -time "$$(git log -1 --format=%ct)"

# What enters the wasm binary, what build may import, and which of the page's
# modules may know of Go and of one another (docs/architecture.md). The lists are
# variables so that a failing go list does not pass as an empty one.
check-deps: ## who may import what
	@deps=$$($(WASM) go list -tags inklingsimd -deps ./wasm); \
	if grep -E '^(fmt|log|os|time|image|net|reflect|encoding/json|gonum\.org)(/|$$)' <<<"$$deps"; then echo 'wasm: not to be imported'; exit 1; fi; \
	if grep '^$(MODULE)/' <<<"$$deps" | grep -vE '/(wasm|internal/(ink(/skeleton)?|nn|kernel|model|metrics|optim|float16|quantize|similarity|fewshot|windows|initial|activation))$$'; then echo 'wasm: not to be imported'; exit 1; fi
	@deps=$$(go list -f '{{join .Imports "\n"}}' ./build); \
	if grep '\.' <<<"$$deps" | grep -vE '^($(MODULE)/internal/(kernel/simd|wasmbin|serve|site)|github\.com/(evanw/esbuild|andybalholm/brotli|fsnotify/fsnotify)(/.*)?)$$'; then echo 'build: not to be imported'; exit 1; fi
	@go test -run Imports ./build
	@if grep -lE 'wasm_exec|inklingGo|\bnew Go\b' web/*.ts web/*/*.ts | grep -vE '^web/(worker/.*|site\.d)\.ts$$'; then echo 'web: only web/worker knows of Go'; exit 1; fi
	@deps=$$(go list -deps ./internal/fit ./internal/augment); \
	if grep -E '^(net|image/(gif|jpeg|png)|golang\.org/x/image)(/|$$)' <<<"$$deps"; then echo 'internal/fit, internal/augment: not to be imported'; exit 1; fi

# npm's own record of what it installed; newer than the lock file when they agree.
web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --no-audit --no-fund && touch node_modules/.package-lock.json

chromium: ## find Chromium or Chrome; root on Debian or Ubuntu installs it
	@go run ./internal/browser/ensure

fmt: ## format the Go sources
	gofmt -w bench build internal train wasm

clean: ## remove what was built
	rm -rf dist release inkling inkling.html internal/site/page.zip

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
