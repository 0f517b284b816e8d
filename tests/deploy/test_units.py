"""What the example units say; `make rehearse-deploy` starts what they start."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands
from environ import Env

from tests.deploy.units import FOLDER, Unit, all_units, environment_in
from tests.served import ROOT

UNITS = all_units()
SERVICES = {name: unit for name, unit in UNITS.items() if name.endswith(".service")}
TIMERS = {name: unit for name, unit in UNITS.items() if name.endswith(".timer")}

RELEASE = "/srv/directory/current"
# Without these, whoever breaks into a process owns more than its data.
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "RestrictSUIDSGID": "yes",
    "CapabilityBoundingSet": "",
    "SystemCallFilter": "@system-service",
    "User": "directory",
}
EXAMPLE = (ROOT / "deploy" / "environment.example").read_text()


@pytest.fixture(params=list(SERVICES.values()), ids=list(SERVICES))
def service(request: pytest.FixtureRequest) -> Unit:
    unit: Unit = request.param
    return unit


def test_a_service_may_do_no_more_than_it_needs(service: Unit) -> None:
    assert {key: service.values(key) for key in HARDENED} == {
        key: [value] for key, value in HARDENED.items()
    }


def test_a_service_starts_what_there_is(service: Unit) -> None:
    commands = [shlex.split(command) for command in service.values("ExecStart")]

    assert commands
    for program, script, *arguments in commands:
        assert program == f"{RELEASE}/.venv/bin/python"
        if script == "-m":
            assert arguments == ["directory.serve"]
        else:
            assert (script, arguments[0] in get_commands()) == ("manage.py", True)


def test_the_web_server_ends_its_own_workers_and_counts_in_memory() -> None:
    web = SERVICES["directory-web.service"]

    assert web.values("KillMode") == ["mixed"]
    assert web.values("RuntimeDirectory") == ["directory"]


def test_every_timer_has_its_service_and_makes_up_for_missed_days() -> None:
    assert TIMERS
    for name, timer in TIMERS.items():
        assert name.replace(".timer", ".service") in SERVICES
        assert timer.values("Persistent") == ["yes"]


def test_nginx_serves_the_copy_that_a_service_writes() -> None:
    nginx = (ROOT / "deploy" / "nginx" / "directory.conf").read_text()
    (command,) = SERVICES["directory-copy.service"].values("ExecStart")
    folder = command.split()[-1]

    assert f"root {folder};" in nginx
    assert SERVICES["directory-copy.service"].values("UMask") == ["0022"]  # nginx reads it


def test_the_example_environment_sets_what_the_readme_explains() -> None:
    said = re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    explained = (ROOT / "README.md").read_text().partition("## Configuration")[2]

    assert said
    assert [name for name in said if f"`{name}`" not in explained] == []


def test_the_example_databases_are_understood() -> None:
    postgresql = environment_in(EXAMPLE)["DATABASE_URL"]
    (sqlite,) = re.findall(r"^#DATABASE_URL=(\S+)", EXAMPLE, re.MULTILINE)

    assert Env.db_url_config(postgresql)["NAME"] == "directory"
    assert Env.db_url_config(sqlite)["NAME"] == "/var/lib/directory/db.sqlite3"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze")
def test_systemd_understands_them(tmp_path: Path) -> None:
    for path in FOLDER.iterdir():
        text = path.read_text().replace(RELEASE, str(ROOT)).replace("User=directory", "User=root")
        (tmp_path / path.name).write_text(text)
    files = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True)

    complaints = [line for line in done.stderr.splitlines() if str(tmp_path) in line]
    assert (done.returncode, complaints) == (0, [])


def test_nginx_asks_where_the_web_server_listens() -> None:
    nginx = (ROOT / "deploy" / "nginx" / "directory.conf").read_text()
    said = environment_in(EXAMPLE)

    assert f"server {said['HOST']}:{said['PORT']};" in nginx
