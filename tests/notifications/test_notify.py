"""GOV.UK Notify as the way mail goes, against a server of this machine that answers as Notify documents it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import jwt
import pytest
from django.core.mail import EmailMessage

from notifications.models import Message
from notifications.services import drain, queue_message
from tests.notifications.test_outbox import NOON

SERVICE = "11111111-2222-4333-8444-555555555555"
SECRET = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"


@pytest.fixture
def notify(settings):
    """Notify's address for e-mails; `asked` holds what came, `answer` the status it gives."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            server.asked.append(
                (self.path, self.headers["Authorization"], json.loads(self.rfile.read(length)))
            )
            self.send_response(server.answer)
            self.end_headers()
            self.wfile.write(b'{"errors": [{"message": "Can\'t send to this recipient"}]}')

        def log_message(self, *parts):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.answer = [], 201
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.EMAIL_BACKEND = "notifications.notify.NotifyBackend"
    settings.NOTIFY_URL = f"http://127.0.0.1:{server.server_port}"
    settings.NOTIFY_API_KEY = f"live-{SERVICE}-{SECRET}"
    settings.NOTIFY_TEMPLATE_ID = "template"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_message_goes_to_notify_signed_with_its_mark(notify):
    letter = EmailMessage("Subject", "Body", to=["jo@council.example"], headers={"Message-ID": "<mark@here>"})
    assert letter.send() == 1
    ((path, authorization, sent),) = notify.asked
    assert path == "/v2/notifications/email"
    assert (
        jwt.decode(
            authorization.removeprefix("Bearer "), SECRET, algorithms=["HS256"], options={"verify_iat": False}
        )["iss"]
        == SERVICE
    )
    assert sent == {
        "email_address": "jo@council.example",
        "template_id": "template",
        "personalisation": {"subject": "Subject", "body": "Body"},
        "reference": "mark@here",
    }


@pytest.mark.django_db
def test_what_notify_refuses_waits_with_its_reason_and_goes_later(notify, caplog):
    notify.answer = 400
    message = queue_message(key="1", address="jo@council.example", subject="S", body="B", now=NOON)
    assert drain(clock=lambda: NOON) == 0
    refused = Message.objects.get(pk=message.pk)
    assert refused.problem.startswith("NotifyRefused: 400: ")
    assert "send to this recipient" in refused.problem
    notify.answer = 201
    assert drain(clock=lambda: refused.send_after) == 1
    first, second = (sent["reference"] for _, _, sent in notify.asked)
    assert first == second != ""
