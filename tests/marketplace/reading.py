"""Reads pages as a stranger would: which there are, and what on them is in no known language."""

import re
from collections import Counter
from collections.abc import Iterator
from gettext import NullTranslations
from html.parser import HTMLParser

from django.test import Client
from django.urls import resolve
from django.utils.translation import override

PER_KIND = 2
#: Files, not pages.
ELSEWHERE = re.compile(r"\.(pdf|ics)\b")
_VOID = {
    *("meta", "link", "img", "input", "br", "hr", "wbr", "source"),
    *("path", "circle", "use", "rect"),
}
_SPOKEN = {"alt", "aria-label", "title", "placeholder"}
_LETTER = re.compile(r"[^\W\d_]")


class Page(HTMLParser):
    """What a test wants to know of one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.resources: list[str] = []
        self.headings = 0
        self.lang = self.dir = ""
        #: Texts outside ⟦ ⟧ and outside what is marked as data.
        self.bare: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.lang, self.dir = found.get("lang", ""), found.get("dir", "")
        self.headings += tag == "h1"
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag == "form" and "action" in found:
            self.resources.append(found["action"])
        self.resources += [found["src"]] if "src" in found else []
        self.resources += [found["href"]] if tag == "link" and "href" in found else []
        data = (
            tag in {"bdi", "script", "style", "textarea"}
            or (tag != "html" and "lang" in found)
            or found.get("translate") == "no"
        )
        if tag not in _VOID:
            self._open.append((tag, data))
        if not data and not self._is_data():
            for name in _SPOKEN & found.keys():
                self._hear(found[name])
            if tag == "meta" and found.get("name") == "description":
                self._hear(found.get("content", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag in [name for name, _data in self._open]:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._is_data() or (self._open and self._open[-1][0] in {"script", "style"}):
            self._depth += data.count("⟦") - data.count("⟧")
            return
        outside = ""
        for sign in data:
            self._depth += (sign == "⟦") - (sign == "⟧")
            outside += sign if self._depth == 0 and sign != "⟧" else " "
        self._keep(outside)

    def _is_data(self) -> bool:
        return any(data for _tag, data in self._open)

    def _hear(self, text: str) -> None:
        depth, outside = 0, ""
        for sign in text:
            depth += (sign == "⟦") - (sign == "⟧")
            outside += sign if depth == 0 and sign != "⟧" else " "
        self._keep(outside)

    def _keep(self, outside: str) -> None:
        text = " ".join(outside.split())
        if _LETTER.search(text):
            self.bare.append(text)


class Pseudo(NullTranslations):
    """A language in which every translated text stands between ⟦ and ⟧."""

    def to_language(self) -> str:
        return "en"

    def gettext(self, message: str) -> str:
        words = message.rpartition("\x04")[2]
        return f"⟦{words}⟧" if words.strip() else words

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)


def walk(client: Client, *starts: str) -> Iterator[tuple[str, int, str]]:
    """(address, status, HTML) of every page in the language of `starts` that links lead to.

    Two of each kind: pages of one route differ in data only. Files are left alone.
    """
    language = f"/{starts[0].split('/')[1]}/"
    to_do, seen, kinds = list(starts), set(starts), Counter[tuple[str, int]]()
    while to_do:
        address = to_do.pop(0)
        path = address.partition("?")[0]
        with override(language.strip("/")):
            kind = resolve(path).view_name or path, path.count("/")
        kinds[kind] += 1
        if kinds[kind] > PER_KIND:
            continue
        answer = client.get(address)
        if answer.status_code in {301, 302}:
            continue
        html = answer.content.decode() if "html" in answer.get("Content-Type", "") else ""
        yield address, answer.status_code, html
        for link in Page(html).links:
            link = link.partition("#")[0]
            if link.startswith(language) and link not in seen and not ELSEWHERE.search(link):
                seen.add(link)
                to_do.append(link)
