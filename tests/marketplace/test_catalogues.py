"""Translations are extracted, kept, compiled and refused when they are not whole."""

import ast
import gettext
import os
from pathlib import Path

import polib
import pytest
from babel import Locale

from marketplace.catalogues import (
    KEYWORDS,
    PLURAL_RULES,
    CatalogueError,
    compile_all,
    extract,
    plural_categories,
    po_path,
    problems,
    update,
)

ROOT = Path(__file__).resolve().parents[2]

RULES = """
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

def reason(name):
    # Translators: said to a contactpersoon
    return _("Je bent %(name)s") % {"name": name}

def hours(n):
    return ngettext("%(n)s uur", "%(n)s uren", n) % {"n": n}

MONTH = pgettext("maand", "Mei")
GREETING = _("Dag {name}, één moment")
SCORE = _("%s van %d")
"""

PAGE = """{% load i18n %}
    <h1>{% translate "Mijn uren" %}</h1>
  <p>It's {% blocktranslate trimmed with day=day %}
    Kom <b>{{ day }}</b> langs
  {% endblocktranslate %}
 {% blocktranslate trimmed count counter=places %}
   één plaats{% plural %}{{ counter }} plaatsen
 {% endblocktranslate %}
 {{ title|default:_("Zonder naam") }}
 {% translate "Mei" context "meisjesnaam" %}
"""

ARABIC = {
    "Je bent %(name)s": "أنت %(name)s",
    "Dag {name}, één moment": "مرحبا {name}، لحظة",
    "%s van %d": "%s من %d",
    "Mijn uren": "ساعاتي",
    "Kom <b>%(day)s</b> langs": "تعال <b>%(day)s</b>",
    "Zonder naam": "بلا اسم",
    "Mei": "مايو",
}
ARABIC_PLURALS = {
    "%(n)s uur": ["%(n)s ساعة", "ساعة", "ساعتان", "%(n)s ساعات", "%(n)s ساعة", "%(n)s ساعة"],
    "één plaats": [
        "لا مكان",
        "مكان",
        "مكانان",
        "%(counter)s أماكن",
        "%(counter)s مكانا",
        "%(counter)s مكان",
    ],
}


class Tree:
    """A small project: one app with a Python file and a template, and its Arabic catalogue."""

    def __init__(self, folder: Path):
        self.rules = folder / "bewijzen" / "rules.py"
        self.page = folder / "bewijzen" / "templates" / "bewijzen" / "mijn.html"
        self.locale = folder / "locale"
        self.po = po_path(self.locale, "ar")
        self.rules.parent.mkdir()
        self.page.parent.mkdir(parents=True)
        self.rules.write_text(RULES)
        self.page.write_text(PAGE)

    def extract(self):
        return extract([self.rules.parent])

    def update(self, language="ar"):
        update(po_path(self.locale, language), self.extract(), language)

    def translate(self):
        catalogue = polib.pofile(str(self.po))
        for entry in catalogue:
            if entry.msgid_plural:
                entry.msgstr_plural = dict(enumerate(ARABIC_PLURALS[entry.msgid]))
            else:
                entry.msgstr = ARABIC[entry.msgid]
        catalogue.save()

    def change(self, msgid, **values):
        catalogue = polib.pofile(str(self.po))
        entry = catalogue.find(msgid)
        for name, value in values.items():
            setattr(entry, name, value)
        catalogue.save()

    def change_form(self, msgid, index, text):
        forms = polib.pofile(str(self.po)).find(msgid).msgstr_plural
        self.change(msgid, msgstr_plural=forms | {index: text})

    def problems(self):
        return problems(self.locale, self.extract(), ["ar"])

    def only_problem(self):
        found = self.problems()
        assert len(found) == 1, found
        return found[0]

    def compiled(self):
        compile_all(self.locale)
        with self.po.with_suffix(".mo").open("rb") as mo:
            return gettext.GNUTranslations(mo)


@pytest.fixture
def tree(tmp_path):
    """Everything extracted and translated into Arabic."""
    tree = Tree(tmp_path)
    tree.update()
    tree.translate()
    return tree


# -- Extracting ------------------------------------------------------------------------------


