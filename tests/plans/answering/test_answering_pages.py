"""Leads answer: signed in, by a link, on their behalf, in a sheet. What each way shows and refuses."""

import datetime as dt
import io
import logging
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from config.logs import NoTokens
from councils.roles import Role
from history.models import Change
from notifications.models import Message
from plans.answering.links import end_of, make_link, revoke_link
from plans.answering.who import Who
from plans.models import AnswerLink, ProgressUpdate, SavedFilter
from plans.services import Refused
from tests.factories import CouncilFactory, PersonFactory, member
from tests.plans.build import action, plan_of, read_action

pytestmark = pytest.mark.django_db


def who(plan, ref="P1.1"):
    """The first lead of an action."""
    lead = action(plan, ref).leads.first()
    return Who(lead.name, lead.person_id, lead.organisation_id)


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def manager(council):
    return member(Role.PROGRAMME_MANAGER, council)


@pytest.fixture
def plan(council):
    return plan_of(
        council,
        read_action("P1.1"),
        read_action("P1.2", rating="R", end=dt.date(2015, 2, 28)),
        read_action("P2.1", leads=("Kim Vale",), objective="o2", progress="Only Kim knows this"),
    )


@pytest.fixture
def lead(council, plan):
    """Somebody with an account who leads P1.1 and P1.2."""
    user = member(Role.ACTION_LEAD, council)
    person = PersonFactory(council=council, user=user, name="Pat Reed again")
    for ref in ("P1.1", "P1.2"):
        action(plan, ref).leads.update(person=person)
    return user


def page(council, name, query="", **kwargs):
    return reverse(f"plans:{name}", kwargs={"council": council.slug, **kwargs}) + query


def text(response):
    return response.content.decode()


def made(plan, manager, lead=None, **fields):
    now = timezone.now()
    values = {"label": "the board", "position_on": None, "expires_at": now + dt.timedelta(days=7)}
    link = make_link(plan, lead or who(plan), by=manager, now=now, **(values | fields))
    return link, re.sub(r"^https?://[^/]+", "", link.address)


def sent(row, **fields):
    today = f"{timezone.localdate():%d/%m/%Y}"
    values = {
        "version": row.version,
        "rating": "G",
        "narrative": "Done",
        "reason": "",
        "next_step": "",
        "on": today,
    }
    return values | fields


def test_a_lead_sees_their_actions_in_order_of_need_and_no_others(client, council, plan, lead):
    client.force_login(lead)
    shown = text(client.get(page(council, "my_actions")))
    assert shown.index("P1.2") < shown.index('nb-answer__ref">P1.1')
    assert "P2.1" not in shown
    assert "0 of 2 done" in shown
    assert client.get(page(council, "my_action", pk=action(plan, "P2.1").pk)).status_code == 404


def test_no_change_is_one_step_and_keeps_rating_and_text(client, council, plan, lead):
    client.force_login(lead)
    row = action(plan, "P1.1")
    response = client.post(
        page(council, "my_action", pk=row.pk), {"same": "1", "version": row.version}, follow=True
    )
    assert "P1.1: no change. 1 of 2 done." in text(response)
    update = row.updates.latest("id")
    assert (update.rating.code, update.narrative, update.on, update.by) == (
        "A",
        "Work on P1.1 has begun",
        timezone.localdate(),
        lead,
    )


def test_no_change_of_what_still_owes_a_reason_asks_for_it(client, council, plan, lead):
    client.force_login(lead)
    row = action(plan, "P1.2")
    response = client.post(page(council, "my_action", pk=row.pk), {"same": "1", "version": row.version})
    assert response.status_code == 422
    assert "Say what is in the way" in text(response)
    assert row.updates.count() == 1


def test_after_the_last_answer_the_board_is_named(client, council, plan, lead):
    client.force_login(lead)
    for ref in ("P1.1", "P1.2"):
        row = action(plan, ref)
        response = client.post(page(council, "my_action", pk=row.pk), sent(row), follow=True)
    assert response.redirect_chain[-1][0] == page(council, "my_actions_done")
    assert "All 2 done" in text(response)


def test_two_people_saving_keeps_what_was_typed(client, council, plan, lead, manager):
    row = action(plan, "P1.1")
    client.force_login(manager)
    client.post(page(council, "update", pk=row.pk), sent(row, narrative="The office's words"))
    client.force_login(lead)
    response = client.post(page(council, "my_action", pk=row.pk), sent(row, narrative="My own words"))
    assert response.status_code == 409
    assert "The office&#39;s words" in text(response)
    assert "My own words" in text(response)
    assert 'name="version" value="2"' in text(response)


