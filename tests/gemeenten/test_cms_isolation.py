"""An editor of Herent can neither see nor touch what is Leuven's and not public.

A crawl: every address below /cms/, filled in with Herent's and Leuven's objects, read and posted
to as a redacteur of Herent. The word KANARIE stands only in what is Leuven's and not public: a
draft, the draft of a live page, files, a colleague, a contact person, a log line. Search for
“vogel” finds the same rows and does not echo the word. An address that stands in no matrix below
makes the test fail: decide what belongs in it, and whether editors may have it (gemeenten/cms.py).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, product
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.models import EditingSession
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    Comment,
    GroupCollectionPermission,
    GroupPagePermission,
    ModelLogEntry,
    Page,
    PageLogEntry,
    Revision,
    Site,
    Task,
    UploadedFile,
    Workflow,
)

from aanbod import links, nalezen, translations
from aanbod.importing.judging import Judged
from aanbod.models import (
    ActiviteitContact,
    ActiviteitPage,
    Bezoek,
    Contactpersoon,
    Invaller,
    Invoer,
    Inzending,
    Nalezing,
    Opname,
    Organisatie,
    Organisatielink,
    Sessie,
    Vertaling,
    Zoekopdracht,
    Zoekwoord,
)
from bewijzen import eerste_keer, toeleiders, zoekvragen
from bewijzen.models import EersteKeer, Inburgeraar, Toeleider, Traject, Zoekvraag
from bewijzen.toeleiders import NewToeleider
from bewijzen.zoekvragen import Agreed, Reply, Wishes
from gemeenten import cms, moderation
from gemeenten.acting import acting_as
from gemeenten.groups import sync_groups
from gemeenten.models import Agentschap, Bericht, Gemeente, GemeentePage, HomePage, Rol, User
from tests.aanbod.cast import TEST, Cast, make_cast, make_contact, make_page, make_staff, make_user

CANARY = "kanarie"
SEARCH = "vogel"

# -- The world -------------------------------------------------------------------------------


def make_world(
    kind: str = Rol.Kind.REDACTEUR, *, mirrored: bool = False, moderated: bool = False
) -> SimpleNamespace:
    """Somebody with a role of this kind in Herent, and what is Leuven's. Mirrored, all that is
    called Herent here is Leuven and the other way round."""
    cast = _mirror(make_cast()) if mirrored else make_cast()
    for gemeente in (cast.herent, cast.leuven):
        moderation.set_moderated(gemeente, moderated, by=None)
    Rol.everyone.filter(user=cast.katrijn).update(kind=kind)
    world = SimpleNamespace(cast=cast, redacteur=cast.katrijn)
    world.herent = _offer(cast.in_herent, cast.lange_tafel, cast.katrijn, "Praattafel", "merel")
    world.leuven = _offer(cast.in_leuven, cast.lange_tafel, cast.rik, "Koor", f"vogel{CANARY}")
    colleague = make_staff(f"Vogel Kanarie {CANARY}", Rol.Kind.REDACTEUR, cast.leuven)
    world.leuven.people = [colleague, cast.rik]
    world.leuven.contact = make_contact(f"Vogel {CANARY}", cast.lange_tafel, cast.leuven)
    world.herent.contact = cast.lieve
    world.leuven.organisatie = Organisatie.objects.create(name="Vogelwerkgroep van de Dijle")
    world.leuven.organisatie.known_in.add(cast.leuven)
    make_contact(f"Vogel {CANARY} twee", world.leuven.organisatie, cast.leuven)
    world.leuven.invaller = _stand_in(cast.leuven, cast.lange_tafel, f"vogel{CANARY}", cast.rik)
    world.herent.invaller = _stand_in(cast.herent, cast.lange_tafel, "merel", cast.katrijn)
    world.leuven.guided = _guided(cast.leuven, world.leuven.live, f"Vogel{CANARY}", cast.rik)
    world.herent.guided = _guided(cast.herent, world.herent.live, "Merel", cast.katrijn)
    _undelivered(cast.leuven, world.leuven.contact.user, cast.rik)
    _translate(world.leuven.live, f"vogel {CANARY}")
    _translate(world.herent.live, "Talking table")
    _former_colleague(world)
    _somebody_is_editing(world, colleague)
    call_command("update_index", verbosity=0)  # in a test no worker does it
    return world


def _mirror(cast: Cast) -> Cast:
    return replace(
        cast,
        herent=cast.leuven,
        leuven=cast.herent,
        in_herent=cast.in_leuven,
        in_leuven=cast.in_herent,
        katrijn=cast.rik,
        rik=cast.katrijn,
        lieve=cast.saar,
        saar=cast.lieve,
    )


def _offer(landing: GemeentePage, organisatie, editor: User, title: str, secret: str):
    """A live page with a draft of it, a draft, a page that is locked, and files."""
    mine = SimpleNamespace(landing=landing, group=Group.objects.get(name__contains=_nis(landing)))
    mine.live = make_page(landing, organisatie, title)
    mine.live.title = f"{secret} concept van {title}"
    mine.live.save_revision(user=editor, log_action=True)
    tomorrow = timezone.now() + timezone.timedelta(days=1)
    mine.sessie = Sessie.objects.create(
        page=mine.live,
        van=tomorrow,
        tot=tomorrow + timezone.timedelta(hours=1),
        state=Sessie.State.AFGELAST,  # refreshing the dates leaves it
        reason="de zaal is dicht",  # everybody reads it
    )
    Opname.objects.create(
        page=mine.live,
        language="nl",
        file=f"opnames/{mine.live.pk}.mp3",  # everybody hears it
        by=editor,
        at=timezone.now(),
    )
    mine.draft = make_page(
        landing, organisatie, f"{secret} concept", publish=False, themas=(f"{secret} thema",)
    )
    mine.draft.locked = True
    mine.draft.locked_by, mine.draft.locked_at = editor, timezone.now()
    mine.draft.save()
    Comment.objects.create(page=mine.draft, user=editor, text=f"{secret} opmerking")
    collection = Collection.objects.get(name=landing.gemeente.name)
    mine.collection = collection
    mine.image = get_image_model().objects.create(
        title=f"{secret} foto",
        file=get_test_image_file(filename=f"{secret}.png"),
        collection=collection,
        uploaded_by_user=editor,
    )
    mine.document = get_document_model().objects.create(
        title=f"{secret} document",
        file=ContentFile(b"x", f"{secret}.txt"),
        collection=collection,
        uploaded_by_user=editor,
    )
    mine.inzending = Inzending.objects.create(
        organisatie=organisatie,
        gemeente=landing.gemeente,
        kind=Inzending.Kind.NIEUW,
        values={"naam": f"{secret} inzending", "kenmerken": []},
        contacts=[{"name": f"{secret} mens", "email": "", "mobile": ""}],
        made_at=timezone.now(),
        sent_at=timezone.now(),
    )
    links.link_of(organisatie, landing.gemeente, by=editor, now=timezone.now())
    mine.invoer = Invoer.objects.create(
        gemeente=landing.gemeente,
        by=editor,
        file_name=f"{secret}.csv",
        source=secret,
        rows=[Judged(2, "nieuw", "1", f"{secret} rij").as_json()],
        made_at=timezone.now(),
    )
    Zoekwoord.objects.create(
        gemeente=landing.gemeente,
        day=timezone.localdate(),
        word=secret,
        empty=False,
        number=50,
    )
    Bezoek.objects.create(
        gemeente=landing.gemeente, day=timezone.localdate(), page=mine.live, number=50
    )
    mine.uploads = [
        UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(model),
            file=ContentFile(b"x", f"{secret}.bin"),
            uploaded_by_user=editor,
        )
        for model in [get_image_model(), get_document_model()]
    ]
    return mine


def _stand_in(gemeente, organisatie, name: str, by: User) -> Invaller:
    today = timezone.localdate()
    return Invaller.everyone.create(
        user=make_user(name, email=None),
        name=name,
        gemeente=gemeente,
        organisatie=organisatie,
        day=today,
        sign_until=today,
        named_by=by,
        named_at=timezone.now(),
    )


def _undelivered(gemeente, receiver: User, by: User) -> None:
    """A mail to Leuven's contact person, who is one in Herent too, and did not get it."""
    Bericht.objects.create(
        receiver=receiver,
        sender=by,
        channel="mail",
        language="nl",
        subject="Post",
        text=f"vogel {CANARY}",
        state="mislukt",
        key=f"vogel{CANARY}",
        created_at=timezone.now(),
        contact_gemeente=gemeente,
    )


