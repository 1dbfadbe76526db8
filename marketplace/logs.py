"""Log records without what opens doors or names people."""

import logging
import re

_TOKEN = re.compile(r"/B/[^\s\"'?#]+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def redacted(text: str) -> str:
    """`text` with the tokens of printed cards and mail addresses taken out."""
    return _MAIL.sub("[mail]", _TOKEN.sub("/B/[token]", text))


class Redact(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redacted(record.getMessage())
        record.args = ()
        return True
