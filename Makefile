# Everything that people do with this project. Needs Python 3.11+ and make; the rest is set up on first use.
PYTHON ?= python3
PY := .venv/bin/python
ENVIRONMENT := PYTHONPATH=scripts PYTHONDONTWRITEBYTECODE=1
SITE := @$(ENVIRONMENT) $(PY) -m iontosite

.PHONY: help site proof test quick serve check diff review sign translated handouts hosting permalinks outside-links spoken bench mutate exits load licences growth lint format coverage lock clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

site: .venv/ready-build ## build everything into site/
	$(SITE) build

proof: .venv/ready-build ## the same, with the pack for committees as a PDF, which takes half a minute more
	$(SITE) build --proof

test: .venv/ready-test lint ## check the code's style and types, then run every test, in a real browser too
	@$(ENVIRONMENT) $(PY) -m pytest

quick: .venv/ready-test ## the tests that need no browser, while you work
	@$(ENVIRONMENT) $(PY) -m pytest -m "not slow"

serve: .venv/ready-build ## live preview at http://127.0.0.1:8000/ that rebuilds on save; another port: make serve PORT=8001
	$(SITE) serve $(if $(PORT),--port $(PORT))

check: .venv/ready-build ## the checks alone, on docs/ and site/
	$(SITE) check

diff: .venv/ready-build ## what a change does to the built pages and the words of the handouts
	$(SITE) diff

review: .venv/ready-build ## pages whose evidence check or clinical review is due, sign-offs that lapsed; exit 1 if any check is overdue
	$(SITE) review

sign: .venv/ready-build ## print what to enter for a sign-off: make sign OF="/after/ /before/"
	$(SITE) sign $(OF)

translated: .venv/ready-build ## enter that a translation says what the first language says now: make translated FILE=docs/es/after.md
	$(SITE) translated $(FILE)

handouts: .venv/ready-build ## make the PDF handouts alone, into build/handouts/
	$(SITE) handouts

hosting: site ## what a server of your own needs, into build/hosting/: .br and .gz beside each text, nginx.conf, Containerfile
	$(SITE) hosting

permalinks: .venv/ready-build ## enter new addresses of site/ into the ledger
	$(SITE) permalinks

outside-links: .venv/ready-build ## check links to other sites over the network
	$(SITE) outside-links

spoken: .venv/ready-test ## write down what a screen reader says of each kind of page, after a change that is meant
	@SPOKEN=write $(ENVIRONMENT) $(PY) -m pytest -q tests/test_reach.py -k screen_reader

bench: site .venv/ready-test ## how fast pages are on a weak connection, beside stock Material; wants a quiet machine
	$(SITE) bench

mutate: .venv/ready-build ## damage the real sources in 2,000 ways, and count what the checks tell: make mutate SEED=2
	$(SITE) mutate --seed $(or $(SEED),1) --count $(or $(COUNT),2000)

exits: site ## build the same pages with ProperDocs and with Zensical, without Material, and compare each page
	@$(PYTHON) scripts/setup.py exits
	$(SITE) exits

load: hosting ## how many requests a second the site's nginx answers, and how fast; wants a quiet machine
	$(SITE) load

licences: .venv/ready-test ## write the page of licences anew, after make lock
	$(SITE) licences

growth: .venv/ready-test ## how a build grows with pages and languages, stage by stage, with table and plot
	@$(PY) tests/measure_growth.py

lint: .venv/ready-test ## check form, style and types of the Python code
	@.venv/bin/ruff format --check --quiet scripts tests || { echo "The code's form differs: run make format"; exit 1; }
	@.venv/bin/ruff check --quiet scripts tests
	@$(ENVIRONMENT) .venv/bin/mypy --no-error-summary

format: .venv/ready-test ## bring the Python code into its one form
	@.venv/bin/ruff format --quiet scripts tests

coverage: .venv/ready-test ## which lines and branches of scripts/ no test reaches
	@$(ENVIRONMENT) $(PY) -m coverage run -m pytest -p no:cacheprovider
	@$(PY) -m coverage combine --quiet && $(PY) -m coverage report

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