def _guided(gemeente, page, secret: str, editor: User) -> SimpleNamespace:
    """Zoekvragen, a toeleider and a first time together. The person behind them is canary in
    Herent too: a gemeente sees of a person only what was agreed."""
    agentschap, _made = Agentschap.objects.get_or_create(name="Agentschap", slug="agentschap")
    name = f"Vogel{CANARY} {gemeente.name}"
    inburgeraar = Inburgeraar.objects.create(
        user=make_user(name), agentschap=agentschap, reference=f"V-{gemeente.nis}", name=name
    )
    traject = Traject.objects.create(
        inburgeraar=inburgeraar,
        agentschap=agentschap,
        gemeente=gemeente,
        trajectbegeleider=make_user(f"Vogel{CANARY} begeleider {gemeente.name}"),
        started_on=timezone.localdate(),
        opened_at=timezone.now(),
    )
    user, now = inburgeraar.user, timezone.now()
    wishes = Wishes(("sport",), note=f"{secret} zoekt")
    new = NewToeleider(f"{secret} Toeleider", "", ("nl",), timezone.localdate())
    mine = SimpleNamespace()
    mine.toeleider = toeleiders.add(gemeente, new, by=editor)
    mine.open = zoekvragen.ask(traject, gemeente, wishes, None, by=user, now=now)
    mine.answered = zoekvragen.note_at_desk(
        gemeente, wishes, Agreed(f"{secret} Beller"), language="nl", by=editor, now=now
    )
    reply = Reply("activiteiten", f"{secret} antwoord", frozenset([page.pk]))
    zoekvragen.answer(mine.answered.pk, reply, by=editor, now=now)
    later = now + timezone.timedelta(days=2)
    mine.keer = eerste_keer.ask(traject, page, by=user, now=now)
    EersteKeer.objects.filter(pk=mine.keer.pk).update(first_name=secret)
    eerste_keer.plan(mine.keer.pk, mine.toeleider, later, f"{secret} plein", by=editor, now=now)
    return mine


def _translate(page: ActiviteitPage, title: str) -> None:
    """Everybody may read a translation; in the CMS it is for who translates there."""
    published = ActiviteitPage.objects.get(pk=page.pk)
    texts = translations.Texts(title, title, title)
    translations.translate(published, "en", texts, by=None, now=timezone.now())


def _nis(landing: GemeentePage) -> str:
    return f"redacteur {landing.gemeente.nis}"


def _former_colleague(world) -> None:
    """The redacteur of Herent once worked in Leuven, and edited there."""
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    role = Rol.everyone.create(
        user=world.redacteur,
        kind=Rol.Kind.REDACTEUR,
        gemeente=world.cast.leuven,
        valid_from=yesterday,
        valid_to=yesterday,
    )
    assert role not in Rol.everyone.valid()
    world.leuven.draft.save_revision(user=world.redacteur, log_action="wagtail.edit")
    world.redacteur = User.objects.get(pk=world.redacteur.pk)
    sync_groups(world.redacteur)


def _somebody_is_editing(world, colleague: User) -> None:
    world.session = EditingSession.objects.create(
        user=colleague,
        content_type=ContentType.objects.get_for_model(ActiviteitPage),
        object_id=str(world.leuven.draft.pk),
        last_seen_at=timezone.now(),
    )


# -- What fills an address -------------------------------------------------------------------


