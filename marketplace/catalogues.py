"""The translation catalogues, without gettext's own tools: a fresh machine has no xgettext.

The source language is Dutch, so a msgid is the Dutch text and Dutch itself has no catalogue.
Catalogues hold no line numbers, dates or guesses, so a diff shows changed texts and nothing else.
"""

import os
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from tokenize import TokenError
from typing import Any

import polib
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.utils import dates
from django.utils.translation import override
from django.utils.translation.template import templatize

KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ["Translators:"]

_SINGULAR_AND_PLURAL = "nplurals=2; plural=(n != 1);"
_SINGULAR_FROM_ZERO = "nplurals=2; plural=(n > 1);"
_TWO_TO_FOUR = "n%10>=2 && n%10<=4 && (n%100<12 || n%100>14)"
#: CLDR's rules for the whole numbers below a million, which is as far as anything here counts.
PLURAL_RULES = {
    "en": _SINGULAR_AND_PLURAL,
    "fr": _SINGULAR_FROM_ZERO,
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 :"
        " n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
    ),
    "tr": _SINGULAR_AND_PLURAL,
    "fa": _SINGULAR_FROM_ZERO,
    "ps": _SINGULAR_AND_PLURAL,
    "uk": f"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : {_TWO_TO_FOUR} ? 1 : 2);",
    "ro": "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100>=1 && n%100<=19) ? 1 : 2);",
    "bg": _SINGULAR_AND_PLURAL,
    "pl": f"nplurals=3; plural=(n==1 ? 0 : {_TWO_TO_FOUR} ? 1 : 2);",
    "es": _SINGULAR_AND_PLURAL,
    "ti": _SINGULAR_FROM_ZERO,
    "so": _SINGULAR_AND_PLURAL,
}

#: Where CLDR has learned words that few readers say; Monday is 0.
_WEEKDAYS: dict[str, Mapping[int, str]] = {
    "ps": dict(enumerate(["دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"]))
}

_NAMED = re.compile(r"%\(\w+\)[-+#0]*[\d.]*[a-zA-Z]|\{\w+(?:![rsa])?(?::[^{}]*)?\}")
_BY_POSITION = re.compile(r"%[\d.]*[sdifrx]|\{\}")
_ESCAPED = re.compile(r"%%|\{\{|\}\}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")

Key = tuple[str | None, str, str | None]


class CatalogueError(ValueError):
    """A file that cannot be read as what it should be; the message names it and says why."""


def extract(roots: list[Path]) -> Catalog:
    """All translatable texts in the Python files and templates below `roots`.

    A root is an app's folder or a `templates` folder. References are relative to its parent.
    Raises CatalogueError for a root that is not there or a file that cannot be read.
    """
    template = Catalog()
    for root in roots:
        if not root.is_dir():
            raise CatalogueError(f"{root} is not a folder, so its texts cannot be found")
        for path in _sources(root):
            reference = path.relative_to(root.parent).as_posix()
            for _line, text, comments, context in _texts(path):
                if any(text):
                    template.add(
                        text,
                        locations=[(reference, 0)],
                        auto_comments=comments,
                        context=context,
                    )
    return template


def update(po: Path, template: Catalog, language: str) -> None:
    """Bring the catalogue `po` in step with `template`, keeping every translation that still fits.

    A changed text becomes a new empty entry, an unused one goes. The file is left untouched when
    nothing changed. Raises CatalogueError for a catalogue that cannot be read or a language
    without a plural rule.
    """
    kept = {_key(entry): entry for entry in _read(po)} if po.exists() else {}
    fresh = polib.POFile(wrapwidth=98)
    fresh.header = f"Forms of a plural, in this order: {', '.join(plural_categories(language))}."
    fresh.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_rule(language),
    }
    forms = len(plural_categories(language))
    for key, message in sorted(_by_key(template).items(), key=lambda item: _order(item[0])):
        fresh.append(_entry(message, kept.get(key), forms))
    content = str(fresh).encode()
    if not po.exists() or po.read_bytes() != content:
        _write(po, content)


def compile_all(locale: Path) -> list[Path]:
    """Write the .mo beside every .po below `locale` that is newer; the .mo files written.

    An entry without a translation shows its Dutch text. Raises CatalogueError.
    """
    written = []
    for po in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        compiled = BytesIO()
        try:
            catalogue = read_po(BytesIO(po.read_bytes()), abort_invalid=True)
            for english, word in calendar_words(po.parent.parent.name):
                catalogue.add(english, word)
            write_mo(compiled, catalogue)
        except (PoFileError, ValueError) as error:
            raise CatalogueError(f"{po}: {error}") from error
        _write(mo, compiled.getvalue())
        written.append(mo)
    return written


