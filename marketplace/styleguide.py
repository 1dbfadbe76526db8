"""The words and figures of /stijl/: invented people in real places, in Dutch and in Arabic."""

from typing import Any

import qrcode
from qrcode.image.svg import SvgPathImage

CARDS: list[dict[str, Any]] = [
    {"soort": "sport", "km": 1.2, "kids": True, "places": 0},
    {"soort": "conversatie", "km": 0.6, "kids": False, "places": 3},
    {"soort": "buddy", "km": None, "kids": False, "places": 0},
    {"soort": "vrijwilligerswerk", "km": 2.1, "kids": False, "places": 0},
]
TITLES = [
    "Voetbal voor iedereen",
    "Praattafel in de bibliotheek",
    "Een buddy in Winksele",
    "Helpen in het woonzorgcentrum",
]

_NL: dict[str, Any] = {
    "place": "Gemeente Herent",
    "home": "Doe mee in je buurt",
    "lead": "Vind activiteiten. Leer mensen kennen. Verzamel 40 uur.",
    "where": "Waar woon je?",
    "when": "Wanneer kan je?",
    "moments": [("ochtend", "Overdag"), ("avond", "Avond"), ("weekend", "Weekend")],
    "what": "Wat doe je graag?",
    "kinds": [
        ("conversatie", "Praten"),
        ("sport", "Sport"),
        ("vrijwilligerswerk", "Helpen"),
        ("cultuur", "Cultuur"),
        ("cursus", "Leren"),
        ("buurthuis", "Buurthuis"),
    ],
    "show": "Toon 14 activiteiten",
    "found": "14 activiteiten",
    "near": "Dicht bij Herent · avond of weekend",
    "chips": [("moon", "Avond", True), ("calendar", "Weekend", True)],
    "free": "gratis",
    "kids": "kinderen mee",
    "talk": "in overleg",
    "times": ["di 19.30", "za 10.00", "avond", "zo 14.00"],
    "hours": ["tot 2 uur per week", "2 uur per keer", "40 uur in zes maanden", "3 uur per keer"],
    "places_left": "3 plaatsen",
    "hello": "Dag Samira",
    "of": "van 40 uur",
    "counts": "telt",
    "waits": "wacht",
    "code": "Toon mijn code",
    "waiting": "Wat wacht",
    "waiting_for": "wacht op Lieve (contactpersoon)",
    "soon": "Binnenkort",
    "soon_when": "dinsdag 19.30, sporthal",
    "ready": "Met 2 uur per week ben je klaar op 14 mei.",
    "who": "Wie was er vanavond?",
    "who_when": "Praattafel · zaterdag 6 maart · 10.00 tot 12.00 (2 uur)",
    "absent": "was er niet",
    "confirm": "Bevestig 3 mensen",
    "scan": "Scan een code",
    "undo": "Je kan dit 10 minuten lang ongedaan maken.",
    "confirmed": "Bevestigd",
    "confirmed_lead": "3 mensen krijgen elk 2 uur.",
    "not_yet": "Nog niet bevestigd",
    "not_yet_lead": "Geen netwerk. Laat deze pagina open: ze probeert het opnieuw.",
    "facts": [
        ("Activiteit", "Praattafel"),
        ("Dag", "zaterdag 6 maart"),
        ("Bevestigd door", "Lieve"),
    ],
    "tags": ("telt", "wacht", "past niet", "gestopt"),
    "notices": (
        "Je bent ingeschreven. Tot dinsdag!",
        "Deze activiteit is volgende week gesloten.",
        "Die code kennen wij niet. Kijk de cijfers na en probeer het nog eens.",
    ),
    "name": "Je naam",
    "name_help": "Zo staat hij straks op je bewijs.",
    "date": "Welke dag was het?",
    "date_error": "Die dag moet nog komen. Kies vandaag of een dag daarvoor.",
    "note": "Wil je nog iets vertellen?",
    "agree": "Ik was er zelf bij.",
    "steps": ["Kies een activiteit.", "Ga er naartoe.", "Laat je code zien."],
    "step_help": "De contactpersoon tekent voor je uren.",
    "sheet": "Bewijskaart",
    "sheet_lead": "Laat deze kaart zien. Wie de activiteit leidt, tekent voor je uren.",
    "previous": "Vorige",
    "next": "Volgende",
    "page": "Pagina 2 van 5",
    "cancel": "Stop met deze activiteit",
}
_AR: dict[str, Any] = {
    **_NL,
    "place": "بلدية هيرينت",
    "home": "شارك في حيّك",
    "lead": "ابحث عن أنشطة. تعرّف على الناس. اجمع ٤٠ ساعة.",
    "where": "أين تسكن؟",
    "when": "متى يناسبك؟",
    "moments": [("ochtend", "نهاراً"), ("avond", "مساءً"), ("weekend", "نهاية الأسبوع")],
    "what": "ماذا تحب أن تفعل؟",
    "kinds": [
        ("conversatie", "محادثة"),
        ("sport", "رياضة"),
        ("vrijwilligerswerk", "مساعدة"),
        ("cultuur", "ثقافة"),
        ("cursus", "تعلّم"),
        ("buurthuis", "بيت الحي"),
    ],
    "show": "اعرض ١٤ نشاطاً",
    "found": "١٤ نشاطاً",
    "near": "قرب هيرينت · مساءً أو في نهاية الأسبوع",
    "chips": [("moon", "مساءً", True), ("calendar", "نهاية الأسبوع", True)],
    "free": "مجاناً",
    "kids": "مع الأطفال",
    "talk": "بالاتفاق",
    "times": ["الثلاثاء ١٩:٣٠", "السبت ١٠:٠٠", "مساءً", "الأحد ١٤:٠٠"],
    "hours": [
        "حتى ساعتين في الأسبوع",
        "ساعتان في كل مرة",
        "٤٠ ساعة في ستة أشهر",
        "٣ ساعات في كل مرة",
    ],
    "places_left": "٣ أماكن",
    "hello": "مرحباً سميرة",
    "of": "من ٤٠ ساعة",
    "counts": "محسوبة",
    "waits": "تنتظر",
    "code": "أظهر رمزي",
    "waiting": "ما ينتظر",
    "waiting_for": "بانتظار Lieve (شخص الاتصال)",
    "soon": "قريباً",
    "soon_when": "الثلاثاء ١٩:٣٠، القاعة الرياضية",
    "ready": "بساعتين في الأسبوع تنتهي في ١٤ مايو.",
    "who": "من كان هنا هذا المساء؟",
    "who_when": "طاولة المحادثة · السبت ٦ مارس · ١٠:٠٠ إلى ١٢:٠٠",
    "absent": "لم يحضر",
    "confirm": "أكّد حضور ٣ أشخاص",
    "scan": "امسح رمزاً",
    "undo": "يمكنك التراجع خلال ١٠ دقائق.",
    "confirmed": "تم التأكيد",
    "confirmed_lead": "حصل ٣ أشخاص على ساعتين لكل منهم.",
    "not_yet": "لم يتم التأكيد بعد",
    "not_yet_lead": "لا توجد شبكة. اترك هذه الصفحة مفتوحة: ستحاول مرة أخرى.",
    "facts": [("النشاط", "Praattafel"), ("اليوم", "السبت ٦ مارس"), ("أكّدته", "Lieve")],
    "tags": ("محسوبة", "تنتظر", "غير مناسب", "توقّف"),
    "notices": (
        "تم تسجيلك. إلى اللقاء يوم الثلاثاء!",
        "هذا النشاط مغلق في الأسبوع القادم.",
        "لا نعرف هذا الرمز. تحقق من الأرقام وحاول مرة أخرى.",
    ),
    "name": "اسمك",
    "name_help": "هكذا سيظهر على الإثبات.",
    "date": "في أي يوم كان ذلك؟",
    "date_error": "هذا اليوم لم يأتِ بعد. اختر اليوم أو يوماً قبله.",
    "note": "هل تريد أن تضيف شيئاً؟",
    "agree": "كنت هناك بنفسي.",
    "steps": ["اختر نشاطاً.", "اذهب إليه.", "أظهر رمزك."],
    "step_help": "شخص الاتصال يوقّع على ساعاتك.",
    "sheet": "بطاقة الإثبات",
    "sheet_lead": "أظهر هذه البطاقة. المسؤول عن النشاط يوقّع على ساعاتك.",
    "previous": "السابق",
    "next": "التالي",
    "page": "الصفحة ٢ من ٥",
    "cancel": "أوقف هذا النشاط",
}


def words(language: str) -> dict[str, Any]:
    """The sample texts in Arabic or, for every other language, in Dutch; the cards put together."""
    chosen = _AR if language == "ar" else _NL
    lines = zip(CARDS, TITLES, chosen["times"], chosen["hours"], strict=True)
    cards = [{**c, "title": title, "time": time, "hours": hrs} for c, title, time, hrs in lines]
    return {**chosen, "cards": cards}


def qr() -> str:
    """A QR that leads nowhere, as SVG."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=2)
    code.add_data("HTTPS://VEERTIG.EXAMPLE/B/VOORBEELDVOORBEELDVOORBEEL")
    return code.make_image(image_factory=SvgPathImage).to_string(encoding="unicode")


DESK_ROWS = [
    {"name": "Samira", "place": "Herent", "counted": 1020, "waiting": 180, "state": "ok"},
    {"name": "Yusuf", "place": "Veltem-Beisem", "counted": 330, "waiting": 0, "state": "wacht"},
    {"name": "Olena", "place": "Winksele", "counted": 0, "waiting": 0, "state": "fout"},
    {"name": "Tesfay", "place": "Leuven", "counted": 2400, "waiting": 0, "state": "klaar"},
]
