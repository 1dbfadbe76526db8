"""The steps of a traject as staff read them."""

from bewijzen.models import Deelname, Stap, Traject, Voorstel

_TRAJECT: dict[tuple[str, str], str] = {
    ("", Traject.State.LOPEND): "Dossier geopend",
    (Traject.State.LOPEND, Traject.State.BEREIKT): "Uren gecontroleerd: doel bereikt",
    (Traject.State.BEREIKT, Traject.State.LOPEND): "Onder het doel gezakt: het traject loopt weer",
}
_DEELNAME: dict[str, str] = {
    Deelname.State.GEVRAAGD: "Vroeg om mee te doen",
    Deelname.State.WACHTLIJST: "Op de wachtlijst",
    Deelname.State.DEELNEMER: "Doet mee",
    Deelname.State.GEWEIGERD: "Kon niet meedoen",
    Deelname.State.GESTOPT: "Gestopt",
}
_JUDGEMENT: dict[str, str] = {
    Deelname.Judgement.PAST: "Beoordeeld: past",
    Deelname.Judgement.PAST_NIET: "Beoordeeld: past niet",
}
_VOORSTEL: dict[str, str] = {
    Voorstel.State.INGEDIEND: "Stelde zelf iets voor",
    Voorstel.State.TERUGGEVRAAGD: "Vraag over het voorstel",
    Voorstel.State.AANVAARD: "Voorstel aanvaard",
    Voorstel.State.AFGEWEZEN: "Voorstel afgewezen",
    Voorstel.State.INGETROKKEN: "Voorstel ingetrokken",
}
_OTHER = {
    "nieuwe kaart": "Nieuwe bewijskaart; de oude werkt niet meer",
    "contactcode": "Code op papier voor de contactpersoon",
    "activeringscode": "Activeringsblad gemaakt",
    "naam": "Vraagt om de naam op het bewijs zo te schrijven",
}


def step_words(stap: Stap) -> str:
    """One step in words, without the activity, the reason and who did it."""
    if stap.what == "traject":
        known = _TRAJECT.get((stap.before, stap.after))
        return known or f"Traject: van {stap.before} naar {stap.after}"
    if stap.what == "deelname":
        return _DEELNAME.get(stap.after, stap.after)
    if stap.what == "beoordeling":
        return _JUDGEMENT.get(stap.after, stap.after)
    if stap.what == "voorstel":
        return _VOORSTEL.get(stap.after, stap.after)
    return _OTHER.get(stap.what, stap.what)


def progress(minutes: int, target: int) -> str:
    """ "17 van 40 uur", "18 uur 30 van 40 uur"."""
    whole, rest = divmod(minutes, 60)
    counted = f"{whole} uur {rest:02d}" if rest else str(whole)
    return f"{counted} van {target // 60} uur"
