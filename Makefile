# Two commands on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
DEMO := .demo/store

.PHONY: demo test check-slow lint clean

demo: .venv/installed
	$(BIN)/interviews index --sample --store $(DEMO)
	@echo; echo '$$ interviews ask "$(EN)"'; $(BIN)/interviews ask --store $(DEMO) "$(EN)"
	@echo; echo '$$ interviews ask "$(ZH)"'; $(BIN)/interviews ask --store $(DEMO) "$(ZH)"
	@echo; echo 'Now index your own folder: $(BIN)/interviews index FOLDER'

EN := Why did the grid engineer stop trusting the forecast?
ZH := 种茶的人后来为什么改变了主意？

test: .venv/developing lint
	$(BIN)/python -m pytest -n 2

check-slow: .venv/developing
	$(BIN)/python -m pytest -m slow

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
