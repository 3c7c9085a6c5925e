"""How far a job is, for whoever waits for it; with htmx and without any script."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from councils.rights import Thing
from councils.roles import Role
from files.services import store_file
from jobs.models import Job
from tests.factories import CouncilFactory, member
from tests.jobs.conftest import NOON

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
REFRESH = '<meta http-equiv="refresh" content="3">'


@pytest.fixture
def job(kinds, queue):
    kinds("test")(lambda run: None)
    return queue()


@pytest.fixture
def manager(client, council):
    user = member(Role.PROGRAMME_MANAGER, council)
    client.force_login(user)
    return user


def url(job):
    return reverse("jobs:progress", kwargs={"job": job.pk})


def change(job, **values):
    Job.objects.filter(pk=job.pk).update(**values)


def finish(job, state=Job.State.DONE, **values):
    change(job, state=state, finished_at=NOON, **values)


def text(response):
    return " ".join(response.content.decode().split())


def test_a_waiting_job_says_so_and_the_page_asks_again_by_itself(client, job, manager):
    shown = text(client.get(url(job)))
    assert '<h1 class="govuk-heading-l">Reading the plan</h1>' in shown
    assert "Waiting to start." in shown
    assert 'role="status"' in shown
    assert f'hx-get="{url(job)}" hx-trigger="every 1s"' in shown
    assert f"<noscript>{REFRESH}</noscript>" in shown


def test_a_running_job_says_what_it_does_and_how_far_it_is(client, job, manager):
    change(job, state="running", done=43, total=106, step="Reading actions")
    shown = text(client.get(url(job)))
    assert "Reading actions: 40% done." in shown
    assert '<progress class="nb-progress" max="100" value="40"' in shown


def test_a_running_job_of_unknown_length_shows_no_share(client, job, manager):
    change(job, state="running")
    shown = text(client.get(url(job)))
    assert "Working." in shown
    assert "%" not in shown.split("</h1>")[1].split("</main>")[0]


def test_a_fragment_is_the_inside_of_the_page(client, job, manager):
    fragment = client.get(url(job), headers=HTMX)
    assert fragment.status_code == 200
    assert "<html" not in text(fragment)
    assert text(fragment) in text(client.get(url(job)))


def test_nothing_is_said_while_there_is_nothing_new(client, job, manager):
    change(job, state="running", done=43, total=106, step="Reading")
    shown = client.get(url(job), headers=HTMX)
    seen = shown.content.decode().split('name="seen" value="')[1].split('"')[0]
    assert client.get(url(job), {"seen": seen}, headers=HTMX).status_code == 204
    change(job, done=50)
    assert client.get(url(job), {"seen": seen}, headers=HTMX).status_code == 204
    change(job, done=60)
    assert client.get(url(job), {"seen": seen}, headers=HTMX).status_code == 200


def test_a_waiting_browser_is_sent_on_when_the_job_is_done(client, job, manager):
    finish(job)
    answer = client.get(url(job), headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (286, job.back_url)


def test_who_comes_when_the_work_is_done_already_is_sent_on_too(client, job, manager):
    """A worker may be quicker than the first page; without scripts this is the only way on."""
    finish(job)
    answer = client.get(url(job))
    assert (answer.status_code, answer["Location"]) == (302, job.back_url)


def test_a_failed_job_says_why_and_the_polling_stops(client, job, manager):
    finish(job, Job.State.FAILED, problem="There is no table of actions in this document.")
    answer = client.get(url(job), headers=HTMX)
    assert (answer.status_code, "HX-Redirect" in answer) == (286, False)
    assert "There is no table of actions in this document." in text(answer)
    assert "There is no table of actions in this document." in text(client.get(url(job)))


@pytest.fixture
def made(job, council, settings, tmp_path):
    """The job is done and made a file that only those may read who may read the live plan."""
    settings.MEDIA_ROOT = str(tmp_path)
    stored = store_file(
        council=council, thing=Thing.LIVE_PLAN, name="pack.txt", content=b"a pack", by=None, now=NOON
    )
    finish(job, result_file=stored)
    return stored


def test_a_file_that_was_made_waits_to_be_fetched(client, job, manager, made):
    answer = client.get(url(job), headers=HTMX)
    assert (answer.status_code, "HX-Redirect" in answer) == (286, False)
    assert (
        f'href="{reverse("files:download", kwargs={"file": made.pk})}" download>Download pack.txt (6 Bytes)'
        in text(answer)
    )


def test_a_page_with_a_file_rests_and_links_on(client, job, manager, made):
    shown = text(client.get(url(job)))
    assert f'<a class="govuk-link" href="{job.back_url}">Continue</a>' in shown
    assert REFRESH not in shown
    assert "hx-get" not in shown


def test_a_file_that_somebody_may_not_read_is_not_offered(client, job, council, made):
    change(job, thing=Thing.FROZEN_PLAN)
    client.force_login(member(Role.BOARD_CHAIR, council))
    answer = client.get(url(job))
    assert (answer.status_code, answer["Location"]) == (302, job.back_url)


# --- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_job_is_seen_by_those_who_may_read_what_it_is_about(client, job, council, headers):
    answers = {}
    for role in (Role.DIRECTOR, Role.ACTION_LEAD, Role.BOARD_CHAIR, Role.DFE_OFFICIAL, Role.ADMINISTRATOR):
        client.force_login(member(role, council))
        answers[role] = client.get(url(job), headers=headers).status_code
    assert answers == {
        Role.DIRECTOR: 200,
        Role.ACTION_LEAD: 403,
        Role.BOARD_CHAIR: 403,
        Role.DFE_OFFICIAL: 403,
        Role.ADMINISTRATOR: 403,
    }


def test_a_job_of_another_council_is_not_there(client, job):
    client.force_login(member(Role.PROGRAMME_MANAGER, CouncilFactory()))
    assert client.get(url(job)).status_code == 404
    assert client.get(reverse("jobs:progress", kwargs={"job": uuid.uuid4()})).status_code == 404


def test_a_job_of_no_council_is_for_those_with_the_right_nationally(client, kinds, queue, council):
    kinds("test")(lambda run: None)
    job = queue(council=None, thing=Thing.USERS)
    client.force_login(member(Role.ADMINISTRATOR))
    assert client.get(url(job)).status_code == 200
    client.force_login(member(Role.PROGRAMME_MANAGER, council))
    assert client.get(url(job)).status_code == 403


def test_somebody_signed_out_while_waiting_is_sent_to_sign_in(client, job):
    answer = client.get(url(job), headers={**HTMX, "HX-Current-URL": f"http://testserver{url(job)}"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == f"/account/login/?next={url(job).replace('/', '%2F')}"


@pytest.mark.parametrize("state", ["queued", "running"])
def test_asking_costs_the_same_however_far_it_is(client, job, manager, django_assert_num_queries, state):
    change(job, state=state, heartbeat_at=NOON + dt.timedelta(seconds=1))
    client.get(url(job), headers=HTMX)
    with django_assert_num_queries(4):  # session, user, roles, job
        client.get(url(job), headers=HTMX)
