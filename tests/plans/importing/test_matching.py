"""Which action of the plan a row of a document is: by reference, by words, by asking; never by guessing silently."""

import datetime as dt

import pytest

from plans.importing.difference import compare
from plans.importing.writing import difference, stored_values, write_reading
from plans.models import Action, Finding, MovedEnd, Reading
from plans.queries import live_table
from tests.factories import CouncilFactory
from tests.plans.build import BEGUN, NOW, TODAY, action, plan_of, read_action, read_plan

pytestmark = pytest.mark.django_db
TEXTS = (
    "Recruit six qualified social workers for the duty team",
    "Agree a caseload policy with the unions and publish it",
    "Audit forty case files every month and report the findings",
    "Train all foster carers in safer caring by the summer",
    "Open a second contact centre in the north of the borough",
)


@pytest.fixture
def council():
    return CouncilFactory()


def rows(*pairs, **fields):
    return [
        read_action(
            ref,
            key=f"row {number}",
            row=number,
            activity=words,
            outcome="",
            progress="Begun",
            timeline="",
            **fields,
        )
        for number, (ref, words) in enumerate(pairs, 4)
    ]


def unnamed(*texts):
    return [
        read_action("x", ref=None, key=f"row {number}", row=number, activity=words)
        for number, words in enumerate(texts, 4)
    ]


def of_refs(plan):
    return {ref: values["activity"] for ref, values in stored_values(plan).items()}


def again(council, *actions, as_at=TODAY, answers=None):
    return write_reading(
        read_plan(*actions), council=council, as_at=as_at, by=None, now=NOW, answers=answers or {}
    )


def answered(found, key):
    return {question.id: key for question in found.questions}


def test_actions_without_references_are_known_again_by_their_words_wherever_they_stand(council):
    plan = plan_of(council, *unnamed(*TEXTS))
    before = of_refs(plan)
    assert list(before) == [f"P1 no. {n}" for n in range(1, 6)]
    shuffled = [
        TEXTS[3],
        "A new first row about something else entirely",
        TEXTS[0],
        TEXTS[4],
        TEXTS[1],
        TEXTS[2],
    ]
    _, found = again(council, *unnamed(*shuffled))
    assert (found.new, found.missing, found.changed, found.questions) == (("P1 no. 6",), (), (), ())
    assert of_refs(plan).items() >= before.items()


def test_a_row_without_a_reference_that_was_reworded_a_little_is_the_same_and_a_lot_is_asked(council):
    plan = plan_of(council, *unnamed(*TEXTS))
    little = "Recruit six qualified social workers for the duty team quickly"
    lot = "Agree a caseload policy with all managers, then put it in force"
    _, found = again(council, *unnamed(little, lot, *TEXTS[2:]))
    assert found.changed_refs == ("P1 no. 1",)
    assert [(q.code, q.ref) for q in found.open_questions] == [("same_action", "P1 no. 2")]
    assert action(plan, "P1 no. 2").activity == TEXTS[1]
    assert (found.new, found.missing) == ((), ())
    _, found = again(council, *unnamed(little, lot, *TEXTS[2:]), answers=answered(found, "same"))
    assert action(plan, "P1 no. 2").activity == lot


def test_rows_that_say_the_same_are_told_apart_by_their_order(council):
    plan = plan_of(council, *unnamed("Report to the board", "Report to the board", TEXTS[0]))
    numbers = dict(Action.objects.filter(plan=plan).values_list("ref", "pk"))
    _, found = again(council, *unnamed("Report to the board", "Report to the board", TEXTS[0]))
    assert (found.same, found.empty) == (3, True)
    assert dict(Action.objects.filter(plan=plan).values_list("ref", "pk")) == numbers


def test_references_longer_than_their_column_never_collide(council):
    long = "R" * 70
    actions = rows((long + "1", TEXTS[0]), (long + "2", TEXTS[1]))
    plan = plan_of(council, *actions)
    assert len(of_refs(plan)) == 2
    _, found = again(council, *actions[::-1])
    assert (found.new, found.changed, found.missing) == ((), (), ())


