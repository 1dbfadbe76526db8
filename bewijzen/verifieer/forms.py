from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from bewijzen.summary import Summary
from bewijzen.verifieer.reading import MAX_PDF_BYTES, from_pdf, from_text


class VerifieerForm(forms.Form):
    """The PDF, or the text of its QR; the PDF goes first because it holds more to check."""

    pdf = forms.FileField(
        label=_("Het pdf-bestand"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"empty": _("Dit bestand is leeg. Kies het pdf-bestand van het bewijs.")},
    )
    text = forms.CharField(
        label=_("De tekst uit de QR-code"),
        help_text=_("Scan de QR-code met je telefoon. Kopieer de tekst die begint met VTG1."),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 4, "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def clean_pdf(self) -> UploadedFile | None:
        pdf = self.cleaned_data["pdf"]
        if pdf and pdf.size > MAX_PDF_BYTES:
            raise forms.ValidationError(
                _("Dit bestand is te groot. Een bewijs is kleiner dan 5 megabyte.")
            )
        return pdf

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.errors and not cleaned["pdf"] and not cleaned["text"]:
            raise forms.ValidationError(
                _("Kies het pdf-bestand van het bewijs, of plak de tekst uit de QR-code.")
            )
        return cleaned

    def summary(self) -> Summary:
        """What was handed in. Raises NotGenuine."""
        pdf = self.cleaned_data["pdf"]
        return from_pdf(pdf.read()) if pdf else from_text(self.cleaned_data["text"])
