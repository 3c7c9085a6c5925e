"""Leads: cells as councils fill them, and who is meant."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.reader.leads import read_leads


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ("Una Bray", [("Una Bray", "person")]),
        (
            "Una Bray/Karl Jessop/NSCP",
            [("Una Bray", "person"), ("Karl Jessop", "person"), ("NSCP", "organisation")],
        ),
        ("Una Bray and Karl Jessop", [("Una Bray", "person"), ("Karl Jessop", "person")]),
        (
            "Una Bray, Karl Jessop and Faith Obi",
            [("Una Bray", "person"), ("Karl Jessop", "person"), ("Faith Obi", "person")],
        ),
        ("Una Bray\nKarl Jessop", [("Una Bray", "person"), ("Karl Jessop", "person")]),
        ("Head of MASH / QA Lead", [("Head of MASH", "role"), ("QA Lead", "role")]),
        ("AD Safeguarding & Legal", [("AD Safeguarding & Legal", "role")]),
        (
            "Director of Children's Services and Health",
            [("Director of Children's Services and Health", "role")],
        ),
        *(
            (words, [(words, "role")])
            for words in (
                "Head of Safeguarding and Quality Assurance",
                "Head of Early Help and Family Services",
                "Service Manager for MASH & Assessment Teams",
            )
        ),
        (
            "Head of Safeguarding & Quality Assurance and Principal Social Worker",
            [("Head of Safeguarding & Quality Assurance", "role"), ("Principal Social Worker", "role")],
        ),
        ("Head of Service and Una Bray", [("Head of Service", "role"), ("Una Bray", "person")]),
        (
            "Head of MASH and Head of Public Health",
            [("Head of MASH", "role"), ("Head of Public Health", "role")],
        ),
        ("All service managers", [("All service managers", "role")]),
        ("Team Managers and IROs", [("Team Managers", "role"), ("IROs", "role")]),
        ("DCS/Police", [("DCS", "role"), ("Police", "organisation")]),
        ("Cllr Obi", [("Cllr Obi", "person")]),
        ("Una Bray (Head of MASH)", [("Una Bray (Head of MASH)", "person")]),
        ("Health and Social Care Partnership", [("Health and Social Care Partnership", "organisation")]),
        ("UB/KJ", [("UB", "person"), ("KJ", "person")]),
        ("John O'Neill; Mary-Ann Brown", [("John O'Neill", "person"), ("Mary-Ann Brown", "person")]),
        ("TBC", []),
        ("-", []),
    ],
)
def test_a_cell_is_split_where_each_piece_is_a_lead(words, leads):
    read = read_leads(words)
    assert ([(lead.name, lead.kind.value) for lead in read.leads], read.readings) == (leads, ())


@pytest.mark.parametrize(
    ("words", "name"), [("Una Bray,", "Una Bray"), ("Una Bray.", "Una Bray"), ("/ Una  Bray", "Una Bray")]
)
def test_stray_punctuation_is_taken_off_and_said(words, name):
    read = read_leads(words)
    assert ([lead.name for lead in read.leads], read.tidied) == ([name], True)


@pytest.mark.parametrize(
    "words",
    ["Una Bray, Head of Service", "QA/IRO Manager", "Head of Service, Early Help", "Service Manager, MASH"],
)
def test_what_may_be_one_lead_or_two_is_asked(words):
    read = read_leads(words)
    assert [len(leads) for _, leads in read.readings] == [2, 1]


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_word_of_a_lead_is_lost(words):
    kept = " ".join(lead.name for lead in read_leads(words).leads)
    spoken = [word for word in re.findall(r"\w{3,}", words) if word.casefold() not in {"and", "with", "plus"}]
    assert not kept or [word for word in spoken if word not in kept] == []
