"""The look: bundles and their hashes, contrast, the ring, pictograms, and figures in words."""

import gzip
import re
from fractions import Fraction

import pytest
from csp.constants import HEADER
from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from aanbod.models.choices import Moment, Soort
from gemeenten import formats, icons
from marketplace import errors, ring, styles
from marketplace.middleware import ContentSecurityPolicy

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
CSS_FILES = sorted(styles.FOLDER.rglob("*.css"))


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def policy(path: str, response: HttpResponse | None = None, **attributes: object) -> str:
    """The CSP that a page at this path is sent with."""
    request = RequestFactory().get(path)
    for name, value in attributes.items():
        setattr(request, name, value)
    middleware = ContentSecurityPolicy(lambda _: response or HttpResponse())
    return middleware(request)[HEADER]


class TestBundles:
    @pytest.mark.parametrize("name", styles.BUNDLES)
    def test_what_the_tag_writes_is_what_the_policy_allows(self, name):
        html = render(f'{{% css "{name}" %}}')
        inline = re.fullmatch(r"<style>(.*)</style>", html, re.DOTALL).group(1)
        assert styles.hash_of(inline) in policy("/nl/")

    def test_one_other_byte_is_not_allowed(self):
        assert styles.hash_of(styles.bundle("public") + " ") not in policy("/nl/")

    def test_an_unknown_bundle_is_refused(self):
        with pytest.raises(KeyError):
            styles.bundle("elders")

    def test_every_file_is_in_a_bundle(self):
        used = {file for files in styles.BUNDLES.values() for file in files}
        assert used == {str(file.relative_to(styles.FOLDER)) for file in CSS_FILES}

    def test_squeezing_keeps_descendant_selectors(self):
        assert styles.squeeze("a :hover { b: c;\n d: e; } /* f */") == "a :hover{b:c;d:e}"

    def test_the_public_bundle_stays_small(self):
        assert len(gzip.compress(styles.bundle("public").encode())) < 5 * 1024

    @pytest.mark.parametrize("file", CSS_FILES, ids=lambda file: file.name)
    def test_right_to_left_needs_no_second_stylesheet(self, file):
        physical = r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|left|right|float)\s*:"
        assert not re.findall(physical, file.read_text())


class TestPolicy:
    def test_our_own_pages_run_no_inline_script(self):
        directives = policy("/nl/aanbod/")
        assert "'unsafe-inline'" not in directives
        assert "'unsafe-eval'" not in directives
        assert "frame-ancestors 'none'" in directives

    def test_wagtail_may_write_styles_and_frame_itself(self):
        directives = policy("/cms/pages/3/edit/")
        assert "style-src 'self' 'unsafe-inline'" in directives  # a hash would switch it off
        assert "frame-ancestors 'self'" in directives
        assert "'unsafe-eval'" not in directives
        assert "http" not in directives

    def test_a_preview_gets_the_policy_of_the_cms(self):
        strict = HttpResponse(headers={HEADER: policy("/nl/herent/")})
        assert policy("/cms/pages/3/edit/preview/", strict) == policy("/cms/")

    def test_a_page_that_set_its_own_policy_keeps_it(self):
        own = HttpResponse(headers={HEADER: "default-src 'none'"})
        assert policy("/documents/1/", own) == "default-src 'none'"

    def test_the_colour_of_a_municipality_is_allowed_on_its_own_page_only(self):
        request = RequestFactory().get("/nl/herent/")
        html = render('{% accent "#1d5a9e" %}', request=request)
        allowed = styles.hash_of(html.removeprefix("<style>").removesuffix("</style>"))
        assert allowed in policy("/nl/herent/", style_hashes=request.style_hashes)
        assert allowed not in policy("/nl/herent/")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_templates_have_no_inline_style_script_or_handler(template):
    html = template.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


def tokens(dark: bool) -> dict[str, str]:
    """Custom properties of tokens.css that are plain colours."""
    light, _, night = (
        (styles.FOLDER / "tokens.css").read_text().partition("prefers-color-scheme: dark")
    )
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", light))
    if dark:
        found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", night))
    return found


