# What one types: `make run`, `make test`. Everything else serves these two.

SHELL := /bin/bash
CESUAN := .build/release/cesuan
SCENARIO ?= scenarios/changle-2022-year.yaml
SEEDS ?= 1..300

.PHONY: run test build setup setup-test unit lint documents differential prompt clean help

help:
	@echo 'make run    build the program and open its prompt with a scenario (SCENARIO=$(SCENARIO))'
	@echo 'make test   build, and run every test and check'
	@echo 'make build  the release program, $(CESUAN)'

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
	python3 Tests/Differential/whatif.py --cesuan $(CESUAN) --seeds 1..10

# The prompt in a terminal emulator.
prompt:
	python3 Tests/Terminal/prompt.py $(CESUAN)

clean:
	rm -rf .build