def test_python_and_templates_give_texts_with_their_contexts_and_plurals(tree):
    texts = {(message.context, message.id) for message in tree.extract() if message.id}
    assert texts == {
        (None, "Je bent %(name)s"),
        (None, ("%(n)s uur", "%(n)s uren")),
        ("maand", "Mei"),
        (None, "Dag {name}, één moment"),
        (None, "%s van %d"),
        (None, "Mijn uren"),
        (None, "Kom <b>%(day)s</b> langs"),
        (None, ("één plaats", "%(counter)s plaatsen")),
        (None, "Zonder naam"),
        ("meisjesnaam", "Mei"),
    }


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('gettext("Dag")', "Dag"),
        ('gettext_lazy("Dag")', "Dag"),
        ('_("Dag" " allemaal")', "Dag allemaal"),
        ('ngettext_lazy("dag", "dagen", "n")', ("dag", "dagen")),
        ('pgettext_lazy("groet", "Dag")', "Dag"),
        ('npgettext("tijd", "dag", "dagen", n)', ("dag", "dagen")),
    ],
)
def test_every_way_to_mark_a_text_in_python_is_seen(tree, source, text):
    tree.rules.write_text(source)
    assert text in [message.id for message in tree.extract()]


def test_a_templates_folder_at_the_top_is_a_root_of_its_own(tmp_path):
    page = tmp_path / "templates" / "mail" / "code.txt"
    page.parent.mkdir(parents=True)
    page.write_text('{% translate "Je code" %}')
    [message] = [message for message in extract([tmp_path / "templates"]) if message.id]
    assert (message.id, message.locations) == ("Je code", [("templates/mail/code.txt", 0)])


def test_migrations_and_template_comments_hold_no_texts(tree):
    migration = tree.rules.parent / "migrations" / "0001_start.py"
    migration.parent.mkdir()
    migration.write_text('_("Oude naam")')
    tree.page.write_text('{% comment %}{% translate "Uit" %}{% endcomment %}{# _("Weg") #}')
    texts = [message.id for message in tree.extract()]
    assert not {"Oude naam", "Uit", "Weg"} & set(texts)


def test_a_template_that_cannot_be_parsed_is_named(tree):
    tree.page.write_text("{% blocktranslate %}Dag {% if x %}{% endif %}{% endblocktranslate %}")
    with pytest.raises(CatalogueError, match=r"mijn\.html"):
        tree.extract()


def test_a_root_that_is_not_there_is_refused_rather_than_emptying_the_catalogues(tmp_path):
    with pytest.raises(CatalogueError, match="aanbood"):
        extract([tmp_path / "aanbood"])


# -- Updating --------------------------------------------------------------------------------


def test_a_catalogue_names_files_without_line_numbers_and_holds_no_dates(tree):
    text = tree.po.read_text()
    assert "#: bewijzen/templates/bewijzen/mijn.html\n" in text
    assert "#. said to a contactpersoon\n" in text
    assert "Date" not in text


def test_texts_are_sorted_so_that_moving_one_changes_nothing(tree):
    before = tree.po.read_bytes()
    tree.rules.write_text("\n\n" + RULES.replace("MONTH =", "OTHER_MONTH ="))
    tree.update()
    assert tree.po.read_bytes() == before
    msgids = [entry.msgid for entry in polib.pofile(str(tree.po))]
    assert msgids == sorted(msgids)


def test_updating_twice_leaves_the_file_untouched(tree):
    tree.update()
    os.utime(tree.po, (1, 1))
    tree.update()
    assert tree.po.stat().st_mtime == 1


def test_a_new_text_gets_an_empty_entry_and_the_others_keep_their_translation(tree):
    tree.page.write_text(PAGE + '{% translate "Nieuw" %}')
    tree.update()
    catalogue = polib.pofile(str(tree.po))
    assert catalogue.find("Nieuw").msgstr == ""
    assert catalogue.find("Mijn uren").msgstr == ARABIC["Mijn uren"]
    assert len(catalogue.translated_entries()) == len(catalogue) - 1


def test_a_changed_text_is_never_guessed_from_the_old_one(tree):
    tree.page.write_text(PAGE.replace("Mijn uren", "Mijn uren!"))
    tree.update()
    catalogue = polib.pofile(str(tree.po))
    assert catalogue.find("Mijn uren!").msgstr == ""
    assert "fuzzy" not in tree.po.read_text()


def test_a_changed_plural_is_a_changed_text(tree):
    tree.rules.write_text(RULES.replace("%(n)s uren", "%(n)s volle uren"))
    tree.update()
    entry = polib.pofile(str(tree.po)).find("%(n)s uur")
    assert set(entry.msgstr_plural.values()) == {""}


