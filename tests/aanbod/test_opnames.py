"""Recordings: ten kilobytes, told by what is in them, brought in by who translates."""

import io
import zipfile
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from aanbod import opnames
from aanbod.models import Opname
from aanbod.opnames import EMPTY, MOST_BYTES, OTHER_TYPE, TOO_LARGE, OpnameRefused, kind_of
from tests.aanbod.cast import make_page
from tests.aanbod.sounds import mp3, ogg


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.PUBLIC_PAGE_SECONDS = 0


@pytest.fixture
def page(cast):
    return make_page(cast.in_herent, cast.lange_tafel)


def files(tmp_path):
    return sorted(path.name for path in (tmp_path / "opnames").glob("*"))


# -- What is a recording ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sound", "kind"),
    [(ogg(), "ogg"), (ogg(size=1000), "ogg"), (mp3(), "mp3"), (mp3(tag=True), "mp3")],
)
def test_opus_and_mp3_are_known_by_what_is_in_them(sound, kind):
    assert kind_of(sound) == kind


def test_ten_kilobytes_is_the_most():
    whole = mp3(frames=98)
    assert len(whole) < MOST_BYTES
    assert kind_of(whole) == "mp3"
    with pytest.raises(OpnameRefused, match="te groot"):
        kind_of(mp3(frames=99))


def _zip():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.mp3", mp3())
    return file.getvalue()


@pytest.mark.parametrize(
    ("sound", "sentence"),
    [
        (b"", EMPTY),
        (bytes(MOST_BYTES + 1), TOO_LARGE),
        (_zip(), OTHER_TYPE),
        (b"<svg><script>alert(1)</script></svg>", OTHER_TYPE),
        (b"RIFF" + bytes(40), OTHER_TYPE),
        (ogg() + b"<script>", OTHER_TYPE),
        (ogg()[:-3], OTHER_TYPE),
        (ogg(packets=0), OTHER_TYPE),
        (ogg().replace(b"OpusHead", b"\x01vorbis0"), OTHER_TYPE),
        (mp3(frames=2), OTHER_TYPE),
        (mp3() + b"<script>x</script>", OTHER_TYPE),
        (b"ID3" + bytes(30), OTHER_TYPE),
    ],
)
def test_anything_else_is_refused_with_a_sentence(sound, sentence):
    with pytest.raises(OpnameRefused) as refused:
        kind_of(sound)
    assert str(refused.value) == sentence


@given(st.binary(max_size=300), st.sampled_from([b"", ogg(), mp3(), ogg()[:60]]))
def test_no_bytes_break_it(tail, head):
    with suppress(OpnameRefused):
        assert kind_of(head + tail) in ("ogg", "mp3")


# -- On the page ----------------------------------------------------------------------------------


def test_it_is_heard_on_the_page_in_its_language_and_asks_nothing_before(client, page):
    opnames.store(page, "ar", ogg(), by=None, now=timezone.now())
    response = client.get("/ar/herent/praattafel/")
    url = Opname.objects.get().file.url
    assert f'<audio controls preload="none" src="{url}"' in response.content.decode()
    assert "media-src 'self'" in response["Content-Security-Policy"]
    assert "<audio" not in client.get("/nl/herent/praattafel/").content.decode()
    sound = client.get(url)
    assert (sound.content, sound["Content-Type"]) == (ogg(), "audio/ogg")


def test_another_one_takes_its_place_and_its_file_is_gone(
    page, tmp_path, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        opnames.store(page, "ar", ogg(), by=None, now=timezone.now())
        opnames.store(page, "ar", mp3(), by=None, now=timezone.now())
    assert Opname.objects.count() == 1
    assert [name[-4:] for name in files(tmp_path)] == [".mp3"]


def test_the_same_one_again_stays(page, tmp_path, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        opnames.store(page, "ar", ogg(), by=None, now=timezone.now())
        opnames.store(page, "ar", ogg(), by=None, now=timezone.now())
    assert len(files(tmp_path)) == 1


def test_with_its_page_it_is_gone(client, page, tmp_path, django_capture_on_commit_callbacks):
    opnames.store(page, "ar", ogg(), by=None, now=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert files(tmp_path) == []


@pytest.mark.parametrize("name", ["x.ogg", "..%2Fgeheim.ogg", "a" * 300 + ".mp3", "x.svg"])
@pytest.mark.django_db
def test_a_file_that_is_none_is_a_404(client, name):
    assert client.get(f"/media/opnames/{name}").status_code == 404


# -- Bringing them in -----------------------------------------------------------------------------


def send(client, page, sound=b"", language="ar", **more):
    file = {"file": SimpleUploadedFile("x.mp3", sound, "audio/mpeg")} if sound else {}
    url = reverse("vertalingen:opnames", args=[page.pk])
    return client.post(url, {"language": language, **file, **more})


def test_an_editor_brings_one_in_and_takes_it_away(client, cast, page):
    client.force_login(cast.katrijn)
    assert send(client, page, ogg()).status_code == 302
    assert Opname.objects.get().by == cast.katrijn
    assert "<audio" in client.get("/ar/herent/praattafel/").content.decode()
    assert send(client, page, weg="1").status_code == 302
    assert not Opname.objects.exists()
    assert "<audio" not in client.get("/ar/herent/praattafel/").content.decode()


@pytest.mark.parametrize(
    ("sound", "language", "sentence"),
    [
        (b"", "ar", "Kies eerst een bestand."),
        (_zip(), "ar", OTHER_TYPE),
        (bytes(2_000_000), "ar", TOO_LARGE),
        (ogg(), "xx", "Deze taal kennen wij niet."),
        (ogg(), "", "Deze taal kennen wij niet."),
    ],
)
def test_what_cannot_be_is_said(client, cast, page, sound, language, sentence):
    client.force_login(cast.katrijn)
    response = send(client, page, sound, language)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Opname.objects.exists()


def test_an_editor_of_another_gemeente_finds_nothing_there(client, cast, page):
    client.force_login(cast.rik)
    assert send(client, page, ogg()).status_code == 404
    assert not Opname.objects.exists()


@given(sound=st.binary(max_size=60), language=st.text(max_size=5))
@hypothesis_settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_upload_is_an_error_of_the_server(client, cast, page, sound, language):
    client.force_login(cast.katrijn)
    assert send(client, page, sound, language).status_code in (302, 422)
