"""Ratings as councils write them: with words beside them, in tiers, by rules of the spreadsheet, in comments."""

import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, FormulaRule, Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle

from plans.reader import accept, accept_suggestions, read_plan
from tests.plans.reader.documents import fill, saved, sheet_of

LEGEND = [["R", "Red", "late"], ["A", "Amber", "slow"], ["G", "Green", "done"]]
HEAD = ["Ref", "Action", "Lead", "Due date", "RAG"]


def plan(ratings, before=(), head=HEAD, after=()):
    rows = [
        [f"{number}.1", f"Do thing {number}", "PSW", "31/03/25", *([rating] if head is HEAD else rating)]
        for number, rating in enumerate(ratings, start=1)
    ]
    return sheet_of([*before, *([[]] if before else []), head, *rows, *after])


def read(book):
    return read_plan(saved(book), "plan.xlsx")


def rated(reading):
    return [action.rating for action in reading.actions]


def codes(reading):
    return [(finding.code.value, finding.ref) for finding in reading.findings]


def standings(reading):
    return {
        entry.code: "mark" if entry.is_mark else entry.standing and entry.standing.value
        for entry in reading.scale
    }


@pytest.mark.parametrize(
    ("cell", "code", "words"),
    [
        ("Amber - awaiting sign off", "A", "awaiting sign off"),
        ("AMBER: awaiting green light from the board", "A", "awaiting green light from the board"),
        ("G (complete)", "G", "complete"),
        ("Red\nThe lease is not signed", "R", "The lease is not signed"),
        ("R – late by a month (and rising)", "R", "late by a month (and rising)"),
        ("Green ↑", "G", ""),
        ("Amber some delay", "A", "some delay"),
        ("A Amber", "A", ""),
    ],
)
def test_words_beside_a_rating_go_with_the_progress(cell, code, words):
    book = plan([cell, "R", "A", "G"])
    book.active["F1"] = "Progress"
    book.active["F2"] = "Draft written"
    action = read(book).actions[0]
    assert (action.rating, action.progress) == (code, f"Draft written\n{words}" if words else "Draft written")


@pytest.mark.parametrize(
    ("cell", "likely"), [("Amber/Green", ["A", "G"]), ("Red - Amber", ["R", "A"]), ("Amber E", ["A"])]
)
def test_what_may_be_two_ratings_or_a_tier_is_asked(cell, likely):
    reading = read(
        plan([cell, "R", "A", "G"], before=[["Red", "late"], ["Amber", "at risk"], ["Green", "on track"]])
    )
    assert rated(reading)[0] is None
    (asked,) = [finding for finding in reading.findings if finding.ref == "1.1"]
    assert [choice.key for choice in asked.choices][: len(likely)] == likely


def test_cells_of_letter_and_word_are_ratings_by_the_letter():
    reading = read(plan(["A Amber", "R Red", "G Green"], before=LEGEND))
    assert rated(reading) == ["A", "R", "G"]


def test_words_of_a_rating_that_was_asked_are_kept_with_the_answer():
    reading = read(plan(["amber with a green light soon", "R", "A", "G"]))
    (asked,) = [finding for finding in reading.findings if finding.ref == "1.1"]
    answered = accept(reading, {asked.id: "A"})
    assert (answered.actions[0].rating, answered.actions[0].progress) == (
        "A",
        "amber with a green light soon",
    )


def test_many_such_cells_are_said_once():
    reading = read(plan([f"Amber - step {number} of many" for number in range(12)]))
    assert [code for code, _ in codes(reading)].count("rating_with_words") == 1
    assert reading.actions[11].progress == "step 11 of many"


SCALES = {
    "BRAG": ([["Blue", "Complete and embedded"], ["Red", "Off track"], ["Amber", "At risk"], ["Green", "On track"]],
             ["B", "R", "A", "G"], {"B": "embedded", "R": "off_track", "A": "at_risk", "G": "on_track"}),
    "five colours": ([["Purple", "Closed by the board"], ["Blue", "Done"], ["Green", "On target"], ["Amber", "Some slippage"], ["Red", "Overdue"]],
                     ["Purple", "Blue", "Green", "Amber", "Red"],
                     {"Purple": "complete", "Blue": "complete", "Green": "on_track", "Amber": "at_risk", "Red": "off_track"}),
    "numbers": ([["Score", "Meaning"], ["1", "Not started"], ["2", "In progress"], ["3", "Behind schedule"], ["4", "Complete"], ["5", "Embedded"]],
                ["1", "2", "3", "4", "5"],
                {"1": "not_started", "2": "on_track", "3": "off_track", "4": "complete", "5": "embedded"}),
    "words": ((), ["Not started", "In progress", "Complete", "Overdue"],
              {"Complete": "complete", "Overdue": "off_track", "Not started": "not_started", "In progress": "on_track"}),
    "letters": ([["R", "Off track"], ["A", "At risk"], ["G", "On track"], ["B", "Complete"]],
                ["Green", "A", "AMBER", "b", "Blue"],
                {"R": "off_track", "A": "at_risk", "G": "on_track", "B": "complete"}),
    "codes and words": ([["G", "Green", "On track"], ["NS", "Not started", "Not due to begin"]],
                        ["G", "NS", "Not started", "Green"], {"G": "on_track", "NS": "not_started"}),
    "tiers": ([["Red", "Late"], ["Amber", "Minor delay"], ["Amber E", "Minor delay, escalated"], ["Green", "On track"]],
              ["Amber E", "A", "AE", "Green"], {"R": "off_track", "A": "at_risk", "AE": "at_risk", "G": "on_track"}),
}  # fmt: skip


