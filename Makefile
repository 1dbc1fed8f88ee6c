# What one types: `make run`, `make test`. Everything else serves these two.

SHELL := /bin/bash
CESUAN := .build/release/cesuan
SCENARIO ?= scenarios/changle-2022-year.yaml
SEEDS ?= 1..300
LAWS ?= 1..130
SCRIPTS ?= 1..16
ENGINES ?= 1..8
DOCUMENTS ?= 1..400
SIZES ?= 100k,1M
WAREHOUSE ?= 1M,10M
SPARK ?=
PEERS ?=
FLOOR ?=
FLOOR_DATA ?=
FLOORS = $(if $(FLOOR),--floor $(FLOOR) --floor-data $(FLOOR_DATA))
FUZZ_SECONDS ?= 60
FUZZ_READERS ?=
# For a machine that builds once and looks at nothing: `-debug-info-format none` saves a tenth.
BUILDING ?=

# The interpreter of everything in Python, with the packages that Tests/requirements.txt pins. It looks at no variable
# and no folder of a person's own (-E -s), and leaves nothing beside the sources (-B).
ENVIRONMENT := .build/python
PYTHON_ALONE := $(ENVIRONMENT)/bin/python
PYTHON := $(PYTHON_ALONE) -E -s -B -X utf8

PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: run test checks build setup setup-test python unit lint documents differential prompt workbooks \
	python-face test-sql test-spark test-jupyter test-page test-editors fuzz bench-program bench bench-check bench-warehouse install uninstall dist \
	test-dist clean help

help:
	@echo 'make run    build the program and open its prompt with a scenario (SCENARIO=$(SCENARIO))'
	@echo 'make test   build, and run every test and check'
	@echo 'make build  the release program, $(CESUAN)'
	@echo 'make bench  how fast it is (SIZES=$(SIZES); PEERS=1 for other engines beside it)'
	@echo 'make bench-check  fails where a question takes more than it may'
	@echo 'make dist   the program for machines without Swift, a tarball, a Debian package and a Python wheel, below dist/'
	@echo 'make test-dist  installs each where nothing else is, and runs it there'
	@echo 'make install  program, manual page and shell completions below PREFIX=$(PREFIX)'

# The C libraries the program needs, installed where they are missing.
setup:
	@scripts/install-missing build

# And what the tests need besides.
setup-test: python
	@scripts/install-missing build test

# Made again when the list changes, or when the Python behind it is gone.
python:
	@scripts/python-environment $(ENVIRONMENT) Tests/requirements.txt

build: setup
	@scripts/build-release

run: build
	@scripts/open $(CESUAN) $(SCENARIO)

# Two lanes side by side, one for each core: the tests, and the release program with what is checked by means of it. Each
# lane builds in a folder of its own; most of the time a build waits for one large module.
test: setup-test
	@$(MAKE) --no-print-directory -j2 unit checks
	@echo 'All tests and checks passed.'

checks: build
	@for check in lint documents differential workbooks python-face prompt; do \
	  $(MAKE) --no-print-directory $$check || exit 1; done

unit:
	swift test --parallel $(BUILDING)

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

