"""The councils that are there after migrate, and how one of them is meant."""

from collections import Counter

import pytest

from councils.access import access_of
from councils.models import Council, Region
from councils.queries import AmbiguousCouncilError, UnknownCouncilError, councils_known_to, find_council
from councils.roles import Role
from tests.factories import CouncilFactory, member

pytestmark = pytest.mark.django_db


def test_there_are_153_upper_tier_local_authorities():
    assert Council.objects.filter(invented=False).count() == 153


def test_each_region_has_its_number_of_them():
    assert Counter(Council.objects.filter(invented=False).values_list("region", flat=True)) == {
        Region.NORTH_EAST: 12,
        Region.NORTH_WEST: 24,
        Region.YORKSHIRE_AND_THE_HUMBER: 15,
        Region.EAST_MIDLANDS: 10,
        Region.WEST_MIDLANDS: 14,
        Region.EAST_OF_ENGLAND: 11,
        Region.LONDON: 33,
        Region.SOUTH_EAST: 19,
        Region.SOUTH_WEST: 15,
    }


def test_each_kind_has_its_number_of_them():
    """ONS: E06 unitary authorities, E08 metropolitan districts, E09 London boroughs with the City, E10 counties."""
    kinds = Counter(
        code[:3] for code in Council.objects.filter(invented=False).values_list("code", flat=True)
    )
    assert kinds == {"E06": 63, "E08": 36, "E09": 33, "E10": 21}


def test_codes_and_numbers_are_of_their_form():
    for council in Council.objects.filter(invented=False):
        assert council.code[1:].isdecimal()
        assert len(council.code) == 9
        assert council.la_number.isdecimal()
        assert len(council.la_number) == 3


def test_no_council_has_the_code_of_another_before_it():
    codes = set(Council.objects.values_list("code", flat=True))
    former = set(Council.objects.exclude(former_code="").values_list("former_code", flat=True))
    assert len(former) == 7
    assert codes & former == set()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Manchester", "E08000003"),
        ("manchester city council", "E08000003"),
        ("MANCHESTER CITY COUNCIL", "E08000003"),
        ("  Manchester ", "E08000003"),
        ("E08000003", "E08000003"),
        ("e08000003", "E08000003"),
        ("352", "E08000003"),
        ("cheshire-east", "E06000049"),
        ("Cheshire East Council", "E06000049"),
        ("Salford", "E08000006"),
        ("Barnet", "E09000003"),
        ("London Borough of Barnet", "E09000003"),
        ("Barnet Council", "E09000003"),
        ("Barnet London Borough Council", "E09000003"),
        ("Kensington & Chelsea", "E09000020"),
        ("Bristol, City of", "E06000023"),
        ("Herefordshire, County of", "E06000019"),
        ("Kingston upon Hull, City of", "E06000010"),
        ("Hull", "E06000010"),
        ("Durham", "E06000047"),
        ("County Durham", "E06000047"),
        ("St. Helens", "E08000013"),
        ("Stoke on Trent", "E06000021"),
        ("Bolton Council", "E08000001"),
        ("Derby", "E06000015"),
        ("Derbyshire", "E10000007"),
        ("Gloucestershire", "E10000013"),
        ("Council of the Isles of Scilly", "E06000053"),
        ("City of London", "E09000001"),
        ("E08000016", "E08000038"),  # Barnsley's code until April 2025
    ],
)
def test_a_council_is_found_by(words, code):
    assert find_council(words).code == code


def test_every_council_is_found_by_each_of_its_names_and_codes():
    for council in Council.objects.all():
        for words in (council.name, council.short_name, council.slug, council.code, council.la_number):
            assert find_council(words) == council, words
        assert find_council(council.name.upper()) == council


@pytest.mark.parametrize(
    ("words", "may_be"),
    [
        ("Northamptonshire", ["North Northamptonshire", "West Northamptonshire"]),
        ("Kingston", ["Hull", "Kingston upon Thames"]),
        ("Tyneside", ["North Tyneside", "South Tyneside"]),
    ],
)
def test_words_that_may_mean_several_councils_are_refused_and_name_them(words, may_be):
    with pytest.raises(AmbiguousCouncilError) as refused:
        find_council(words)
    assert [name for name in may_be if name in str(refused.value)] == may_be


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Machester", "Manchester"),
        ("Telford", "Telford and Wrekin"),
        ("Leads", "Leeds"),
        ("Northumbria", "Northumberland"),
    ],
)
def test_an_unknown_council_is_refused_with_a_near_miss(words, meant):
    with pytest.raises(UnknownCouncilError, match=f"Did you mean .*{meant}"):
        find_council(words)


@pytest.mark.parametrize(
    "words", ["", "   ", "council", "xyzzy", "E99999999", "999", "'; DROP TABLE councils_council; --"]
)
def test_what_is_no_council_is_refused(words):
    with pytest.raises(UnknownCouncilError):
        find_council(words)


def test_an_invented_council_is_found_beside_the_real_ones():
    council = CouncilFactory(short_name="Northvale", slug="northvale")
    assert find_council("northvale") == council


def test_a_council_role_knows_its_council_and_a_national_one_all(today):
    council = CouncilFactory()
    viewer = access_of(member(Role.COUNCIL_VIEWER, council), today=today)
    official = access_of(member(Role.DFE_OFFICIAL), today=today)
    assert list(councils_known_to(viewer)) == [council]
    assert councils_known_to(official).count() == 154
