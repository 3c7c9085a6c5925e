"""docker-compose.yml describes what is tested: its commands are those that `make run` starts, its variables are settings."""

import re

import yaml
from honcho.environ import parse_procfile

from tests.architecture.source import ROOT
from tests.architecture.test_settings_table import documented

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = ("web", "worker", "beat")
# what compose itself needs to know on top: the password that DATABASE_URL is made with
COMPOSE_ONLY = {"DATABASE_PASSWORD"}


def test_it_has_web_worker_beat_database_and_redis():
    assert sorted(SERVICES) == ["beat", "database", "migrate", "redis", "web", "worker"]


def test_each_lasting_service_has_a_health_check():
    assert [name for name, service in SERVICES.items() if "healthcheck" not in service] == ["migrate"]


def test_our_services_run_the_commands_of_the_procfile():
    procfile = parse_procfile((ROOT / "Procfile").read_text(encoding="utf-8")).processes
    assert {name: SERVICES[name]["command"] for name in OURS} == dict(procfile)


def test_our_services_are_given_settings_that_exist():
    for name in (*OURS, "migrate"):
        assert sorted(set(SERVICES[name]["environment"]) - set(documented())) == []


def test_what_is_taken_from_the_operator_is_a_setting_too():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    taken = set(re.findall(r"\$\{(\w+)", text))
    assert taken - set(documented()) == COMPOSE_ONLY


def test_secrets_and_addresses_have_no_default():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    for name in ("SECRET_KEY", "DATABASE_PASSWORD", "SITE_URL", "ALLOWED_HOSTS"):
        assert re.findall(rf"\$\{{{name}(:.)", text)[0] == ":?"


def test_the_settings_that_the_image_sets_exist():
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    names = {
        name
        for line in dockerfile.splitlines()
        if line.startswith(("ENV ", "ARG "))
        for name in re.findall(r"\b([A-Z_]+)=", line)
    }
    assert sorted(names - set(documented())) == ["PATH", "PYTHONUNBUFFERED"]
