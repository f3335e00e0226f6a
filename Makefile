# Everything that people do with this project. Needs Python 3.11+ and make; the rest is set up on first use.
PYTHON ?= python3
PY := .venv/bin/python
ENVIRONMENT := PYTHONPATH=scripts PYTHONDONTWRITEBYTECODE=1

.PHONY: help site test serve check review handouts permalinks outside-links lint lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

site: .venv/ready-build ## build everything into site/
	@$(ENVIRONMENT) $(PY) -m iontosite build

test: .venv/ready-test ## run every test, on a fresh build and in a real browser too
	@$(ENVIRONMENT) $(PY) -m pytest

serve: .venv/ready-build ## live preview at http://127.0.0.1:8000/ that rebuilds on save
	@$(ENVIRONMENT) $(PY) -m iontosite serve

check: .venv/ready-build ## the checks alone, on site/ and docs/
	@$(ENVIRONMENT) $(PY) -m iontosite check

review: .venv/ready-build ## pages whose evidence check or clinical review is due; exit 1 if any is overdue
	@$(ENVIRONMENT) $(PY) -m iontosite review

handouts: .venv/ready-build ## make the PDF handouts alone, into build/handouts/
	@$(ENVIRONMENT) $(PY) -m iontosite handouts

permalinks: .venv/ready-build ## enter new addresses of site/ into the ledger
	@$(ENVIRONMENT) $(PY) -m iontosite permalinks

outside-links: .venv/ready-build ## check links to other sites over the network
	@$(ENVIRONMENT) $(PY) -m iontosite outside-links

lint: .venv/ready-test ## check the style of the Python code
	@.venv/bin/ruff check scripts tests

lock: .venv/ready-lock ## refresh the hash-locked requirements from pyproject.toml
	@$(ENVIRONMENT) $(PY) scripts/lock.py

clean: ## remove what was built; the environment stays
	@rm -rf build site

.venv/ready-build: requirements/build.txt scripts/setup.py
	@$(PYTHON) scripts/setup.py build

.venv/ready-test: requirements/test.txt scripts/setup.py
	@$(PYTHON) scripts/setup.py test

.venv/ready-lock: requirements/lock.txt scripts/setup.py
	@$(PYTHON) scripts/setup.py lock
