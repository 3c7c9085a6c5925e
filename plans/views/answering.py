"""The pages on which a lead answers, the same for all ways there: signed in, by a link, and on somebody's behalf."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from plans.answering.asking import answers_for, last_words, table_for_leads
from plans.answering.needs import Answers, Last, Todo
from plans.answering.rounds import Asked, asked_now
from plans.forms import UpdateForm, shown_values
from plans.forms.changing import AnswerForm
from plans.queries import unanswered_of
from plans.rows import ActionRow, Code
from plans.services import Conflict, Refused, Report, Source, record_update
from plans.services import answer as answer_question
from plans.views.days import words_of_the_day

if TYPE_CHECKING:
    from councils.models import Council, User
    from plans.models import AnswerLink, Challenge, Plan


@dataclass(frozen=True)
class Channel:
    """A way to answer: whose actions, who writes, and where its pages are."""

    council: "Council"
    plan: "Plan"
    leads: Callable[[ActionRow], bool]
    title: str
    by: "User | None"
    said_by: str
    source: Source
    home: str
    today: dt.date
    query: str = ""
    link: "AnswerLink | None" = None

    def url(self, tail: str = "") -> str:
        """An address of this way: "" the list, "12/" one action, "done/", "sheet/", "sheet.xlsx"."""
        return f"{self.home}{tail}{self.query}"

    @property
    def layout(self) -> str:
        return "plans/answering/outside.html" if self.link else "base.html"

    @cached_property
    def table(self) -> Any:
        return table_for_leads(self.plan, today=self.today)

    @cached_property
    def asked(self) -> Asked:
        return asked_now(self.plan, today=self.today)

    @cached_property
    def questions(self) -> "list[Challenge]":
        """What was asked about the lead's actions and nobody has answered."""
        rows = {row.id: row for row in self.table.actions if self.leads(row)}
        return [found for found in unanswered_of(self.plan) if found.action_id in rows]

    @property
    def speaks_of(self) -> dt.date:
        """The day an answer speaks of unless the lead says otherwise."""
        fixed = self.link.position_on if self.link else None
        return min(fixed, self.today) if fixed else self.asked.speaks_of(self.today)

    def answers(self, *, fresh: bool = False) -> Answers:
        """What is asked of the lead and what is answered; `fresh` after something was written."""
        table = table_for_leads(self.plan, today=self.today) if fresh else self.table
        return answers_for(self.plan, table, self.asked, leads=self.leads, today=self.today)

    def todo(self, answers: Answers, number: int) -> Todo:
        """One of the lead's actions, asked about or complete; a 404 for any other."""
        found = answers.todo(number)
        if found is not None:
            return found
        row = next((row for row in answers.complete if row.id == number), None)
        if row is None:
            raise Http404
        return Todo(row, last_words([number]).get(number, Last()), answered=False, on=self.today)


def listing(request: Any, way: Channel) -> HttpResponse:
    """Everything that is asked, in order of need."""
    answers = way.answers()
    context = {
        "way": way,
        "answers": answers,
        "asked": way.asked,
        "next": answers.after(None),
        "refs": {row.id: row.ref for row in way.table.actions},
    }
    return render(request, "plans/answering/list.html", context)


def closing(request: Any, way: Channel) -> HttpResponse:
    """What the board will see, and when."""
    context = {"way": way, "answers": way.answers(), "asked": way.asked}
    return render(request, "plans/answering/closing.html", context)


def one(request: Any, way: Channel, number: int) -> HttpResponse:
    """One action: the form, in its row or on a page of its own; what is sent is recorded."""
    answers = way.answers()
    todo = way.todo(answers, number)
    if "question" in request.POST:
        return _question(request, way, todo)
    if request.method != "POST":
        if "item" in request.GET:
            return _item(request, way, answers, todo) if _in_place(request) else redirect(way.url())
        return _form(request, way, todo, UpdateForm(initial=_initial(way, todo)))
    same = "same" in request.POST
    form = UpdateForm(_no_change(way, todo, request.POST) if same else request.POST)
    if form.is_valid():
        try:
            _record(way, todo, form, request.POST)
        except Refused as refused:
            for name, message in refused.errors.items():
                form.add_error(name if name in form.fields else None, message)
        except Conflict as conflict:
            return _form(request, way, todo, form, conflict)
        else:
            return _saved(request, way, todo, form.cleaned_data["on"], same=same)
    return _form(request, way, todo, form)