def problems(locale: Path, template: Catalog, languages: list[str]) -> list[str]:
    """What keeps the catalogues of `languages` from being complete, a sentence each."""
    found = []
    for language in languages:
        po = po_path(locale, language)
        place = po.relative_to(locale.parent).as_posix()
        found += [f"{place}: {problem}" for problem in _catalogue_problems(po, template, language)]
    return found


def calendar_words(language: str) -> Iterator[tuple[str, str]]:
    """CLDR's names of days and months under the msgids that Django's dates ask for.

    Django knows no Pashto, Tigrinya and Somali; and its months stand alone, where ours follow the
    number of a day, which is another case in Ukrainian and Polish.
    """
    cldr = Locale.parse(language)
    for names, width in [(dates.WEEKDAYS, "wide"), (dates.WEEKDAYS_ABBR, "abbreviated")]:
        for number, name in names.items():
            words = _WEEKDAYS.get(language, cldr.days["format"][width])
            yield _msgid(name), words[number]
    for names, width in [(dates.MONTHS, "wide"), (dates.MONTHS_3, "abbreviated")]:
        for number, name in names.items():
            yield _msgid(name), cldr.months["format"][width][number]


def _msgid(name: Any) -> str:
    with override(None):
        return str(name)


def po_path(locale: Path, language: str) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def plural_rule(language: str) -> str:
    """The Plural-Forms header of `language`. Raises CatalogueError when there is none."""
    try:
        return PLURAL_RULES[language]
    except KeyError:
        raise CatalogueError(f"{language} has no plural rule yet: add it to PLURAL_RULES") from None


def plural_categories(language: str) -> list[str]:
    """CLDR's names of the forms of a plural in `language`, in the order of the catalogue."""
    return list(_numbers_by_category(language))


def _numbers_by_category(language: str) -> dict[str, list[int]]:
    rule = Locale.parse(language).plural_form
    numbers: dict[str, list[int]] = {}
    for number in range(1000):
        numbers.setdefault(rule(number), []).append(number)
    order = ["zero", "one", "two", "few", "many", "other"]
    return {category: numbers[category] for category in order if category in numbers}


# -- Sources ---------------------------------------------------------------------------------


def _sources(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        folders = path.relative_to(root.parent).parts[:-1]
        if not path.is_file() or path.name.startswith("."):
            continue
        if "templates" in folders or (path.suffix == ".py" and "migrations" not in folders):
            yield path


def _texts(path: Path) -> list[tuple[int, Any, list[str], str | None]]:
    try:
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            source = _template_as_python(source)
        return list(
            babel_extract(
                "python",
                BytesIO(source.encode()),
                keywords=KEYWORDS,
                comment_tags=COMMENT_TAGS,
                options={"encoding": "utf-8"},
                strip_comment_tags=True,
            )
        )
    except (UnicodeDecodeError, SyntaxError, TokenError) as error:
        raise CatalogueError(f"{path}: {error}") from error


def _template_as_python(source: str) -> str:
    # Python's tokenizer would take the template's indentation for its own, and refuse it.
    return "\n".join(line.strip() for line in templatize(source).split("\n"))


def _by_key(template: Catalog) -> dict[Key, Message]:
    return {_message_key(message): message for message in template if message.id}


def _message_key(message: Message) -> Key:
    if isinstance(message.id, str):
        return message.context, message.id, None
    singular, plural = message.id
    return message.context, singular, plural


def _order(key: Key) -> tuple[str, str]:
    context, msgid, _plural = key
    return msgid, context or ""


# -- Catalogues ------------------------------------------------------------------------------


def _read(po: Path) -> polib.POFile:
    """Without the obsolete entries, which nobody may rely on."""
    try:
        catalogue = polib.pofile(str(po), encoding="utf-8", check_for_duplicates=True)
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{po}: {error}") from error
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)
    return catalogue


