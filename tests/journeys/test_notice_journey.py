"""A notice in the browser: read, asked about, confirmed; its deadlines met, waived, opened; amended, put right."""

import datetime as dt
import re

from playwright.sync_api import expect

HERE = "/councils/northvale/"
WORDS = """Improvement Notice

To: Northvale Council

This Improvement Notice is issued to Northvale Council on {issued} following the inspection report published by Ofsted on {published}, which judged services to be 'inadequate'.

1. The Council must submit a report on caseloads to the Department every month.
2. The Council must provide regular reports on foster homes to the board.
3. The Council should aim for its placements plan to be delivered within 12 months of the date of this Notice.
4. The Department for Education will review placements at least every six months until this notice is lifted.

Signed: A Minister
Minister for Harbours
"""


def ago(days):
    return dt.date.today() - dt.timedelta(days)  # noqa: TID251 - the browser and the product have the real day


def words(day):
    return f"{day.day} {day:%B %Y}"


def test_a_notice_from_its_words_to_its_calendar(sign_in, accessible, picture):
    page = sign_in("programme_manager")
    notice = WORDS.format(issued=words(ago(75)), published=words(ago(120)))
    read_in(page, notice, accessible, picture)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Improvement notice")
    accessible()
    picture("notice")
    deadlines(page, accessible, picture)
    an_amendment(page, notice, accessible, picture)
    a_correction(page, accessible, picture)
    an_agreement(page, accessible, picture)
    dates_and_chain(page, accessible, picture)
    a_calendar(page, accessible)
    what_a_member_sees_on_a_phone(sign_in("board_member"), accessible)


def read_in(page, text, accessible, picture, *, instrument=""):
    page.goto(f"{HERE}notice/readings/add/" + (f"?instrument={instrument}" if instrument else ""))
    page.get_by_label(re.compile("paste", re.IGNORECASE)).fill(text)
    page.get_by_role("button", name="Send and read").click()
    expect(page.locator("mark.nb-quote").first).to_be_visible()
    accessible()
    picture("notice-reading")
    for name in {one.get_attribute("name") for one in page.locator("input[name^=answer-]").all()}:
        page.locator(f"input[name={name}]").last.check()
    page.locator("button[name=go_on]").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Confirm")
    accessible()
    picture("notice-confirm")
    page.get_by_role("button", name=re.compile("Confirm")).click()


def deadlines(page, accessible, picture):
    page.get_by_role("link", name="Deadlines", exact=True).click()
    accessible()
    picture("notice-deadlines")
    page.locator(".nb-shortlist").get_by_role("link", name="Report on caseloads").click()
    expect(page.get_by_text(re.compile("every month from the notice issued on")).first).to_be_visible()
    accessible()
    one = page.url
    page.get_by_role("button", name="Record that it was met").click()
    page.get_by_label("Day it was met").fill("")
    letter = {"name": "caseloads.txt", "mimeType": "text/plain", "buffer": b"Caseloads fell."}
    page.get_by_label("A file (optional)").set_input_files(letter)
    page.get_by_role("button", name="Record that it was met").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter the day it was met")
    expect(page.get_by_label("Attach “caseloads.txt”")).to_be_checked()
    accessible()
    picture("deadline-met")
    page.get_by_label("Day it was met").fill(f"{ago(40):%d/%m/%Y}")
    page.get_by_role("button", name="Record that it was met").click()
    expect(page.get_by_role("link", name="caseloads.txt").first).to_be_visible()
    page.get_by_role("button", name="Open it again").click()
    page.get_by_label(re.compile("Why|Reason")).fill("It was another month's report")
    accessible()
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text("It was another month's report")).to_be_visible()
    page.goto(one + "waive/")
    page.get_by_label("Reason").fill("The Department has the figures")
    page.get_by_label("Who approved it").fill("The case lead")
    accessible()
    page.get_by_role("button", name="Waive this deadline").click()
    expect(page.locator("main")).to_contain_text("The Department has the figures")
    accessible()
    picture("deadline")
    page.goto(f"{HERE}deadlines/month/")
    accessible()
    picture("deadlines-month")


def an_amendment(page, notice, accessible, picture):
    page.goto(f"{HERE}notice/")
    link = page.get_by_role("link", name="Read an amendment in").get_attribute("href")
    changed = notice.replace(words(ago(75)), words(ago(10))).replace("every month", "every two months")
    read_in(page, changed, accessible, picture, instrument=link.partition("=")[2])
    expect(page.locator("main")).to_contain_text("every two months")
    accessible()
    picture("notice-compare")


def a_correction(page, accessible, picture):
    page.goto(f"{HERE}notice/")
    page.get_by_role("link", name=re.compile("^Correct 1:")).click()
    page.get_by_label("Who owes it").fill("Director of Children's Services")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say what was read wrongly")
    accessible()
    page.get_by_label("Why it is put right").fill("The covering letter names the Director")
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Is this right?")
    accessible()
    picture("notice-correct")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.locator("main")).to_contain_text("Director of Children's Services must")
    page.get_by_role("link", name="What was put right (1)").click()
    accessible()
    picture("notice-corrections")


def an_agreement(page, accessible, picture):
    page.goto(f"{HERE}deadlines/")
    page.get_by_role("link", name=re.compile("Record what was agreed of Regular reports on foster")).click()
    page.get_by_label("In words").fill("Every quarter")
    page.get_by_label("Day it was agreed").fill(f"{ago(5):%d/%m/%Y}")
    page.get_by_label("Who agreed it").fill("The board")
    letter = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Every quarter."}
    page.get_by_label("The letter as a file (optional)").set_input_files(letter)
    page.get_by_label("How it is timed").first.select_option("every_period")
    page.get_by_role("button", name="Show its fields").first.click()
    expect(page.get_by_label("Attach “letter.txt”")).to_be_checked()
    page.get_by_label("How long").last.fill("3")
    page.get_by_label("Unit").last.select_option("months")
    accessible()
    picture("notice-agreement")
    page.get_by_role("button", name="Enter it in the register").click()
    expect(page.get_by_role("link", name="letter.txt")).to_be_visible()
    accessible()
    picture("notice-register")


def dates_and_chain(page, accessible, picture):
    page.get_by_role("link", name="Inspections and chain").click()
    accessible()
    picture("notice-chain")
    page.get_by_role("link", name="Key dates").click()
    accessible()
    picture("key-dates")
    page.get_by_label("What", exact=True).select_option("review_held")
    page.get_by_label("Day", exact=True).fill(f"{ago(-3):%d/%m/%Y}")
    page.get_by_role("button", name="Record it").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("record it as planned")
    accessible()


def a_calendar(page, accessible):
    page.goto(f"{HERE}deadlines/calendar/")
    page.locator("main form button[type=submit]").first.click()
    accessible()
    address = re.search(r"/calendars/[\w-]+\.ics", page.content())
    assert address
    answer = page.request.get(address.group())
    assert "BEGIN:VEVENT" in answer.text()


def what_a_member_sees_on_a_phone(page, accessible):
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("notice/", "notice/chain/", "notice/agreements/", "deadlines/", "dates/"):
        page.goto(HERE + path)
        accessible()
        expect(page.get_by_role("link", name=re.compile("^(Correct|Record)"))).to_have_count(0)
