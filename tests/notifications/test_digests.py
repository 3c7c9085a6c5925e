"""One digest a person a day, whatever was missed, doubled, killed or broken in between."""

import datetime as dt

import pytest
from celery import current_app
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from councils.models import RoleHolding
from councils.rights import Thing
from councils.roles import Role
from history.models import Change
from notifications.models import MailChoices, Message, Note
from notifications.services import digests, drain
from notifications.services.digests import (
    ChoicesConflict,
    choices_of,
    queue_note,
    save_choices,
    write_digests,
)
from tests.factories import CouncilFactory, member

pytestmark = pytest.mark.django_db
LONDON = timezone.get_default_timezone()
TUESDAY = dt.datetime(2015, 6, 16, 7, tzinfo=LONDON)


def days(count, **more):
    return TUESDAY + dt.timedelta(days=count, **more)


@pytest.fixture
def council():
    return CouncilFactory(short_name="Northbrook")


@pytest.fixture
def manager(council):
    return member(Role.PROGRAMME_MANAGER, council)


def tell(recipient, council, key="1", **more):
    values = {
        "thing": Thing.KEY_DATES,
        "kind": "reminder",
        "text": "A report is due",
        "path": "/there",
        "now": TUESDAY,
    }
    return queue_note(key=key, recipient=recipient, council=council, **(values | more))


def sent(now):
    drain(clock=lambda: now)
    return [(letter.to[0], letter.subject) for letter in mail.outbox]


def choose(user, **choices):
    return MailChoices.objects.create(user=user, **choices)


def test_all_that_waits_for_somebody_comes_in_one_message_overdue_first(council, manager):
    tell(manager, council, "1")
    tell(manager, council, "2", kind="breach", text="A report is late")
    assert write_digests(now=TUESDAY) == 1
    assert sent(TUESDAY) == [(manager.email, "Northbrook: 1 overdue, 1 coming up")]
    text = mail.outbox[0].body
    assert text.index("A report is late") < text.index("A report is due")
    assert "http://localhost:8000/there" in text
    assert "http://localhost:8000/account-mail/" in text


def test_who_is_told_nothing_gets_nothing(council, manager):
    assert (write_digests(now=TUESDAY), sent(TUESDAY)) == (0, [])


def test_said_twice_it_is_told_once(council, manager):
    assert [tell(manager, council), tell(manager, council, text="Other words")] == [True, False]
    write_digests(now=TUESDAY)
    tell(manager, council)
    write_digests(now=days(1))
    assert len(sent(days(1))) == 1


def test_what_comes_after_the_days_digest_waits_for_the_next_days(council, manager):
    tell(manager, council, "1")
    write_digests(now=TUESDAY)
    tell(manager, council, "2", now=days(0, hours=3))
    assert write_digests(now=days(0, hours=4)) == 0
    assert write_digests(now=days(1)) == 1
    assert Note.objects.waiting().count() == 0
    assert len(sent(days(1))) == 2


def test_running_twice_writes_once(council, manager):
    tell(manager, council)
    assert [write_digests(now=TUESDAY), write_digests(now=TUESDAY)] == [1, 0]


def test_missed_days_are_made_good_in_one_message(council, manager):
    for day in range(3):
        tell(manager, council, str(day), now=days(day))
    assert write_digests(now=days(3)) == 1
    assert sent(days(3)) == [(manager.email, "Northbrook: 3 coming up")]


def test_a_reminder_that_came_too_late_is_left_out_and_says_why(council, manager):
    tell(manager, council, until=dt.date(2015, 6, 17))
    assert write_digests(now=days(2)) == 0
    assert Note.objects.get().left_out == "too late to be of use"


def test_on_its_last_day_a_reminder_is_still_told(council, manager):
    tell(manager, council, until=dt.date(2015, 6, 17))
    assert write_digests(now=days(1)) == 1


def test_who_lost_the_role_meanwhile_is_not_told(council, manager):
    tell(manager, council)
    RoleHolding.objects.filter(user=manager).update(ends_on=dt.date(2015, 6, 15))
    assert write_digests(now=TUESDAY) == 0
    assert Note.objects.get().left_out == "may not see it any more"


def test_a_closed_account_is_not_written_to(council, manager):
    tell(manager, council)
    manager.is_active = False
    manager.save()
    assert (write_digests(now=TUESDAY), Note.objects.get().left_out) == (0, "the account is closed")


@pytest.mark.parametrize("choices", [{"when": "never"}, {"reminders": False}])
def test_who_chose_not_to_be_told_is_not_and_gets_no_flood_later(council, manager, choices):
    chosen = choose(manager, **choices)
    tell(manager, council)
    assert write_digests(now=TUESDAY) == 0
    chosen.when, chosen.reminders = "daily", True
    chosen.save()
    assert write_digests(now=days(1)) == 0


def test_weekends_and_bank_holidays_bring_no_digest_unless_one_wants_that(council, manager):
    saturday = dt.datetime(2015, 6, 20, 7, tzinfo=LONDON)
    other = member(Role.PROGRAMME_MANAGER, council)
    choose(other, when="daily")
    for user in (manager, other):
        tell(user, council, str(user.pk), now=saturday)
    write_digests(now=saturday)
    assert [to for to, _ in sent(saturday)] == [other.email]
    write_digests(now=saturday + dt.timedelta(days=2))
    assert [to for to, _ in sent(saturday + dt.timedelta(days=2))] == [other.email, manager.email]


