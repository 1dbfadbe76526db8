"""Reading pages in tests."""

import html
import re
from uuid import uuid4

from django.http import HttpResponse


def words(response: HttpResponse) -> str:
    """The text of a page as one line: no tags, no doubled space."""
    body = re.sub(r"<(style|script)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def hidden(response: HttpResponse, name: str) -> str:
    """The value of the first hidden field of that name."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', response.content.decode())
    assert found, f"no hidden field {name}"
    return found[1]


def new_intent() -> str:
    return str(uuid4())


#: What careless or hostile hands put into any field.
GARBAGE = [
    "\x00",
    "a\x00b",
    "٣٣",
    "-1",
    "9" * 5000,
    "💥" * 50,
    "<script>",
    "1e9",
    "NaN",
    " ",
    "%00",
]
