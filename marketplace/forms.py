"""How forms are drawn."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Label above, then help, then errors, then the field.

    Only `as_field_group` and `{{ form }}` read this template; Wagtail draws its panels itself.
    """

    field_template_name = "forms/field.html"
