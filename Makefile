# What one types: `make run`, `make test`. Everything else serves these two.

SHELL := /bin/bash
CESUAN := .build/release/cesuan
SCENARIO ?= scenarios/changle-2022-year.yaml
SEEDS ?= 1..300
SIZES ?= 100k,1M

.PHONY: bench run test build setup setup-test unit lint documents differential prompt clean help

help:
	@echo 'make run    build the program and open its prompt with a scenario (SCENARIO=$(SCENARIO))'
	@echo 'make test   build, and run every test and check'
	@echo 'make build  the release program, $(CESUAN)'
	@echo 'make bench  how fast it is (SIZES=$(SIZES))'

# The C libraries the program needs, installed where they are missing.
setup:
	@scripts/install-missing build

# And what the tests need besides.
setup-test:
	@scripts/install-missing build test

build: setup
	@scripts/build-release

run: build
	@scripts/open $(CESUAN) $(SCENARIO)

test: setup-test build unit lint documents differential prompt
	@echo 'All tests and checks passed.'

unit:
	swift test --parallel

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

# The bundled documents with their examples, the bundled scenarios, and what the README shows.
documents:
	$(CESUAN) check Sources/CDistricts/documents/*.md scenarios/*.yaml
	python3 scripts/readme.py $(CESUAN)

# Random scenarios against an independent implementation of the contract.
differential:
	python3 Tests/Differential/test_oracle.py
	python3 Tests/Differential/run.py --cesuan $(CESUAN) --seeds $(SEEDS)

# The prompt in a terminal emulator.
prompt:
	python3 Tests/Terminal/prompt.py $(CESUAN)

# How fast: one table, after every total has been compared with hand-written loops. SIZES=100k,1M,10M for more.
bench: build
	swift build -c release --static-swift-stdlib --product cesuan-bench
	python3 scripts/bench.py .build/release/cesuan-bench $(CESUAN) --sizes $(SIZES)

clean:
	rm -rf .build
