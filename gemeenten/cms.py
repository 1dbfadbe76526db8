"""The door of Wagtail's admin: who comes in, and which addresses lead where for an editor.

Wagtail does not claim to keep municipalities apart: its choosers, reports and tag fields show what
belongs to others. So for everyone but a beheerder this module closes every address of the admin
that is not in `ROUTES`, also those that a new version of Wagtail adds, and lets an open one
through only when every object that the request names is the editor's own. What an open page
lists is limited in wagtail_hooks.py, and by Wagtail's own page and collection permissions.
"""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, Model, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate
from taggit.models import ItemBase, TagBase
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from gemeenten.acting import SignedInRequest
from gemeenten.groups import sync_groups
from gemeenten.models import User
from gemeenten.permissions import can_use_cms, only_translates
from gemeenten.tree import is_own_page, own_pages

Rule = Callable[[SignedInRequest, dict[str, Any]], HttpResponse | None]


class CmsMiddleware:
    """Stands before every view of Wagtail's admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return None
        return enter(request, view, kwargs)


def enter(request: HttpRequest, view: Callable, kwargs: dict[str, Any]) -> HttpResponse | None:
    """Let the request through (None), or answer it here.

    Raises PermissionDenied for who has no work in the CMS, and Http404 for an object of others.
    """
    match = request.resolver_match
    name = (match.view_name or match.route) if match else ""
    if name == "wagtailadmin_login":
        return _to_sign_in(request)
    if name.startswith(CLOSED_TO_ALL):
        raise Http404
    if request.user.is_anonymous:
        return None  # Wagtail sends them to the sign-in page
    _require_plain_next(request)
    _require_no_nul(request)
    sync_groups(request.user)
    _speak_language_of(request.user)
    # The second is missing as long as the gemeente is not active; Wagtail would send such a
    # user to the sign-in page, and that back here.
    if not (can_use_cms(request.user) and request.user.has_perm("wagtailadmin.access_admin")):
        raise PermissionDenied
    if only_translates(request.user):
        return _by_rule(TRANSLATOR_ROUTES, name, request, kwargs)
    if request.user.is_superuser or view.__module__.startswith(OWN_VIEWS):
        return None
    return _by_rule(ROUTES, name, request, kwargs)


def _by_rule(
    rules: dict[str, Rule], name: str, request: HttpRequest, kwargs: dict[str, Any]
) -> HttpResponse | None:
    rule = rules.get(name)
    return rule(cast(SignedInRequest, request), kwargs) if rule else permission_denied(request)


def _speak_language_of(user: User) -> None:
    """Not the browser's; what the user chose in the CMS itself still goes before."""
    permitted = dict(settings.WAGTAILADMIN_PERMITTED_LANGUAGES)
    activate(user.language if user.language in permitted else settings.LANGUAGE_CODE)


def choosable(user: User, model: type[Model]) -> Any:
    """The images or documents that the user may put in a page or change."""
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, ["choose", "change"])


def _require_plain_next(request: HttpRequest) -> None:
    """Wagtail redirects to `next` and stumbles over what is no address."""
    for sent in (request.GET, request.POST):
        _require(sent.get("next", "/").startswith("/") or not sent["next"])


def _require_no_nul(request: HttpRequest) -> None:
    """PostgreSQL refuses a NUL wherever it stands; forms say so themselves."""
    _require("\0" not in request.path_info)
    _require(not any("\0" in value for _, values in request.GET.lists() for value in values))


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Our own form: Wagtail's asks for no second factor."""
    asked = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    query = urlencode({"next": asked if safe else reverse("wagtailadmin_home")})
    return redirect(f"{reverse('account_login')}?{query}")


def _open(request: SignedInRequest, kwargs: dict[str, Any]) -> None:
    """Nothing to check here: it is about the editor alone, or its list is limited elsewhere."""


def _to_translations(request: SignedInRequest, kwargs: dict[str, Any]) -> HttpResponse:
    return redirect("vertalingen:index")