def test_a_link_opens_the_actions_of_its_lead_and_no_others(client, plan, manager):
    _, address = made(plan, manager)
    response = client.get(address)
    assert response.status_code == 200
    assert "P1.1" in text(response)
    assert "P2.1" not in text(response)
    assert "Only Kim knows this" not in text(response)
    assert "Overview" not in text(response)
    assert client.get(f"{address}{action(plan, 'P2.1').pk}/").status_code == 404
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert "no-store" in response["Cache-Control"]


def test_an_answer_by_link_names_the_lead_and_nobodys_account(client, plan, manager):
    _, address = made(plan, manager)
    row = action(plan, "P1.1")
    client.post(f"{address}{row.pk}/", sent(row))
    update = row.updates.latest("id")
    assert (update.source, update.by, update.said_by) == (ProgressUpdate.Source.LINK, None, "Pat Reed")
    change = Change.objects.filter(subject="plans.action", subject_id=row.pk, version=2).first()
    assert (change.by_name, change.by_id) == ("Pat Reed", None)
    assert AnswerLink.objects.get().last_used_at is not None


def test_only_a_hash_of_the_token_is_kept_and_no_log_line_holds_it(plan, manager):
    link, address = made(plan, manager)
    token = address.split("/")[2]
    assert token not in str(AnswerLink.objects.values().get())
    assert token not in str(list(Change.objects.filter(subject="plans.answerlink").values()))
    record = logging.LogRecord("x", logging.WARNING, "f", 1, "Gone: %s", (f"/answer/{token}/",), None)
    NoTokens().filter(record)
    assert record.getMessage() == "Gone: /answer/[token]/"
    assert link.link.token_hash != token


@pytest.mark.parametrize(
    ("state", "words"), [("revoked", "was taken back"), ("expired", "has run out"), ("closed", "is closed")]
)
def test_a_dead_link_says_why_and_writes_nothing(client, council, plan, manager, state, words):
    link, address = made(plan, manager)
    if state == "revoked":
        revoke_link(council=council, link_id=link.link.pk, by=manager, now=timezone.now())
    elif state == "expired":
        AnswerLink.objects.update(expires_at=timezone.now())
    else:
        type(plan).objects.update(closed_on=timezone.localdate())
    row = action(plan, "P1.1")
    for response in (client.get(address), client.post(f"{address}{row.pk}/", sent(row))):
        assert response.status_code == 410
        assert words in text(response)
    assert row.updates.count() == 1


def test_a_token_that_nobody_made_opens_nothing_and_guessing_is_slowed(client, plan):
    assert client.get("/answer/nonsense/").status_code == 404
    for n in range(20):
        client.get(f"/answer/guess{n}/")
    assert client.get("/answer/nonsense/").status_code == 429


