"""What is proposed for a provision: by the words that few texts share, at most three, with the words it rests on."""

import pytest

from notices.abbreviations import named_in, spelt_out
from plans.coverage.asked import Part, Provision, Target
from plans.coverage.proposing import Candidate, proposals
from plans.coverage.words import stem


def objective(number, words):
    return Candidate(Target(Part.OBJECTIVE, number), words, number)


def action(number, words, family, *, marked=False):
    return Candidate(Target(Part.ACTION, number), words, family, marked)


PLAN = [
    objective(1, "Caseloads allow social workers to know every child"),
    action(11, "Bring caseloads of social workers below eighteen children", 1),
    action(12, "Recruit twenty social workers from abroad", 1),
    objective(2, "Placements are stable and near home"),
    action(21, "Recruit foster carers for sibling groups", 2),
    action(22, "Train foster carers in the first year", 2),
    objective(3, "The front door answers every referral"),
    action(31, "Answer referrals at the front door within one working day", 3),
    action(32, "Agree thresholds with schools, police and health", 3),
    objective(4, "Quality is known"),
    action(41, "Audit ten case files a month and publish what was learned", 4),
]


def proposed(words, *, plan=PLAN, heading="", among=()):
    provision = Provision("1", "1", heading, words)
    return proposals([provision, *among], plan)["1"]


@pytest.mark.parametrize(
    ("words", "best"),
    [
        ("Caseloads of social workers must be manageable.", Target(Part.OBJECTIVE, 1)),
        ("The council should recruit foster carers, in particular for siblings.", Target(Part.ACTION, 21)),
        ("Referrals must be answered promptly by the front door.", Target(Part.OBJECTIVE, 3)),
        ("Thresholds are to be understood by police, schools and health services.", Target(Part.ACTION, 32)),
        ("Auditing of case files every month.", Target(Part.ACTION, 41)),
    ],
)
def test_the_likeliest_is_what_says_the_same(words, best):
    assert proposed(words)[0].target == best


def test_a_proposal_names_the_words_it_rests_on_as_the_plan_spells_them():
    assert proposed("Thresholds understood by police and schools")[0].why == (
        "Both speak of “police”, “schools” and “thresholds”"
    )


def test_what_shares_no_telling_words_is_not_proposed():
    assert proposed("The Secretary of State may appoint an adviser.") == ()


def test_one_word_in_common_is_not_enough():
    assert proposed("Health.") == ()


def test_words_that_stand_everywhere_hardly_count():
    plan = [
        action(n, f"Improve the service and report progress on theme {name}", n)
        for n, name in enumerate("abcdefgh")
    ]
    plan.append(action(9, "Improve the service and report progress on adoption of infants", 9))
    found = proposed("Improve the service and report progress on adoption of infants", plan=plan)
    assert [one.target.number for one in found] == [9]


def test_of_one_objective_and_its_actions_only_the_likeliest_is_proposed():
    families = [
        one.target.number // 10 or one.target.number
        for one in proposed("Caseloads of social workers; foster carers")
    ]
    assert len(families) == len(set(families))


def test_no_more_than_three_are_proposed():
    plan = [action(n, "Audit case files of children", n) for n in range(9)] + PLAN
    assert len(proposed("Audit case files of children", plan=plan)) == 3


def test_what_is_far_less_alike_than_the_likeliest_is_left_out():
    found = proposed("Recruit foster carers for sibling groups")
    assert [one.target.number for one in found] == [21]


def test_an_action_that_the_plan_marks_as_asked_for_by_the_notice_goes_before_its_equal():
    twins = [
        action(1, "Audit supervision records", 1),
        action(2, "Audit supervision records", 2, marked=True),
        *PLAN,
    ]
    first = proposed("Supervision records are audited", plan=twins)[0]
    assert first.target.number == 2
    assert first.why.endswith("The plan marks it as asked for by the notice")


def test_a_short_part_is_understood_by_what_stands_above_it():
    above = Provision("9", "9", "", "Referrals at the front door must be:")
    part = Provision("9a", "9a", "", "answered within one working day", parent="9")
    alone = Provision("8a", "8a", "", "answered within one working day")
    found = proposals([above, part, alone], PLAN)
    assert found["9a"][0].target.number == 31
    assert found["9a"][0].score > (found["8a"][0].score if found["8a"] else 0)


def test_the_same_texts_give_the_same_proposals_in_whatever_order_they_come():
    words = "Recruit foster carers and social workers"
    assert proposed(words) == proposed(words, plan=PLAN[::-1])


@pytest.mark.parametrize(
    ("forms"),
    [
        ("plan", "plans", "planning", "planned"),
        ("audit", "audits", "auditing"),
        ("caseload", "caseloads"),
        ("adopt", "adoption", "adopters", "adopting"),
        ("permanence", "permanency"),
        ("child", "children"),
        ("family", "families"),
        ("assess", "assessment", "assessments", "assessed"),
    ],
)
def test_the_forms_of_a_word_are_one_word(forms):
    assert len(set(map(stem, forms))) == 1


@pytest.mark.parametrize(("one", "other"), [("police", "policy"), ("meet", "meeting"), ("care", "case")])
def test_other_words_stay_apart(one, other):
    assert stem(one) != stem(other)


def test_a_plan_without_words_and_a_notice_without_words_give_nothing():
    assert proposals([Provision("1", "1", "", "")], PLAN) == {"1": ()}
    assert proposals([Provision("1", "1", "", "Caseloads")], []) == {"1": ()}


@pytest.mark.parametrize(
    ("asked", "planned"),
    [
        ("Audits by the LSCB are robust", "Share audits of the MSCB with schools"),
        (
            "Audits by the Local Safeguarding Children Board are robust",
            "Share audits of the SSCB with schools",
        ),
        ("Supervision by Independent Reviewing Officers is recorded", "Record supervision of every IRO"),
    ],
)
def test_what_one_shortens_and_the_other_spells_out_is_the_same(asked, planned):
    (best, *_) = proposed(asked, plan=[*PLAN, action(51, planned, 5)])
    assert best.target.number == 51


def test_only_capitals_are_an_abbreviation():
    assert named_in("Each cafe and every qa") == frozenset()
    assert named_in("The CAF, every IRO and the MSCB") == {"CAF", "IRO", "LSCB"}
    assert spelt_out("IROs report") == "independent reviewing officer report"
