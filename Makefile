# One command for each thing. "make help" lists them.

PYTHON ?= python3
PORT ?= 8000
RESOURCES ?= 50000
SERVICES ?= 100000
SIZES ?= 10000,100000,1000000
BIN := .venv/bin
SOURCES := directory resources scripts tests manage.py
TEMPLATES = $(shell find templates resources -name '*.html')

export PORT
.PHONY: help environment run test test-replicas check curator format attack bench-pages bench-search bench-answers bench-desk bench-sheets bench-alerts bench-watching bench-lists bench-api bench-import bench-data bench-replicas bench-steady bench-weight bench-migrations attack-faults rehearse-links rehearse-upgrade sample messages lock rehearse-restore rehearse-deploy rehearse-container check-pins sbom rehearse-patch

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

environment:
	@command -v $(PYTHON) >/dev/null || \
	  { echo "There is no $(PYTHON). On Debian and Ubuntu: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) scripts/environment.py

run: environment ## serve the directory on http://localhost:8000 (PORT=8001 for another)
	@$(BIN)/python -m directory.serve --check
	@$(BIN)/python manage.py prepare
	@exec $(BIN)/python -m directory.serve

test: environment ## all tests: on SQLite, on PostgreSQL, in Chromium (ARGS="-k name" for some)
	@$(BIN)/python -m tests.run $(ARGS)

test-replicas: environment ## what happens as replicas and the primary come and go, with real clusters
	@$(BIN)/python -m tests.run --only replicas -s $(ARGS)

check: environment ## format, lint, types, templates, migrations, translations, reading level, deployment
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy $(SOURCES)
	$(BIN)/djade --target-version 5.2 --check $(TEMPLATES)
	$(BIN)/python -m scripts.check_templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m scripts.translations check
	$(BIN)/python -m scripts.reading_level
	PUBLIC_URL=https://directory.example SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING --database default

curator: environment ## make a curator, who may then sign in at /admin/
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py make_curator

format: environment ## write code and templates in the one format
	$(BIN)/ruff check --fix-only --quiet $(SOURCES)
	$(BIN)/ruff format $(SOURCES)
	-$(BIN)/djade --target-version 5.2 $(TEMPLATES)

attack: environment ## hostile requests in full, and marked words looked for everywhere, on both databases
	@$(BIN)/python -m tests.run --only sqlite,postgresql tests/attack --full

attack-faults: environment ## kills, a full disk, a crowd, a wrong clock (ARGS="--only server --times 3")
	@$(BIN)/python -m tests.faults $(ARGS)

bench-pages: environment ## how fast pages are, small and large, on both databases (RESOURCES=50000)
	@$(BIN)/python -m tests.bench --resources $(RESOURCES)

bench-search: environment ## how fast searches are up to a million resources (SIZES=10000,100000)
	@$(BIN)/python -m tests.bench.search --sizes $(SIZES)

bench-answers: environment ## how fast the answers of /find-help/ are, up to a million resources
	@$(BIN)/python -m tests.bench.answers

bench-desk: environment ## how fast the curators' desk is on a large directory (RESOURCES=50000)
	@$(BIN)/python -m tests.bench.desk --resources $(RESOURCES)

bench-sheets: environment ## how fast a spreadsheet of 10,000 rows is previewed, and in how much memory
	@$(BIN)/python -m tests.bench.sheets

bench-alerts: environment ## how fast 10,000 addresses hear of 50 funds, and that none hears twice
	@$(BIN)/python -m tests.bench.alerts

bench-watching: environment ## how fast /open-now/, feeds and tables are with 300,000 sightings
	@$(BIN)/python -m tests.bench.watching

bench-lists: environment ## how fast lists are shown and made into PDFs, on both databases
	@$(BIN)/python -m tests.bench.lists

bench-api: SIZES = 50000,1000000
bench-api: environment ## how fast the open API is, up to a million services (SIZES=50000)
	@$(BIN)/python -m tests.bench.api --sizes $(SIZES)

rehearse-links: environment ## visit the starter's links on servers of this machine that play every case
	@$(BIN)/python -m tests.rehearsal

bench-data: environment ## how fast open data is published (RESOURCES=50000) and the site copied
	@$(BIN)/python -m tests.bench.data --resources $(RESOURCES)

bench-import: environment ## how fast HSDS of others is taken in (SERVICES=100000)
	@$(BIN)/python -m tests.bench.intake --services $(SERVICES)

bench-migrations: RESOURCES = 100000
bench-migrations: environment ## what migrations lock, and for how long (RESOURCES=100000)
	@$(BIN)/python -m tests.upgrade.measuring --resources $(RESOURCES)

rehearse-upgrade: environment ## the code before and after on one database (ARGS="--from COMMIT")
	@$(BIN)/python -m tests.upgrade $(ARGS)

bench-replicas: environment ## how many search pages a second come from one, two and three database servers
	@$(BIN)/python -m tests.bench.replicas --resources $(RESOURCES)

bench-steady: SECONDS ?= 600
bench-steady: environment ## 50 requests a second behind nginx for ten minutes, and new workers in between (SECONDS=60)
	@$(BIN)/python -m tests.bench.steady --seconds $(SECONDS)

rehearse-restore: environment ## lose a directory and bring it back, on both databases (RESOURCES=50000)
	@$(BIN)/python -m tests.restoring --sizes starter,$(RESOURCES)

rehearse-deploy: environment ## start what deploy/ starts behind nginx, kill it, start it again
	@$(BIN)/python -m tests.deploy

rehearse-container: environment ## run the steps of deploy/Containerfile in a folder, without an engine
	@$(BIN)/python -m tests.deploy.container

bench-weight: environment ## how many bytes come before somebody can read
	@$(BIN)/python -m tests.run --only browser tests/browser/test_first_view.py

sample: environment ## a larger directory made from the starter's texts (RESOURCES=50000)
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py make_sample --resources $(RESOURCES)

messages: environment ## bring locale/ up to date with the words in code and templates
	@$(BIN)/python -m scripts.translations renew

lock: ## choose the newest versions that pyproject.toml allows, and write requirements.lock
	@$(PYTHON) -m scripts.lock

check-pins: ## whether every pin is its series' newest patch, and Django no older than its last security release
	@$(PYTHON) -m scripts.pins

rehearse-patch: PIN = segno==1.6.5
rehearse-patch: environment ## lock, test, deploy one pin in a folder of its own, and roll it back (PIN=name==version)
	@$(BIN)/python -m tests.upgrade.patch $(PIN)

sbom: ## a CycloneDX list of all dependencies, in var/
	@$(PYTHON) -m scripts.sbom
