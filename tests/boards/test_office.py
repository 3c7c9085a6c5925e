"""LibreOffice turns what was sent into PDF, and a hostile or huge document gets nothing but a clear refusal.

The limits are tested with a program in LibreOffice's place; what a document can reach, with LibreOffice where it is.
"""

import http.server
import io
import threading
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from boards import office
from boards.office import converter, to_pdf
from boards.pdfs import PdfRefused

needs_office = pytest.mark.skipif(converter() is None, reason="LibreOffice is not on this machine")
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{whole}:1.0"'
    for short, whole in [
        ("office", "office"),
        ("text", "text"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
    ]
)


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """A shell script in LibreOffice's place; it finds the folder it may write to in $HOME."""

    def put(script):
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setattr(office, "converter", lambda: str(program))

    return put


def test_it_runs_under_limits_of_memory_output_and_time_and_knows_nothing_of_the_service(
    stand_in, monkeypatch
):
    monkeypatch.setenv("SECRET_KEY", "the service's own")
    stand_in('(ulimit -v; ulimit -f; ulimit -t; env; ls) > "$HOME/paper.pdf"')
    memory, output, seconds, *rest = to_pdf(b"x", ".docx").decode().split("\n")
    assert (int(memory) * 1024, int(output) * 512, int(seconds)) == (
        office.MEMORY,
        office.OUTPUT,
        office.SECONDS,
    )
    assert "the service's own" not in str(rest)
    assert "paper.docx" in rest


def test_what_writes_too_much_into_one_file_is_stopped(stand_in, monkeypatch):
    monkeypatch.setattr(office, "OUTPUT", 64 * 1024)
    monkeypatch.setattr(office, "_LIMITED", 'ulimit -f 128; exec "$@"')
    stand_in('head -c 1000000 /dev/zero > "$HOME/paper.pdf"')
    with pytest.raises(PdfRefused, match="too large to be turned into PDF"):
        to_pdf(b"x", ".docx")


def test_what_fills_its_folder_is_stopped_while_it_does(stand_in, monkeypatch):
    monkeypatch.setattr(office, "FOLDER", 100_000)
    stand_in('for n in 1 2 3; do head -c 60000 /dev/zero > "$HOME/$n"; done; sleep 60')
    with pytest.raises(PdfRefused, match="too large to be turned into PDF"):
        to_pdf(b"x", ".docx")


def test_what_takes_too_long_is_ended_with_all_that_it_started(stand_in, monkeypatch, tmp_path):
    monkeypatch.setattr(office, "SECONDS", 0)
    stand_in(f"sleep 60 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(PdfRefused, match="took too long"):
        to_pdf(b"x", ".docx")
    child = int((tmp_path / "child").read_text())
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_what_ends_without_a_pdf_is_refused_with_what_to_do(stand_in):
    stand_in("exit 1")
    with pytest.raises(PdfRefused, match="damaged, protected by a password, or too large"):
        to_pdf(b"x", ".docx")


def odt_with_pictures(*addresses):
    frames = "".join(
        f'<draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:href="{address}" xlink:type="simple" '
        'xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>'
        for address in addresses
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry '
            'm:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/><m:file-entry '
            'm:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content {NAMES} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
            f"<office:body><office:text><text:p>Report{frames}</text:p></office:text></office:body>"
            "</office:document-content>",
        )
    return content.getvalue()


@needs_office
def test_a_document_fetches_nothing_from_the_network_and_shows_no_file_of_the_machine(tmp_path):
    asked = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the library's names

        def log_message(self, *_):
            """Say nothing."""

    Image.new("RGB", (64, 64), "red").save(tmp_path / "secret.png")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        made = to_pdf(
            odt_with_pictures(
                f"http://127.0.0.1:{server.server_port}/spy.png", f"file://{tmp_path}/secret.png"
            ),
            ".odt",
        )
        server.shutdown()
    assert made.startswith(b"%PDF")
    assert asked == []
    assert b"/Subtype/Image" not in made