@pytest.mark.parametrize(
    ("written", "run", "goes"),
    [
        ("2015-06-13", "2015-06-15", True),  # a Monday
        ("2015-06-16", "2015-06-17", False),  # a Wednesday
        ("2015-06-12", "2015-06-17", True),  # Monday and Tuesday were missed
        ("2015-05-22", "2015-05-25", False),  # a bank holiday
        ("2015-05-25", "2015-05-26", True),  # the first working day of that week
    ],
)
def test_a_weekly_digest_goes_on_the_weeks_first_working_day(council, manager, written, run, goes):
    choose(manager, when="weekly")

    def at(day):
        return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(7), tzinfo=LONDON)

    tell(manager, council, now=at(written))
    assert write_digests(now=at(run)) == int(goes)


def test_one_person_whose_digest_cannot_be_written_does_not_hold_up_the_rest(
    council, manager, monkeypatch, caplog
):
    other = member(Role.PROGRAMME_MANAGER, council)
    for user in (manager, other):
        tell(user, council, str(user.pk))
    Note.objects.filter(recipient=manager).update(thing="nothing of the kind")
    assert write_digests(now=TUESDAY) == 1
    assert [to for to, _ in sent(TUESDAY)] == [other.email]
    assert f"The digest of user {manager.pk} could not be written" in caplog.text
    assert Note.objects.waiting().count() == 1  # and is not lost


def test_a_run_that_dies_between_the_message_and_its_notes_leaves_neither(council, manager, monkeypatch):
    tell(manager, council)

    class Killed(BaseException):
        pass

    def killed(**message):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(digests, "queue_message", killed)
        with pytest.raises(Killed):
            write_digests(now=TUESDAY)
    assert (Message.objects.count(), Note.objects.waiting().count()) == (0, 1)
    assert write_digests(now=TUESDAY) == 1


def test_a_long_list_is_cut_and_says_so(council, manager):
    for number in range(20):
        tell(manager, council, str(number), text=f"Report {number} is due")
    write_digests(now=TUESDAY)
    sent(TUESDAY)
    assert "Report 14 is due" in mail.outbox[0].body
    assert "Report 15 is due" not in mail.outbox[0].body
    assert "and 5 more" in mail.outbox[0].body


def test_two_councils_stand_apart_in_one_message(council, manager):
    elsewhere = CouncilFactory(short_name="Southbrook")
    member(Role.PROGRAMME_MANAGER, elsewhere, user=manager)
    tell(manager, council, "1")
    tell(manager, elsewhere, "2")
    tell(manager, council, "3")
    write_digests(now=TUESDAY)
    assert sent(TUESDAY) == [(manager.email, "Noticeboard: 3 coming up")]
    assert mail.outbox[0].body.count("Northbrook") == 1


def test_the_task_that_beat_starts_writes_digests(council, manager):
    tell(manager, council)
    MailChoices.objects.create(user=manager, when="daily")
    Note.objects.update(until=None)
    current_app.tasks["notifications.digests"].run(from_a_newer_version=1)
    assert Message.objects.get().recipient == manager


# --- choosing ------------------------------------------------------------------------------------------------------


def test_choices_are_kept_with_their_history(client, manager):
    client.force_login(manager)
    url = reverse("notifications:choices")
    assert b"Every working day" in client.get(url).content
    response = client.post(url, {"when": "weekly", "breaches": "on", "version": "0"})
    assert response.status_code == 302
    chosen = choices_of(manager)
    assert (chosen.when, chosen.breaches, chosen.reminders, chosen.news) == ("weekly", True, False, False)
    assert Change.objects.get(subject="notifications.mailchoices").by_id == manager.pk


def test_choices_saved_from_an_older_page_are_refused_and_kept_on_screen(client, manager):
    client.force_login(manager)
    save_choices(user=manager, when="daily", breaches=True, reminders=True, news=True, version=0, now=TUESDAY)
    response = client.post(reverse("notifications:choices"), {"when": "never", "version": "0"})
    assert response.status_code == 409
    assert b'value="never" checked' in response.content
    assert choices_of(manager).when == "daily"
    with pytest.raises(ChoicesConflict):
        save_choices(
            user=manager, when="never", breaches=True, reminders=True, news=True, version=0, now=TUESDAY
        )


def test_saving_what_stands_writes_no_history(manager):
    same = {"when": "daily", "breaches": True, "reminders": True, "news": True}
    first = save_choices(user=manager, version=0, now=TUESDAY, **same)
    assert save_choices(user=manager, version=first.version, now=TUESDAY, **same).version == first.version
    assert Change.objects.filter(subject="notifications.mailchoices").count() == 1


def test_an_unknown_choice_is_refused_with_its_reason(client, manager):
    client.force_login(manager)
    response = client.post(reverse("notifications:choices"), {"when": "hourly", "version": "0"})
    assert response.status_code == 422
    assert MailChoices.objects.count() == 0