def kinds(world) -> dict[str, list]:
    """For each kind of part of an address the values to try, Leuven's first."""
    herent, leuven = world.herent, world.leuven
    pages = [leuven.draft, leuven.live, leuven.landing, herent.live, herent.landing]
    return {
        "page": [page.pk for page in pages],
        "zoekvraag": [
            vraag.pk
            for mine in (leuven, herent)
            for vraag in (mine.guided.open, mine.guided.answered)
        ],
        "toeleider": [leuven.guided.toeleider.pk, herent.guided.toeleider.pk],
        "eerste keer": [leuven.guided.keer.pk, herent.guided.keer.pk],
        "tree": [*(page.pk for page in pages), HomePage.objects.get().pk, 1],
        "revision": [
            leuven.draft.latest_revision_id,
            leuven.live.latest_revision_id,
            herent.live.latest_revision_id,
        ],
        "older": [leuven.draft.latest_revision_id, herent.live.latest_revision_id, "earliest"],
        "newer": [leuven.live.latest_revision_id, "live", "latest"],
        "image": [leuven.image.pk, herent.image.pk],
        "document": [leuven.document.pk, herent.document.pk],
        "collection": [leuven.collection.pk, herent.collection.pk, 1],
        "upload": [upload.pk for upload in [*leuven.uploads, *herent.uploads]],
        "user": [*(user.pk for user in leuven.people), world.redacteur.pk],
        "rol": [
            *(rol.pk for rol in Rol.everyone.filter(user__in=leuven.people)),
            *(rol.pk for rol in Rol.everyone.filter(gemeente=world.cast.herent)),
        ],
        "group": [leuven.group.pk, herent.group.pk],
        "contact": [leuven.contact.pk, herent.contact.pk],
        "invaller": [leuven.invaller.pk, herent.invaller.pk],
        # The same in both gemeenten, and one that only Leuven has.
        "organisatie": [leuven.organisatie.pk, world.cast.lange_tafel.pk],
        "session": [world.session.pk],
        "sessie": [leuven.sessie.pk, herent.sessie.pk],
        "site": [Site.objects.get().pk],
        "workflow": [Workflow.objects.get().pk],
        "task": [Task.objects.get().pk],
        "state": [1],
        "import": [leuven.invoer.pk, herent.invoer.pk],
        "file format": ["xlsx", "csv", "pdf"],
        "nis": ["24062", "24038"],
        "inzending": [leuven.inzending.pk, herent.inzending.pk],
        "language": ["en", "xx"],
        "action": ["approve"],
        "api action": ["delete", "unpublish", "publish", "copy", "move", "convert_alias"],
        "filter": ["original", "width-100"],
        "token": ["x"],
        "none": [],
    }


_PAGE = {"page_id": "page"}
_REVISION = {"page_id": "page", "revision_id": "revision"}
_CONTENT_TYPE = ("content_type_app_name", "content_type_model_name")
_ADD = {
    _CONTENT_TYPE: [("aanbod", "activiteitpage"), ("gemeenten", "gemeentepage")],
    "parent_page_id": "tree",
}
_TYPE = {_CONTENT_TYPE: [("aanbod", "activiteitpage")]}
_WORKFLOW_ACTION = {"page_id": "page", "action_name": "action", "task_state_id": "state"}
_IMAGE, _DOCUMENT, _DOC = {"image_id": "image"}, {"document_id": "document"}, {"doc_id": "document"}
_FILE_ACTIONS = ["delete", "add_tags", "add_to_collection"]
_USER, _GROUP, _SITE = {"pk": "user"}, {"pk": "group"}, {"pk": "site"}

