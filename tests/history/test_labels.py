"""How the log's subjects read."""

import pytest

from history import labels
from history.labels import Kind, Label, field_name, labels_of, noun_of, refers_to, register


@pytest.fixture
def asked(monkeypatch):
    """One kind that is registered, and what it was asked for."""
    monkeypatch.setattr(labels, "_kinds", {})
    asked = []

    def find(numbers):
        asked.append(sorted(numbers))
        return {number: Label(f"A{number}", f"/actions/{number}/") for number in numbers if number < 10}

    register("plans.action", Kind("action", find, {"ends_on": "end"}, {"objective": "plans.objective"}))
    return asked


def test_all_subjects_of_a_kind_are_looked_up_at_once(asked):
    found = labels_of(
        [("plans.action", 2), ("plans.scale_code", 5), ("plans.action", 1), ("plans.action", 2)]
    )
    assert found == {
        ("plans.action", 1): Label("A1", "/actions/1/"),
        ("plans.action", 2): Label("A2", "/actions/2/"),
        ("plans.scale_code", 5): Label("scale code 5", ""),
    }
    assert asked == [[1, 2]]


def test_a_thing_that_is_gone_is_named_by_its_number(asked):
    assert labels_of([("plans.action", 12)]) == {("plans.action", 12): Label("action 12", "")}


def test_fields_have_the_names_of_pages(asked):
    assert [field_name("plans.action", name) for name in ("ends_on", "added_by_id")] == ["end", "added by"]
    assert field_name("plans.theme", "ends_on") == "ends on"
    assert [refers_to("plans.action", "objective"), refers_to("plans.action", "title")] == [
        "plans.objective",
        "",
    ]
    assert refers_to("plans.theme", "objective") == ""
    assert noun_of("plans.action") == "action"


def test_a_kind_is_registered_once(asked):
    with pytest.raises(ValueError, match="registered already"):
        register("plans.action", Kind("action", lambda numbers: {}))
