"""Whatever goes wrong is told as problem details (RFC 9457)."""

import json

import pytest
from django.test import Client

from councils.api.endpoints import CouncilList
from councils.roles import Role
from tests.api.conftest import Caller, calls
from tests.factories import member
from tests.plans.build import objective as objective_of


@pytest.fixture
def caller(council):
    return calls(member(Role.PROGRAMME_MANAGER, council))


@pytest.fixture
def objective(here, plan) -> str:
    return f"{here}/objectives/{objective_of(plan, '1').pk}"


def problem(answer) -> dict:
    assert answer["Content-Type"] == "application/problem+json"
    told = json.loads(answer.content)
    assert set(told) >= {"type", "title", "status", "detail"}
    assert told["status"] == answer.status_code
    return told


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [
        ("get", "/api/v1/nothing/here", 404, "Not Found"),
        ("post", "/api/v1/nothing/here", 404, "Not Found"),
        ("get", "/api/v1/", 404, "Not Found"),
        ("get", "/api/v1/councils/", 404, "Not Found"),
        ("get", "/api/v1/councils/nowhere", 404, "Not Found"),
        ("get", "/api/v1/councils?page=x", 404, "Not Found"),
        ("delete", "/api/v1/councils", 405, "Method Not Allowed"),
        ("options", "/api/v1/councils", 405, "Method Not Allowed"),
        ("post", "/api/v1/schema", 405, "Method Not Allowed"),
    ],
)
def test_errors_are_problems(caller, method, path, status, title):
    told = problem(getattr(caller, method)(path))
    assert (told["type"], told["status"], told["title"]) == ("about:blank", status, title)


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_a_method_that_an_endpoint_does_not_have_is_refused(caller, here, method):
    assert problem(getattr(caller, method)(f"{here}/actions"))["status"] == 405


@pytest.mark.parametrize("path", ["/api/v1/councils", "/api/v1/schema", "/api/v1/nothing"])
def test_not_being_signed_in_is_a_problem(path, db):
    assert problem(Client().get(path))["status"] == 401
    assert problem(Caller("nbt_no").get(path))["status"] == 401


def test_the_errors_of_fields_are_listed(caller, objective):
    told = problem(caller.write("patch", objective, {"why": "Late"}, etag=caller.get(objective)["ETag"]))
    assert told["detail"] == "Some of what was sent could not be accepted."
    assert told["errors"] == [{"field": "why", "detail": "This is not known here."}]
    told = problem(caller.write("patch", objective, {}, etag=caller.get(objective)["ETag"]))
    assert told["errors"] == [
        {"field": "rating", "detail": "This field is required."},
        {"field": "reason", "detail": "This field is required."},
    ]


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        ("{", "application/json", 400),
        ('{"rating": NaN}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        ("rating=R", "application/x-www-form-urlencoded", 415),
        ("<plan/>", "application/xml", 415),
    ],
)
def test_a_body_that_cannot_be_read_is_a_problem(caller, objective, content, content_type, status):
    headers = {"if-match": caller.get(objective)["ETag"]}
    answer = caller.patch(objective, content, content_type=content_type, headers=headers)
    assert problem(answer)["status"] == status
    assert caller.get(objective).json()["version"] == 1


def test_a_body_that_is_too_large_is_a_problem(caller, objective, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    told = problem(
        caller.write("patch", objective, {"reason": "x" * 200}, etag=caller.get(objective)["ETag"])
    )
    assert told["status"] == 413


def test_asking_too_often_is_a_problem_that_says_when_to_come_back(caller, monkeypatch):
    [throttle] = CouncilList.throttle_classes
    monkeypatch.setattr(throttle, "THROTTLE_RATES", {"user": "2/min"})
    statuses = [caller.get("/api/v1/councils").status_code for _ in range(2)]
    refused = caller.get("/api/v1/councils")
    assert (statuses, problem(refused)["status"], refused["Retry-After"]) == ([200, 200], 429, "60")


def test_an_error_that_nobody_foresaw_says_nothing_of_itself(caller, monkeypatch, caplog):
    def fail(self, request):
        raise RuntimeError("the database password is swordfish")

    monkeypatch.setattr(CouncilList, "get", fail)
    caller.raise_request_exception = False
    answer = caller.get("/api/v1/councils")
    assert problem(answer)["status"] == 500
    assert b"swordfish" not in answer.content
    assert [record.exc_info[1].args for record in caplog.records if record.exc_info] == [
        ("the database password is swordfish",)
    ]


def test_tests_hear_of_an_error_that_nobody_foresaw(caller, monkeypatch):
    def fail(self, request):
        raise RuntimeError("swordfish")

    monkeypatch.setattr(CouncilList, "get", fail)
    with pytest.raises(RuntimeError, match="swordfish"):
        caller.get("/api/v1/councils")
