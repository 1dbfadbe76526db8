"""Staff sign in with a password, contact persons with a code from their mailbox."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from gemeenten.models import User
from gemeenten.sign_in import CODE_GONE, AccountAdapter, ascii_digits
from tests.gemeenten.conftest import make_user

pytestmark = pytest.mark.django_db

LOGIN = "/nl/aanmelden/login/"
REQUEST_CODE = "/nl/aanmelden/login/code/"
CONFIRM_CODE = "/nl/aanmelden/login/code/confirm/"
PASSWORD = "een-lang-wachtwoord"
TOO_MANY = str(AccountAdapter.error_messages["too_many_login_attempts"])
DAY = 24 * 3600


@pytest.fixture
def lieve(db) -> User:
    """A contact person."""
    return make_user("Lieve", "lieve@example.org")


@pytest.fixture
def tom(trajectbegeleider) -> User:
    """Works at an agency."""
    trajectbegeleider.set_password(PASSWORD)
    trajectbegeleider.save()
    return trajectbegeleider


def signed_in(client) -> User | None:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk) if pk else None


def ask_code(client, email="lieve@example.org", **extra):
    return client.post(REQUEST_CODE, {"email": email, **extra})


def mailed_code() -> str:
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body).group()


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


class TestByCode:
    def test_a_code_comes_by_mail_and_opens_the_account(self, client, lieve):
        assert ask_code(client).headers["Location"] == CONFIRM_CODE
        [message] = mail.outbox
        assert message.to == ["lieve@example.org"]
        assert "Lieve" not in message.subject

        answer = client.post(CONFIRM_CODE, {"code": mailed_code()})

        assert answer.headers["Location"] == reverse("start")
        assert signed_in(client) == lieve

    def test_the_mail_is_sent_at_once_and_not_queued(self, client, lieve):
        ask_code(client)

        assert len(mail.outbox) == 1

    @pytest.mark.parametrize(
        "written",
        [
            lambda code: f" {code[:3]} {code[3:]} ",
            lambda code: f"{code[:3]}-{code[3:]}",
            lambda code: code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
            lambda code: code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
        ],
        ids=["spaces", "hyphen", "arabic", "persian"],
    )
    def test_the_digits_may_be_of_any_script_and_grouped(self, client, lieve, written):
        ask_code(client)

        client.post(CONFIRM_CODE, {"code": written(mailed_code())})

        assert signed_in(client) == lieve

    def test_capitals_in_the_address_do_not_matter(self, client, lieve):
        ask_code(client, "LIEVE@Example.org")

        client.post(CONFIRM_CODE, {"code": mailed_code()})

        assert signed_in(client) == lieve

    def test_a_wrong_code_is_said_and_may_be_typed_again(self, client, lieve):
        ask_code(client)

        answer = client.post(CONFIRM_CODE, {"code": wrong(mailed_code())})

        assert "Deze code klopt niet" in answer.content.decode()
        client.post(CONFIRM_CODE, {"code": mailed_code()})
        assert signed_in(client) == lieve

    def test_after_five_wrong_codes_the_right_one_is_worth_nothing(self, client, lieve):
        ask_code(client)
        code = mailed_code()

        answers = [client.post(CONFIRM_CODE, {"code": wrong(code)}) for _ in range(5)]

        assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 302]
        page = client.get(answers[-1].headers["Location"])
        assert TOO_MANY in page.content.decode()
        client.post(CONFIRM_CODE, {"code": code})
        assert signed_in(client) is None

    @pytest.mark.parametrize("typed", ["", "abcdef", "٠", "\x00", "9" * 5000, "२²³"])
    def test_what_is_no_code_is_answered_by_a_sentence(self, client, lieve, typed):
        ask_code(client)

        answer = client.post(CONFIRM_CODE, {"code": typed})

        assert answer.status_code == 200
        assert 'aria-invalid="true"' in answer.content.decode()

    def test_a_code_works_once(self, client, lieve):
        ask_code(client)
        client.post(CONFIRM_CODE, {"code": mailed_code()})
        client.post("/nl/aanmelden/logout/")

        client.post(CONFIRM_CODE, {"code": mailed_code()})

        assert signed_in(client) is None

    def test_a_code_works_in_the_browser_that_asked_for_it_only(
        self, client, lieve, client_factory
    ):
        ask_code(client)
        other = client_factory()

        answer = other.post(CONFIRM_CODE, {"code": mailed_code()}, follow=True)

        assert signed_in(other) is None
        assert str(CODE_GONE) in answer.content.decode()

    @pytest.mark.parametrize(("minutes", "opens"), [(14, True), (16, False)])
    def test_a_code_works_for_a_quarter_of_an_hour(self, client, lieve, minutes, opens):
        ask_code(client)
        session = client.session
        stages = session["account_login"]["state"]["stages"]
        stages["login_by_code"]["data"]["at"] -= minutes * 60
        session.save()

        answer = client.post(CONFIRM_CODE, {"code": mailed_code()}, follow=True)

        assert (signed_in(client) == lieve) is opens
        assert (str(CODE_GONE) in answer.content.decode()) is not opens

    def test_a_new_code_replaces_the_one_before(self, client, lieve):
        ask_code(client)
        old = mailed_code()
        ask_code(client)
        new = mailed_code()

        if old != new:
            client.post(CONFIRM_CODE, {"code": old})
            assert signed_in(client) is None
        client.post(CONFIRM_CODE, {"code": new})
        assert signed_in(client) == lieve

    def test_who_mistyped_the_address_may_type_another(self, client, lieve):
        ask_code(client, "leive@example.org")

        assert client.get(REQUEST_CODE).status_code == 200
        ask_code(client)
        client.post(CONFIRM_CODE, {"code": mailed_code()})

        assert signed_in(client) == lieve

    def test_who_waits_for_a_code_may_type_a_password_instead(self, client, tom):
        ask_code(client, "tom@agentschap.example")

        TestByPassword().sign_in(client)

        assert signed_in(client) == tom

    def test_an_unknown_address_is_answered_as_a_known_one_and_gets_nothing(
        self, client_factory, lieve
    ):
        answers = []
        for email in ["lieve@example.org", "niemand@example.org"]:
            client = client_factory()
            answer = ask_code(client, email)
            page = client.get(CONFIRM_CODE)
            tries = [client.post(CONFIRM_CODE, {"code": "000001"}) for _ in range(5)]
            start = client.get(REQUEST_CODE)
            answers.append(
                [(answer.status_code, answer.headers["Location"])]
                + [plain(each, email) for each in [page, *tries, start]]
            )

        assert answers[0] == answers[1]
        assert [message.to for message in mail.outbox] == [["lieve@example.org"]]

    def test_a_closed_account_is_answered_so_too(self, client, lieve):
        User.objects.update(is_active=False)

        assert ask_code(client).headers["Location"] == CONFIRM_CODE
        assert mail.outbox == []

    def test_at_most_twenty_codes_an_hour_for_one_address_known_or_not(self, client_factory, lieve):
        for email in ["lieve@example.org", "niemand@example.org"]:
            client = client_factory()
            answers = [ask_code(client, email) for _ in range(21)]

            assert [answer.status_code for answer in answers] == [302] * 20 + [200]
            assert TOO_MANY in answers[-1].content.decode()
        assert len(mail.outbox) == 20

    def test_what_is_no_address_is_answered_by_a_sentence(self, client):
        answer = ask_code(client, "lieve")

        assert answer.status_code == 200
        assert "Voer een geldig e-mailadres in." in answer.content.decode()

    def test_opening_a_page_signs_nobody_in_and_mails_nothing(self, client, lieve):
        ask_code(client)

        client.get(f"{CONFIRM_CODE}?code={mailed_code()}")
        client.get(f"{REQUEST_CODE}?email=lieve@example.org")

        assert signed_in(client) is None
        assert len(mail.outbox) == 1

    def test_the_phone_of_a_contact_person_is_remembered(self, client, lieve):
        ask_code(client)
        client.post(CONFIRM_CODE, {"code": mailed_code()})

        assert client.session.get_expiry_age() == 180 * DAY


class TestByPassword:
    def sign_in(self, client, password=PASSWORD, email="tom@agentschap.example", query=""):
        return client.post(LOGIN + query, {"login": email, "password": password})

    def test_staff_sign_in_with_a_password(self, client, tom):
        answer = self.sign_in(client)

        assert answer.headers["Location"] == reverse("start")
        assert signed_in(client) == tom

    def test_a_staff_session_lasts_a_working_day(self, client, tom):
        self.sign_in(client)

        assert client.session.get_expiry_age() == 12 * 3600

    def test_so_does_one_that_began_with_a_code(self, client, tom):
        ask_code(client, "tom@agentschap.example")
        client.post(CONFIRM_CODE, {"code": mailed_code()})

        assert signed_in(client) == tom
        assert client.session.get_expiry_age() == 12 * 3600

    @pytest.mark.parametrize("email", ["tom@agentschap.example", "niemand@example.org"])
    def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(
        self, client, tom, email
    ):
        answer = self.sign_in(client, "verkeerd-wachtwoord", email)

        assert answer.status_code == 200
        assert "horen niet bij elkaar" in answer.content.decode()
        assert signed_in(client) is None

    def test_after_five_wrong_passwords_the_right_one_is_refused(self, client, tom):
        for _ in range(5):
            self.sign_in(client, "verkeerd-wachtwoord")

        answer = self.sign_in(client)

        assert TOO_MANY in answer.content.decode()
        assert signed_in(client) is None

    def test_another_account_is_not_locked_out_by_it(self, client, tom):
        bea = make_user("Bea", "bea@veertig.example", PASSWORD)
        for _ in range(6):
            self.sign_in(client, "verkeerd-wachtwoord")

        self.sign_in(client, email="bea@veertig.example")

        assert signed_in(client) == bea

    def test_an_account_without_a_password_has_no_password(self, client, lieve):
        for password in ["", "None", "!", lieve.password]:
            self.sign_in(client, password, "lieve@example.org")

        assert signed_in(client) is None

    def test_too_many_from_one_address_on_the_net_get_a_page_that_says_so(self, client):
        for number in range(31):
            answer = self.sign_in(client, password="", email=f"{number}@example.org")

        assert answer.status_code == 429
        assert "Wacht" in answer.content.decode()


class TestComingAndGoing:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_nobody_makes_an_account_alone(self, client, method):
        answer = getattr(client, method)(
            "/nl/aanmelden/signup/", {"email": "nieuw@example.org", "password1": PASSWORD}
        )

        assert answer.status_code == 200
        assert "<form" not in answer.content.decode().split("<main")[1]
        assert not User.objects.exists()

    def test_opening_sign_out_signs_nobody_out(self, client, lieve):
        client.force_login(lieve)

        client.get("/nl/aanmelden/logout/")

        assert signed_in(client) == lieve

    def test_signing_out_leads_to_the_start(self, client, lieve):
        client.force_login(lieve)

        answer = client.post("/nl/aanmelden/logout/")

        assert answer.headers["Location"] == reverse("start")
        assert signed_in(client) is None

    def test_who_was_going_somewhere_gets_there(self, client, tom):
        answer = TestByPassword().sign_in(client, query="?next=/begeleiding/")

        assert answer.headers["Location"] == "/begeleiding/"

    def test_with_a_code_too(self, client, lieve):
        ask_code(client, next="/nl/tekenen/")

        answer = client.post(CONFIRM_CODE, {"code": mailed_code(), "next": "/nl/tekenen/"})

        assert answer.headers["Location"] == "/nl/tekenen/"

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "javascript:alert(1)",
            "http:evil",
        ],
    )
    def test_nobody_is_led_elsewhere(self, client, client_factory, tom, lieve, elsewhere):
        from_password = client.post(
            LOGIN,
            {"login": "tom@agentschap.example", "password": PASSWORD, "next": elsewhere},
        )
        other = client_factory()
        ask_code(other, next=elsewhere)
        from_code = other.post(CONFIRM_CODE, {"code": mailed_code(), "next": elsewhere})

        for answer in [from_password, from_code]:
            assert answer.headers["Location"] == reverse("start")


class TestTheCms:
    def test_its_own_sign_in_form_is_ours(self, client):
        answer = client.get("/cms/login/?next=/cms/images/")

        assert answer.headers["Location"] == f"{LOGIN}?next=%2Fcms%2Fimages%2F"

    def test_posting_to_it_signs_nobody_in(self, client, tom):
        client.post("/cms/login/", {"username": tom.username, "password": PASSWORD})

        assert signed_in(client) is None

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", ""])
    def test_it_leads_nowhere_else(self, client, elsewhere):
        answer = client.get("/cms/login/", {"next": elsewhere})

        assert answer.headers["Location"] == f"{LOGIN}?next=%2Fcms%2F"

    @pytest.mark.parametrize("path", ["/cms/", "/cms/pages/", "/cms/nergens/"])
    def test_who_is_not_signed_in_is_sent_there(self, client, path):
        answer = client.get(path, follow=True)

        assert answer.redirect_chain[-1][0].startswith(f"{LOGIN}?next=")

    def test_a_redacteur_comes_back_to_the_page_that_was_asked_for(self, client, pages, redacteur):
        redacteur.set_password(PASSWORD)
        redacteur.save()
        asked = f"/cms/pages/{pages['herent'].pk}/edit/"
        form = client.get(asked, follow=True)

        answer = client.post(
            form.redirect_chain[-1][0],
            {"login": "rik@herent.example", "password": PASSWORD},
            follow=True,
        )

        assert answer.redirect_chain[-1][0] == asked
        assert answer.status_code == 200

    @pytest.mark.parametrize(
        "path", ["password_reset/", "password_reset/done/", "password_reset/complete/"]
    )
    def test_its_password_pages_are_closed(self, client, path):
        assert client.get(f"/cms/{path}", follow=True).status_code == 404


def test_digits_of_any_script():
    assert ascii_digits("٤٢ ۴۲-42 ४२ ４２") == "4242424242"
    assert ascii_digits("x²½Ⅳ") == ""


def plain(answer, email: str) -> tuple:
    """What an answer says, without what differs in every answer and without the address."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return answer.status_code, answer.headers.get("Location"), text.replace(email, "ADRES")


@pytest.fixture
def client_factory():
    from django.test import Client

    return Client
