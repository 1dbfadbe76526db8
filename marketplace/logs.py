"""Log records without what opens doors or names people."""

import logging
import re

_TOKEN = re.compile(r"(?:/|%2F)B(?:/|%2F)[^\s\"'?#&]+", re.IGNORECASE)
_LINK = re.compile(r"(?:/|%2F)doorgeven(?:/|%2F)+[^\s\"'?#&/]+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+(?:@|%40)[\w-]+\.[\w.-]+")


def redacted(text: str) -> str:
    """`text` with the tokens of printed cards and of links, and mail addresses taken out."""
    text = _LINK.sub("/doorgeven/[token]", _TOKEN.sub("/B/[token]", text))
    return _MAIL.sub("[mail]", text)


class RedactingFormatter(logging.Formatter):
    """The whole record: an error's own text names people too."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


class Redact(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redacted(record.getMessage())
        record.args = ()
        return True
