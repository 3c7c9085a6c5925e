"""Home pages, overviews, packs."""

from django.urls import path

from reporting.views import chair, in_a_click, packs, pages

app_name = "reporting"
MEETING = "councils/<slug:council>/board/meetings/<int:meeting>/"
PACK = f"{MEETING}pack/"
CHALLENGE = f"{MEETING}challenge/"
NEWSLETTER = f"{MEETING}newsletter/"
urlpatterns = [
    path("", pages.home, name="home"),
    path("councils/<slug:council>/", pages.overview, name="overview"),
    path(PACK, packs.pack, name="pack"),
    path(f"{PACK}make/<slug:edition>", packs.make, name="make_pack"),
    path(f"{PACK}sections", packs.sections, name="pack_sections"),
    path("councils/<slug:council>/exceptions.docx", in_a_click.exceptions, name="exceptions"),
    path(CHALLENGE, chair.challenge, name="challenge"),
    path(f"{CHALLENGE}add", chair.add, name="add_challenge"),
    path(f"{CHALLENGE}mark/<slug:how>", chair.mark, name="mark_challenge"),
    path(f"{CHALLENGE}note", chair.note, name="note_challenge"),
    path(f"{CHALLENGE}carry-over", chair.carry_all, name="carry_all"),
    path(NEWSLETTER, in_a_click.newsletter, name="newsletter"),
    path(f"{NEWSLETTER}draft", in_a_click.draft_newsletter, name="draft_newsletter"),
    path(f"{NEWSLETTER}edit", in_a_click.edit_newsletter, name="edit_newsletter"),
    path(f"{NEWSLETTER}newsletter.docx", in_a_click.newsletter_word, name="newsletter_word"),
    path("help", pages.help_page, name="help"),
    path("accessibility", pages.accessibility, name="accessibility"),
    path("privacy", pages.privacy, name="privacy"),
]