@pytest.mark.parametrize("name", SCALES)
def test_scales_that_councils_use_are_read_without_a_question_about_their_cells(name):
    legend, cells, expected = SCALES[name]
    reading = read(plan(cells, before=legend))
    assert standings(reading) == expected
    assert None not in rated(reading)
    assert not {"unknown_rating", "ambiguous_rating"} & {code for code, _ in codes(reading)}


def test_a_tier_is_another_rating_than_its_colour():
    legend = [
        ["Red", "Late"],
        ["Amber", "Minor delay"],
        ["Amber E", "Minor delay, escalated"],
        ["Green", "On track"],
    ]
    assert rated(read(plan(["Amber E", "A", "Amber", "AE"], before=legend))) == ["AE", "A", "A", "AE"]


@pytest.mark.parametrize(
    ("name", "colour"), [("R", None), ("R on red", None), ("Red", "FF0000"), ("C", "FF0000")]
)
def test_a_rating_whose_meaning_is_unfamiliar_keeps_its_colours_standing_and_is_asked(name, colour):
    book = plan(
        [name[0], "G"],
        before=[["Rating", "Meaning"], [name, "With the Cabinet Office"], ["Green", "On track"]],
    )
    if colour:
        book.active["A2"].fill = fill(colour)
    reading = read(book)
    assert standings(reading)[name[0]] == "off_track"
    assert rated(reading) == [name[0], "G"]
    (asked,) = [finding for finding in reading.findings if finding.code.value == "standing_unclear"]
    assert (asked.suggestion, len(asked.choices)) == ("off_track", 6)
    answered = accept(reading, {asked.id: "at_risk"})
    assert standings(answered)[name[0]] == "at_risk"


def test_delivery_and_impact_and_the_rating_before_are_kept_apart():
    head = [*HEAD[:4], "Previous RAG", "Delivery RAG", "DoT", "Impact RAG"]
    reading = read(plan([["R", "A", "↑", "R"], ["A", "G", "↔", "A"]], head=head))
    assert [(each.previous_rating, each.rating, each.impact_rating) for each in reading.actions] == [
        ("R", "A", "R"),
        ("A", "G", "A"),
    ]
    assert [row.cells[6] for row in reading.rows[1:]] == ["↑", "↔"]


def painted(colour):
    return PatternFill(bgColor=colour, fill_type="solid")


RULES = {
    "a formula on another cell": lambda words, colour: FormulaRule(
        formula=[f'$F2="{words}"'], fill=painted(colour)
    ),
    "a search in another cell": lambda words, colour: FormulaRule(
        formula=[f'NOT(ISERROR(SEARCH("{words}",F2)))'], fill=painted(colour)
    ),
    "its first letters": lambda words, colour: FormulaRule(
        formula=[f'OR(LEFT($F2,2)="{words[:2]}",AND(F2="x",F2<>"y"))'], fill=painted(colour)
    ),
}


@pytest.mark.parametrize("kind", RULES)
def test_colours_by_plain_rules_are_read_where_a_cell_holds_no_words(kind):
    book = plan([None] * 4)
    book.active["F1"] = "Where it stands"
    for row, words in enumerate(["Late", "Fine", "Slow", "Fine"], start=2):
        book.active.cell(row, 6).value = words
    for words, colour in (("Late", "FF0000"), ("Fine", "00B050"), ("Slow", "FFC000")):
        book.active.conditional_formatting.add("E2:E99", RULES[kind](words, colour))
    assert rated(read(book)) == ["Red", "Green", "Amber", "Green"]