TEXT_ON_GROUND = [
    *[("ink", ground) for ground in ("paper", "card", "green-tint", "amber-tint", "red-tint")],
    *[("ink", "line"), ("paper", "ink")],
    *[("soft", ground) for ground in ("paper", "card", "green-tint", "amber-tint")],
    *[("green", ground) for ground in ("paper", "card", "green-tint")],
    *[("green-ink", ground) for ground in ("paper", "card", "green-tint")],
    *[("amber-ink", "amber-tint"), ("red", "paper"), ("red", "card"), ("red-ink", "red-tint")],
    *[("on-green", "green"), ("on-green", "green-ink"), ("on-red", "red")],
]
SHAPE_ON_GROUND = [
    *[("edge", "paper"), ("edge", "card"), ("green", "paper")],
    *[("amber", "paper"), ("amber", "card"), ("red", "paper")],
]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
class TestContrast:
    @pytest.mark.parametrize("pair", TEXT_ON_GROUND, ids="-on-".join)
    def test_text_can_be_read(self, pair, dark):
        colours = tokens(dark)
        assert styles.contrast(colours[pair[0]], colours[pair[1]]) >= 4.5

    @pytest.mark.parametrize("pair", SHAPE_ON_GROUND, ids="-on-".join)
    def test_shapes_can_be_told_from_the_ground(self, pair, dark):
        colours = tokens(dark)
        assert styles.contrast(colours[pair[0]], colours[pair[1]]) >= 3

    @pytest.mark.parametrize("colour", ["#ffff00", "#000000", "#ffffff", "#1d5a9e", "#ff0000"])
    def test_any_colour_of_a_municipality_becomes_readable(self, colour, dark):
        shown = re.findall(r"--gemeente:(#[0-9a-f]{6})", styles.accent(colour))[dark]
        assert styles.contrast(shown, tokens(dark)["paper"]) >= 4.5


def test_the_papers_of_the_accent_are_those_of_the_tokens():
    assert tokens(dark=False)["paper"] == styles.PAPER
    assert tokens(dark=True)["paper"] == styles.PAPER_DARK


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#1d5a9e}body{display:none"])
def test_what_is_no_colour_writes_no_style(colour):
    assert styles.accent(colour) == ""


class TestRing:
    @pytest.mark.parametrize(
        ("minutes", "target", "whole", "part"),
        [
            (0, 2400, 0, 0),
            (59, 2400, 0, 59 / 60),
            (60, 2400, 1, 0),
            (1020, 2400, 17, 0),
            (2399, 2400, 39, 59 / 60),
            (2400, 2400, 40, 0),
            (2500, 2400, 40, 0),
            (600, 1200, 20, 0),
            (-30, 2400, 0, 0),
        ],
    )
    def test_segments_follow_the_minutes(self, minutes, target, whole, part):
        assert ring.reach(minutes, target) == (whole, part)

    @pytest.mark.parametrize("target", [2400, 2370, 1200, 60, 7])
    def test_the_ring_never_shows_more_than_was_counted(self, target):
        for minutes in range(target + 1):
            whole, part = ring.reach(minutes, target)
            assert Fraction(whole * 60 + round(part * 60), 60) <= Fraction(
                minutes * ring.SEGMENTS, target
            )

    def test_one_minute_short_is_not_full(self):
        assert ring.position(2399, 2400) < ring.position(2400, 2400)

    def test_waiting_starts_where_counted_ends(self):
        html = render("{% ring counted_minutes=1020 waiting_minutes=180 target_minutes=2400 %}")
        lengths = {
            name: float(length)
            for name, length in re.findall(r'class="(ring-\w+)".*?pathLength="([\d.]+)"', html)
        }
        assert lengths == {"ring-counted": 170, "ring-waiting": 30, "ring-rest": 196}

    @pytest.mark.parametrize("target", [0, -1])
    def test_a_target_that_makes_no_sense_is_still_drawn(self, target):
        assert "<svg" in render("{% ring counted_minutes=60 target_minutes=t %}", t=target)

    def test_a_screen_reader_hears_the_hours(self):
        html = render("{% ring counted_minutes=1050 waiting_minutes=60 %}")
        assert 'role="img"' in html
        assert 'aria-label="17 uur 30 telt, 1 uur wacht, van 40 uur"' in html

    def test_a_label_of_the_page_is_escaped(self):
        assert '"&lt;b&gt;"' in render("{% ring counted_minutes=0 label=label %}", label="<b>")


class TestIcons:
    def test_every_pictogram_in_a_template_exists(self):
        for template in TEMPLATES:
            for name in re.findall(r'{%\s*icon\s+"([^"]+)"', template.read_text()):
                assert icons.drawing(name), f"{name} in {template}"

    def test_an_unknown_pictogram_is_named(self):
        with pytest.raises(KeyError, match="eenhoorn"):
            render('{% icon "eenhoorn" %}')

    def test_every_kind_and_moment_has_one(self):
        assert set(icons.ICON_FOR_SOORT) == set(Soort.values)
        assert set(icons.ICON_FOR_MOMENT) == set(Moment.values)
        for name in [*icons.ICON_FOR_SOORT.values(), *icons.ICON_FOR_MOMENT.values()]:
            assert icons.drawing(name)

    def test_it_is_hidden_from_screen_readers_and_takes_the_colour_of_the_text(self):
        html = icons.icon("clock")
        assert 'aria-hidden="true"' in html
        assert 'stroke="currentColor"' in html

    def test_arrows_turn_around_from_right_to_left(self):
        assert "i-flip" in icons.icon("chevron-right")
        assert "i-flip" not in icons.icon("clock")


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0 uur"),
        (1, "1 minuut"),
        (45, "45 minuten"),
        (60, "1 uur"),
        (90, "1 uur 30"),
        (120, "2 uur"),
        (2400, "40 uur"),
    ],
)
def test_minutes_are_read_as_hours(minutes, text):
    with override("nl"):
        assert render("{{ minutes|hours }}", minutes=minutes) == text