#: Every address, and which kind fills each of its parts; parts that belong together as a tuple.
MATRIX: dict[str, dict[str | tuple[str, ...], str | list]] = {
    "wagtailadmin_home": {},
    "cms/test404/": {},
    "wagtailadmin_error_test": {},
    "wagtailadmin_account": {},
    "wagtailadmin_logout": {},
    "wagtailadmin_dismissibles": {},
    "wagtailadmin_sprite": {},
    "wagtailadmin_javascript_catalog": {},
    "wagtailadmin_login": {},
    "wagtailadmin_password_reset": {},
    "wagtailadmin_password_reset_done": {},
    "wagtailadmin_password_reset_confirm": {"uidb64": "token", "token": "token"},
    "wagtailadmin_password_reset_complete": {},
    "wagtailadmin_block_preview": {},
    "cms/^.*/$": {},
    # The admin's own API
    "wagtailadmin_api:pages:listing": {},
    "wagtailadmin_api:pages:detail": {"pk": "tree"},
    "wagtailadmin_api:pages:find": {},
    "wagtailadmin_api:pages:action": {"pk": "page", "action_name": "api action"},
    "wagtailadmin_api:images:listing": {},
    "wagtailadmin_api:images:detail": {"pk": "image"},
    "wagtailadmin_api:images:find": {},
    "wagtailadmin_api:documents:listing": {},
    "wagtailadmin_api:documents:detail": {"pk": "document"},
    "wagtailadmin_api:documents:find": {},
    # Pages
    "wagtailadmin_explore_root": {},
    "wagtailadmin_explore": {"parent_page_id": "tree"},
    "wagtailadmin_explore_results": {"parent_page_id": "tree"},
    "wagtail_bulk_action": {
        ("app_label", "model_name", "action"): [
            *product(["wagtailcore"], ["page"], ["delete", "move", "publish", "unpublish"]),
            *product(["wagtailimages"], ["image"], _FILE_ACTIONS),
            *product(["wagtaildocs"], ["document"], _FILE_ACTIONS),
            *product(["gemeenten"], ["user"], ["delete", "assign_role", "set_active_state"]),
        ]
    },
    "wagtailadmin_pages:add": _ADD,
    "wagtailadmin_pages:preview_on_add": _ADD,
    "wagtailadmin_pages:type_use": _TYPE,
    "wagtailadmin_pages:type_use_results": _TYPE,
    "wagtailadmin_pages:choose_parent": {"app_label": ["aanbod"], "model_name": ["activiteitpage"]},
    "wagtailadmin_pages:usage": _PAGE,
    "wagtailadmin_pages:edit": _PAGE,
    "wagtailadmin_pages:preview_on_edit": _PAGE,
    "wagtailadmin_pages:view_draft": _PAGE,
    "wagtailadmin_pages:add_subpage": {"parent_page_id": "tree"},
    "wagtailadmin_pages:delete": _PAGE,
    "wagtailadmin_pages:unpublish": _PAGE,
    "wagtailadmin_pages:convert_alias": _PAGE,
    "wagtailadmin_pages:search": {},
    "wagtailadmin_pages:search_results": {},
    "wagtailadmin_pages:move": {"page_to_move_id": "page"},
    "wagtailadmin_pages:move_confirm": {"page_to_move_id": "page", "destination_id": "tree"},
    "wagtailadmin_pages:set_page_position": {"page_to_move_id": "page"},
    "wagtailadmin_pages:copy": _PAGE,
    "wagtailadmin_pages:workflow_action": _WORKFLOW_ACTION,
    "wagtailadmin_pages:collect_workflow_action_data": _WORKFLOW_ACTION,
    "wagtailadmin_pages:confirm_workflow_cancellation": _PAGE,
    "wagtailadmin_pages:workflow_preview": {"page_id": "page", "task_id": "task"},
    "wagtailadmin_pages:set_privacy": _PAGE,
    "wagtailadmin_pages:lock": _PAGE,
    "wagtailadmin_pages:unlock": _PAGE,
    "wagtailadmin_pages:revisions_index": _PAGE,
    "wagtailadmin_pages:revisions_view": _REVISION,
    "wagtailadmin_pages:revisions_revert": _REVISION,
    "wagtailadmin_pages:revisions_unschedule": _REVISION,
    "wagtailadmin_pages:revisions_compare": {
        "pk": "page",
        "revision_id_a": "older",
        "revision_id_b": "newer",
    },
    "wagtailadmin_pages:workflow_history": _PAGE,
    "wagtailadmin_pages:workflow_history_detail": {"page_id": "page", "workflow_state_id": "state"},
    "wagtailadmin_pages:history": _PAGE,
    "wagtailadmin_pages:history_results": _PAGE,
    "wagtailadmin_choose_page": {},
    "wagtailadmin_choose_page_child": {"parent_page_id": "tree"},
    "wagtailadmin_choose_page_search": {},
    "wagtailadmin_choose_page_chosen_multiple": {},
    "wagtailadmin_choose_page_external_link": {},
    "wagtailadmin_choose_page_email_link": {},
    "wagtailadmin_choose_page_phone_link": {},
    "wagtailadmin_choose_page_anchor_link": {},
    "wagtailadmin_tag_autocomplete": {},
    "wagtailadmin_tag_model_autocomplete": {
        ("app_name", "model_name"): [
            *[("taggit", "tag"), ("aanbod", "thema"), ("aanbod", "kenmerk"), ("gemeenten", "user")]
        ],
    },
    "wagtailadmin_editing_sessions:ping": {
        ("app_label", "model_name"): [
            *[("aanbod", "activiteitpage"), ("wagtailcore", "page"), ("wagtailimages", "image")]
        ],
        "object_id": "page",
        "session_id": "session",
    },
    "wagtailadmin_editing_sessions:release": {"session_id": "session"},
    # Images
    "wagtailimages:index": {},
    "wagtailimages:index_results": {},
    "wagtailimages:add": {},
    "wagtailimages:edit": _IMAGE,
    "wagtailimages:delete": _IMAGE,
    "wagtailimages:url_generator": _IMAGE,
    "wagtailimages:url_generator_output": _IMAGE,
    "wagtailimages:preview": {"image_id": "image", "filter_spec": "filter"},
    "wagtailimages:image_usage": _IMAGE,
    "wagtailimages:add_multiple": {},
    "wagtailimages:edit_multiple": _IMAGE,
    "wagtailimages:create_multiple_from_uploaded_image": {"uploaded_file_id": "upload"},
    "wagtailimages:delete_multiple": _IMAGE,
    "wagtailimages:delete_upload_multiple": {"uploaded_file_id": "upload"},
    "wagtailimages_chooser:choose": {},
    "wagtailimages_chooser:choose_results": {},
    "wagtailimages_chooser:chosen": {"pk": "image"},
    "wagtailimages_chooser:chosen_multiple": {},
    "wagtailimages_chooser:create": {},
    "wagtailimages_chooser:select_format": _IMAGE,
    # Documents
    "wagtaildocs:index": {},
    "wagtaildocs:index_results": {},
    "wagtaildocs:add": {},
    "wagtaildocs:edit": _DOCUMENT,
    "wagtaildocs:delete": _DOCUMENT,
    "wagtaildocs:document_usage": _DOCUMENT,
    "wagtaildocs:add_multiple": {},
    "wagtaildocs:edit_multiple": _DOC,
    "wagtaildocs:create_multiple_from_uploaded_document": {"uploaded_file_id": "upload"},
    "wagtaildocs:delete_multiple": _DOC,
    "wagtaildocs:delete_upload_multiple": {"uploaded_file_id": "upload"},
    "wagtaildocs_chooser:choose": {},
    "wagtaildocs_chooser:choose_results": {},
    "wagtaildocs_chooser:chosen": {"pk": "document"},
    "wagtaildocs_chooser:chosen_multiple": {},
    "wagtaildocs_chooser:create": {},
    # Contact persons: our own views
    "contacten:index": {},
    "contacten:gemeente": {"nis": "nis"},
    "contacten:nieuw": {"nis": "nis"},
    "contacten:organisaties": {"nis": "nis"},
    "contacten:organisatie_nieuw": {"nis": "nis"},
    "contacten:organisatie": {"nis": "nis", "pk": "organisatie"},
    "contacten:organisatie_wijzig": {"nis": "nis", "pk": "organisatie"},
    "contacten:organisatie_neem": {"nis": "nis", "pk": "organisatie"},
    "contacten:invaller": {"nis": "nis", "pk": "organisatie"},
    "contacten:activiteit": _PAGE,
    "contacten:persoon": {"pk": "contact"},
    "contacten:einde": {"pk": "contact"},
    "contacten:heropen": {"pk": "contact"},
    "contacten:opnieuw": {"pk": "contact"},
    "contacten:kaart": {"pk": "contact"},
    "contacten:invaller_einde": {"pk": "invaller"},
    "contacten:invaller_kaart": {"pk": "invaller"},
    # The editor's own screens: our own views
    "redactie:nieuw": {},
    "redactie:leesbaarheid": {},
    "redactie:data": _PAGE,
    "redactie:datum": {"pk": "sessie"},
    "redactie:navraag": _PAGE,
    "redactie:grens": {"nis": "nis"},
    "nalezen:activiteit": _PAGE,
    # How a gemeente works: our own views
    "gemeente:index": {},
    "gemeente:instellingen": {"nis": "nis"},
    "mensen:index": {},
    "mensen:gemeente": {"nis": "nis"},
    "mensen:einde": {"pk": "rol"},
    # Zoekvragen and toeleiders: our own views, of which the rules stand in bewijzen/permissions.py
    "zoekvragen:index": {},
    "zoekvragen:gemeente": {"nis": "nis"},
    "zoekvragen:nieuw": {"nis": "nis"},
    **{
        f"zoekvragen:{name}": {"pk": "zoekvraag"}
        for name in ["vraag", "opnemen", "sluiten", "intrekken"]
    },
    "zoekvragen:aanbieden": {"pk": "zoekvraag", "page_id": "page"},
    "toeleiders:index": {},
    "toeleiders:gemeente": {"nis": "nis"},
    "toeleiders:nieuw": {"nis": "nis"},
    "toeleiders:einde": {"pk": "toeleider"},
    "toeleiders:kaart": {"pk": "toeleider"},
    **{f"toeleiders:{name}": {"pk": "eerste keer"} for name in ["keer", "afzeggen", "gedaan"]},
    # Import and export: our own views
    "wachtrij:index": {},
    "wachtrij:gemeente": {"nis": "nis"},
    "wachtrij:goedkeuren": {"nis": "nis"},
    "wachtrij:inzending": {"nis": "nis", "pk": "inzending"},
    "wachtrij:beslis": {"nis": "nis", "pk": "inzending"},
    "wachtrij:links": {"nis": "nis"},
    "wachtrij:link": {"nis": "nis", "pk": "organisatie"},
    "wachtrij:link_doe": {"nis": "nis", "pk": "organisatie"},
    # Statistics: our own views, of which the rule stands in aanbod/permissions.py
    "cijfers:index": {},
    "cijfers:csv": {},
    "cijfers:activiteit": _PAGE,
    "invoer:index": {},
    "invoer:gemeente": {"nis": "nis"},
    "invoer:stuk": {"pk": "import"},
    "invoer:start": {"pk": "import"},
    "invoer:sjabloon": {"kind": "file format"},
    "invoer:uitvoer": {"nis": "nis", "kind": "file format"},
    # Translations: our own views, of which the rules stand in aanbod/permissions.py
    "uitleg:index": {},
    "uitleg:vertaling": {"page_id": "page", "language": "language"},
    "vertalingen:index": {},
    "vertalingen:gemeente": {"nis": "nis"},
    "vertalingen:taal": {"nis": "nis", "language": "language"},
    "vertalingen:activiteit": {"page_id": "page", "language": "language"},
    "vertalingen:opnames": {"page_id": "page"},
    # Collections, workflows, reports, sites, people
    "wagtailadmin_collections:index": {},
    "wagtailadmin_collections:add": {},
    "wagtailadmin_collections:edit": {"pk": "collection"},
    "wagtailadmin_collections:delete": {"pk": "collection"},
    "wagtailadmin_collections:set_privacy": {"collection_id": "collection"},
    **{
        f"wagtailadmin_workflows:{name}": {}
        for name in [
            *["index", "index_results", "add", "select_task_type", "task_index"],
            *["task_index_results", "task_chooser", "task_chooser_results", "task_chooser_create"],
        ]
    },
    **{
        f"wagtailadmin_workflows:{name}": {"pk": "workflow"}
        for name in ["enable", "disable", "edit", "usage", "usage_results"]
    },
    "wagtailadmin_workflows:remove": {"page_pk": "page", "workflow_pk": "workflow"},
    "wagtailadmin_workflows:add_task": {
        "app_label": ["wagtailcore"],
        "model_name": ["groupapprovaltask"],
    },
    **{
        f"wagtailadmin_workflows:{name}": {"pk": "task"}
        for name in ["edit_task", "disable_task", "enable_task"]
    },
    "wagtailadmin_workflows:task_chosen": {"task_id": "task"},
    **{
        f"wagtailadmin_reports:{name}{results}": {}
        for results in ["", "_results"]
        for name in [
            *["locked_pages", "workflow", "workflow_tasks", "site_history", "aging_pages"],
            "page_types_usage",
        ]
    },
    **{f"wagtailsites:{name}": {} for name in ["index", "index_results", "add"]},
    **{
        f"wagtailsites:{name}": _SITE
        for name in ["edit", "delete", "history", "history_results", "usage", "copy"]
    },
    **{f"wagtailusers_users:{name}": {} for name in ["index", "index_results", "add"]},
    **{
        f"wagtailusers_users:{name}": _USER
        for name in ["edit", "delete", "history", "history_results", "usage", "copy"]
    },
    **{f"wagtailusers_groups:{name}": {} for name in ["index", "index_results", "add"]},
    **{
        f"wagtailusers_groups:{name}": _GROUP
        for name in ["edit", "delete", "history", "history_results", "usage"]
    },
}


