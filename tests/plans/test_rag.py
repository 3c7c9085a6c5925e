"""Standings proposed from legends' words, and colours by their nearest name."""

import pytest

from plans.rag import Palette, Standing, colour_named, nearest_palette, propose_standing

NOT_STARTED, ON_TRACK, AT_RISK, OFF_TRACK, COMPLETE, EMBEDDED = Standing


@pytest.mark.parametrize(
    ("name", "meaning", "standing"),
    [
        ("RED", "Targets were not met or the timescale slipped", OFF_TRACK),
        ("AMBER", "On track; first milestones met but not completed", ON_TRACK),
        ("GREEN", "Actions are completed; performance is on target", COMPLETE),
        ("GREY", "Not yet started", NOT_STARTED),
        ("BLUE", "Complete", COMPLETE),
        ("Blue", "Completed and embedded in practice", EMBEDDED),
        ("Blue", "Complete but not yet embedded", COMPLETE),
        ("Green", "On schedule for completion", ON_TRACK),
        ("Green", "Completed or on target", ON_TRACK),
        ("Amber", "Behind schedule, plan in place to recover", AT_RISK),
        ("Amber", "Some slippage", AT_RISK),
        ("Amber", "At risk of becoming overdue", AT_RISK),
        ("Red", "Overdue, no plan to recover", OFF_TRACK),
        ("Red", "Major delay", OFF_TRACK),
        ("Red", "Not completed within the timescale", OFF_TRACK),
        ("White", "Due to start", NOT_STARTED),
        ("Delayed", "", OFF_TRACK),
        ("Amber", "Delayed", AT_RISK),
        ("Amber", "Overdue", OFF_TRACK),
        ("In progress", "", ON_TRACK),
        ("Closed", "", COMPLETE),
        ("3", "Behind but recoverable", AT_RISK),
    ],
)
def test_a_standing_is_proposed_from_the_words(name, meaning, standing):
    assert propose_standing(name, meaning) is standing


@pytest.mark.parametrize(
    ("name", "standing"),
    [
        ("Red", OFF_TRACK),
        ("Amber", AT_RISK),
        ("Green", ON_TRACK),
        ("Blue", COMPLETE),
        ("Grey", NOT_STARTED),
        ("Purple", EMBEDDED),
    ],
)
def test_a_colour_alone_means_what_it_usually_means(name, standing):
    assert propose_standing(name, "") is standing


@pytest.mark.parametrize(
    ("name", "meaning"),
    [("SHADED", "Asked for by the notice"), ("*", "Statutory"), ("Pink", "New this month")],
)
def test_an_entry_that_says_nothing_of_delivery_has_no_standing(name, meaning):
    assert propose_standing(name, meaning) is None


@pytest.mark.parametrize(
    ("rgb", "colour"),
    [
        ("FF0000", Palette.RED),
        ("C00000", Palette.RED),
        ("FFC7CE", Palette.RED),
        ("ED7D31", Palette.ORANGE),
        ("FFC000", Palette.AMBER),
        ("FFBF00", Palette.AMBER),
        ("FFFF00", Palette.YELLOW),
        ("92D050", Palette.GREEN),
        ("00B050", Palette.GREEN),
        ("C6EFCE", Palette.GREEN),
        ("0070C0", Palette.BLUE),
        ("7030A0", Palette.PURPLE),
        ("A6A6A6", Palette.GREY),
        ("FFFFFF", Palette.WHITE),
        ("000000", Palette.BLACK),
    ],
)
def test_a_fill_is_named_by_its_nearest_hue(rgb, colour):
    assert nearest_palette(rgb) is colour


def test_a_colour_is_found_among_words():
    assert [colour_named(words) for words in ("RED", "Light gray", "R", "On track")] == [
        Palette.RED,
        Palette.GREY,
        None,
        None,
    ]


def test_complete_and_embedded_are_the_finished_standings():
    assert {standing for standing in Standing if standing.finished} == {COMPLETE, EMBEDDED}
    assert [standing.label for standing in Standing][-1] == "Complete and embedded"
