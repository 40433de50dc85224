# Everything a person or the build does with this repository; `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help setup assets run test browser check lint types layers dependencies packs compose prove fuzz mutate bench lock clean

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := -m pip install -qq --disable-pip-version-check --require-hashes
VENDOR := app/web/static/vendor
USWDS := node_modules/@uswds/uswds

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

setup: .venv/.ready assets ## the environment in .venv and the installed assets
assets: $(VENDOR)/.ready

.venv/.ready: requirements/dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: apt-get install python3 python3-venv" >&2; exit 1; }
	@echo "Setting up .venv (about a minute the first time)"
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@$(BIN)/python $(PIP) -r requirements/dev.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Node is needed for one copy only; where there is none, it comes as a Python package.
node_modules/.ready: package-lock.json .npmrc
	@if command -v npm >/dev/null; then npm ci --silent; else \
		$(PYTHON) -m venv .build && .build/bin/python $(PIP) -r requirements/build.txt && PATH="$$PWD/.build/bin:$$PATH" npm ci --silent; fi
	@touch $@

# What the pages use of USWDS, set in Public Sans: the style sheet names other fonts, which are not shipped.
$(VENDOR)/.ready: node_modules/.ready Makefile
	@rm -rf $(VENDOR) && mkdir -p $(VENDOR)/uswds/css $(VENDOR)/uswds/js $(VENDOR)/uswds/fonts $(VENDOR)/uswds/img
	@cp $(USWDS)/LICENSE.md $(VENDOR)/uswds/
	@cp $(USWDS)/dist/js/uswds.min.js $(USWDS)/dist/js/uswds-init.min.js $(VENDOR)/uswds/js/
	@for f in Regular Italic SemiBold Bold; do cp $(USWDS)/dist/fonts/public-sans/PublicSans-$$f.woff2 $(VENDOR)/uswds/fonts/; done
	@{ echo '@charset "UTF-8";'; for f in Regular:400:normal Italic:400:italic SemiBold:600:normal Bold:700:normal; do IFS=: && set -- $$f && \
		printf '@font-face{font-family:"Public Sans";font-weight:%s;font-style:%s;font-display:swap;src:url(../fonts/PublicSans-%s.woff2) format("woff2")}\n' $$2 $$3 $$1; done; \
		sed -E 's/@charset "[^"]*";//; s/@font-face\{[^}]*\}//g; s/"?(Source Sans Pro|Merriweather) Web"?/"Public Sans"/g; s/"?Roboto Mono Web"?/ui-monospace/g; s/\/\*# sourceMappingURL.*//' \
		$(USWDS)/dist/css/uswds.min.css; } > $(VENDOR)/uswds/css/uswds.min.css
	@cd $(USWDS)/dist/img && { grep -oE '\.\./img/[a-z0-9/_-]+\.svg' ../css/uswds.min.css | sed 's/^...img.//' | sort -u; echo sprite.svg; } | \
		tar -cf - -T - | tar -xf - -C "$(CURDIR)/$(VENDOR)/uswds/img"
	@touch $@

run: setup ## the service on http://127.0.0.1:8000 (HOST= and PORT= are respected)
	@exec $(BIN)/voi serve

test: setup browser ## every test (ARGS= goes to pytest)
	@$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

browser:
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null; } || \
		echo "No browser: the browser tests need Chromium (sudo apt-get install chromium)"

check: setup lint types layers dependencies packs compose ## lint, types, layers, dependencies, packs, compose file

lint:
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
types:
	@$(BIN)/mypy --no-error-summary
layers:
	@$(BIN)/lint-imports --no-logo
dependencies:
	@$(BIN)/deptry . --no-ansi
packs:
	@$(BIN)/voi law check
compose:
	@$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

fuzz: setup ## near-right input for every reader and every route (ARGS="--minutes 20 --seed 1")
	@$(BIN)/python $(PIP) -r requirements/fuzz.txt || echo "Without atheris, which has no build for this Python, nothing is guided."
	@nice -n 10 $(BIN)/python -m tests.fuzz $(ARGS)

mutate: setup ## wrong versions of the law and of the rules, which examples and tests have to notice (about an hour)
	@nice -n 10 $(BIN)/python -m tests.law.flip_check
	@$(BIN)/python $(PIP) -r requirements/mutate.txt
	@nice -n 10 $(BIN)/python -m tests.mutants $(ARGS)

prove: setup ## the rules against strangers and brute force, a million sets (ARGS=--help)
	@$(BIN)/python -m tests.prove $(ARGS)

bench: setup ## the benchmarks
	@$(BIN)/python -m bench $(ARGS)

# Hashes and versions only: where packages come from is the machine's own setting.
EXPORT := export --quiet --frozen --format requirements.txt --no-emit-project --no-emit-index-url --no-header --no-annotate
lock: ## renew requirements/*.txt and package-lock.json from pyproject.toml and package.json
	@command -v uv >/dev/null || $(BIN)/python -m pip install -qq uv
	@PATH="$$PWD/$(BIN):$$PATH" && uv lock --upgrade --quiet && mkdir -p requirements && \
		uv $(EXPORT) --no-default-groups -o requirements/run.txt >/dev/null && \
		uv $(EXPORT) --group dev -o requirements/dev.txt >/dev/null && \
		uv $(EXPORT) --only-group build --only-group node -o requirements/build.txt >/dev/null && \
		uv $(EXPORT) --only-group fuzz -o requirements/fuzz.txt >/dev/null && \
		uv $(EXPORT) --only-group mutate -o requirements/mutate.txt >/dev/null
	@npm install --silent --package-lock-only

clean: ## remove what the targets above made, but not var/
	rm -rf .venv .build node_modules mutants $(VENDOR) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache uv.lock