def routes() -> Iterator[tuple[str, str]]:
    """(name, path with its parts in %(…)s) of every address below /cms/."""
    for pattern, prefix, namespaces in _walk(get_resolver().url_patterns, "", []):
        if not prefix.startswith("cms/"):
            continue
        name = ":".join([*namespaces, pattern.name]) if pattern.name else prefix
        yield name, prefix


def _walk(patterns, prefix: str, namespaces: list[str]):
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield pattern, path, namespaces
        elif path.startswith("cms/") or "cms/".startswith(path):
            inner = [*namespaces, pattern.namespace] if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, path, inner)


def _few(values: dict[str, list], world) -> dict[str, list]:
    """Of what there is most of: Leuven's draft and live page, one own, and what is above both."""
    herent, leuven = world.herent, world.leuven
    return {
        **values,
        "page": [leuven.draft.pk, leuven.live.pk, herent.live.pk],
        "tree": [leuven.draft.pk, leuven.landing.pk, herent.landing.pk, 1],
        "revision": [leuven.live.latest_revision_id, herent.live.latest_revision_id],
        "older": [leuven.draft.latest_revision_id, "earliest"],
        "newer": [leuven.live.latest_revision_id, "latest"],
    }


def urls(name: str, world, brief: bool = False) -> Iterator[str]:
    if name == "cms/test404/":
        yield "/cms/test404/"
        return
    if name == "cms/^.*/$":
        yield "/cms/nergens/"
        return
    values = _few(kinds(world), world) if brief else kinds(world)
    parts = MATRIX[name]
    choices = [values[kind] if isinstance(kind, str) else kind for kind in parts.values()]
    for choice in product(*choices):
        kwargs = {}
        for part, value in zip(parts, choice, strict=True):
            kwargs.update(zip(part, value, strict=True) if type(part) is tuple else {part: value})
        yield reverse(name, kwargs=kwargs)


