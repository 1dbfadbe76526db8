"""Everything that is stored about one person, for that person to see and take along (trust.md §6).

Of others there is nothing but the names of those who signed, which the person sees already. The
keys are described in docs/gegevens.md.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Model

from aanbod.models import Contactpersoon, Invaller
from bewijzen.models import (
    Aanmelding,
    Bevestiging,
    Dagtotaal,
    Deelname,
    EersteKeer,
    Favoriet,
    Hoofd,
    Inburgeraar,
    Kaart,
    Regel,
    RegelTekst,
    Stap,
    Toeleider,
    Traject,
    Verzoek,
    Voorstel,
    VoorstelDag,
    Wensen,
    Zoekvraag,
)
from gemeenten.acting import System, acting_as
from gemeenten.models import Bericht, Rol, Toegangscode, User

FORMAT = "veertig/gegevens/1"


@dataclass(frozen=True)
class Part:
    """Rows of one model: from which field each key comes, and which fields stay here."""

    key: str
    model: type[Model]
    #: From the row to the user.
    path: str
    keys: dict[str, str]
    without: set[str] = field(default_factory=set)


_TRAJECT = "traject__inburgeraar__user"
_PERIOD = {"van": "valid_from", "tot_en_met": "valid_to"}

PARTS = [
    Part(
        "account",
        User,
        "pk",
        {
            "naam": "name",
            "e_mail": "email",
            "gsm": "mobile",
            "taal": "language",
            "pseudoniem": "username",
            "gemaakt_op": "date_joined",
            "laatst_aangemeld_op": "last_login",
            "actief": "is_active",
        },
        {"id", "password", "is_superuser", "is_staff"},
    ),
    Part(
        "dossier",
        Inburgeraar,
        "user",
        {
            "naam_op_bewijs": "name",
            "dossiernummer": "reference",
            "agentschap": "agentschap__name",
            "herinner_mij": "remind_me",
        },
        {"id", "user"},
    ),
    Part(
        "trajecten",
        Traject,
        "inburgeraar__user",
        {
            "id": "pk",
            "toestand": "state",
            "gemeente": "gemeente__name",
            "agentschap": "agentschap__name",
            "doel_minuten": "target_minutes",
            "minuten": "total_minutes",
            "gestart_op": "started_on",
            "geopend_op": "opened_at",
        },
        {"inburgeraar", "trajectbegeleider"},
    ),
    Part(
        "deelnames",
        Deelname,
        _TRAJECT,
        {
            "id": "pk",
            "activiteit": "title",
            "gemeente": "gemeente__name",
            "organisatie": "organisatie__name",
            "toestand": "state",
            "past": "judgement",
            "past_niet_omdat": "judgement_reason",
            "telt_tot_en_met": "judged_until",
            "gemaakt_op": "created_at",
            "gevraagd_op": "asked_at",
            "keren_gevraagd": "asked_times",
            "vragen": "questions",
            "op_wachtlijst_sinds": "queued_at",
            "plaats_vrij_tot": "offered_until",
            "eerste_keer": "first_at",
            "eerste_keer_waar": "first_place",
            "eerste_keer_nota": "first_note",
        },
        {"traject", "page", "contact", "first_sessie"},
    ),
    Part(
        "verzoeken",
        Verzoek,
        "deelname__traject__inburgeraar__user",
        {
            "activiteit": "deelname__title",
            "dag": "day",
            "minuten": "minutes",
            "van": "van",
            "tot": "tot",
            "toestand": "state",
            "reden": "reason",
            "gemaakt_op": "created_at",
        },
        {"id", "deelname"},
    ),
    Part(
        "regels",
        Regel,
        _TRAJECT,
        {
            "nummer": "number",
            "soort": "kind",
            "trekt_in": "withdraws__number",
            "dag": "day",
            "minuten": "minutes",
            "van": "van",
            "tot": "tot",
            "bewijs": "grade",
            "gezegd_op": "claimed_at",
            "ontvangen_op": "received_at",
            "intent": "intent",
            "hash": "hash",
            "vorige_hash": "prev_hash",
            "tekst_hash": "text_hash",
        },
        {"id", "traject", "deelname", "signer", "entered_by"},
    ),
    Part(
        "teksten_van_regels",
        RegelTekst,
        "regel__traject__inburgeraar__user",
        {
            "nummer": "regel__number",
            "activiteit": "title",
            "gemeente": "gemeente",
            "organisatie": "organisatie",
            "inburgeraar": "inburgeraar",
            "getekend_door": "signer",
            "rol": "signer_role",
            "reden": "reason",
            "blad_hash": "sheet_hash",
            "zout": "salt",
        },
    ),
    Part(
        "stappen",
        Stap,
        _TRAJECT,
        {
            "wat": "what",
            "activiteit": "deelname__title",
            "voor": "before",
            "na": "after",
            "reden": "reason",
            "op": "at",
        },
        {"id", "traject", "actor"},
    ),
    Part(
        "kaarten",
        Kaart,
        _TRAJECT,
        {"nummer": "generation", "gemaakt_op": "made_at", "ingetrokken_op": "withdrawn_at"},
        {"id", "traject", "kid", "token_hash", "code_hash"},
    ),
    Part(
        "wensen",
        Wensen,
        _TRAJECT,
        {
            "waar": "plaats",
            "km": "straal",
            "les": "les",
            "werk": "werk",
            "uren": "clocks",
            "ook_les_in_vakanties": "door",
            "soort": "soort",
            "thema": "thema",
            "kinderopvang": "kinderopvang",
            "taalniveau": "taalniveau",
            "kosten": "kosten",
            "voor": "voor",
            "ook_voor_vrouwen": "vrouw",
            "klaar_op": "klaar",
            "bewaard_op": "saved_at",
        },
        {"traject"},
    ),
    Part(
        "favorieten",
        Favoriet,
        "user",
        {"activiteit": "page__title", "bewaard_op": "kept_at"},
        {"id", "user"},
    ),
    Part(
        "voorstellen",
        Voorstel,
        _TRAJECT,
        {
            "id": "pk",
            "toestand": "state",
            "taal": "language",
            "wat": "what",
            "met_wie": "with_whom",
            "wanneer": "moment",
            "waar": "place",
            "in_het_nederlands": "dutch",
            "antwoorden": "answers",
            "contactpersoon": "contact_name",
            "contact_e_mail": "contact_email",
            "contact_gsm": "contact_mobile",
            "antwoord": "reply",
            "kenmerken": "kenmerken",
            "gestuurd_op": "sent_at",
            "beslist_op": "decided_at",
        },
        {"traject", "deelname", "decided_by"},
    ),
    Part(
        "dagen_van_voorstellen",
        VoorstelDag,
        "voorstel__traject__inburgeraar__user",
        {"voorstel": "voorstel", "dag": "day", "minuten": "minutes", "genoteerd_op": "noted_at"},
        {"id"},
    ),
    Part(
        "zoekvragen",
        Zoekvraag,
        _TRAJECT,
        {
            "gemeente": "gemeente__name",
            "kanaal": "channel",
            "gevraagd_op": "asked_at",
            "soorten": "soorten",
            "momenten": "moments",
            "deelgemeente": "deelgemeente__name",
            "km": "km",
            "kinderen": "children",
            "taalniveau": "taalniveau",
            "taal": "language",
            "nota": "note",
            "naam": "name",
            "bereikbaar": "callback",
            "akkoord": "agreed",
            "toestand": "state",
            "antwoord_voor": "answer_by",
            "antwoord": "answer",
            "antwoord_tekst": "answer_text",
            "gebeld_op": "called_at",
            "beantwoord_op": "answered_at",
        },
        {"id", "traject", "asked_by", "taken_by", "answered_by", "reminded_on"},
    ),
    Part(
        "eerste_keren",
        EersteKeer,
        _TRAJECT,
        {
            "activiteit": "title",
            "gemeente": "gemeente__name",
            "gevraagd_op": "asked_at",
            "voornaam": "first_name",
            "taal": "language",
            "toestand": "state",
            "wanneer": "at",
            "waar": "place",
            "ik_ga_akkoord": "person_agreed",
            "de_ander_gaat_akkoord": "toeleider_agreed",
            "plan": "plan",
            "reden": "reason",
        },
        {"id", "traject", "page", "asked_by", "toeleider", "reminded_on"},
    ),
    Part(
        "berichten",
        Bericht,
        "receiver",
        {
            "onderwerp": "subject",
            "tekst": "text",
            "taal": "language",
            "kanaal": "channel",
            "toestand": "state",
            "gemaakt_op": "created_at",
            "verstuurd_op": "sent_at",
            "gelezen_op": "read_at",
        },
        {"id", "receiver", "sender", "contact_gemeente", "attempts", "key"},
    ),
    Part(
        "telefoons",
        Aanmelding,
        "user",
        {
            "soort": "label",
            "tekening": "pictogram",
            "aangemeld_op": "made_at",
            "laatst_geopend_op": "seen_at",
            "afgemeld_op": "ended_at",
            "foute_pins": "pin_wrong",
        },
        {"id", "user", "phone_hash", "session_key", "pin_hash"},
    ),
    Part(
        "codes_op_papier",
        Toegangscode,
        "user",
        {"gemaakt_op": "made_at", "geldig_tot": "expires_at", "gebruikt_op": "used_at"},
        {"id", "user", "code_hash", "made_by"},
    ),
    Part(
        "rollen",
        Rol,
        "user",
        {
            "rol": "kind",
            "gemeente": "gemeente__name",
            "agentschap": "agentschap__name",
            "team": "team__name",
            **_PERIOD,
        },
        {"id", "user"},
    ),
    Part(
        "contactpersoon_van",
        Contactpersoon,
        "user",
        {
            "naam": "name",
            "taal": "language",
            "gemeente": "gemeente__name",
            "organisatie": "organisatie__name",
            "openbaar": "is_public",
            **_PERIOD,
        },
        {"id", "user"},
    ),
    Part(
        "invaller_van",
        Invaller,
        "user",
        {
            "naam": "name",
            "taal": "language",
            "gemeente": "gemeente__name",
            "organisatie": "organisatie__name",
            "dag": "day",
            "tekenen_tot_en_met": "sign_until",
            "gevraagd_op": "named_at",
            "gestopt_op": "ended_at",
        },
        {"id", "user", "page", "named_by", "ended_by"},
    ),
    Part(
        "toeleider_van",
        Toeleider,
        "user",
        {
            "naam": "name",
            "gemeente": "gemeente__name",
            "talen": "languages",
            "wanneer": "available",
            **_PERIOD,
        },
        {"id", "user"},
    ),
]

#: Why a model that leads to a person has no part of its own.
LEFT_OUT: dict[str, str] = {
    Bevestiging._meta.label: "what is valid of the regels: counted from them",
    Dagtotaal._meta.label: "counted from the regels",
    Hoofd._meta.label: "the installation's signature under the last regel",
    "bewijzen.Zoekvraag_activiteiten": "activities that a gemeente sent in its answer",
    "gemeenten.User_groups": "made from the rollen",
    "gemeenten.User_user_permissions": "not used",
    "gemeenten.HomePage": "a public page",
    "gemeenten.GemeentePage": "a public page",
    "gemeenten.UitlegPage": "a public page",
    "gemeenten.UitlegVertaling": "work on public texts",
    "aanbod.ActiviteitPage": "a public page",
    "aanbod.Vertaling": "work on public texts",
    "aanbod.Opname": "work on public texts",
    "aanbod.Invoer": "work of a gemeente",
    "aanbod.Inzending": "work of an organisatie and a gemeente",
    "aanbod.Nalezing": "work of a gemeente",
    "aanbod.Organisatielink": "work of a gemeente",
}


def everything(user: User, *, now: datetime) -> dict[str, Any]:
    """All of it, by part: a list of rows each. One query a part, however many rows."""
    with acting_as(System("gegevens")):
        return {
            "formaat": FORMAT,
            "gemaakt_op": now,
            **{part.key: rows_of(part, user) for part in PARTS},
        }


def rows_of(part: Part, user: User) -> list[dict[str, Any]]:
    """What one part holds of `user`, in the order in which it came."""
    manager = getattr(part.model, "everyone", None) or part.model._default_manager
    # Named anew, because a key may be the name of another field.
    fields = {f"_{key}": F(name) for key, name in part.keys.items()}
    rows = manager.filter(**{part.path: user.pk}).order_by("pk").values(**fields)
    return [{key[1:]: value for key, value in row.items()} for row in rows]
