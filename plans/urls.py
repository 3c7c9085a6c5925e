"""Pages of plans."""

from django.urls import path

from plans.views import action, findings, objective, plan, positions, reading

app_name = "plans"
HERE = "councils/<slug:council>/plan/"
urlpatterns = [
    path(HERE, plan.plan, name="plan"),
    path(f"{HERE}actions/<int:pk>/", action.action, name="action"),
    path(f"{HERE}actions/<int:pk>/update", action.update, name="update"),
    path(f"{HERE}actions/<int:pk>/row", action.row, name="row"),
    path(f"{HERE}objectives/<int:pk>/", objective.objective, name="objective"),
    path(f"{HERE}objectives/<int:pk>/judge", objective.judge, name="judge"),
    path(f"{HERE}findings/", findings.findings, name="findings"),
    path(f"{HERE}findings/<int:pk>/settle", findings.settle, name="settle"),
    path(f"{HERE}positions/", positions.positions, name="positions"),
    path(f"{HERE}positions/freeze", positions.freeze, name="freeze"),
    path(f"{HERE}documents/", reading.documents, name="documents"),
    path(f"{HERE}documents/add", reading.add, name="add"),
    path(f"{HERE}documents/<int:pk>/", reading.reading, name="reading"),
    path(f"{HERE}documents/<int:pk>/confirm", reading.confirm, name="confirm"),
    path(f"{HERE}documents/<int:pk>/report.csv", reading.report, name="report"),
    path(f"{HERE}documents/<int:pk>/leave", reading.leave, name="leave"),
]
