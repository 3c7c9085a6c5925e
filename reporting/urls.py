"""Home pages, overviews, packs."""

from django.urls import path

from reporting.views import (
    chair,
    in_a_click,
    packs,
    pages,
    reports,
    reports_templates,
    reports_writing,
    scrutiny,
)

app_name = "reporting"
MEETING = "councils/<slug:council>/board/meetings/<int:meeting>/"
PACK = f"{MEETING}pack/"
CHALLENGE = f"{MEETING}challenge/"
NEWSLETTER = f"{MEETING}newsletter/"
REPORTS = "councils/<slug:council>/reports/"
REPORT = f"{REPORTS}<int:report>/"
SECTION = f"{REPORT}sections/<str:section>/"
SCRUTINY = "councils/<slug:council>/scrutiny/"
PUBLICATION = f"{SCRUTINY}<int:publication>/"
urlpatterns = [
    path("", pages.home, name="home"),
    path("councils/<slug:council>/", pages.overview, name="overview"),
    path(PACK, packs.pack, name="pack"),
    path(f"{PACK}make/<slug:edition>", packs.make, name="make_pack"),
    path(f"{PACK}sections", packs.sections, name="pack_sections"),
    path("councils/<slug:council>/exceptions", in_a_click.exceptions, name="exceptions"),
    path(CHALLENGE, chair.challenge, name="challenge"),
    path(f"{CHALLENGE}add", chair.add, name="add_challenge"),
    path(f"{CHALLENGE}mark/<slug:how>", chair.mark, name="mark_challenge"),
    path(f"{CHALLENGE}note", chair.note, name="note_challenge"),
    path(f"{CHALLENGE}carry-over", chair.carry_all, name="carry_all"),
    path(NEWSLETTER, in_a_click.newsletter, name="newsletter"),
    path(f"{NEWSLETTER}draft", in_a_click.draft_newsletter, name="draft_newsletter"),
    path(f"{NEWSLETTER}edit", in_a_click.edit_newsletter, name="edit_newsletter"),
    path(f"{NEWSLETTER}newsletter.docx", in_a_click.newsletter_word, name="newsletter_word"),
    path("reports/", reports.everywhere, name="reports_everywhere"),
    path(REPORTS, reports.reports, name="reports"),
    path(f"{REPORTS}begin", reports.begin_report, name="begin_report"),
    path(f"{REPORTS}kinds/<slug:kind>/", reports_templates.template, name="report_template"),
    path(REPORT, reports.report, name="report"),
    path(f"{SECTION}save", reports_writing.save_section, name="report_section"),
    path(f"{SECTION}versions/", reports_writing.versions, name="report_versions"),
    path(f"{SECTION}versions/<int:number>/back", reports_writing.bring_back, name="report_bring_back"),
    path(f"{REPORT}judgements", reports_writing.judge, name="report_judge"),
    path(f"{REPORT}address", reports_writing.address, name="report_address"),
    path(f"{REPORT}move/<slug:to>", reports_writing.move, name="report_move"),
    path(f"{REPORT}preview/<slug:kind>", reports_writing.preview, name="report_preview"),
    path(f"{REPORT}sign/", reports_writing.sign, name="report_sign"),
    path(f"{REPORT}submit", reports_writing.submit, name="report_submit"),
    path(f"{REPORT}drop/", reports_writing.drop, name="report_drop"),
    path(f"{REPORT}after/<slug:what>/", reports_writing.after, name="report_after"),
    path(SCRUTINY, scrutiny.index, name="scrutiny"),
    path(f"{SCRUTINY}publish", scrutiny.publish, name="publish"),
    path(PUBLICATION, scrutiny.publication, name="publication"),
    path(f"{PUBLICATION}take-back", scrutiny.take_back, name="take_back"),
    path(f"{PUBLICATION}document/<slug:kind>", scrutiny.document, name="publication_document"),
    path(f"{PUBLICATION}report", scrutiny.report, name="publication_report"),
    path(f"{SCRUTINY}recommendations/add", scrutiny.recommend, name="recommend"),
    path(f"{SCRUTINY}recommendations/<int:recommendation>/answer", scrutiny.answer, name="answer_scrutiny"),
    path("help", pages.help_page, name="help"),
    path("accessibility", pages.accessibility, name="accessibility"),
    path("privacy", pages.privacy, name="privacy"),
]
