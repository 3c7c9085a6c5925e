"""Copy the few third-party files that pages use from node_modules/ to static/vendor/, which Git ignores.

The crown, its crest and the GDS Transport fonts are licensed for gov.uk domains alone, so they are left out,
and what refers to them is taken out of the style sheet, unless the setting GOVUK_BRANDING is on.
"""

import re
import shutil
from pathlib import Path

from config.env import env

ROOT = Path(__file__).resolve().parent.parent
NODE_MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
GOVUK = NODE_MODULES / "govuk-frontend" / "dist" / "govuk"

COPIED = {
    "govuk-frontend.min.css": GOVUK / "govuk-frontend.min.css",
    "govuk-frontend.min.js": GOVUK / "govuk-frontend.min.js",
    "htmx.min.js": NODE_MODULES / "htmx.org" / "dist" / "htmx.min.js",
}


def without_source_map(text: str) -> str:
    """The text without its sourceMappingURL comment: manifest storage refuses a map that is not there."""
    return re.sub(r"(/\*|//)# sourceMappingURL=\S+( \*/)?\s*", "", text)


def style_sheet(css: str, *, branded: bool) -> str:
    """GOV.UK's style sheet with addresses relative to itself, so that manifest storage finds and hashes them.

    Unbranded, it names neither the GDS Transport font nor the crest.
    """
    if not branded:
        css = re.sub(r"@font-face\{[^}]*\}", "", css)
        css = css.replace("GDS Transport,", "")
        css = css.replace("url(/assets/images/govuk-crest.svg)", "none")
    return css.replace("url(/assets/", "url(assets/")


def copy_assets(*, branded: bool) -> None:
    """Write static/vendor/ anew. Raises FileNotFoundError where `npm ci` has not run."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name, source in COPIED.items():
        text = without_source_map(source.read_text(encoding="utf-8"))
        if name.endswith(".css"):
            text = style_sheet(text, branded=branded)
        (VENDOR / name).write_text(text, encoding="utf-8")
    if branded:
        shutil.copytree(GOVUK / "assets", VENDOR / "assets")


if __name__ == "__main__":
    copy_assets(branded=env.bool("GOVUK_BRANDING", False))