def test_a_reference_that_means_quite_another_action_is_asked_about_and_nothing_written_until_answered(
    council,
):
    plan = plan_of(council, *rows(("P1.1", TEXTS[0]), ("P1.2", TEXTS[1])))
    document = rows(("P1.1", TEXTS[4]), ("P1.2", TEXTS[1]), rating="G")
    _, found = again(council, *document)
    question = found.open_questions[0]
    assert [(q.code, q.ref, len(q.choices)) for q in found.open_questions] == [("other_action", "P1.1", 2)]
    assert (action(plan, "P1.1").activity, action(plan, "P1.1").rating.code) == (TEXTS[0], "A")
    assert (found.left, found.missing, found.new) == (("P1.1",), (), ())
    assert Finding.objects.get(plan=plan, code="other_action").ref == "P1.1"
    reworded = difference(read_plan(*document), plan, {question.id: "same"})
    assert "activity" in {change.field for change in reworded.changed if change.ref == "P1.1"}
    _, other = again(council, *document, answers={question.id: "different"})
    assert (other.new, other.missing) == (("P1.1 (2)",), ("P1.1",))
    assert of_refs(plan) == {"P1.1": TEXTS[0], "P1.2": TEXTS[1], "P1.1 (2)": TEXTS[4]}


def test_two_actions_that_swapped_their_references_are_asked_about_once(council):
    plan = plan_of(council, *rows(("P1.1", TEXTS[0]), ("P1.2", TEXTS[1]), ("P1.3", TEXTS[2])))
    document = rows(("P1.1", TEXTS[1]), ("P1.2", TEXTS[0]), ("P1.3", TEXTS[2]))
    found = difference(read_plan(*document), plan)
    assert [(q.code, q.suggestion) for q in found.questions] == [("renumbered", "words")]
    by_words = difference(read_plan(*document), plan, answered(found, "words"))
    assert (by_words.changed, by_words.new, by_words.missing, by_words.left) == ((), (), (), ())
    by_refs = difference(read_plan(*document), plan, answered(found, "refs"))
    assert by_refs.changed_refs == ("P1.1", "P1.2")


def test_a_renumbered_plan_is_recognised_by_words_asked_once_and_not_again(council):
    plan = plan_of(council, *rows(*((f"P1.{n}", words) for n, words in enumerate(TEXTS, 1))))
    shifted = rows(
        ("P1.1", "Something that stands before everything else now"),
        *((f"P1.{n}", words) for n, words in enumerate(TEXTS, 2)),
    )
    found = difference(read_plan(*shifted), plan)
    assert [q.code for q in found.open_questions] == ["renumbered"]
    assert len(found.left) == 6
    reading = Reading.objects.create(
        council=council, file_id=stored_file(council).pk, as_at=TODAY, begun_at=NOW, state=Reading.State.READY
    )
    _, written = write_reading(
        read_plan(*shifted), council=council, as_at=TODAY, by=None, now=NOW, stored=reading,
        answers=answered(found, "words"),
    )  # fmt: skip
    assert (written.new, written.changed, written.missing) == (("P1.1 (2)",), (), ())
    Reading.objects.filter(pk=reading.pk).update(state=Reading.State.WRITTEN, plan=plan, written_at=NOW)
    later = difference(read_plan(*shifted), plan)
    assert (later.questions, later.new, later.changed, later.missing, later.same) == ((), (), (), (), 6)


def stored_file(council):
    from councils.rights import Thing
    from files.services import store_file

    return store_file(
        council=council, thing=Thing.PLAN_SOURCE, name="p.csv", content=b"a,b\n1,2\n", by=None, now=NOW
    )


def test_a_retired_action_that_is_named_again_is_asked_about_and_never_missed(council):
    plan = plan_of(council, *rows(("P1.1", TEXTS[0]), ("P1.2", TEXTS[1])))
    Action.objects.filter(plan=plan, ref="P1.2").update(retired_on=dt.date(2015, 3, 1))
    assert difference(read_plan(*rows(("P1.1", TEXTS[0]))), plan).missing == ()
    document = rows(("P1.1", TEXTS[0]), ("P1.2", TEXTS[1]), rating="G")
    _, found = again(council, *document)
    assert [(q.code, q.ref) for q in found.open_questions] == [("retired_action", "P1.2")]
    assert action(plan, "P1.2").retired_on is not None
    again(council, *document, answers=answered(found, "again"))
    assert (action(plan, "P1.2").retired_on, action(plan, "P1.2").rating.code) == (None, "G")