def _untagged(request: SignedInRequest, kwargs: dict[str, Any]) -> None:
    """Wagtail's image chooser falls over a tag and a search together; files have no tags here."""
    _require("tag" not in request.GET)


def _numbers(request: SignedInRequest, kwargs: dict[str, Any]) -> None:
    _require(all(pk.isdecimal() for pk in request.GET.getlist("id")))


def _require(condition: bool) -> None:
    if not condition:
        raise Http404


def _page(*names: str) -> Rule:
    """The pages named by these parts of the address are own ones."""

    def rule(request: SignedInRequest, kwargs: dict[str, Any]) -> None:
        for name in names:
            _require(is_own_page(request.user, kwargs[name]))

    return rule


def _listing(request: SignedInRequest, kwargs: dict[str, Any]) -> None:
    """The page whose children are listed is an own one, or above two own ones."""
    shown = policy_registry.get_by_type(Page).explorable_instances(request.user)
    _require(shown.filter(pk=kwargs["parent_page_id"]).exists())


def _choose_page(request: SignedInRequest, kwargs: dict[str, Any]) -> HttpResponse:
    # Without a page to start from, Wagtail starts above all pages of that type, whosoever's.
    start = policy_registry.get_by_type(Page).explorable_root_instance(request.user)
    _require(start is not None)
    url = reverse("wagtailadmin_choose_page_child", args=[start.pk])
    return redirect(f"{url}?{request.GET.urlencode()}")


def _new_parent(*names: str, field: str = "new_parent_page") -> Rule:
    """As `_page`, and so is the parent that the form names."""

    def rule(request: SignedInRequest, kwargs: dict[str, Any]) -> None:
        _page(*names)(request, kwargs)
        if request.method == "POST":
            _require(is_own_page(request.user, request.POST.get(field)))

    return rule


def _choose_parent(request: SignedInRequest, kwargs: dict[str, Any]) -> None:
    _page_type(kwargs["app_label"], kwargs["model_name"])
    _new_parent(field="parent_page")(request, kwargs)


def _page_type(app_label: str, model_name: str) -> type[Page]:
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError:
        raise Http404 from None
    _require(issubclass(model, Page))
    return model


def _new_page(request: SignedInRequest, kwargs: dict[str, Any]) -> None:
    _page("parent_page_id")(request, kwargs)
    model = _page_type(kwargs["content_type_app_name"], kwargs["content_type_model_name"])
    _own_files_only(request, model, [])


def _edited_page(request: SignedInRequest, kwargs: dict[str, Any]) -> None:
    _page("page_id")(request, kwargs)
    if request.method == "POST":
        page = Page.objects.get(pk=kwargs["page_id"]).specific
        _own_files_only(request, type(page), [page, page.get_latest_revision_as_object()])


def _own_files_only(request: SignedInRequest, model: type[Page], versions: list[Page]) -> None:
    """A form may name own images and documents only, beside those that the page has already:
    Wagtail's own form takes any."""
    for field in model._meta.get_fields():
        if not isinstance(field, ForeignKey):
            continue
        if not issubclass(field.related_model, (get_image_model(), get_document_model())):
            continue
        asked = _number(request.POST.get(field.name, ""))
        if asked is not None and asked not in {getattr(v, field.attname) for v in versions}:
            _require(choosable(request.user, field.related_model).filter(pk=asked).exists())


def _number(text: str) -> int | None:
    """A number as Django reads one: " 1" and "0_1" are 1 too. What is none is left to the form."""
    try:
        return int(text)
    except ValueError:
        return None


def _file(get_model: Callable[[], type[Model]], name: str) -> Rule:
    """The image or document named by this part of the address is an own one."""

    def rule(request: SignedInRequest, kwargs: dict[str, Any]) -> None:
        pk = str(kwargs[name])
        own = choosable(request.user, get_model())
        _require(pk.isdecimal() and own.filter(pk=pk).exists())

    return rule


def _editing_session(request: SignedInRequest, kwargs: dict[str, Any]) -> None:
    _page_type(kwargs["app_label"], kwargs["model_name"])
    _page("object_id")(request, kwargs)


