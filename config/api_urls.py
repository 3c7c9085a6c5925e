"""The API's addresses, /api/v1/..."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from boards.api.endpoints import (
    AgendaList,
    BoardList,
    DecisionList,
    MatterList,
    MatterNotes,
    MeetingDetail,
    MeetingList,
    Moving,
)
from config import api_schema  # noqa: F401 - tells the schema how one signs in
from councils.api.base import NoSuchEndpoint
from councils.api.endpoints import CouncilDetail, CouncilList
from jobs.api import JobDetail, JobFile
from notices.api.endpoints import (
    Agreeing,
    AgreementList,
    EventList,
    InspectionList,
    InstrumentList,
    ObligationList,
    RequirementList,
)
from notices.deadlines.api import DeadlineList, Meeting, Reopening, Waiving
from plans.api.answering import BulkEnd, BulkLeads, BulkRating, BulkUndo, MyActionList
from plans.api.coverage import CoverageList, Deciding
from plans.api.documents import (
    Confirming,
    Correcting,
    DocumentActions,
    DocumentChanges,
    DocumentDetail,
    DocumentFile,
    DocumentFindings,
    DocumentList,
    PuttingAside,
)
from plans.api.endpoints import (
    ObjectiveDetail,
    ObjectiveList,
    PlanDetail,
    UpdateList,
)
from plans.api.findings import OpenFindings, Settling
from plans.api.keeping import Endorsing, KeptPositions, KeptVersions, RuleDetail, RuleList
from plans.api.leads import LeadList, LinkList, Reminding, Revoking
from plans.api.lists import SavedListDetail, SavedLists
from plans.api.looking import (
    Asking,
    ChallengeDetail,
    ChallengeList,
    ChangeList,
    ComparisonDetail,
    ContradictionList,
)
from plans.api.out import PlanFile
from plans.api.sheets import LeadSheet, MySheet
from plans.api.supporting import (
    AssuranceList,
    EvidenceFile,
    EvidenceList,
    MilestoneDetail,
    MilestoneList,
    TestedList,
    Withdrawing,
)
from plans.api.working import (
    BringingBack,
    Merging,
    Retiring,
    Splitting,
    WorkedAction,
    WorkedActions,
)
from reporting.api.endpoints import (
    Checking,
    Freezing,
    JudgementDetail,
    JudgementList,
    ReportDetail,
    ReportFile,
    ReportList,
    SectionDetail,
    SectionVersions,
    Unfreezing,
)

HERE = "councils/<slug:council>"
DOCUMENT = f"{HERE}/documents/<int:document>"
REPORT = f"{HERE}/reports/<int:report>"
urlpatterns = [
    path("councils", CouncilList.as_view(), name="api-councils"),
    path(HERE, CouncilDetail.as_view(), name="api-council"),
    path(f"{HERE}/plan", PlanDetail.as_view(), name="api-plan"),
    path(f"{HERE}/plan/file", PlanFile.as_view(), name="api-plan-file"),
    path(f"{HERE}/documents", DocumentList.as_view(), name="api-documents"),
    path(DOCUMENT, DocumentDetail.as_view(), name="api-document"),
    path(f"{DOCUMENT}/file", DocumentFile.as_view(), name="api-document-file"),
    path(f"{DOCUMENT}/actions", DocumentActions.as_view(), name="api-document-actions"),
    path(f"{DOCUMENT}/changes", DocumentChanges.as_view(), name="api-document-changes"),
    path(f"{DOCUMENT}/findings", DocumentFindings.as_view(), name="api-document-findings"),
    path(f"{DOCUMENT}/read-again", Correcting.as_view(), name="api-correct-document"),
    path(f"{DOCUMENT}/confirm", Confirming.as_view(), name="api-confirm-document"),
    path(f"{DOCUMENT}/put-aside", PuttingAside.as_view(), name="api-put-document-aside"),
    path(f"{HERE}/jobs/<uuid:job>", JobDetail.as_view(), name="api-job"),
    path(f"{HERE}/jobs/<uuid:job>/file", JobFile.as_view(), name="api-job-file"),
    path(f"{HERE}/plan/rules", RuleList.as_view(), name="api-rules"),
    path(f"{HERE}/plan/rules/<slug:rule>", RuleDetail.as_view(), name="api-rule"),
    path(f"{HERE}/objectives", ObjectiveList.as_view(), name="api-objectives"),
    path(f"{HERE}/objectives/<int:objective>", ObjectiveDetail.as_view(), name="api-objective"),
    path(
        f"{HERE}/objectives/<int:objective>/assurances", TestedList.as_view(), name="api-objective-assurances"
    ),
    path(f"{HERE}/actions", WorkedActions.as_view(), name="api-actions"),
    path(f"{HERE}/actions/rating", BulkRating.as_view(), name="api-rate-many"),
    path(f"{HERE}/actions/leads", BulkLeads.as_view(), name="api-lead-many"),
    path(f"{HERE}/actions/end", BulkEnd.as_view(), name="api-move-many"),
    path(f"{HERE}/actions/undo/<uuid:batch>", BulkUndo.as_view(), name="api-undo-many"),
    path(f"{HERE}/my-actions", MyActionList.as_view(), name="api-my-actions"),
    path(f"{HERE}/my-actions/sheet", MySheet.as_view(), name="api-my-sheet"),
    path(f"{HERE}/leads", LeadList.as_view(), name="api-leads"),
    path(f"{HERE}/leads/sheet", LeadSheet.as_view(), name="api-lead-sheet"),
    path(f"{HERE}/leads/remind", Reminding.as_view(), name="api-remind"),
    path(f"{HERE}/links", LinkList.as_view(), name="api-links"),
    path(f"{HERE}/links/<int:link>/revoke", Revoking.as_view(), name="api-revoke-link"),
    path(f"{HERE}/lists", SavedLists.as_view(), name="api-lists"),
    path(f"{HERE}/lists/<int:saved>", SavedListDetail.as_view(), name="api-list"),
    path(f"{HERE}/actions/<int:action>", WorkedAction.as_view(), name="api-action"),
    path(f"{HERE}/actions/<int:action>/updates", UpdateList.as_view(), name="api-updates"),
    path(f"{HERE}/actions/<int:action>/retire", Retiring.as_view(), name="api-retire"),
    path(f"{HERE}/actions/<int:action>/bring-back", BringingBack.as_view(), name="api-bring-back"),
    path(f"{HERE}/actions/<int:action>/split", Splitting.as_view(), name="api-split"),
    path(f"{HERE}/actions/<int:action>/merge", Merging.as_view(), name="api-merge"),
    path(f"{HERE}/actions/<int:action>/milestones", MilestoneList.as_view(), name="api-milestones"),
    path(f"{HERE}/actions/<int:action>/assurances", AssuranceList.as_view(), name="api-assurances"),
    path(f"{HERE}/actions/<int:action>/evidence", EvidenceList.as_view(), name="api-evidence"),
    path(f"{HERE}/milestones/<int:milestone>", MilestoneDetail.as_view(), name="api-milestone"),
    path(f"{HERE}/evidence/<int:evidence>/file", EvidenceFile.as_view(), name="api-evidence-file"),
    path(f"{HERE}/evidence/<int:evidence>/withdraw", Withdrawing.as_view(), name="api-withdraw-evidence"),
    path(f"{HERE}/actions/<int:action>/challenges", Asking.as_view(), name="api-ask"),
    path(f"{HERE}/challenges", ChallengeList.as_view(), name="api-challenges"),
    path(f"{HERE}/challenges/<int:challenge>", ChallengeDetail.as_view(), name="api-challenge"),
    path(f"{HERE}/findings", OpenFindings.as_view(), name="api-findings"),
    path(f"{HERE}/findings/<int:finding>/settle", Settling.as_view(), name="api-settle-finding"),
    path(f"{HERE}/contradictions", ContradictionList.as_view(), name="api-contradictions"),
    path(f"{HERE}/comparison", ComparisonDetail.as_view(), name="api-comparison"),
    path(f"{HERE}/plan-changes", ChangeList.as_view(), name="api-plan-changes"),
    path(f"{HERE}/plan-versions", KeptVersions.as_view(), name="api-plan-versions"),
    path(f"{HERE}/plan-versions/<int:version>/endorse", Endorsing.as_view(), name="api-endorse"),
    path(f"{HERE}/positions", KeptPositions.as_view(), name="api-positions"),
    path(f"{HERE}/coverage", CoverageList.as_view(), name="api-coverage"),
    path(f"{HERE}/coverage/decisions", Deciding.as_view(), name="api-coverage-decisions"),
    path(f"{HERE}/instruments", InstrumentList.as_view(), name="api-instruments"),
    path(
        f"{HERE}/instruments/<int:instrument>/requirements",
        RequirementList.as_view(),
        name="api-requirements",
    ),
    path(
        f"{HERE}/instruments/<int:instrument>/obligations", ObligationList.as_view(), name="api-obligations"
    ),
    path(f"{HERE}/instruments/<int:instrument>/agreements", Agreeing.as_view(), name="api-agree"),
    path(f"{HERE}/agreements", AgreementList.as_view(), name="api-agreements"),
    path(f"{HERE}/events", EventList.as_view(), name="api-events"),
    path(f"{HERE}/inspections", InspectionList.as_view(), name="api-inspections"),
    path(f"{HERE}/boards", BoardList.as_view(), name="api-boards"),
    path(f"{HERE}/boards/<int:board>/meetings", MeetingList.as_view(), name="api-meetings"),
    path(f"{HERE}/boards/<int:board>/decisions", DecisionList.as_view(), name="api-decisions"),
    path(f"{HERE}/boards/<int:board>/matters", MatterList.as_view(), name="api-matters"),
    path(f"{HERE}/meetings/<int:meeting>", MeetingDetail.as_view(), name="api-meeting"),
    path(f"{HERE}/meetings/<int:meeting>/agenda", AgendaList.as_view(), name="api-agenda"),
    path(f"{HERE}/meetings/<int:meeting>/move", Moving.as_view(), name="api-move-meeting"),
    path(f"{HERE}/matters/<int:matter>/notes", MatterNotes.as_view(), name="api-matter-notes"),
    path(f"{HERE}/deadlines", DeadlineList.as_view(), name="api-deadlines"),
    path(f"{HERE}/deadlines/<int:obligation>/<str:due>/met", Meeting.as_view(), name="api-deadline-met"),
    path(f"{HERE}/deadlines/<int:obligation>/<str:due>/waive", Waiving.as_view(), name="api-deadline-waive"),
    path(
        f"{HERE}/deadlines/<int:obligation>/<str:due>/reopen", Reopening.as_view(), name="api-deadline-reopen"
    ),
    path(f"{HERE}/reports", ReportList.as_view(), name="api-reports"),
    path(REPORT, ReportDetail.as_view(), name="api-report"),
    path(f"{REPORT}/sections/<str:section>", SectionDetail.as_view(), name="api-report-section"),
    path(f"{REPORT}/sections/<str:section>/versions", SectionVersions.as_view(), name="api-section-versions"),
    path(f"{REPORT}/judgements", JudgementList.as_view(), name="api-judgements"),
    path(f"{REPORT}/judgements/<str:requirement>", JudgementDetail.as_view(), name="api-judgement"),
    path(f"{REPORT}/freeze", Freezing.as_view(), name="api-freeze-report"),
    path(f"{REPORT}/unfreeze", Unfreezing.as_view(), name="api-unfreeze-report"),
    path(f"{REPORT}/check", Checking.as_view(), name="api-check-report"),
    path(f"{REPORT}/files/<slug:form>", ReportFile.as_view(), name="api-report-file"),
    path("schema", SpectacularAPIView.as_view(), name="api-schema"),
    # whatever else is asked for here is answered as the API answers, not with a page
    re_path(r"^.*$", NoSuchEndpoint.as_view(), name="api-nothing"),
]