def test_actions_that_stand_elsewhere_are_moved_and_the_plan_keeps_the_documents_order(council):
    plan = plan_of(council, *rows(*((f"P1.{n}", words) for n, words in enumerate(TEXTS, 1))))
    ordered = rows(
        ("P1.5", TEXTS[4]), ("P1.1", TEXTS[0]), ("P1.2", TEXTS[1]), ("P1.9", "A new one in the middle of it"),
        ("P1.3", TEXTS[2]), ("P1.4", TEXTS[3]),
    )  # fmt: skip
    _, found = again(council, *ordered)
    assert [(m.ref, m.what, m.old, m.new) for m in found.moved] == [("P1.5", "order", "after P1.4", "first")]
    table = [row.ref for row in live_table(plan, today=TODAY).actions]
    assert table == ["P1.5", "P1.1", "P1.2", "P1.9", "P1.3", "P1.4"]


def test_an_end_that_a_document_moves_or_says_was_moved_is_kept_once(council):
    first, second, third = dt.date(2015, 3, 31), dt.date(2015, 5, 31), dt.date(2015, 9, 30)
    plan = plan_of(council, read_action("P1.1", end=second, earlier_ends=(first,)))
    moved = MovedEnd.objects.filter(action__plan=plan).order_by("pk")
    assert list(moved.values_list("old", "new", "on", "source")) == [(first, second, None, "document")]
    later = read_action("P1.1", end=third, earlier_ends=(first, second))
    again(council, later)
    again(council, later)
    assert list(moved.values_list("old", "new", "on")) == [(first, second, None), (second, third, TODAY)]


def test_what_recurs_evidence_and_impact_are_kept_and_stay_when_a_document_is_silent(council):
    plan = plan_of(
        council,
        read_action(
            "P1.1",
            evidence="Board minutes",
            impact_rating="G",
            schedule="Monthly - after each Board",
            timeline="Monthly",
        ),
    )
    row = action(plan, "P1.1")
    assert (row.evidence_words, row.impact.code, row.recurs["kind"]) == ("Board minutes", "G", "with_each")
    again(council, read_action("P1.1", rating="R", timeline="Monthly"))
    row = action(plan, "P1.1")
    assert (row.rating.code, row.impact.code, row.evidence_words) == ("R", "G", "Board minutes")
    assert row.updates.order_by("-pk").first().impact.code == "G"


def test_the_same_finding_is_kept_once_and_what_a_person_settled_is_not_asked_again(council):
    from councils.roles import Role
    from plans.services import settle_finding
    from tests.factories import member

    plan = plan_of(council, *rows(("P1.1", TEXTS[0]), ("P1.2", TEXTS[1])))
    document = rows(("P1.1", TEXTS[0]))
    again(council, *document)
    again(council, *document)
    missing = Finding.objects.get(plan=plan, code="missing_from_document")
    settle_finding(
        council=council,
        finding_id=missing.pk,
        how="Kept",
        by=member(Role.PROGRAMME_MANAGER, council),
        now=NOW,
    )
    again(council, *document)
    assert Finding.objects.filter(plan=plan, code="missing_from_document").count() == 1


def test_what_is_compared_is_what_is_written():
    actions = rows(*((f"P1.{n}", words) for n, words in enumerate(TEXTS, 1)))
    assert compare(read_plan(*actions), {}).new == tuple(f"P1.{n}" for n in range(1, 6))


def test_a_document_of_an_earlier_day_than_the_first_is_no_reason_for_the_wrong_order(council):
    plan = plan_of(council, *rows(("P1.1", TEXTS[0])), as_at=BEGUN)
    assert stored_values(plan)["P1.1"]["order"] == 0
