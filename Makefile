# The commands of the project; `make help` lists them.

BUILD := build
BIN := $(BUILD)/bin
# One compile job takes up to 1.5 GB.
JOBS ?= $(shell nproc)

.PHONY: help
help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: packages
packages: ## Install the Debian packages that are missing (root or sudo)
	@.ci/install-packages

$(BUILD)/build.ninja: | packages
	cmake --preset release

.PHONY: build
build: packages $(BUILD)/build.ninja ## Build labgraphd, labgraph and labgraph-seed into build/bin
	@cmake --build $(BUILD) -j $(JOBS) --target labgraphd labgraph labgraph-seed labgraph_protoset

.PHONY: run
run: build ## Start a server with the NSOC data on 127.0.0.1:50051 and stay until Ctrl-C
	@seed/run.sh $(BIN) ./data 127.0.0.1:50051

.PHONY: test
test: packages $(BUILD)/build.ninja ## Build and run every test
	@cmake --build $(BUILD) -j $(JOBS)
	ctest --test-dir $(BUILD) -j $(JOBS) --output-on-failure

# Of each target.
FUZZ_SECONDS ?= 60

.PHONY: fuzz
fuzz: packages ## Build the fuzzers and run each for FUZZ_SECONDS, 60 by default
	@.ci/install-packages clang libclang-rt-dev
	cmake --preset fuzz
	@cmake --build build-fuzz -j $(JOBS) --target labgraph_fuzzers
	tests/fuzz/run.py --seconds $(FUZZ_SECONDS) --jobs $(JOBS)

# Hours, for a night: the tests that faults and chance take part in, much longer, then an
# hour of each fuzzer.
.PHONY: soak
soak: packages $(BUILD)/build.ninja ## Run the long form of random tests, then the fuzzers, for hours
	@cmake --build $(BUILD) -j $(JOBS) --target labgraphd crash_test faults_test model_test
	LABGRAPH_SOAK=1 ctest --test-dir $(BUILD) -L faults --timeout 36000 --verbose
	$(MAKE) fuzz FUZZ_SECONDS=3600

.PHONY: bench
bench: packages $(BUILD)/build.ninja ## Measure against rooflines (BENCH_SIZES=100k,1m for less)
	@cmake --build $(BUILD) -j $(JOBS) --target labgraph_bench labgraph_bench_echo labgraphd labgraph-seed
	$(BIN)/labgraph_bench --programs $(BIN) --scratch $(BUILD)/bench-scratch \
	  --real-edges ../shared/data/p2p-31-graphalytics/p2p-31.e \
	  --json $(BUILD)/bench.json $(BENCH_ARGS)

.PHONY: image
image: ## Build the container image labgraph (needs docker, podman or buildah)
	@.ci/build-image

.PHONY: check
check: ## Check style, floors and documents, as CI does
	.ci/check-floors
	.ci/check-style
	.ci/check-docs

.PHONY: clean
clean: ## Remove build folders; ./data stays
	rm -rf build build-*
