"""The pages of the group: folders mirror the divisions, each centre has a home, columns and articles."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from core.blocks import BodyBlock
from core.fields import LacksEnglishField
from core.language import lacks_english
from core.models import BasePage
from sites.column_views import column_view, moved_permanently
from sites.models.column import column_by_key
from sites.romanise import pinyin_words
from sites.structure import ArticlePermissionTester, ColumnPermissionTester, DivisionPagePermissionTester


def both_languages(field: str, **kwargs: Any) -> FieldRowPanel:
    """The Chinese and the English of a field side by side in one row of the form."""
    return FieldRowPanel([FieldPanel(f"{field}_zh_hans", **kwargs), FieldPanel(f"{field}_en", **kwargs)])


def keep_given_fields(present: BasePage, draft: BasePage) -> BasePage:
    """A draft older than a change of the division's name must not bring the old name back (`sites.provisioning`)."""
    for field in ("title", "title_zh_hans", "title_en", "slug", "url_path"):
        setattr(draft, field, getattr(present, field))
    return draft


class DivisionFolder(BasePage):
    """Holds a division's centre and all divisions below it, so that one right covers them all. It has no address."""

    parent_page_types: ClassVar = ["core.BasePage", "website_group.DivisionFolder"]
    subpage_types: ClassVar = ["website_group.DivisionFolder", "website_group.HomePage"]
    is_creatable = False

    class Meta:
        verbose_name = _("division folder")
        verbose_name_plural = _("division folders")

    def get_url_parts(self, request: HttpRequest | None = None) -> None:
        return None

    def permissions_for_user(self, user) -> DivisionPagePermissionTester:
        return DivisionPagePermissionTester(user, self)

    def with_content_json(self, content: dict[str, Any]) -> "DivisionFolder":
        return keep_given_fields(self, super().with_content_json(content))


class HomePage(BasePage):
    """The home page of a centre's site; what it shows comes from the centre and its columns."""

    parent_page_types: ClassVar = ["website_group.DivisionFolder"]
    subpage_types: ClassVar = ["website_group.ColumnPage"]
    is_creatable = False
    # The columns as provisioning made them, not by their last change.
    admin_default_ordering = "ord"
    template = "themes/home.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def permissions_for_user(self, user) -> DivisionPagePermissionTester:
        return DivisionPagePermissionTester(user, self)

    def with_content_json(self, content: dict[str, Any]) -> "HomePage":
        return keep_given_fields(self, super().with_content_json(content))

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Columns answer to the slug of the standard; a slug of yesterday leads to today's."""
        from sites.columns import find_column, find_former_column

        if not path_components:
            return RouteResult(self)
        slug, *rest = path_components
        page = find_column(request, self, slug)
        if page is not None:
            return page.route(request, rest)
        page = find_former_column(request, self, slug)
        if page is not None:
            return RouteResult(page, kwargs={"moved_to": rest})
        raise Http404

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from sites.home import home_context

        return {**super().get_context(request, *args, **kwargs), **home_context(request, self)}


class ColumnPage(BasePage):
    """A column of one site. Its name, slug and place are the standard's; the centre fills it (plan §12)."""

    column_key = models.SlugField(_("column"), max_length=40, editable=False)
    introduction = StreamField(BodyBlock(), verbose_name=_("introduction"), blank=True)
    lacks_english = LacksEnglishField(translated=("introduction",))

    parent_page_types: ClassVar = ["website_group.HomePage"]
    subpage_types: ClassVar = ["website_group.ArticlePage"]
    is_creatable = False

    search_fields = [*BasePage.search_fields, index.FilterField("column_key")]
    content_panels: ClassVar = [both_languages("introduction")]
    promote_panels: ClassVar = [
        MultiFieldPanel([both_languages("search_description")], heading=_("For search engines"))
    ]
    settings_panels: ClassVar = []

    class Meta:
        verbose_name = _("column page")
        verbose_name_plural = _("column pages")

    @property
    def column(self):
        """The column of the standard that this page fills. Set by `sites.columns` where many are read at once."""
        if not hasattr(self, "_column"):
            self._column = column_by_key(self.column_key)
        return self._column

    @column.setter
    def column(self, column) -> None:
        self._column = column

    def with_content_json(self, content: dict[str, Any]) -> "ColumnPage":
        """A draft older than a change of the standard must not bring the old name or slug back."""
        page = super().with_content_json(content)
        for field in ("title", "title_zh_hans", "title_en", "slug", "url_path", "column_key"):
            setattr(page, field, getattr(self, field))
        return page

    def publish(self, revision, *args: Any, **kwargs: Any) -> None:
        """A column that the standard hides isn't published back; its draft waits until the column returns."""
        if self.first_published_at and not self.live:
            raise PermissionDenied(_("The column standard hides this column."))
        super().publish(revision, *args, **kwargs)

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        return False

    def permissions_for_user(self, user: Any) -> ColumnPermissionTester:
        return ColumnPermissionTester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from sites.context import breadcrumb, site_context
        from sites.head import column_head

        return {
            **super().get_context(request, *args, **kwargs),
            **site_context(request),
            **column_head(request, self),
            "breadcrumb": breadcrumb(request, self),
        }

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if not self.live:
            raise Http404
        return column_view(self.column.kind).route(request, self, path_components)

    def serve(self, request: HttpRequest, *args: Any, moved_to: list[str] | None = None, **kwargs: Any) -> HttpResponse:
        if moved_to is not None:
            return moved_permanently(request, self, moved_to)
        return column_view(self.column.kind).serve(request, self, *args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return column_view(self.column.kind).serve(request, self)


class Topic(models.Model):
    """A topic that articles of the whole group are filed under; the province keeps the list."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.name


class ArticleForm(WagtailAdminPageForm):
    """The form of an article. An address that the editor leaves empty is made from the title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "Left empty: made from the English title, else from the Chinese one's pinyin."
            )

    def clean_slug(self) -> str:
        """Emptied, it stays what it was: addresses of published texts are linked to."""
        return self.cleaned_data["slug"] or self.instance.slug