def queries(name: str, world) -> list[str]:
    """What to ask in the query string: nothing, and everything that Wagtail's views listen to."""
    herent, leuven = world.herent, world.leuven
    if name.startswith("wagtailadmin_api:"):
        return [
            "",
            *[
                urlencode(asked)
                for asked in [
                    {"fields": "*", "search": SEARCH},
                    {"child_of": leuven.landing.pk},
                    {"descendant_of": leuven.landing.pk, "fields": "*"},
                    {"child_of": 1, "for_explorer": 1},
                    {"child_of": herent.landing.pk, "for_explorer": 1},
                    {"id": leuven.draft.pk},
                    {"html_path": f"/nl/{leuven.landing.slug}/{leuven.draft.slug}/"},
                ]
            ],
        ]
    asked = {
        **dict.fromkeys(["q", "term", "search", "text"], SEARCH),
        "search_all": "1",
        "collection_id": leuven.collection.pk,
        "tag": SEARCH,
        "parent_page_id": leuven.draft.pk,
        "multiple": "1",
        "select_format": "1",
        "mode": "",
        "next": "/cms/",
    }
    if _names_an_object(name):
        return ["", urlencode(asked)]
    pages = [leuven.draft.pk, leuven.live.pk]
    files = [leuven.image.pk, leuven.document.pk]
    own = [herent.live.pk, herent.image.pk, herent.document.pk]
    many = [("id", pk) for pk in [*pages, *files]]
    return [
        "",
        urlencode(asked),
        urlencode([("id", pk) for pk in pages]),
        urlencode([("id", pk) for pk in files]),
        *[urlencode({"id": pk}) for pk in own],
        urlencode([("id", "all"), ("childOf", leuven.landing.pk)]),
        urlencode([*many, ("page_type", "aanbod.ActiviteitPage"), ("user_perms", "copy_to")]),
    ]


def form(world) -> dict[str, object]:
    """A body that means harm: every field that a form of Wagtail's reads, naming Leuven's."""
    leuven = world.leuven
    return {
        "title": "gekaapt",
        "answer": "niets",
        "text": "gekaapt",
        "activiteit": leuven.live.pk,
        "toeleider": leuven.guided.toeleider.pk,
        "place": "gekaapt",
        "at": "2030-01-01T10:00",
        "soorten": "sport",
        "summary": "gekaapt",
        "description": "gekaapt",
        "seen": translations.dutch_hash(ActiviteitPage.objects.get(pk=leuven.live.pk)),
        "name": "gekaapt",
        "action": "afgelast",
        "besluit": "terug",
        "version": "1",
        "item": f"inzending-{leuven.inzending.pk}-1",
        "doe": "vernieuw",
        "weg": "1",
        "reason": "gekaapt",
        "slug": "gekaapt",
        "new_title": "gekaapt",
        "new_slug": "gekaapt",
        "new_parent_page": leuven.landing.pk,
        "parent_page": leuven.landing.pk,
        "chooser": leuven.landing.pk,
        "picture": leuven.image.pk,
        "collection": leuven.collection.pk,
        "contact": leuven.contact.pk,
        "contactpersonen": leuven.contact.pk,
        "contacten": leuven.contact.pk,
        "email": "kaper@herent.example",
        "kind": Rol.Kind.REDACTEUR,
        "language": "nl",
        "valid_from": timezone.localdate().isoformat(),
        "day": timezone.localdate().isoformat(),
        "organisatie": leuven.organisatie.pk,
        "is_new": "on",
        "holds_elsewhere": "on",
        "url": f"{Site.objects.get().root_url}/nl/{leuven.landing.slug}/{leuven.live.slug}/",
        "external-link-chooser-url": f"http://localhost:8000/nl/{leuven.landing.slug}/{leuven.live.slug}/",
        "external-link-chooser-link_text": "x",
        "restriction_type": "login",
        "include_descendants": "on",
        "revision_id": leuven.draft.latest_revision_id,
        "position": 0,
        "action-publish": "1",
        "delete": "1",
    }


# -- The crawl -------------------------------------------------------------------------------


@dataclass
class Trip:
    """What a crawl met."""

    leaks: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)
    crashes: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)  # names of addresses that answered 200
    requests: int = 0


def crawl(client: Client, world, names=None, methods=("GET", "POST"), brief=False) -> Trip:
    """`brief`: fewer fillings, an address that names an object is asked without a query, and one
    that the door closes whatever it names is asked once."""
    trip = Trip()
    before = snapshot(world)
    for name in names or dict(routes()):
        fillings = urls(name, world, brief)
        if brief and _is_closed(name):
            fillings = islice(fillings, 1)
        for url in fillings:
            for method, full_url in _requests(name, url, world, methods, brief):
                _visit(client, world, name, method, full_url, before, trip)
    return trip


def _is_closed(name: str) -> bool:
    """Wagtail's and not opened: answered before the parts of the address are looked at."""
    return name.startswith("wagtail") and name not in cms.ROUTES


def _names_an_object(name: str) -> bool:
    return bool(MATRIX[name]) and name != "wagtail_bulk_action"


def _requests(name, url, world, methods, brief=False) -> Iterator[tuple[str, str]]:
    alone = brief and (_names_an_object(name) or _is_closed(name))
    for query in [""] if alone else queries(name, world):
        full_url = f"{url}?{query}" if query else url
        if "GET" in methods:
            yield "GET", full_url
        # The body names what it harms; only together it is the query that does.
        if "POST" in methods and (not query or name == "wagtail_bulk_action"):
            yield "POST", full_url