def test_a_text_that_is_gone_leaves_the_catalogue(tree):
    tree.page.write_text("")
    tree.update()
    assert "Mijn uren" not in tree.po.read_text()


def test_a_note_of_the_translator_stays(tree):
    tree.change("Mijn uren", tcomment="asked Leuven")
    tree.update()
    assert "# asked Leuven\n" in tree.po.read_text()


def test_a_fuzzy_mark_stays_until_a_person_takes_it_away(tree):
    tree.change("Mijn uren", flags=["fuzzy"])
    tree.update()
    assert polib.pofile(str(tree.po)).find("Mijn uren").fuzzy


def test_a_catalogue_that_cannot_be_read_is_not_overwritten(tree):
    tree.po.write_text("<<<<<<< HEAD\n")
    with pytest.raises(CatalogueError, match=r"django\.po"):
        tree.update()
    assert tree.po.read_text() == "<<<<<<< HEAD\n"


@pytest.mark.parametrize("language", PLURAL_RULES)
def test_the_plural_header_follows_cldr(tree, language):
    tree.update(language)
    header = polib.pofile(str(po_path(tree.locale, language))).metadata["Plural-Forms"]
    count, _, formula = header.removeprefix("nplurals=").partition("; plural=")
    form = gettext.c2py(formula.rstrip(";"))
    categories = plural_categories(language)
    assert int(count) == len(categories)
    rule = Locale.parse(language).plural_form
    assert all(categories[form(n)] == rule(n) for n in range(1000))


def test_arabic_has_six_forms_and_english_two():
    assert plural_categories("ar") == ["zero", "one", "two", "few", "many", "other"]
    assert plural_categories("en") == ["one", "other"]


def test_a_language_without_a_plural_rule_is_refused(tree):
    with pytest.raises(CatalogueError, match="PLURAL_RULES"):
        tree.update("ga")


# -- Compiling -------------------------------------------------------------------------------


def test_a_compiled_catalogue_gives_the_translation_and_the_right_plural(tree):
    arabic = tree.compiled()
    assert arabic.gettext("Mijn uren") == ARABIC["Mijn uren"]
    assert arabic.pgettext("maand", "Mei") == "مايو"
    forms = ARABIC_PLURALS["één plaats"]
    for n, form in [(0, 0), (1, 1), (2, 2), (3, 3), (110, 3), (11, 4), (99, 4), (100, 5), (202, 5)]:
        assert arabic.ngettext("één plaats", "%(counter)s plaatsen", n) == forms[form]


def test_an_untranslated_or_fuzzy_text_shows_its_dutch(tree):
    tree.change("Mijn uren", msgstr="")
    tree.change("Zonder naam", flags=["fuzzy"])
    arabic = tree.compiled()
    assert arabic.gettext("Mijn uren") == "Mijn uren"
    assert arabic.gettext("Zonder naam") == "Zonder naam"


def test_only_a_catalogue_that_is_newer_is_compiled(tree):
    mo = tree.po.with_suffix(".mo")
    assert compile_all(tree.locale) == [mo]
    assert compile_all(tree.locale) == []
    later = mo.stat().st_mtime + 1
    os.utime(tree.po, (later, later))
    assert compile_all(tree.locale) == [mo]


def test_a_catalogue_that_cannot_be_read_is_not_compiled(tree):
    tree.po.write_text("<<<<<<< HEAD\n")
    with pytest.raises(CatalogueError, match=r"django\.po"):
        compile_all(tree.locale)
    assert not tree.po.with_suffix(".mo").exists()


# -- Checking --------------------------------------------------------------------------------


def test_a_whole_catalogue_has_no_problems(tree):
    """The control: each refusal below differs from this in one thing."""
    assert tree.problems() == []


def test_a_missing_catalogue_is_refused(tree):
    tree.po.unlink()
    assert tree.only_problem().startswith("locale/ar/LC_MESSAGES/django.po: is missing")


def test_a_catalogue_that_cannot_be_read_is_refused(tree):
    tree.po.write_text("<<<<<<< HEAD\n")
    assert "cannot be read" in tree.only_problem()


def test_a_text_that_stands_twice_is_refused(tree):
    with tree.po.open("a") as po:
        po.write('\nmsgid "Mijn uren"\nmsgstr "ساعاتي"\n')
    assert "cannot be read" in tree.only_problem()


def test_a_text_missing_from_the_catalogue_is_refused(tree):
    tree.page.write_text(PAGE + '{% translate "Nieuw" %}')
    assert "“Nieuw” is missing" in tree.only_problem()


