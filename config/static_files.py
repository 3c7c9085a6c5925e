"""Which of the libraries' static files are served."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Leaves out what no page asks for: collecting hashes and compresses every file, in every installation."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "rest_framework",  # for the browsable API; ours answers in JSON
        "django_htmx",  # htmx itself comes from npm
        "select2",  # for autocomplete fields of the administration site, which has none
    ]