def test_rules_on_a_cells_own_words_and_numbers_settle_its_colour():
    book = plan(
        [1, 2, 3, "late again"], before=[["Grey", "Not started"], ["Green", "On track"], ["Red", "Late"]]
    )
    for cell, colour in (("A1", "808080"), ("A2", "00B050"), ("A3", "FF0000")):
        book.active[cell].fill = fill(colour)
    rules = book.active.conditional_formatting
    rules.add("E6:E20", CellIsRule(operator="equal", formula=["1"], fill=painted("808080")))
    rules.add("E6:E20", CellIsRule(operator="between", formula=["2", "3"], fill=painted("00B050")))
    text = DifferentialStyle(fill=painted("FF0000"))
    rules.add("E6:E20", Rule(type="containsText", operator="containsText", text="LATE", dxf=text))
    from plans.reader.containers import Archive
    from plans.reader.xlsx import read_xlsx

    archive = Archive(saved(book))
    rows = read_xlsx(archive, archive.main_part()).grids[0].rows
    assert [row.fills.get(4) for row in rows[-4:]] == ["808080", "00B050", "00B050", "FF0000"]


@pytest.mark.parametrize(
    "rule",
    [
        FormulaRule(formula=["VLOOKUP($A2,Lists!$A:$B,2,0)=1"], fill=painted("FF0000")),
        ColorScaleRule(start_type="min", start_color="FF0000", end_type="max", end_color="00FF00"),
    ],
)
def test_colours_by_other_rules_are_said_not_to_be_read(rule):
    book = plan([None, None])
    book.active.conditional_formatting.add("E2:E9", rule)
    (said,) = [finding for finding in read(book).findings if finding.code.value == "colour_by_rule"]
    assert "E2:E9" in said.message


def test_a_rating_in_a_comment_is_suggested_and_other_comments_are_kept_to_be_added():
    book = plan(["R", None, "G", "A"])
    book.active["E3"].comment = Comment("Una Bray:\nAmber", "Una Bray")
    book.active["B4"].comment = Comment("Legal wants to see this first", "Una Bray")
    reading = read(book)
    assert rated(reading) == ["R", None, "G", "A"]
    (found,) = [finding for finding in reading.findings if finding.code.value == "cell_comment"]
    assert rated(accept_suggestions(reading)) == ["R", "A", "G", "A"]
    assert accept(reading, {found.id: "add"}).actions[2].progress == "Legal wants to see this first"


def test_hidden_columns_are_read_and_said():
    book = plan(["R", "G"])
    book.active.column_dimensions["D"].hidden = True
    (said,) = [finding for finding in read(book).findings if finding.code.value == "hidden_columns"]
    assert "D (Due date)" in said.message


def test_a_row_painted_from_side_to_side_is_not_rated_by_its_paint():
    book = plan(["R", None, "G", None], before=[["Red", "late"], ["Amber", "at risk"], ["Green", "on track"]])
    for row in (7, 9):
        for column in range(1, 6):
            book.active.cell(row, column).fill = fill("DDEBF7")
    reading = read(book)
    assert rated(reading) == ["R", None, "G", None]
    assert ("no_rating", "2.1") in codes(reading)
    assert "rating_by_colour" not in {code for code, _ in codes(reading)}


def test_rows_painted_in_the_legends_colours_are_rated_by_them():
    book = plan([None, None], before=[["Red", "late"], ["Green", "on track"]])
    for row, colour in ((1, "FF0000"), (2, "00B050")):
        book.active.cell(row, 1).fill = fill(colour)
    for row, colour in ((5, "FF0000"), (6, "00B050")):
        for column in range(1, 6):
            book.active.cell(row, column).fill = fill(colour)
    assert rated(read(book)) == ["Red", "Green"]


def test_words_without_a_legend_take_the_colour_that_their_cells_are_painted_in_the_worst_first():
    ratings = ["On track", "Not started", "Complete", "Delayed", "On track", "Delayed"]
    colours = {"On track": "92D050", "Delayed": "FFC000", "Complete": "00B0F0", "Not started": "D9D9D9"}
    book = plan(ratings)
    for number, rating in enumerate(ratings, start=2):
        book.active.cell(number, 5).fill = fill(colours[rating])
    found = read(book)
    assert [(entry.code, entry.palette, entry.standing) for entry in found.scale] == [
        ("Delayed", "amber", "at_risk"),
        ("On track", "green", "on_track"),
        ("Complete", "blue", "complete"),
        ("Not started", "grey", "not_started"),
    ]
    assert rated(found) == ratings


def test_one_colour_behind_all_words_is_no_ones_and_a_delay_without_a_colour_is_off_track():
    ratings = ["On track", "Delayed", "Complete"]
    book = plan(ratings)
    for number in range(2, 5):
        book.active.cell(number, 5).fill = fill("FFC000")
    assert {entry.palette for entry in read(book).scale} == {None}
    assert next(entry.standing for entry in read(plan(ratings)).scale) == "off_track"
