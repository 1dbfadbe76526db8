"""The organisation's own page: what it sends in, and what the gemeente does with it."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanbod import links, submissions, wachtrij
from aanbod.models import (
    ActiviteitContact,
    ActiviteitPage,
    Contactpersoon,
    Herkomst,
    Inzending,
    Organisatielink,
)
from aanbod.waiting import NotApproved
from gemeenten import moderation, outbox
from gemeenten.acting import acting_as
from gemeenten.models import Bericht
from marketplace.logs import redacted
from tests.aanbod.cast import TEST, make_page, weekly
from tests.aanbod.submission_forms import moment, person, sheet

NOW = timezone.now()


@pytest.fixture
def link(cast):
    return links.link_of(cast.lange_tafel, cast.herent, by=cast.katrijn, now=NOW)


@pytest.fixture
def token(link):
    return links.token(link)


def at(name: str, token: str, *args: object) -> str:
    return reverse(f"aanbod:{name}", args=[token, *args])


def sent() -> Inzending:
    return Inzending._base_manager.latest("pk")


def send(client: Client, token: str, **changes) -> Inzending:
    answer = client.post(at("doorgeven_nieuw", token), sheet(**changes))
    assert answer.status_code == 302, answer.context["sheet"].form.errors
    return sent()


def queue(cast, row: Inzending):
    with acting_as(cast.katrijn):
        return next(item for item in wachtrij.items(cast.herent) if item.pk == row.pk)


def approve(client: Client, cast, row: Inzending):
    client.force_login(cast.katrijn)
    item = queue(cast, row)
    return client.post(reverse("wachtrij:goedkeuren", args=["24038"]), {"item": item.key})


# -- The link ---------------------------------------------------------------------------------


def test_the_link_shows_what_the_organisation_has_in_that_gemeente_only(cast, client, token):
    make_page(cast.in_herent, cast.lange_tafel, "Praattafel")
    make_page(cast.in_herent, cast.groendienst, "Snoeien")
    make_page(cast.in_leuven, cast.lange_tafel, "Koor")
    make_page(cast.in_herent, cast.lange_tafel, "Geheim plan", publish=False)

    text = client.get(at("doorgeven", token)).content.decode()

    assert "Praattafel" in text
    assert not any(word in text for word in ("Snoeien", "Koor", "Geheim"))


def test_the_page_is_kept_by_nobody_and_found_by_no_search_engine(client, token):
    answer = client.get(at("doorgeven", token))

    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "sessionid" not in answer.cookies
    assert "veertig" not in answer.cookies


def test_a_link_without_its_last_slash_works(client, token):
    assert client.get(at("doorgeven", token).rstrip("/")).status_code == 200


def test_unknown_withdrawn_and_damaged_links_give_the_same_page(cast, client, link, token):
    links.withdraw(cast.lange_tafel, cast.herent, now=NOW)
    asked = [token, "A" * 26, "x", "%00", "%E2%82", token + "/nergens", ""]

    answers = [client.get(f"/nl/aanbod/doorgeven/{one}/") for one in asked]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content.partition(b"<main")[2] for answer in answers}) == 1
    assert "Deze link werkt niet" in answers[0].content.decode()
    assert all("no-store" in answer["Cache-Control"] for answer in answers)


def test_a_renewed_link_kills_the_old_one_at_once(cast, client, token):
    fresh = links.renew(cast.lange_tafel, cast.herent, by=cast.katrijn, now=NOW)

    assert client.get(at("doorgeven", token)).status_code == 404
    assert client.get(at("doorgeven", links.token(fresh))).status_code == 200


def test_the_database_does_not_hold_the_token(link, token):
    row = Organisatielink._base_manager.filter(pk=link.pk).values().get()

    assert token not in str(row)


def test_the_token_never_reaches_the_log(token):
    path = at("doorgeven_nieuw", token)

    assert token not in redacted(f"GET {path} from {quote(path, safe='')}")
    assert token not in redacted(f"GET {path.replace('doorgeven/', 'doorgeven//')}")


def test_each_gemeente_has_its_own_link(cast, token):
    other = links.link_of(cast.lange_tafel, cast.leuven, by=cast.rik, now=NOW)

    assert links.token(other) != token


def test_a_mailed_link_is_filled_in_when_it_is_sent(cast, link, token, acting):
    links.mail(link, cast.lieve, by=cast.katrijn, now=NOW)
    stored = Bericht.objects.get(key__startswith=links.MESSAGE)
    outbox.deliver(NOW)

    assert token not in stored.text
    assert links.url(link) in mail.outbox[-1].body


def test_a_mail_after_renewal_carries_the_new_address(cast, link, token, acting):
    links.mail(link, cast.lieve, by=cast.katrijn, now=NOW)
    fresh = links.renew(cast.lange_tafel, cast.herent, by=cast.katrijn, now=NOW)
    outbox.deliver(NOW)

    assert links.url(fresh) in mail.outbox[-1].body
    assert token not in mail.outbox[-1].body


@pytest.mark.parametrize("who", ["joris", "peter", "saar"])
def test_nobody_else_is_mailed_the_link(cast, link, acting, who):
    with pytest.raises(links.LinkRefused):
        links.mail(link, getattr(cast, who), by=cast.katrijn, now=NOW)


# -- Sending in -------------------------------------------------------------------------------


def test_what_is_sent_waits_and_nothing_is_public(cast, client, token):
    row = send(client, token)

    assert (row.state, row.kind, row.page) == ("ingediend", "nieuw", None)
    assert not ActiviteitPage.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"naam": ""}, "naam"),
        ({"naam": "قهوة"}, "naam"),
        ({"soort": "dansen"}, "soort"),
        ({"zin": "x" * 201}, "zin"),
        ({"minuten": ""}, "minuten"),
        ({"minuten": "-1"}, "minuten"),
        ({"wanneer": "momenten"}, "wanneer"),
        ({"postcode": "3000"}, "postcode"),
        ({"deelgemeente": "Kessel-Lo"}, "deelgemeente"),
        ({"prijs": "-1"}, "prijs"),
        ({"prijs": "veel"}, "prijs"),
        ({"kenmerken": ["groep"]}, "kenmerken"),
        ({"kenmerken": ["vliegen"]}, "kenmerken"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_sent(client, token, change, field):
    answer = client.post(at("doorgeven_nieuw", token), sheet(**change))

    assert answer.status_code == 422
    assert field in answer.context["sheet"].form.errors
    assert not Inzending._base_manager.exists()


def test_who_does_not_know_the_criteria_may_send_it_all_the_same(cast, client, token):
    row = send(client, token, kenmerken=["groep"], toch="on")

    assert not queue(cast, row).can_approve


@pytest.mark.parametrize(
    "row",
    [
        {"end": "19:30"},
        {"last_day": "2026-01-01"},
        {"first_day": "0001-01-01"},
        {"first_day": "dinsdag"},
        {"frequency": "soms"},
    ],
)
def test_a_moment_that_is_nonsense_is_refused(client, token, row):
    answer = client.post(at("doorgeven_nieuw", token), sheet(momenten=[moment(**row)]))

    assert answer.status_code == 422
    assert not Inzending._base_manager.exists()


@pytest.mark.parametrize(
    "row",
    [
        person("", "els@post.example"),
        person("Els", "geen adres"),
        person("Els", "", "016 12 34 56"),
        person("Els", "els@post.example", "0470 00 00 01"),
    ],
)
def test_a_contact_person_that_cannot_be_reached_so_is_refused(client, token, row):
    answer = client.post(at("doorgeven_nieuw", token), sheet(mensen=[row]))

    assert answer.status_code == 422
    assert not Inzending._base_manager.exists()


def test_a_leaked_link_cannot_flood(cast, client, token, monkeypatch):
    monkeypatch.setattr(submissions, "MOST_WAITING", 2)
    send(client, token)
    send(client, token)

    answer = client.post(at("doorgeven_nieuw", token), sheet())

    assert answer.status_code == 422
    assert "Er wachten al veel inzendingen" in answer.content.decode()
    assert Inzending._base_manager.count() == 2


def test_nor_by_sending_and_withdrawing(cast, client, token, monkeypatch):
    monkeypatch.setattr(submissions, "MOST_A_DAY", 1)
    row = send(client, token)
    client.post(at("doorgeven_intrekken", token, row.pk))

    assert client.post(at("doorgeven_nieuw", token), sheet()).status_code == 422


@pytest.mark.parametrize("name", ["doorgeven_wijzig", "doorgeven_kopie"])
def test_another_organisations_activity_is_not_there(cast, client, token, name):
    others = [
        make_page(cast.in_herent, cast.groendienst, "Snoeien"),
        make_page(cast.in_leuven, cast.lange_tafel, "Koor"),
        make_page(cast.in_herent, cast.lange_tafel, "Concept", publish=False),
    ]

    assert {client.get(at(name, token, page.pk)).status_code for page in others} == {404}
    assert {client.post(at(name, token, page.pk), sheet()).status_code for page in others} == {404}


@pytest.mark.parametrize("name", ["doorgeven_inzending", "doorgeven_intrekken"])
def test_another_organisations_submission_is_not_there(cast, client, token, name):
    other = links.link_of(cast.groendienst, cast.herent, by=cast.katrijn, now=NOW)
    leuven = links.link_of(cast.lange_tafel, cast.leuven, by=cast.rik, now=NOW)
    rows = [
        send(client, links.token(other)),
        send(client, links.token(leuven), postcode="3000"),
    ]

    assert {client.post(at(name, token, row.pk), sheet()).status_code for row in rows} == {404}
    assert {row.state for row in Inzending._base_manager.all()} == {"ingediend"}


def test_a_copy_begins_with_what_stands_there_and_becomes_another(cast, client, token):
    page = make_page(cast.in_herent, cast.lange_tafel, "Praattafel")
    shown = client.get(at("doorgeven_kopie", token, page.pk)).content.decode()
    client.post(at("doorgeven_kopie", token, page.pk), sheet(naam="Praattafel 2"))

    assert "Praattafel: kom erbij." in shown
    assert (sent().kind, sent().page) == ("nieuw", None)


def test_the_organisation_takes_back_what_waits(client, token):
    row = send(client, token, mensen=[person("Els Zavel")])

    client.post(at("doorgeven_intrekken", token, row.pk))

    assert (sent().state, sent().contacts) == ("ingetrokken", [])


def test_a_get_never_withdraws(client, token):
    row = send(client, token)

    assert client.get(at("doorgeven_intrekken", token, row.pk)).status_code == 405
    assert sent().state == "ingediend"


# -- One click --------------------------------------------------------------------------------


def test_one_click_puts_it_online_with_its_contact_persons_and_says_so(cast, client, token):
    row = send(
        client,
        token,
        momenten=[moment()],
        mensen=[person("Els Zavel", "els@post.example"), person("Omer Kaart")],
    )

    approve(client, cast, row)

    page = ActiviteitPage.objects.get(title="Praatcafé")
    row.refresh_from_db(from_queryset=Inzending._base_manager)
    assert page.live
    assert page.organisatie == cast.lange_tafel
    assert page.gemeente == cast.herent
    assert page.reeksen.count() == 1
    assert (row.state, row.page, row.contacts) == ("aanvaard", page, [])
    with acting_as(TEST):
        standing = ActiviteitContact.objects.filter(page=page)
        names = {str(one.contactpersoon) for one in standing}
        told = Bericht.objects.filter(key__startswith=f"inzending:{row.pk}:")
        assert {one.receiver.email for one in told} == {"els@post.example", None}
    assert names == {"Els Zavel", "Omer Kaart"}


def test_a_known_contact_person_stays_as_they_are(cast, client, token):
    row = send(client, token, mensen=[person("Iemand anders", cast.lieve.user.email.upper())])

    approve(client, cast, row)

    with acting_as(TEST):
        assert Contactpersoon.objects.get(pk=cast.lieve.pk).name == "Lieve Vanderstok"
        assert ActiviteitContact.objects.get().contactpersoon_id == cast.lieve.pk


def test_what_misses_a_criterion_is_not_published_by_one_click(cast, client, token):
    row = send(client, token, kenmerken=["groep"], toch="on")

    answer = approve(client, cast, row)

    assert not ActiviteitPage.objects.exists()
    text = client.get(answer["Location"]).content.decode()
    assert "nieuwe mensen kennen" in text
    assert sent().state == "ingediend"


def test_but_goes_to_the_editor_as_a_draft_and_stays_in_the_queue(cast, client, token):
    row = send(client, token, kenmerken=["groep"], toch="on")
    client.force_login(cast.katrijn)

    answer = client.post(
        reverse("wachtrij:beslis", args=["24038", row.pk]), {"besluit": "concept", "version": "1"}
    )

    page = ActiviteitPage.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live
    with acting_as(cast.katrijn):
        assert [item.source for item in wachtrij.items(cast.herent)] == ["ingevoerd"]


def test_who_was_approved_with_other_words_than_were_seen_is_refused(cast, client, token):
    row = send(client, token)
    seen = queue(cast, row).key
    client.post(at("doorgeven_inzending", token, row.pk), sheet(naam="Iets heel anders"))
    client.force_login(cast.katrijn)

    client.post(reverse("wachtrij:goedkeuren", args=["24038"]), {"item": seen})

    assert not ActiviteitPage.objects.exists()


# -- A change ---------------------------------------------------------------------------------


def changed(client, token, page, **changes) -> Inzending:
    shown = client.get(at("doorgeven_wijzig", token, page.pk)).context["sheet"]
    body = sheet(
        **{
            "naam": page.title,
            "zin": page.summary,
            "tekst": page.description,
            "dagdelen": [],
            "plaats": "",
            "postcode": "",
            "versie": shown.form["versie"].value(),
            **changes,
        }
    )
    answer = client.post(at("doorgeven_wijzig", token, page.pk), body)
    assert answer.status_code == 302, answer.context["sheet"].form.errors
    return sent()


def test_a_change_shows_old_beside_new_and_leaves_the_live_page_alone(cast, client, token):
    page = make_page(cast.in_herent, cast.lange_tafel)

    row = changed(client, token, page, zin="Kom gerust binnen.")

    [change] = queue(cast, row).changes
    assert (change.label, change.before, change.after) == (
        *("In één zin", "Praattafel: kom erbij."),
        "Kom gerust binnen.",
    )
    page.refresh_from_db()
    assert page.summary == "Praattafel: kom erbij."


def test_one_click_writes_only_what_the_organisation_changed(cast, client, token):
    page = make_page(cast.in_herent, cast.lange_tafel, themas=("koffie",), reeksen=[weekly()])
    row = changed(
        *(client, token, page),
        zin="Kom gerust binnen.",
        momenten=[moment()],
        minuten="",
    )

    approve(client, cast, row)

    page = ActiviteitPage.objects.get(pk=page.pk)
    assert page.summary == "Kom gerust binnen."
    assert [tag.name for tag in page.themas.all()] == ["koffie"]


def test_nothing_changed_is_not_sent(cast, client, token):
    page = make_page(cast.in_herent, cast.lange_tafel)
    with pytest.raises(AssertionError):
        changed(client, token, page)
    assert not Inzending._base_manager.exists()


def test_a_page_that_was_edited_meanwhile_is_not_overwritten_blindly(cast, client, token):
    page = make_page(cast.in_herent, cast.lange_tafel)
    row = changed(client, token, page, zin="Kom gerust binnen.")
    page.bring = "Een stoel."
    page.save_revision().publish()

    item = queue(cast, row)
    approve(client, cast, row)

    assert submissions.STALE in item.missing
    page = ActiviteitPage.objects.get(pk=page.pk)
    assert page.summary == "Praattafel: kom erbij."


def test_who_looked_at_what_stands_there_now_may_approve(cast, client, token):
    page = make_page(cast.in_herent, cast.lange_tafel)
    row = changed(client, token, page, zin="Kom gerust binnen.")
    page.bring = "Een stoel."
    page.save_revision().publish()
    client.force_login(cast.katrijn)
    detail = client.get(reverse("wachtrij:inzending", args=["24038", row.pk])).content.decode()
    assert "Een stoel." in detail
    latest = ActiviteitPage.objects.get(pk=page.pk).latest_revision_id

    client.post(
        reverse("wachtrij:beslis", args=["24038", row.pk]),
        {"besluit": "goedkeuren", "version": "1", "seen": str(latest)},
    )

    page = ActiviteitPage.objects.get(pk=page.pk)
    assert (page.summary, page.bring) == ("Kom gerust binnen.", "Een stoel.")


def test_a_colleagues_draft_does_not_go_online_along_with_it(cast, client, token):
    page = make_page(cast.in_herent, cast.lange_tafel)
    page.bring = "Nog niet zeker."
    page.save_revision()
    row = changed(client, token, page, zin="Kom gerust binnen.")

    approve(client, cast, row)

    assert queue(cast, row).missing == [submissions.HAS_DRAFT]
    assert ActiviteitPage.objects.get(pk=page.pk).bring == ""


def test_what_is_offline_does_not_come_online_by_a_change(cast, client, token):
    page = make_page(cast.in_herent, cast.lange_tafel)
    row = changed(client, token, page, zin="Kom gerust binnen.")
    page.unpublish()

    approve(client, cast, row)

    assert not ActiviteitPage.objects.get(pk=page.pk).live


def test_a_second_change_of_the_same_activity_goes_into_the_first(cast, client, token):
    page = make_page(cast.in_herent, cast.lange_tafel)
    row = changed(client, token, page, zin="Kom gerust binnen.")

    answer = client.get(at("doorgeven_wijzig", token, page.pk))

    assert answer["Location"] == at("doorgeven_inzending", token, row.pk)


# -- Answering --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "state"), [("terug", "teruggevraagd"), ("afwijzen", "afgewezen")]
)
def test_a_colleague_answers_in_words_that_the_organisation_reads(
    cast, client, token, action, state
):
    row = send(client, token)
    client.force_login(cast.katrijn)

    client.post(
        reverse("wachtrij:beslis", args=["24038", row.pk]),
        {"besluit": action, "version": "1", "reason": "Op welk uur begint het?"},
    )

    client.logout()
    assert sent().state == state
    assert "Op welk uur begint het?" in client.get(at("doorgeven", token)).content.decode()
    with acting_as(TEST):
        assert Bericht.objects.filter(text__contains="Op welk uur begint het?").exists()


def asked_back(cast, client, token) -> Bericht:
    """The message with which Lieve is asked something, before it is sent."""
    row = send(client, token)
    submissions.ask_back(cast.herent, row.pk, "1", "Welk uur?", by=cast.katrijn, now=NOW)
    return Bericht.objects.get(
        key__startswith=f"{submissions.MESSAGE}:{row.pk}:", receiver=cast.lieve.user
    )


def test_a_question_is_mailed_with_the_address_filled_in_when_it_is_sent(
    cast, client, link, token, acting
):
    stored = asked_back(cast, client, token)
    outbox.deliver(NOW)

    assert token not in stored.text
    assert mail.outbox[-1].body.endswith(links.url(link))
    assert "De gemeente Herent vraagt" in mail.outbox[-1].body
    assert links.MARK not in mail.outbox[-1].body


def test_a_question_whose_link_was_withdrawn_goes_without_it(cast, client, token, acting):
    asked_back(cast, client, token)
    links.withdraw(cast.lange_tafel, cast.herent, now=NOW)
    outbox.deliver(NOW)

    assert "Welk uur?" in mail.outbox[-1].body
    assert links.MARK not in mail.outbox[-1].body


@pytest.mark.parametrize("moderated", [True, False])
def test_a_redacteur_is_offered_to_put_it_online_unless_a_moderator_does(
    cast, client, token, moderated
):
    row = send(client, token)
    moderation.set_moderated(cast.herent, moderated, by=None)
    client.force_login(cast.katrijn)

    html = client.get(reverse("wachtrij:inzending", args=["24038", row.pk])).content.decode()

    assert ('value="goedkeuren"' in html) != moderated
    assert 'value="concept"' in html


def test_the_questions_of_the_criteria_can_be_left_to_the_gemeente_from_the_start(client, token):
    html = client.get(at("doorgeven_nieuw", token)).content.decode()
    legend = html.partition("Wat klopt er voor deze activiteit?")[2].partition("</legend>")[0]

    assert 'name="toch"' in html
    assert "niet verplicht" not in legend


def test_an_answer_without_words_is_refused(cast, client, token):
    row = send(client, token)
    client.force_login(cast.katrijn)

    answer = client.post(
        reverse("wachtrij:beslis", args=["24038", row.pk]),
        {"besluit": "afwijzen", "version": "1", "reason": " "},
    )

    assert answer.status_code == 422
    assert sent().state == "ingediend"


def test_what_was_asked_back_is_sent_again(cast, client, token):
    row = send(client, token, kenmerken=["groep"], toch="on", mensen=[person("Els Zavel")])
    with acting_as(cast.katrijn):
        submissions.ask_back(cast.herent, row.pk, "1", "Oefenen?", by=cast.katrijn, now=NOW)
    shown = client.get(at("doorgeven_inzending", token, row.pk)).content.decode()
    assert "Els Zavel" in shown
    assert "Oefenen?" in shown

    client.post(at("doorgeven_inzending", token, row.pk), sheet(mensen=[person("Els Zavel")]))

    row = sent()
    assert (row.state, row.version) == ("ingediend", 2)
    assert queue(cast, row).can_approve


def test_what_is_decided_is_no_longer_changed_by_the_organisation(cast, client, token):
    row = send(client, token)
    with acting_as(cast.katrijn):
        submissions.decline(cast.herent, row.pk, "1", "Past niet.", by=cast.katrijn, now=NOW)

    assert client.post(at("doorgeven_inzending", token, row.pk), sheet()).status_code == 404
    assert client.post(at("doorgeven_intrekken", token, row.pk)).status_code == 404


# -- Many at once, and who may ----------------------------------------------------------------


def test_many_at_once_each_ends_with_its_own_result(cast, client, token):
    good, bad = send(client, token), send(client, token, naam="Dansen", kenmerken=[], toch="on")
    client.force_login(cast.katrijn)
    keys = [queue(cast, good).key, queue(cast, bad).key]

    answer = client.post(
        reverse("wachtrij:goedkeuren", args=["24038"]), {"item": keys}, follow=True
    )

    said = [str(message) for message in answer.context["messages"]]
    assert [page.title for page in ActiviteitPage.objects.live()] == ["Praatcafé"]
    assert any("“Praatcafé” staat online" in one for one in said)
    assert any("“Dansen” is niet goedgekeurd" in one for one in said)


def test_the_same_name_twice_gets_two_addresses(cast, client, token):
    for row in [send(client, token), send(client, token)]:
        approve(client, cast, row)

    assert ActiviteitPage.objects.live().count() == 2


@pytest.mark.parametrize("who", ["rik", "stranger"])
def test_nobody_of_elsewhere_sees_or_decides(cast, client, token, who):
    row = send(client, token)
    client.force_login(getattr(cast, who))
    addresses = [
        reverse("wachtrij:gemeente", args=["24038"]),
        reverse("wachtrij:inzending", args=["24038", row.pk]),
        reverse("wachtrij:inzending", args=["24062", row.pk]),
        reverse("wachtrij:links", args=["24038"]),
    ]
    posts = [
        reverse("wachtrij:goedkeuren", args=["24038"]),
        reverse("wachtrij:beslis", args=["24038", row.pk]),
        reverse("wachtrij:beslis", args=["24062", row.pk]),
        reverse("wachtrij:link_doe", args=["24038", cast.lange_tafel.pk]),
    ]
    body = {"item": f"inzending-{row.pk}-1", "besluit": "concept", "version": "1", "doe": "trek-in"}

    assert {client.get(one).status_code for one in addresses} <= {403, 404, 302}
    assert {client.post(one, body).status_code for one in posts} <= {403, 404, 302}
    assert sent().state == "ingediend"
    assert links.find(token)


def test_in_the_rules_too_another_gemeente_finds_nothing(cast, client, token):
    row = send(client, token)

    with acting_as(cast.rik), pytest.raises(LookupError):
        submissions.decide(cast.leuven, row.pk, "1", by=cast.rik, now=NOW)


def test_who_may_not_publish_here_does_not_by_approving(cast, client, token):
    row = send(client, token)
    with acting_as(TEST), pytest.raises(NotApproved):
        submissions.decide(cast.herent, row.pk, "1", by=cast.stranger, now=NOW)


def test_an_imported_draft_waits_until_it_was_online(cast, client):
    page = make_page(cast.in_herent, cast.lange_tafel, "Ingevoerd", publish=False)
    Herkomst.objects.create(page=page, source="x", external_id="1", content_hash="x")
    bare = make_page(cast.in_herent, cast.lange_tafel, "Kaal", kenmerken=(), publish=False)
    Herkomst.objects.create(page=bare, source="x", external_id="2", content_hash="x")
    with acting_as(cast.katrijn):
        found = {item.title: item for item in wachtrij.items(cast.herent)}
        assert found["Ingevoerd"].can_approve
        assert not found["Kaal"].can_approve
        assert wachtrij.count([cast.herent.pk]) == 2
        assert wachtrij.count([cast.leuven.pk]) == 0
    client.force_login(cast.katrijn)

    client.post(
        reverse("wachtrij:goedkeuren", args=["24038"]),
        {"item": [item.key for item in found.values()]},
    )

    assert [page.title for page in ActiviteitPage.objects.live()] == ["Ingevoerd"]


def test_the_number_stands_in_the_menu(cast, client, token):
    send(client, token)
    client.force_login(cast.katrijn)

    assert "Wachtrij (1)" in client.get("/cms/").content.decode()


# -- Cost and nonsense ------------------------------------------------------------------------


def test_the_queue_asks_the_database_no_more_for_more_rows(cast, client, token):
    page = make_page(cast.in_herent, cast.lange_tafel)
    send(client, token)
    changed(client, token, page, zin="Anders.")
    client.force_login(cast.katrijn)
    url = reverse("wachtrij:gemeente", args=["24038"])
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    client.logout()
    for number in range(4):
        send(client, token, naam=f"Nog een {number}", mensen=[person("Els Zavel")])
        other = make_page(cast.in_herent, cast.lange_tafel, f"Ander {number}")
        changed(client, token, other, zin="Anders.")
    client.force_login(cast.katrijn)
    client.get(url)
    with CaptureQueriesContext(connection) as after:
        client.get(url)

    assert len(after) == len(before)


def test_the_organisations_page_asks_no_more_for_more_rows(cast, client, token):
    make_page(cast.in_herent, cast.lange_tafel)
    send(client, token)
    url = at("doorgeven", token)
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    for number in range(3):
        send(client, token, naam=f"Nog een {number}")
        make_page(cast.in_herent, cast.lange_tafel, f"Ander {number}")
    with CaptureQueriesContext(connection) as after:
        client.get(url)

    assert len(after) == len(before)


NONSENSE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["-1", "9" * 30, "1e999", "\x00", "NaN", "2027-02-30", "24:61", "٣", "on"]),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_is_posted_it_is_answered(cast, client, token, data):
    body = sheet(momenten=[moment()], mensen=[person("Els")])
    for name in data.draw(st.lists(st.sampled_from(sorted(body)), max_size=6)):
        body[name] = data.draw(NONSENSE)
    name = data.draw(
        st.sampled_from(["doorgeven_nieuw", "doorgeven_wijzig", "doorgeven_inzending"])
    )
    args = [] if name == "doorgeven_nieuw" else [data.draw(st.integers(0, 10**25))]

    answer = client.post(at(name, token, *args), body)

    assert answer.status_code in {302, 404, 422}


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_a_colleague_posts_it_is_answered(cast, client, token, data):
    row = send(client, token) if not Inzending._base_manager.exists() else sent()
    client.force_login(cast.katrijn)
    name, args = data.draw(
        st.sampled_from(
            [
                ("goedkeuren", []),
                ("beslis", [row.pk]),
                ("beslis", [10**25]),
                ("link_doe", [cast.lange_tafel.pk]),
                ("link_doe", [10**25]),
            ]
        )
    )
    names = ["item", "besluit", "version", "seen", "reason", "doe", "contact"]
    body = {one: data.draw(NONSENSE) for one in names}
    body["besluit"] = data.draw(
        st.sampled_from(["goedkeuren", "concept", "terug", body["besluit"]])
    )

    answer = client.post(reverse(f"wachtrij:{name}", args=["24038", *args]), body)

    assert answer.status_code in {302, 404, 422}


def test_what_was_declined_long_ago_is_no_longer_shown(cast, client, token):
    row = send(client, token)
    with acting_as(cast.katrijn):
        long_ago = NOW - timedelta(days=90)
        submissions.decline(cast.herent, row.pk, "1", "Past niet.", by=cast.katrijn, now=long_ago)

    assert "Past niet." not in client.get(at("doorgeven", token)).content.decode()