@pytest.mark.parametrize(
    ("km", "text"),
    [
        (0, "vlakbij"),
        (0.07, "vlakbij"),
        (0.1, "100 m"),
        (0.61, "600 m"),
        (0.97, "950 m"),
        (0.99, "1 km"),
        (1.2, "1,2 km"),
        (2.04, "2 km"),
        (9.96, "10 km"),
        (14.4, "14 km"),
        (1234, "1234 km"),
    ],
)
def test_kilometres_are_rounded_to_what_is_known(km, text):
    with override("nl"):
        assert render("{{ km|distance }}", km=km) == text


@pytest.mark.parametrize(
    ("language", "text"), [("nl", "17"), ("en", "17"), ("ar", "١٧"), ("fa", "۱۷"), ("ps", "۱۷")]
)
def test_digits_are_those_of_the_language(language, text):
    with override(language):
        assert formats.digits(17) == text


def test_arabic_kilometres_have_an_arabic_decimal_sign():
    with override("ar"):
        assert "١٫٢" in formats.distance(1.2)


class TestLanguages:
    def links(self, path: str) -> list[str]:
        request = RequestFactory().get(path)
        return re.findall(r'href="([^"]+)"', render("{% language_links %}", request=request))

    def test_each_leads_to_this_page_with_its_question(self):
        assert self.links("/nl/aanbod/?q=nl&straal=5") == [
            f"/{code}/aanbod/?q=nl&amp;straal=5" for code, _ in settings.LANGUAGES
        ]

    def test_an_address_without_a_language_offers_none(self):
        assert self.links("/begeleiding/") == []

    def test_a_page_without_a_request_offers_none(self):
        assert "<a" not in render("{% language_links %}")


class TestErrorPages:
    def test_a_crash_is_answered_without_request_or_database(self):
        html = errors.server_error(None).content.decode()
        assert html.count("<h1>") == 1
        assert styles.bundle("public") in html

    def test_it_speaks_the_language_of_the_page(self):
        with override("ar"):
            assert '<html lang="ar" dir="rtl">' in errors.server_error(None).content.decode()

    @pytest.mark.parametrize(
        ("view", "status"),
        [
            (errors.bad_request, 400),
            (errors.permission_denied, 403),
            (errors.page_not_found, 404),
            (errors.csrf_failure, 403),
        ],
    )
    def test_each_refusal_says_what_to_do_next(self, view, status):
        response = view(RequestFactory().get("/nl/weg/"))
        html = response.content.decode()
        assert response.status_code == status
        assert html.count("<h1>") == 1
        assert 'class="btn"' in html or 'class="steps"' in html


class TestFields:
    class Form(forms.Form):
        day = forms.DateField(label="Welke dag?", help_text="Vandaag of eerder.")
        note = forms.CharField(label="Uitleg", required=False)
        agree = forms.BooleanField(label="Ik was er", required=True)
        moment = forms.ChoiceField(
            label="Wanneer?", choices=[("a", "A")], widget=forms.RadioSelect, help_text="Kies."
        )

    def test_help_and_error_are_tied_to_the_input(self):
        html = self.Form({"day": "gisteren"})["day"].as_field_group()
        assert 'aria-describedby="id_day_helptext id_day_error"' in html
        assert 'aria-invalid="true"' in html
        for where in ("id_day_helptext", "id_day_error"):
            assert f'id="{where}"' in html
        assert html.index("<label") < html.index("<input")

    def test_what_may_stay_empty_says_so(self):
        assert "niet verplicht" in self.Form()["note"].as_field_group()
        assert "niet verplicht" not in self.Form()["day"].as_field_group()

    def test_a_checkbox_stands_before_its_word(self):
        html = self.Form()["agree"].as_field_group()
        assert html.index("<input") < html.index("Ik was er")

    def test_choices_are_a_group_with_a_legend(self):
        html = self.Form({})["moment"].as_field_group()
        assert '<fieldset aria-describedby="id_moment_helptext id_moment_error">' in html
        assert "<legend>Wanneer?</legend>" in html

    def test_wagtail_draws_its_own_panels(self):
        for name in ("wagtailadmin/shared/field.html", "wagtailadmin/panels/field_panel.html"):
            assert "as_field_group" not in get_template(name).template.source


def test_messages_are_notices_with_a_pictogram():
    class Message:
        level_tag = "error"

        def __str__(self):
            return "<b>Fout</b>"

    html = render_to_string("messages.html", {"messages": [Message()]})
    assert 'class="notice notice-error"' in html
    assert "<svg" in html
    assert "&lt;b&gt;" in html