def _visit(client, world, name, method, url, before, trip: Trip) -> None:
    """One request, undone afterwards."""
    written = []
    cookies = client.cookies.copy()
    with transaction.atomic():
        with connection.execute_wrapper(_Watch(written)):
            try:
                if method == "GET":
                    answer = client.get(url)
                else:
                    answer = client.post(url, form(world))
            except Exception as error:
                trip.crashes.add(f"{method} {name}: {type(error).__name__}")
                answer = None
        trip.requests += 1
        if answer is not None:
            if CANARY in _text(answer):
                trip.leaks.add(f"{method} {name}")
            if answer.status_code == 200:
                trip.read.add(name)
            if answer.status_code >= 500:
                trip.crashes.add(f"{method} {name}: {answer.status_code}")
        if written and snapshot(world) != before:
            trip.writes.add(f"{method} {name}")
        transaction.set_rollback(True)
    client.cookies = cookies


class _Watch:
    """Notes that a table was written to, so that the costly comparison is made then only."""

    def __init__(self, written: list[str]) -> None:
        self.written = written

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
            self.written.append(sql)
        return execute(sql, params, many, context)


def _text(answer) -> str:
    """All that an answer says, in lower case, JSON and headers included."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = body.decode("utf-8", "replace")
    if "json" in answer.headers.get("Content-Type", ""):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    return (text + str(dict(answer.headers))).lower()


def snapshot(world) -> list:
    """Every row of Leuven's."""
    leuven = world.leuven
    below = Page.objects.filter(path__startswith=leuven.landing.path).values("pk")
    ids = [str(pk) for pk in Page.objects.filter(pk__in=below).values_list("pk", flat=True)]
    people = [user.pk for user in leuven.people]
    rows = [
        Page.objects.filter(path__startswith=leuven.landing.path),
        ActiviteitPage.objects.filter(pk__in=below),
        GemeentePage.objects.filter(pk__in=below),
        Revision.objects.filter(object_id__in=ids),
        PageLogEntry.objects.filter(page__in=below),
        Comment.objects.filter(page__in=below),
        get_image_model().objects.filter(collection=leuven.collection),
        get_document_model().objects.filter(collection=leuven.collection),
        Collection.objects.filter(pk=leuven.collection.pk),
        UploadedFile.objects.filter(uploaded_by_user__in=people),
        Invoer._base_manager.filter(gemeente=world.cast.leuven),
        Zoekwoord._base_manager.filter(gemeente=world.cast.leuven),
        Zoekopdracht._base_manager.filter(gemeente=world.cast.leuven),
        Bezoek._base_manager.filter(gemeente=world.cast.leuven),
        Inzending._base_manager.filter(gemeente=world.cast.leuven),
        Organisatielink._base_manager.filter(gemeente=world.cast.leuven),
        User.objects.filter(pk__in=people),
        User.groups.through.objects.filter(user__in=people),
        Rol.everyone.filter(gemeente=world.cast.leuven),
        Group.objects.filter(name__contains=world.cast.leuven.nis),
        GroupPagePermission.objects.filter(page__in=below),
        GroupCollectionPermission.objects.filter(collection=leuven.collection),
        Contactpersoon.everyone.filter(gemeente=world.cast.leuven),
        Zoekvraag._base_manager.filter(gemeente=world.cast.leuven),
        Toeleider.everyone.filter(gemeente=world.cast.leuven),
        EersteKeer._base_manager.filter(gemeente=world.cast.leuven),
        Invaller.everyone.filter(gemeente=world.cast.leuven),
        Bericht._base_manager.filter(contact_gemeente=world.cast.leuven),
        Organisatie.objects.filter(pk=leuven.organisatie.pk),
        ActiviteitContact._base_manager.filter(page__in=below),
        Vertaling.objects.filter(page__in=below),
        EditingSession.objects.filter(object_id__in=ids),
        Sessie.objects.filter(page__in=below),
        Opname.objects.filter(page__in=below),
        Nalezing._base_manager.filter(page__in=below),
        Gemeente.objects.filter(pk=world.cast.leuven.pk),
        ModelLogEntry.objects.exclude(user=world.redacteur),
    ]
    return [sorted(map(str, query.values_list())) for query in rows]


# -- The tests -------------------------------------------------------------------------------


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with acting_as(TEST):
        return make_world()


@pytest.fixture
def katrijn(world, client):
    client.force_login(world.redacteur)
    client.raise_request_exception = True
    return client


def test_every_address_of_the_cms_stands_in_the_matrix():
    names = {name for name, _ in routes()}

    assert names - MATRIX.keys() == set(), "new addresses: fill them in here"
    assert MATRIX.keys() - names == set(), "addresses that are no more"


def test_every_open_address_exists():
    assert {*cms.ROUTES, *cms.TRANSLATOR_ROUTES} <= {name for name, _ in routes()}


@pytest.mark.timeout(900)  # under a minute of work, on a machine that has nothing else to do
def test_the_crawl_finds_nothing_of_leuven_and_changes_nothing_there(world, katrijn):
    trip = crawl(katrijn, world)

    assert trip.leaks == set()
    assert trip.writes == set()
    assert trip.crashes == set()
    # The crawl was not turned away at the door: Herent's own objects were shown.
    assert trip.read >= {
        "wagtailadmin_explore",
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:search",
        "wagtailadmin_choose_page_child",
        "wagtailimages:edit",
        "wagtailimages_chooser:choose",
        "wagtaildocs:edit",
        "wagtail_bulk_action",
        "contacten:gemeente",
        "zoekvragen:vraag",
        "toeleiders:keer",
        "contacten:persoon",
        "contacten:organisatie",
        "invoer:stuk",
        "cijfers:index",
        "cijfers:csv",
        "cijfers:activiteit",
        "invoer:uitvoer",
        "wachtrij:gemeente",
        "wachtrij:inzending",
        "wachtrij:link",
        "vertalingen:activiteit",
    }