def _write(path: Path, content: bytes) -> None:
    """In one step: a server or another command may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural or None


def _entry(message: Message, kept: polib.POEntry | None, forms: int) -> polib.POEntry:
    context, msgid, plural = _message_key(message)
    flags = sorted(flag for flag in message.flags if flag.endswith("-format"))
    entry = polib.POEntry(
        msgctxt=context,
        msgid=msgid,
        comment="\n".join(message.auto_comments),
        occurrences=sorted((path, "") for path, _line in message.locations),
        # A question that a translator left open stays open; check asks for an answer.
        flags=(["fuzzy"] if kept and kept.fuzzy else []) + flags,
        tcomment=kept.tcomment if kept else "",
    )
    if plural is None:
        entry.msgstr = kept.msgstr if kept else ""
    else:
        entry.msgid_plural = plural
        strings = kept.msgstr_plural if kept else {}
        entry.msgstr_plural = {index: strings.get(index, "") for index in range(forms)}
    return entry


# -- Check -----------------------------------------------------------------------------------


def _catalogue_problems(po: Path, template: Catalog, language: str) -> Iterator[str]:
    if not po.exists():
        yield "is missing; run manage.py vertalingen"
        return
    try:
        catalogue = _read(po)
    except CatalogueError as error:
        yield f"cannot be read ({error})"
        return
    if catalogue.metadata.get("Plural-Forms") != plural_rule(language):
        yield f"Plural-Forms is not the rule of {language}; run manage.py vertalingen"
    wanted = _by_key(template)
    entries = {_key(entry): entry for entry in catalogue}
    for key in sorted(wanted.keys() - entries.keys(), key=_order):
        yield f"{_shown(key)} is missing; run manage.py vertalingen"
    for key in sorted(entries.keys() - wanted.keys(), key=_order):
        yield f"{_shown(key)} is no longer in the source; run manage.py vertalingen"
    for key in sorted(wanted.keys() & entries.keys(), key=_order):
        for problem in _entry_problems(entries[key], language):
            yield f"{_shown(key)} {problem}"


def _shown(key: Key) -> str:
    context, msgid, _plural = key
    return f"“{msgid}”" + (f" ({context})" if context else "")


def _entry_problems(entry: polib.POEntry, language: str) -> Iterator[str]:
    if entry.fuzzy:
        yield "is marked fuzzy: read it again and take the mark away"
    if entry.msgid_plural:
        yield from _plural_problems(entry, language)
    elif not entry.msgstr.strip():
        yield "has no translation"
    else:
        yield from _text_problems(entry.msgstr, [entry.msgid])


def _plural_problems(entry: polib.POEntry, language: str) -> Iterator[str]:
    numbers = _numbers_by_category(language)
    if extra := sorted(entry.msgstr_plural.keys() - set(range(len(numbers)))):
        yield f"has plural forms that {language} does not know: {extra}"
    if not any(entry.msgstr_plural.values()):
        yield "has no translation"
        return
    for index, (category, counted) in enumerate(numbers.items()):
        text = entry.msgstr_plural.get(index, "")
        if not text.strip():
            yield f"lacks the plural form “{category}” (msgstr[{index}])"
            continue
        single = len(counted) == 1
        for problem in _text_problems(text, [entry.msgid_plural, entry.msgid], single=single):
            yield f"in the plural form “{category}”: {problem}"


def _text_problems(text: str, sources: list[str], *, single: bool = False) -> Iterator[str]:
    """`single`: a form for one number only, as the Arabic dual, may leave that number unsaid."""
    if not _placeholders_fit(text, sources, single=single):
        expected = _listed(_placeholders(sources[0]))
        yield f"has other placeholders: {_listed(_placeholders(text))} instead of {expected}"
    if _bare_percent(text) and not any(map(_bare_percent, sources)):
        yield "has a bare % that formatting trips over: say it in words, or write %%"
    if all(_tags(text) != _tags(source) for source in sources):
        yield f"has other HTML tags: {_listed(_tags(text))} instead of {_listed(_tags(sources[0]))}"


def _placeholders_fit(text: str, sources: list[str], *, single: bool) -> bool:
    found = _placeholders(text)
    if not single:
        return found == _placeholders(sources[0])
    return any(found == _placeholders(source) for source in sources) or any(
        found == [other for other in _placeholders(sources[0]) if other != unsaid]
        for unsaid in _named(sources[0])
    )


def _placeholders(text: str) -> list[str]:
    """The named ones, once each and sorted; then those that go by position, as they stand."""
    return sorted(_named(text)) + _BY_POSITION.findall(_ESCAPED.sub("", text))


def _named(text: str) -> set[str]:
    return set(_NAMED.findall(_ESCAPED.sub("", text)))


def _bare_percent(text: str) -> bool:
    return "%" in _BY_POSITION.sub("", _NAMED.sub("", _ESCAPED.sub("", text)))


def _tags(text: str) -> list[str]:
    return sorted(_TAG.findall(text))


def _listed(parts: list[str]) -> str:
    return " ".join(parts) or "none"