def _question(request: Any, way: Channel, todo: Todo) -> HttpResponse:
    """Take the answer to a question about the action; what stands in the way comes back with what was typed."""
    asked = next((one for one in way.questions if str(one.pk) == request.POST["question"]), None)
    form = AnswerForm(request.POST)
    if asked is None or asked.action_id != todo.row.id or not form.is_valid():
        messages.warning(request, f"That question about {todo.row.ref} is answered or settled already")
        return redirect(way.url())
    try:
        answer_question(
            council=way.council,
            challenge_id=asked.pk,
            by=way.by,
            said_by=way.said_by,
            now=timezone.now(),
            today=way.today,
            **form.cleaned_data,
        )
    except Refused as refused:
        asked.error = "; ".join(refused.errors.values())  # type: ignore[attr-defined]
        return _form(request, way, todo, UpdateForm(initial=_initial(way, todo)))
    except Conflict as conflict:
        messages.warning(request, f"{conflict.by_name} has answered that question meanwhile")
        return redirect(way.url())
    messages.success(request, f"Your answer about {todo.row.ref} is sent to {asked.asked_by or 'who asked'}")
    return redirect(way.url(f"{todo.row.id}/"))


def _record(way: Channel, todo: Todo, form: UpdateForm, sent: Any) -> None:
    said = form.report()
    record_update(
        council=way.council,
        action_id=todo.row.id,
        report=Report(
            on=said.on,
            rating=said.rating,
            narrative=said.narrative,
            reason=said.reason,
            next_step=said.next_step,
            impact=said.impact,
            source=way.source,
            said_by=way.said_by,
        ),
        version=form.cleaned_data["version"],
        by=way.by,
        now=timezone.now(),
        today=way.today,
    )


def _initial(way: Channel, todo: Todo) -> dict[str, Any]:
    """Last ratings and text, and what was owed for the rating, to keep or change."""
    row = todo.row
    owes = row.rating is not None and row.rating.owes_a_reason
    return {
        "version": row.version,
        "rating": row.rating.code if row.rating else "",
        "impact": row.impact.code if row.impact else "",
        "narrative": row.progress,
        "reason": todo.last.reason if owes else "",
        "next_step": todo.last.next_step if owes else "",
        "on": f"{way.speaks_of:%d/%m/%Y}",
    }


def _no_change(way: Channel, todo: Todo, sent: Any) -> dict[str, Any]:
    """The report that stands once more, for the day asked about, made from the version that was seen."""
    return _initial(way, todo) | {"version": sent.get("version", "")}


def _in_place(request: Any) -> bool:
    return str(request.headers.get("HX-Target", "")).startswith("answer-")


def _form(
    request: Any, way: Channel, todo: Todo, form: UpdateForm, conflict: Conflict | None = None
) -> HttpResponse:
    answers = way.answers()
    errors = {name: found[0] for name, found in form.errors.items()} if form.is_bound else {}
    ratings: tuple[Code, ...] = way.table.ratings
    theirs = {**conflict.kept, **conflict.theirs}.get("rating") if conflict else None
    context = {
        "way": way,
        "todo": todo,
        "row": todo.row,
        "questions": [asked for asked in way.questions if asked.action_id == todo.row.id],
        "answers": answers,
        "asked": way.asked,
        "form": form,
        "value": shown_values(form, conflict.kept if conflict else None),
        "errors": errors,
        "ratings": ratings,
        "conflict": conflict,
        "their_rating": next((code for code in ratings if code.code == theirs), None),
        "back": way.url(),
        "skip": answers.after(todo.row.id),
        "in_place": _in_place(request),
    }
    name = "plans/answering/_form.html" if _in_place(request) else "plans/answering/one.html"
    refused = errors or any(getattr(asked, "error", "") for asked in way.questions)
    status = 409 if conflict else 422 if refused else 200
    # htmx swaps in answers of success only
    return render(request, name, context, status=200 if _in_place(request) else status)


def _item(
    request: Any, way: Channel, answers: Answers, todo: Todo, *, saved: bool | str = False
) -> HttpResponse:
    """The action in the list again; `saved` with what is to be said of what was saved."""
    context = {"way": way, "answers": answers, "asked": way.asked, "todo": todo, "saved": saved}
    return render(request, "plans/answering/_item_again.html", context)


def _saved(request: Any, way: Channel, before: Todo, on: dt.date, *, same: bool) -> HttpResponse:
    answers = way.answers(fresh=True)
    todo = way.todo(answers, before.row.id)
    stands = todo.row.reported_on
    of_the_day = words_of_the_day(before.row.ref, on, stands=stands, board=way.asked.after)
    if _in_place(request):
        return _item(request, way, answers, todo, saved=of_the_day or True)
    words = "no change" if same else "saved"
    messages.success(
        request,
        f"{before.row.ref}: {words}. {answers.done} of {answers.total} done.",
        extra_tags=f"forget:update-{before.row.id}",
    )
    if of_the_day:
        messages.warning(request, of_the_day)
    if request.POST.get("then") == "list":
        return redirect(f"{way.url()}#answer-{before.row.id}")
    following = answers.after(before.row.id)
    return redirect(way.url(f"{following.row.id}/" if following else "done/"))


def no_plan(request: Any) -> HttpResponse:
    return render(request, "plans/answering/no_plan.html")