def _bulk(request: SignedInRequest, kwargs: dict[str, Any]) -> HttpResponse | None:
    """Together: delete files or pages, publish or unpublish pages; all of them own ones."""
    try:
        model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        raise Http404 from None
    if kwargs["action"] not in BULK_ACTIONS.get(model._meta.label_lower, []):
        return permission_denied(request)
    asked = request.GET.getlist("id")
    if "all" in asked:
        # All files are those that the editor may change; all pages are all children of one page.
        if model is Page:
            _require(is_own_page(request.user, request.GET.get("childOf")))
        return None
    own = own_pages(request.user) if model is Page else choosable(request.user, model)
    _require(all(pk.isdecimal() for pk in asked))
    _require(own.filter(pk__in=asked).count() == len(set(asked)))
    return None


def _tags(request: SignedInRequest, kwargs: dict[str, Any]) -> HttpResponse:
    """Answers itself: tags of a fixed list, of live pages and of own ones, because a word may
    stand in somebody else's draft."""
    try:
        model = apps.get_model(kwargs["app_name"], kwargs["model_name"])
    except LookupError:
        raise Http404 from None
    _require(issubclass(model, TagBase))
    tags = model._default_manager.filter(name__istartswith=request.GET.get("term") or "\n")
    if getattr(model, "free_tagging", True):
        tags = tags.filter(_used_in_sight(request.user, model))
    names = tags.order_by("name").values_list("name", flat=True).distinct()
    return JsonResponse(list(names[:10]), safe=False)


def _used_in_sight(user: User, tags: type[TagBase]) -> Q:
    condition = Q(pk__in=[])
    for relation in tags._meta.related_objects:
        items = relation.related_model
        if issubclass(items, ItemBase) and hasattr(items, "content_object_id"):
            pages = Q(content_object__live=True) | Q(content_object__in=own_pages(user))
            condition |= Q(pk__in=items._default_manager.filter(pages).values("tag"))
    return condition


BULK_ACTIONS = {
    "wagtailcore.page": ["delete", "publish", "unpublish"],
    "wagtailimages.image": ["delete"],
    "wagtaildocs.document": ["delete"],
}

#: Our own views in the CMS ask their app's permissions themselves.
OWN_VIEWS = ("gemeenten.", "aanbod.", "bewijzen.", "marketplace.")

#: Signing in and passwords are allauth's; users and groups follow from `Rol`.
CLOSED_TO_ALL = ("wagtailadmin_password_reset", "wagtailusers_users:", "wagtailusers_groups:")

