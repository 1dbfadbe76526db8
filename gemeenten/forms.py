"""Forms of the CMS that differ from Wagtail's."""

from django import forms
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from gemeenten.models import User


class NameForm(forms.ModelForm):
    """Wagtail's own asks for a first and a last name, which a user does not have."""

    class Meta:
        model = User
        fields = ["name"]


class _WithoutTags:
    """Wagtail suggests tags of all files to everyone, whosoever's they are."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("tags", None)


class ImageForm(_WithoutTags, BaseImageForm):
    pass


class DocumentForm(_WithoutTags, BaseDocumentForm):
    pass