def test_somebody_who_guesses_slows_down_nobody_else_behind_the_same_proxy(client, plan, manager, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    _, address = made(plan, manager)
    for n in range(20):
        client.get(f"/answer/guess{n}/", headers={"x-forwarded-for": "203.0.113.9"})
    assert client.get(address, headers={"x-forwarded-for": "203.0.113.9"}).status_code == 429
    assert client.get(address, headers={"x-forwarded-for": "198.51.100.7"}).status_code == 200


def test_a_new_link_ends_the_one_before_and_is_mailed(client, plan, manager):
    _, first = made(plan, manager)
    link, second = made(plan, manager, email="pat@partner.example")
    assert (client.get(first).status_code, client.get(second).status_code) == (410, 200)
    message = Message.objects.get(address="pat@partner.example")
    assert link.address in message.body


@pytest.mark.parametrize("day", [dt.date(2014, 1, 1), dt.date(2999, 1, 1), dt.date.max])
def test_a_link_needs_a_lead_of_the_plan_and_an_end_that_is_near(plan, manager, day):
    with pytest.raises(Refused):
        made(plan, manager, Who("Nobody Here"))
    with pytest.raises(Refused):
        made(plan, manager, expires_at=end_of(day))


def test_the_office_sees_who_has_answered_and_answers_for_somebody(client, council, plan, manager):
    client.force_login(manager)
    shown = text(client.get(page(council, "answers")))
    assert "0 of 3 answered" in shown
    row = action(plan, "P2.1")
    client.post(page(council, "behalf_one", f"?who={who(plan, 'P2.1').key}", pk=row.pk), sent(row))
    update = row.updates.latest("id")
    assert (update.by, update.said_by) == (manager, "Kim Vale")
    assert "1 of 3 answered" in text(client.get(page(council, "answers")))
    assert ">Pat Reed</a>" not in text(client.get(page(council, "answers", "?show=done")))


def test_a_reminder_is_sent_once_a_day(client, council, plan, lead, manager):
    client.force_login(manager)
    for _ in range(2):
        client.post(page(council, "remind"))
    message = Message.objects.get(address=lead.email)
    assert "P1.2, P1.1" in message.body


def test_a_sheet_goes_out_comes_back_is_looked_at_and_written(client, plan, manager):
    _, address = made(plan, manager)
    data = client.get(f"{address}sheet.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = {row[1].value: row for row in book.active.iter_rows(min_row=5)}
    assert set(rows) == {"P1.1", "P1.2"}
    rows["P1.1"][6].value = "From the sheet"
    stream = io.BytesIO()
    book.save(stream)
    looked = client.post(
        f"{address}sheet/", {"document": SimpleUploadedFile("answers.xlsx", stream.getvalue())}
    )
    assert "From the sheet" in text(looked)
    assert action(plan, "P1.1").progress == "Work on P1.1 has begun"
    sealed = re.search(r'name="confirmed" value="([^"]+)"', text(looked))[1]
    assert "1 answer saved" in text(client.post(f"{address}sheet/", {"confirmed": sealed}))
    assert action(plan, "P1.1").progress == "From the sheet"
    assert action(plan, "P1.1").updates.latest("id").source == ProgressUpdate.Source.SHEET
    _, others = made(plan, manager, who(plan, "P2.1"))
    assert client.post(f"{others}sheet/", {"confirmed": sealed}).status_code == 422


def test_ticked_rows_are_looked_at_changed_and_put_back(client, council, plan, manager):
    client.force_login(manager)
    rows = [f"{action(plan, ref).pk}.1" for ref in ("P1.1", "P1.2", "P2.1")]
    form = {"row": rows, "kind": "rating", "rating": "G", "on": f"{timezone.localdate():%d/%m/%Y}"}
    looked = text(client.post(page(council, "bulk"), form | {"step": "look"}))
    assert "3 actions will be changed" in looked
    batch = re.search(r'name="batch" value="([^"]+)"', looked)[1]
    done = client.post(page(council, "bulk"), form | {"step": "write", "batch": batch}, follow=True)
    assert "3 actions changed" in text(done)
    assert action(plan, "P1.2").rating.code == "G"
    back = text(client.post(page(council, "bulk_undo", batch=batch), follow=True))
    assert "3 actions put back" in back
    assert "Change them again" in back
    assert "put these back as they were" in text(client.get(page(council, "bulk_done", batch=batch)))
    assert [action(plan, ref).rating and action(plan, ref).rating.code for ref in ("P1.1", "P1.2")] == [
        "A",
        "R",
    ]


def test_no_rating_is_chosen_for_many_until_somebody_does(client, council, plan, manager):
    client.force_login(manager)
    form = {"row": [f"{action(plan, 'P1.1').pk}.1"], "kind": "rating"}
    first = text(client.post(page(council, "bulk"), form))
    assert "checked" not in first.partition("Rating for all of them")[2].partition("</fieldset>")[0]
    sent = form | {"on": f"{timezone.localdate():%d/%m/%Y}", "step": "look"}
    assert "Choose the rating that all of them get" in text(client.post(page(council, "bulk"), sent))
    looked = text(client.post(page(council, "bulk"), sent | {"rating": "", "next_step": "Ask again"}))
    assert "1 action will be changed" in looked
    differently = text(client.post(page(council, "bulk"), sent | {"step": "", "next_step": "Ask again"}))
    assert "Ask again" in differently


def test_a_lead_changes_many_of_their_own_and_is_told_of_the_others(client, council, plan, lead):
    client.force_login(lead)
    rows = [f"{action(plan, ref).pk}.1" for ref in ("P1.1", "P2.1")]
    form = {
        "row": rows,
        "kind": "rating",
        "rating": "G",
        "on": f"{timezone.localdate():%d/%m/%Y}",
        "step": "write",
    }
    shown = text(client.post(page(council, "bulk"), form, follow=True))
    assert "1 action changed, 1 not" in shown
    assert "You do not lead it" in shown
    assert action(plan, "P2.1").rating.code == "A"


def test_a_list_is_saved_shared_renamed_and_removed(client, council, plan, lead, manager):
    client.force_login(manager)
    client.post(page(council, "save_list"), {"name": "Red", "query": "rating=R&page=2", "shared": "1"})
    client.force_login(lead)
    shown = text(client.get(page(council, "plan")))
    assert '?rating=R">Red</a>' in shown
    one = SavedFilter.objects.get()
    assert client.post(page(council, "change_list", pk=one.pk), {"name": "Mine"}).status_code == 404
    client.force_login(manager)
    client.post(page(council, "change_list", pk=one.pk), {"name": "Red ones"})
    client.force_login(lead)
    assert ">Red ones</a>" not in text(client.get(page(council, "plan")))
    client.force_login(manager)
    client.post(page(council, "change_list", pk=one.pk), {"remove": "1"})
    assert not SavedFilter.objects.exists()
