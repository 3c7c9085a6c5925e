"""How often a board meets, and the template of its agenda."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from boards.forms.bodies import FrequencyAnswerForm, FrequencyRequestForm, StandingItemForm, first_day
from boards.queries import bodies as reads
from boards.seen import sight_of
from boards.services import bodies as services
from boards.services import frequency as frequencies
from boards.views.common import act_of, form_page, found, here, posted, step
from councils.guards import CouncilRequest, requires
from councils.rights import Thing, Verb


@require_safe
@requires(Verb.READ, Thing.BOARD)
def frequency(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(reads.board_of(request.council, board))
    context = {
        "board": one,
        "sight": sight_of(request),
        "rows": reads.frequencies_of(one),
        "now": reads.frequency_on(one, timezone.localdate()),
    }
    return render(request, "boards/frequency.html", context)


@requires(Verb.WRITE, Thing.BOARD)
def ask_frequency(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(reads.board_of(request.council, board))
    form = FrequencyRequestForm(posted(request), initial={"unit": "weeks"})

    def save(form: FrequencyRequestForm) -> str:
        made = frequencies.ask_for_frequency(act=act_of(request), board_id=board, **form.cleaned_data)
        if made.state == "asked":
            return "Asked. Deadlines follow it only once the Department has agreed."
        return f"The board meets {made} from then on."

    return form_page(
        request,
        first_day(form, timezone.localdate()),
        title="Ask for another frequency" if one.of_notice else "Change the frequency",
        back=here(request, "frequency", board=board),
        back_words="How often the board meets",
        lead="The notice leaves this to the Department: the deadlines stay as they are until it agrees."
        if one.of_notice
        else "",
        save=save,
    )


@requires(Verb.WRITE, Thing.BOARD_FREQUENCY)
def decide_frequency(request: CouncilRequest, frequency: int) -> HttpResponse:
    row = found(reads.frequency_of(request.council, frequency))

    def save(form: FrequencyAnswerForm) -> str:
        agree = form.cleaned_data["agree"] == "yes"
        frequencies.decide_frequency(
            act=act_of(request), frequency_id=frequency, agree=agree, answer=form.cleaned_data["answer"]
        )
        return "Agreed: deadlines follow it." if agree else "Refused: deadlines stay as they are."

    return form_page(
        request,
        FrequencyAnswerForm(posted(request)),
        title=f"{row.board}: to meet {row} from {row.from_on.day} {row.from_on:%B %Y}",
        back=here(request, "frequency", board=row.board_id),
        back_words="How often the board meets",
        lead=f"The council’s reason: {row.because}",
        button="Answer",
        save=save,
    )


@require_POST
@requires(Verb.WRITE, Thing.BOARD)
def withdraw_frequency(request: CouncilRequest, frequency: int) -> HttpResponse:
    row = found(reads.frequency_of(request.council, frequency))

    def do() -> str:
        frequencies.withdraw_frequency(act=act_of(request), frequency_id=frequency)
        return "The request is taken back."

    return step(request, do, here(request, "frequency", board=row.board_id))


@require_safe
@requires(Verb.READ, Thing.BOARD)
def template(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(reads.board_of(request.council, board))
    lines = reads.template_of(one)
    context = {"board": one, "sight": sight_of(request), "lines": lines}
    return render(request, "boards/template.html", context)


@require_POST
@requires(Verb.WRITE, Thing.BOARD)
def begin_template(request: CouncilRequest, board: int) -> HttpResponse:
    found(reads.board_of(request.council, board))

    def do() -> str:
        services.begin_template(act=act_of(request), board_id=board)
        return "The usual items are there. Change, move or remove them: each new meeting begins with them."

    return step(request, do, here(request, "template", board=board))


@requires(Verb.WRITE, Thing.BOARD)
def add_line(request: CouncilRequest, board: int) -> HttpResponse:
    one = found(reads.board_of(request.council, board))

    def save(form: StandingItemForm) -> str:
        made = services.save_standing_item(act=act_of(request), board_id=board, values=form.cleaned_data)
        return f"“{made}” is in the template."

    return form_page(
        request,
        StandingItemForm(posted(request), board=one),
        title="Add a standing item",
        back=here(request, "template", board=board),
        back_words="Agenda template",
        save=save,
    )


@requires(Verb.WRITE, Thing.BOARD)
def edit_line(request: CouncilRequest, line: int) -> HttpResponse:
    row = found(reads.standing_item_of(request.council, line))
    names = ("title", "presenter", "purpose", "minutes", "section", "restricted")
    initial = {name: getattr(row, name) for name in names} | {"under": row.under_id}
    form = StandingItemForm(posted(request), board=row.board, initial=initial)

    def save(form: StandingItemForm) -> str:
        services.save_standing_item(
            act=act_of(request), board_id=row.board_id, values=form.cleaned_data, item_id=line
        )
        return "Saved. Agendas that are there stay as they are."

    return form_page(
        request,
        form,
        title=f"Change “{row}”",
        back=here(request, "template", board=row.board_id),
        back_words="Agenda template",
        save=save,
    )


@require_POST
@requires(Verb.WRITE, Thing.BOARD)
def move_line(request: CouncilRequest, line: int, way: str) -> HttpResponse:
    row = found(reads.standing_item_of(request.council, line))

    def do() -> str:
        services.move_standing_item(act=act_of(request), item_id=line, up=way == "up")
        return ""

    return step(request, do, here(request, "template", board=row.board_id) + f"#line-{line}")


@require_POST
@requires(Verb.WRITE, Thing.BOARD)
def remove_line(request: CouncilRequest, line: int) -> HttpResponse:
    row = found(reads.standing_item_of(request.council, line))

    def do() -> str:
        services.remove_standing_item(act=act_of(request), item_id=line)
        return f"“{row}” is out of the template."

    return step(request, do, here(request, "template", board=row.board_id))