# The bundled documents with their examples, the bundled scenarios and notebooks, notices from elsewhere in our own words,
# their pages, and what README and LANGUAGE show in both languages.
documents: python
	$(CESUAN) check --allow-read scenarios Sources/CDistricts/documents/*.md scenarios/*.yaml notebooks/*.md
	$(CESUAN) check Tests/Fixtures/notices/*.md Tests/Fixtures/catalogue/*.md
	$(PYTHON) scripts/notebooks.py $(CESUAN)
	$(PYTHON) scripts/readme.py $(CESUAN)

# Random scenarios against an independent implementation of the contract, random documents against an interpreter written
# from the books of the language, and both against laws that every answer keeps; and what DuckDB makes of the scripts that
# the program writes, against what it runs itself. Seeds by number hold what was once otherwise.
differential: python
	$(PYTHON) Tests/Differential/test_oracle.py
	$(PYTHON) Tests/Differential/test_language.py
	$(PYTHON) Tests/Differential/run.py --cesuan $(CESUAN) --seeds $(SEEDS)
	$(PYTHON) Tests/Differential/documents.py --cesuan $(CESUAN) --seeds $(DOCUMENTS)
	$(PYTHON) Tests/Differential/whatif.py --cesuan $(CESUAN) --seeds 1..10
	$(PYTHON) Tests/Differential/properties.py --cesuan $(CESUAN) --seeds $(LAWS)
	$(PYTHON) Tests/Differential/sql.py --cesuan $(CESUAN) --seeds $(SCRIPTS),121,144
	$(PYTHON) Tests/Differential/sql_documents.py --cesuan $(CESUAN) --seeds $(SCRIPTS),209,421
	$(PYTHON) Tests/Differential/engines.py --cesuan $(CESUAN) --seeds $(ENGINES)

# The prompt in a terminal emulator.
prompt: python
	$(PYTHON) Tests/Terminal/prompt.py $(CESUAN)

# Workbooks in and out, seen by openpyxl and, where it is installed, LibreOffice.
workbooks: python
	$(PYTHON) Tests/Workbooks/check.py $(CESUAN)

# What Python programs see of it.
python-face: python
	CESUAN_PROGRAM=$(abspath $(CESUAN)) $(PYTHON) python/test_cesuan.py
	CESUAN_PROGRAM=$(abspath $(CESUAN)) $(PYTHON) python/test_session.py

# Databases and Parquet files, out and in, seen by SQLite, DuckDB, pandas and polars, which are installed below .build the
# first time. Apart from `make test`: they are large.
test-sql: build
	@scripts/python-environment .build/columns Tests/Columns/requirements.txt 3.11
	.build/columns/bin/python -E -s -B -X utf8 Tests/Columns/check.py $(CESUAN)

# What Spark makes of the scripts that the program writes, and the commands with `on spark`, with pyspark installed below
# .build the first time. Apart from `make test`: it is large, takes some minutes and wants Java 17.
test-spark: build
	@scripts/install-missing test-spark
	@scripts/python-environment .build/spark Tests/Spark/requirements.txt 3.10
	.build/spark/bin/python -E -s -B -X utf8 Tests/Differential/spark.py --cesuan $(CESUAN)

# The kernel for Jupyter and the magics for IPython, with what they need installed below .build the first time.
test-jupyter: build
	@scripts/python-environment .build/jupyter Tests/Jupyter/requirements.txt 3.11
	.build/jupyter/bin/python -s -B -X utf8 Tests/Jupyter/check.py $(CESUAN)
	CESUAN_PROGRAM=$(abspath $(CESUAN)) .build/jupyter/bin/python -E -s -B -X utf8 python/test_session.py

# A live page in headless Chromium: parameters, cells, exercises, files that change, several viewers, and who is kept out.
# PICTURES=FOLDER leaves pictures of it there.
test-page: build python
	@scripts/install-missing test-page
	$(PYTHON) Tests/Page/check.py $(CESUAN) $(if $(PICTURES),--pictures $(PICTURES))

# What Neovim and Emacs make of a document, with the set-ups in editors/.
test-editors: build
	@scripts/install-missing test-editors
	@mkdir -p .build/editors && cp Sources/CDistricts/documents/changle-2022.md .build/editors/document.md
	@ln -sf $(abspath $(CESUAN)) .build/editors/cesuan
	PATH=$(abspath .build/editors):$$PATH CESUAN_DOCUMENT=.build/editors/document.md \
	  nvim --headless -u NONE -i NONE -c 'source Tests/Editors/neovim.lua'
	PATH=$(abspath .build/editors):$$PATH CESUAN_DOCUMENT=.build/editors/document.md \
	  emacs --batch -Q -l Tests/Editors/emacs.el

# Every reader under libFuzzer for FUZZ_SECONDS each, one after another. New inputs that reach something new are kept below
# .build/fuzz and gone on from; one that ends a reader, keeps it for long or takes too much memory is left there as
# READER-crash-…, READER-timeout-…, READER-oom-…
fuzz:
	@scripts/install-missing build
	@scripts/fuzz $(FUZZ_SECONDS) $(FUZZ_READERS)

bench-program: build
	swift build -c release --static-swift-stdlib -debug-info-format none --scratch-path .build/optimised --product cesuan-bench

# How fast: one table, after every total has been compared with hand-written loops. SIZES=100k,1M,10M for more;
# PEERS=1 for DuckDB, Polars, pandas and OpenFisca in the same run, which are installed below .build the first time.
bench: bench-program python
	$(PYTHON) scripts/bench.py .build/release/cesuan-bench $(CESUAN) --sizes $(SIZES) $(if $(filter-out 0,$(PEERS)),--peers)
	$(PYTHON) scripts/multiples.py .build/release/cesuan-bench $(CESUAN) $(FLOORS)

# The rows of `make bench` that have a limit; fails where one is passed. FLOOR=PROGRAM FLOOR_DATA=FOLDER for those beside a
# program that does nothing else.
bench-check: bench-program python
	$(PYTHON) scripts/multiples.py .build/release/cesuan-bench $(CESUAN) --check $(FLOORS)

# Hires that are not read here: a folder of Parquet files, costed by DuckDB, with SPARK=FOLDER by the Spark in that folder as
# well (.build/spark once `make test-spark` has run), and by the program beside it as far as one file goes. 100M hires take
# 8 GB of disk, and as much again while they are costed.
bench-warehouse: build python
	$(PYTHON) scripts/warehouse.py $(CESUAN) $(ENVIRONMENT)/bin/duckdb --sizes $(WAREHOUSE) $(if $(SPARK),--spark $(SPARK))

# The program, its manual page and completions for three shells, as its argument parser writes them.
install: build
	@scripts/install-files $(CESUAN) $(DESTDIR)$(PREFIX)

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/cesuan $(DESTDIR)$(PREFIX)/share/man/man1/cesuan.1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/cesuan \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_cesuan $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/cesuan.fish

# The program for machines without Swift, below dist/: by itself, as a tarball, as a Debian package, as a Python wheel.
dist: build python
	@scripts/install-missing dist
	@scripts/dist $(CESUAN) $(PYTHON_ALONE)

# Each of them installed in a root or environment of its own and run there; the roots want to be made by root.
test-dist: dist
	@scripts/install-missing test-dist
	$(PYTHON) Tests/Dist/check.py $(CESUAN) dist

clean:
	rm -rf .build dist