def test_the_same_text_in_another_context_is_another_text(tree):
    tree.page.write_text(PAGE + '{% translate "Mei" context "tak" %}')
    assert "“Mei” (tak) is missing" in tree.only_problem()


def test_an_empty_translation_is_refused(tree):
    tree.change("Mijn uren", msgstr=" ")
    assert "“Mijn uren” has no translation" in tree.only_problem()


def test_a_text_no_longer_in_the_source_is_refused(tree):
    tree.page.write_text(PAGE.replace('{% translate "Mijn uren" %}', ""))
    assert "“Mijn uren” is no longer in the source" in tree.only_problem()


def test_a_fuzzy_mark_is_refused(tree):
    tree.change("Mijn uren", flags=["fuzzy"])
    assert "fuzzy" in tree.only_problem()


@pytest.mark.parametrize(
    ("msgid", "text"),
    [
        ("Je bent %(name)s", "أنت"),
        ("Je bent %(name)s", "أنت %(naam)s"),
        ("Je bent %(name)s", "أنت %(name)"),
        ("Mijn uren", "ساعاتي %(n)s"),
        ("Dag {name}, één moment", "مرحبا name"),
        ("%s van %d", "من %d"),
        ("%s van %d", "%d من %s"),
    ],
)
def test_other_placeholders_are_refused(tree, msgid, text):
    tree.change(msgid, msgstr=text)
    assert "has other placeholders" in " ".join(tree.problems())


def test_named_placeholders_may_change_places_and_return(tree):
    tree.rules.write_text('_("%(a)s na {b}")\n')
    tree.page.write_text("")
    tree.update()
    tree.change("%(a)s na {b}", msgstr="{b} قبل %(a)s، %(a)s")
    assert tree.problems() == []


def test_a_bare_percent_sign_is_refused(tree):
    tree.change("Mijn uren", msgstr="50% ساعاتي")
    assert "bare %" in tree.only_problem()


@pytest.mark.parametrize("text", ["تعال %(day)s", "تعال <i>%(day)s</i>", "تعال <b>%(day)s<b>"])
def test_other_html_tags_are_refused(tree, text):
    tree.change("Kom <b>%(day)s</b> langs", msgstr=text)
    assert "has other HTML tags" in tree.only_problem()


@pytest.mark.parametrize("index", range(6))
def test_each_of_the_six_arabic_forms_is_needed(tree, index):
    tree.change_form("%(n)s uur", index, "")
    assert f"lacks the plural form “{plural_categories('ar')[index]}”" in tree.only_problem()


def test_a_plural_without_any_form_has_no_translation(tree):
    tree.change("%(n)s uur", msgstr_plural=dict.fromkeys(range(6), ""))
    assert "“%(n)s uur” has no translation" in tree.only_problem()


def test_a_form_that_the_language_does_not_have_is_refused(tree):
    tree.change_form("%(n)s uur", 6, "%(n)s ساعة")
    assert "does not know" in tree.only_problem()


def test_a_form_for_many_numbers_must_say_the_number(tree):
    """In the control the Arabic dual leaves it out, because the word itself says two."""
    tree.change_form("%(n)s uur", 3, "ساعات")
    assert "in the plural form “few”: has other placeholders" in tree.only_problem()


def test_the_plural_rule_of_another_language_is_refused(tree):
    catalogue = polib.pofile(str(tree.po))
    catalogue.metadata["Plural-Forms"] = PLURAL_RULES["en"]
    catalogue.save()
    assert "Plural-Forms is not the rule of ar" in tree.only_problem()


WITHOUT_CONTEXT = [name for name in KEYWORDS if "pgettext" not in name]


def called_with(source: str) -> set[str]:
    """The first text of every call that marks one for translation, wherever in an expression."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in WITHOUT_CONTEXT
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_no_text_of_the_code_escapes_the_catalogues():
    """Calls within an f-string are not found by Babel: such a text stays Dutch in every language.

    The control holds such a call."""
    roots = [ROOT / name for name in ("gemeenten", "aanbod", "bewijzen", "marketplace")]
    found = {
        message.id if isinstance(message.id, str) else message.id[0] for message in extract(roots)
    }
    for root in roots:
        for path in root.rglob("*.py"):
            missed = called_with(path.read_text(encoding="utf-8")) - found
            assert not missed, f"{path}: {missed}"
    assert called_with("x = f'<p>{escape(gettext(\"Niets.\"))}</p>'") == {"Niets."}
