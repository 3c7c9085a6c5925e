"""What must not stand in logs: the tokens of links that let somebody in."""

import logging
import re

_TOKEN = re.compile(r"(/(?:answer|invitations)/)[^/\s?\"']+")


class NoTokens(logging.Filter):
    """Black out tokens in addresses, in the message and in what is put into it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        clean = _TOKEN.sub(r"\1[token]", message)
        if clean != message:
            record.msg, record.args = clean, None
        return True
