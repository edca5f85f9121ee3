# Two commands on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
DEMO := .demo/store

.PHONY: demo test check-slow lint clean

demo: .venv/installed
	$(BIN)/interviews index --sample --store $(DEMO)
	@echo; echo '$$ $(BIN)/interviews ask --no-history --store $(DEMO) "$(EN)"'; $(BIN)/interviews ask --no-history --store $(DEMO) "$(EN)"
	@echo; echo '$$ $(BIN)/interviews ask --no-history --store $(DEMO) "$(ZH)"'; $(BIN)/interviews ask --no-history --store $(DEMO) "$(ZH)"
	@echo; echo 'Now index your own folder: $(BIN)/interviews index FOLDER'

EN := Why did Shen Yanqiu promise to eat the installation manual?
ZH := 录音师为什么说噪音就是地址？

test: .venv/developing lint
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 4
	$(BIN)/interviews eval --against accepted --sample 40 --no-policies

check-slow: .venv/developing
	$(BIN)/python -m pytest -m slow
	$(BIN)/interviews eval --against accepted
	$(BIN)/interviews eval --set others --against accepted --no-policies
	$(BIN)/python -m evals.mutants
	$(BIN)/python -m evals.bench cold --runs 3
	$(BIN)/python -m evals.bench search --paragraphs 5000
	$(BIN)/python -m evals.bench embed
	$(BIN)/python -m evals.bench overhead
	$(BIN)/python -m evals.bench chat --no-stock
	$(BIN)/python -m evals.bench screen --runs 3

lint: .venv/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# pip refuses hashes for a local project, so the project itself is installed apart, without its needs.
.venv/installed: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/developing: .venv/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	touch $@

clean:
	rm -rf .venv .demo build dist