class ArticlePage(BasePage):
    """An article of news, notices or policies."""

    summary = models.TextField(_("summary"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    # No index on either: lists are always those of one site's column, and SQLite would take
    # such an index and read the articles of all sites that have the date or the topic.
    publication_date = models.DateField(_("publication date"), default=timezone.localdate)
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
        db_index=False,
    )
    source = models.CharField(_("source"), max_length=100, blank=True)
    author = models.CharField(_("author"), max_length=60, blank=True)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    keywords = models.CharField(_("keywords"), max_length=200, blank=True, help_text=_("separated by commas"))
    picture = models.ForeignKey(
        "core.Picture", verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    lacks_english = LacksEnglishField(translated=("title", "summary", "body"))

    base_form_class = ArticleForm
    parent_page_types: ClassVar = ["website_group.ColumnPage"]
    subpage_types: ClassVar = []
    template = "themes/article.html"

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("title_en", boost=2),
        index.AutocompleteField("title_en"),
        index.SearchField("document_number"),
        index.FilterField("publication_date"),
        index.FilterField("topic"),
    ]

    content_panels: ClassVar = [
        both_languages("title"),
        both_languages("summary"),
        both_languages("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("publication_date"), FieldPanel("topic"), FieldPanel("document_number")]),
                both_languages("source"),
                both_languages("author"),
                both_languages("keywords"),
                FieldPanel("picture"),
            ],
            heading=_("About this article"),
        ),
    ]
    promote_panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("slug"), both_languages("seo_title"), both_languages("search_description")],
            heading=_("For search engines"),
        )
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Articles go into columns of articles only."""
        column_page = parent.specific
        return (
            super().can_create_at(parent) and column_page.column is not None and column_page.column.kind == "articles"
        )

    def permissions_for_user(self, user: Any) -> ArticlePermissionTester:
        return ArticlePermissionTester(user, self)

    def _set_core_field_defaults(self) -> None:
        """Without a slug of the editor's, one from the English title, else from the Chinese one's pinyin."""
        if not self.slug and (self.path or getattr(self, "_cached_parent_obj", None)):
            source = self.title_en or pinyin_words(self.title_zh_hans or "")
            self.slug = self._get_autogenerated_slug(
                slugify(source)[:80].strip("-") or f"{timezone.localdate():%Y%m%d}"
            )
        super()._set_core_field_defaults()

    def clean(self) -> None:
        super().clean()
        if self.expire_at and self.go_live_at and self.expire_at <= self.go_live_at:
            raise ValidationError({"expire_at": _("An article can't expire before it is published.")})

    @property
    def is_in_english(self) -> bool:
        """Whether a reader of English finds an English page here, and not the Chinese one with English around it."""
        return not any(lacks_english(self, field) for field in ("title", "body"))

    def serve(self, request: HttpRequest, *args: Any, is_gone: bool = False, **kwargs: Any) -> HttpResponse:
        from sites.articles import serve_gone

        return serve_gone(request) if is_gone else super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from sites.articles import article_context

        return {**super().get_context(request, *args, **kwargs), **article_context(request, self)}
