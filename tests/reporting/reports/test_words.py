"""An author's words: lists, bold, and marks that point at facts."""

import datetime as dt

from reporting.reports.comparing import compare
from reporting.reports.facts import (
    Block,
    Cell,
    Facts,
    Figure,
    Reference,
    Requirement,
    Row,
    as_json,
    from_json,
)
from reporting.reports.words import Shape, cited, read, unknown

FACTS = Facts(
    since=dt.date(2015, 2, 1),
    as_at=dt.date(2015, 6, 16),
    position_on=dt.date(2015, 6, 10),
    before_on=None,
    topics={
        "standing": (
            Block("Ratings", "", ("Rating", "Now"), (50, 50), (Row((Cell("R Red", "red"), Cell("3"))),)),
        )
    },
    figures=(Figure("off track", "actions off track", "3"),),
    references=(
        Reference("A1.2", "Action A1.2: see every child", ("Rated R Red.",), "/actions/1/", tested=False),
        Reference("test 1", "Test 1: visits"),
    ),
    requirements=(Requirement("5c", "5c", "Reports", "Report", ("Met once.",)),),
    areas=("Reports",),
)


def shapes(text):
    return [
        (passage.shape, ["".join(run.text for run in line) for line in passage.lines])
        for passage in read(text, FACTS)
    ]


def test_paragraphs_lists_and_headings():
    text = "## First\nTwo lines\nof one paragraph:\n- one\n- two\n  goes on\n\n1. first\n2. second"
    assert shapes(text) == [
        (Shape.HEADING, ["First"]),
        (Shape.PARAGRAPH, ["Two lines of one paragraph:"]),
        (Shape.BULLETS, ["one", "two goes on"]),
        (Shape.NUMBERS, ["first", "second"]),
    ]


def test_a_figure_is_filled_in_and_a_reference_followed_also_inside_bold():
    [passage] = read("Of {Off Track} actions, **[a1.2] is late** and [TEST 1] says why.", FACTS)
    runs = passage.lines[0]
    assert "".join(run.text for run in runs) == "Of 3 actions, A1.2 is late and test 1 says why."
    assert [(run.text, run.bold) for run in runs if run.reference] == [("A1.2", True), ("test 1", False)]


def test_what_the_facts_do_not_know_stays_as_it_was_typed_and_is_told():
    text = "See [A9.9], {nonsense} and [sic]."
    assert shapes(text) == [(Shape.PARAGRAPH, [text])]
    assert unknown(text, FACTS) == ["[A9.9]", "{nonsense}"]


def test_what_a_text_points_at_is_named_once_in_the_order_of_mention():
    assert [one.ref for one in cited("[test 1] [A1.2] [test 1]", FACTS)] == ["test 1", "A1.2"]


def test_frozen_facts_come_back_as_they_were():
    assert from_json(as_json(FACTS)) == FACTS


def test_two_versions_are_compared_word_by_word():
    pieces = compare("It is slow", "It is not slow")
    assert "".join(words for how, words in pieces if how != "del") == "It is not slow"
    assert [words.strip() for how, words in pieces if how == "ins"] == ["not"]