#: Every address that is open to an editor of a municipality, with its rule.
ROUTES: dict[str, Rule] = {
    # About the editor
    "wagtailadmin_home": _open,
    "wagtailadmin_account": _open,
    "wagtailadmin_logout": _open,
    "wagtailadmin_dismissibles": _open,
    "wagtailadmin_sprite": _open,
    "wagtailadmin_javascript_catalog": _open,
    # Pages
    "wagtailadmin_explore_root": _open,
    "wagtailadmin_explore": _listing,
    "wagtailadmin_explore_results": _listing,
    "wagtailadmin_api:pages:listing": _open,
    "wagtailadmin_api:pages:detail": _open,
    "wagtailadmin_pages:search": _open,
    "wagtailadmin_pages:search_results": _open,
    "wagtailadmin_pages:choose_parent": _choose_parent,
    "wagtailadmin_pages:add_subpage": _page("parent_page_id"),
    "wagtailadmin_pages:add": _new_page,
    "wagtailadmin_pages:preview_on_add": _new_page,
    "wagtailadmin_pages:edit": _edited_page,
    "wagtailadmin_pages:preview_on_edit": _edited_page,
    "wagtailadmin_pages:view_draft": _page("page_id"),
    "wagtailadmin_pages:usage": _page("page_id"),
    "wagtailadmin_pages:delete": _page("page_id"),
    "wagtailadmin_pages:unpublish": _page("page_id"),
    "wagtailadmin_pages:copy": _new_parent("page_id"),
    "wagtailadmin_pages:move": _new_parent("page_to_move_id"),
    "wagtailadmin_pages:move_confirm": _page("page_to_move_id", "destination_id"),
    "wagtailadmin_pages:set_page_position": _page("page_to_move_id"),
    "wagtailadmin_pages:history": _page("page_id"),
    "wagtailadmin_pages:history_results": _page("page_id"),
    "wagtailadmin_pages:revisions_index": _page("page_id"),
    "wagtailadmin_pages:revisions_view": _page("page_id"),
    "wagtailadmin_pages:revisions_compare": _page("pk"),
    "wagtailadmin_pages:revisions_revert": _edited_page,
    "wagtailadmin_pages:revisions_unschedule": _page("page_id"),
    "wagtailadmin_choose_page": _choose_page,
    "wagtailadmin_choose_page_child": _listing,
    "wagtailadmin_choose_page_search": _open,
    "wagtailadmin_tag_model_autocomplete": _tags,
    "wagtailadmin_editing_sessions:ping": _editing_session,
    "wagtailadmin_editing_sessions:release": _open,
    "wagtail_bulk_action": _bulk,
    # Images
    "wagtailimages:index": _open,
    "wagtailimages:index_results": _open,
    "wagtailimages:add": _open,
    "wagtailimages:edit": _file(get_image_model, "image_id"),
    "wagtailimages:delete": _file(get_image_model, "image_id"),
    "wagtailimages:preview": _file(get_image_model, "image_id"),
    "wagtailimages:image_usage": _file(get_image_model, "image_id"),
    "wagtailimages:add_multiple": _open,
    "wagtailimages:edit_multiple": _file(get_image_model, "image_id"),
    "wagtailimages:delete_multiple": _file(get_image_model, "image_id"),
    "wagtailimages:create_multiple_from_uploaded_image": _open,
    "wagtailimages:delete_upload_multiple": _open,
    "wagtailimages_chooser:choose": _untagged,
    "wagtailimages_chooser:choose_results": _untagged,
    "wagtailimages_chooser:chosen": _file(get_image_model, "pk"),
    "wagtailimages_chooser:chosen_multiple": _numbers,
    "wagtailimages_chooser:create": _open,
    # Documents
    "wagtaildocs:index": _open,
    "wagtaildocs:index_results": _open,
    "wagtaildocs:add": _open,
    "wagtaildocs:edit": _file(get_document_model, "document_id"),
    "wagtaildocs:delete": _file(get_document_model, "document_id"),
    "wagtaildocs:document_usage": _file(get_document_model, "document_id"),
    "wagtaildocs:add_multiple": _open,
    "wagtaildocs:edit_multiple": _file(get_document_model, "doc_id"),
    "wagtaildocs:delete_multiple": _file(get_document_model, "doc_id"),
    "wagtaildocs:create_multiple_from_uploaded_document": _open,
    "wagtaildocs:delete_upload_multiple": _open,
    "wagtaildocs_chooser:choose": _open,
    "wagtaildocs_chooser:choose_results": _open,
    "wagtaildocs_chooser:chosen": _file(get_document_model, "pk"),
    "wagtaildocs_chooser:chosen_multiple": _numbers,
    "wagtaildocs_chooser:create": _open,
}

#: Every address that is open to who only translates, our own views among them: those ask the
#: permissions of their app as well.
TRANSLATOR_ROUTES: dict[str, Rule] = {
    "vertalingen:index": _open,
    "vertalingen:gemeente": _open,
    "vertalingen:taal": _open,
    "vertalingen:activiteit": _open,
    "vertalingen:opnames": _open,
    "wagtailadmin_home": _to_translations,
    "wagtailadmin_account": _open,
    "wagtailadmin_logout": _open,
    "wagtailadmin_dismissibles": _open,
    "wagtailadmin_sprite": _open,
    "wagtailadmin_javascript_catalog": _open,
}