OTHERS = [
    (kind, mirrored)
    for mirrored in (False, True)
    for kind in (Rol.Kind.REDACTEUR, Rol.Kind.MODERATOR, Rol.Kind.GEMEENTEBEHEERDER)
][1:]


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("kind", "mirrored"), OTHERS)
def test_nor_does_it_as_anybody_else_of_either_gemeente(
    db, settings, tmp_path, client, kind, mirrored
):
    """With moderation on, so that the screens of a moderator have something to show."""
    settings.MEDIA_ROOT = tmp_path
    with acting_as(TEST):
        world = make_world(kind, mirrored=mirrored, moderated=True)
        nalezen.hand_over(world.leuven.live, world.leuven.people[0], now=timezone.now())
        nalezen.hand_over(world.herent.live, world.redacteur, now=timezone.now())
    client.force_login(world.redacteur)

    trip = crawl(client, world, brief=True)

    assert trip.leaks == set()
    assert trip.writes == set()
    assert trip.crashes == set()
    assert trip.read >= {"wagtailadmin_explore", "wagtailadmin_pages:edit", "nalezen:activiteit"}
    for name in ("gemeente:instellingen", "mensen:gemeente"):
        assert (name in trip.read) == (kind == Rol.Kind.GEMEENTEBEHEERDER)


@pytest.mark.timeout(900)
def test_nor_does_who_translates_for_herent_only(world, client):
    client.force_login(make_staff("Yusra Lindeblad", Rol.Kind.VERTALER, world.cast.herent))

    trip = crawl(client, world, brief=True)

    assert trip.leaks == set()
    assert trip.writes == set()
    assert trip.crashes == set()
    own = {"vertalingen:taal", "vertalingen:activiteit"}
    assert trip.read >= own
    assert trip.read <= set(cms.TRANSLATOR_ROUTES)


# -- Controls: each protection off, and the crawl finds it ------------------------------------


def test_control_with_rights_in_leuven_the_crawl_finds_and_changes_what_is_there(world, katrijn):
    with acting_as(TEST):
        Rol.objects.create(
            user=world.redacteur, kind=Rol.Kind.REDACTEUR, gemeente=world.cast.leuven
        )

    trip = crawl(
        katrijn,
        world,
        names=[
            *["wagtailadmin_explore", "wagtailadmin_pages:edit", "wagtailadmin_pages:search"],
            *["wagtailadmin_pages:delete", "wagtailadmin_choose_page_child"],
            *["wagtailimages:index", "wagtailimages:delete", "wagtaildocs_chooser:choose"],
            *["zoekvragen:gemeente", "zoekvragen:vraag", "toeleiders:gemeente", "toeleiders:einde"],
            *["contacten:gemeente", "contacten:einde", "wagtailadmin_editing_sessions:ping"],
            *["contacten:persoon", "contacten:opnieuw", "contacten:heropen", "contacten:invaller"],
            *["contacten:organisatie", "contacten:organisatie_wijzig", "contacten:invaller_einde"],
            "redactie:datum",
            *["vertalingen:taal", "vertalingen:activiteit", "vertalingen:opnames"],
            *["invoer:stuk", "invoer:start", "invoer:uitvoer"],
            *["cijfers:index", "cijfers:csv", "cijfers:activiteit"],
            *["wachtrij:gemeente", "wachtrij:inzending", "wachtrij:beslis", "wachtrij:link_doe"],
        ],
    )

    assert trip.leaks >= {
        "GET wagtailadmin_explore",
        "GET wagtailadmin_pages:edit",
        "GET wagtailadmin_pages:search",
        "GET wagtailadmin_choose_page_child",
        "GET wagtailimages:index",
        "GET wagtaildocs_chooser:choose",
        "GET contacten:gemeente",
        "GET zoekvragen:gemeente",
        "GET zoekvragen:vraag",
        "GET toeleiders:gemeente",
        "GET contacten:persoon",
        "GET contacten:organisatie",
        "GET vertalingen:taal",
        "GET vertalingen:activiteit",
        "GET invoer:stuk",
        "GET wachtrij:gemeente",
        "GET wachtrij:inzending",
        "GET invoer:uitvoer",
        "GET cijfers:index",
        "GET cijfers:csv",
        "POST wagtailadmin_editing_sessions:ping",
    }
    assert trip.writes >= {
        "POST wagtailadmin_pages:delete",
        "POST wagtailimages:delete",
        "POST contacten:einde",
        "POST zoekvragen:vraag",
        "POST toeleiders:einde",
        "POST contacten:persoon",
        "POST contacten:heropen",
        "POST contacten:opnieuw",
        "POST contacten:invaller",
        "POST contacten:invaller_einde",
        "POST contacten:organisatie_wijzig",
        "POST redactie:datum",
        "POST vertalingen:activiteit",
        "POST vertalingen:opnames",
        "POST invoer:start",
        "POST wachtrij:beslis",
        "POST wachtrij:link_doe",
    }


def test_control_without_the_door_wagtail_itself_shows_what_is_leuvens(world, katrijn, monkeypatch):
    monkeypatch.setattr(cms, "enter", lambda request, view, kwargs: None)
    expected = {
        "GET wagtail_bulk_action",
        "GET wagtailadmin_api:images:listing",
        "GET wagtailadmin_api:documents:detail",
        "GET wagtailadmin_choose_page_child",
        "GET wagtailadmin_choose_page_chosen_multiple",
        "GET wagtailadmin_pages:move_confirm",
        "GET wagtailadmin_reports:page_types_usage",
        "GET wagtailadmin_tag_model_autocomplete",
        "POST wagtailadmin_choose_page_external_link",
        "POST wagtailadmin_pages:edit",
    }

    trip = crawl(katrijn, world, names=sorted({entry.split()[1] for entry in expected}))

    assert trip.leaks >= expected


@pytest.mark.parametrize(
    ("hook", "name"),
    [
        ("construct_page_chooser_queryset", "wagtailadmin_choose_page_search"),
        ("construct_homepage_panels", "wagtailadmin_home"),
    ],
)
def test_control_without_our_hook_an_open_page_lists_what_is_leuvens(
    world, katrijn, monkeypatch, hook, name
):
    assert crawl(katrijn, world, names=[name]).leaks == set()
    monkeypatch.setitem(hooks._hooks, hook, [])

    assert crawl(katrijn, world, names=[name]).leaks == {f"GET {name}"}


def test_control_a_new_address_is_closed_until_somebody_opens_it(world, katrijn, monkeypatch):
    monkeypatch.delitem(cms.ROUTES, "wagtailimages:index")

    assert katrijn.get("/cms/images/").headers["Location"] == "/cms/"
