"""What every room stands on: people, the bilingual base page, pictures and documents, the calendar of working days."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import AbstractPage, DefaultBasePageMixin, PageViewRestriction, ReferenceIndex, Site
from wagtail.models.pages import AbstractPageMeta
from wagtail.url_routing import RouteResult

from core.language import is_chinese
from core.pictures import queue_renditions


class User(AbstractUser):
    """Somebody who logs in. What the person may do is said by appointments (`sites`)."""

    registered_by = models.ForeignKey(
        "self",
        verbose_name=_("registered by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="registered_users",
    )

    def get_full_name(self) -> str:
        """The name in its own order: 王芳, but Fang Wang."""
        if is_chinese(self.last_name):
            return f"{self.last_name}{self.first_name}"
        return super().get_full_name()

    def get_short_name(self) -> str:
        """What the person is called in a greeting: 王芳 (nobody says 芳 at work), but Fang."""
        if is_chinese(self.last_name):
            return self.get_full_name()
        return super().get_short_name()

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class BasePage(AbstractPage, DefaultBasePageMixin):
    """The one page model of the group: every page holds its Chinese and its English (docs/languages.md).

    It also knows its address without reading the list of all sites, which Wagtail's own
    page does on every request: at 3,306 sites that list alone costs more than a page.
    """

    search_fields = AbstractPage.search_fields + DefaultBasePageMixin.search_fields
    promote_panels = DefaultBasePageMixin.promote_panels

    class Meta(AbstractPageMeta):
        # Finds a page by its address in one step, however many sites have a page with the same slug.
        indexes = (models.Index(fields=["url_path"], name="basepage_url_path"),)

    @staticmethod
    def route_for_request(request: HttpRequest, path: str) -> RouteResult | None:
        """Find the page for a path on the request's site; None where there is none."""
        if not hasattr(request, "_wagtail_route_for_request"):
            request._wagtail_route_for_request = None
            site = Site.find_for_request(request)
            if site is not None:
                components = [component for component in path.split("/") if component]
                with suppress(Http404):
                    request._wagtail_route_for_request = site.root_page.specific.route(request, components)
        return request._wagtail_route_for_request

    @property
    def paths_from_root(self) -> list[str]:
        """The tree paths of all pages above, from the root down, and of the page itself."""
        return [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]

    def save_base(self, *args, **kwargs) -> None:
        """Write the columns without a language in Chinese, whoever saves: plain SQL and Wagtail read them."""
        with override(settings.LANGUAGE_CODE):
            super().save_base(*args, **kwargs)

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """Publish a revision, say in the same transaction what the page refers to, and have its pictures made.

        Documents are served by the index of references (`sites.admin.files`), which Wagtail leaves
        to a queued task: what is published now must be served now.
        """
        from wagtail.signal_handlers import disable_reference_index_auto_update

        with transaction.atomic():
            with disable_reference_index_auto_update():
                super().publish(*args, **kwargs)
            page = type(self)._default_manager.get(pk=self.pk)
            ReferenceIndex.create_or_update_for_object(page)
            if page.live:
                queue_renditions(page)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """An editor looks at the page in each language before a reader does."""
        return [(code, str(name)) for code, name in settings.LANGUAGES]

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The preview in a language is the page at that language's address, whichever language the editor's own is."""
        with override(preview_mode or self.default_preview_mode):
            return super().make_preview_request(original_request, preview_mode, extra_request_attrs)

    def find_site(self, request: HttpRequest | None = None) -> Site | None:
        """The site this page belongs to: the one whose home page is nearest above it."""
        if request is not None:
            site = Site.find_for_request(request)
            if site is not None and self.path.startswith(site.root_page.path):
                return site
        return (
            Site.objects.filter(root_page__path__in=self.paths_from_root)
            .select_related("root_page")
            .order_by("-root_page__depth")
            .first()
        )

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """`(site id, root address, path)` in the language in use; None for a page outside all sites."""
        site = self.find_site(request)
        if site is None:
            return None
        page_path = reverse("wagtail_serve", args=(self.url_path[len(site.root_page.url_path) :],))
        return site.pk, site.root_url, page_path

    def get_url(self, request: HttpRequest | None = None, current_site: Site | None = None) -> str | None:
        """The path on the current site, the full address from anywhere else, None without an address."""
        parts = self.get_url_parts(request)
        if parts is None:
            return None
        site_id, root_url, page_path = parts
        if current_site is None and request is not None:
            current_site = Site.find_for_request(request)
        if current_site is not None and current_site.pk == site_id:
            return page_path
        return root_url + page_path

    url = property(get_url)

    def get_view_restrictions(self) -> models.QuerySet:
        """The restrictions of this page and all above it, asked in one query instead of two on every request.

        Where the page was read together with the answer (`sites.columns`), there is nothing left to ask. Only
        articles could be aliases of others, and nothing lies below an article.
        """
        if self.alias_of_id:
            return super().get_view_restrictions()
        if getattr(self, "is_restricted", True):
            return PageViewRestriction.objects.filter(page__path__in=self.paths_from_root)
        return PageViewRestriction.objects.none()

    def get_site(self) -> Site | None:
        """The site this page belongs to, None outside all sites."""
        return self.find_site()

    def get_admin_display_title(self) -> str:
        """The draft's title in Chinese; the English one for a reader of English, where there is one."""
        if get_language() == "en" and self.title_en:
            return self.title_en
        return super().get_admin_display_title()


class Picture(AbstractImage):
    """A picture of one centre's collection, with the text that stands for it in both languages.

    Tags aren't offered: there is one list of them for the whole group, and a centre's tags are its own business.
    """

    admin_form_fields = (
        "title",
        "file",
        "description_zh_hans",
        "description_en",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_picture", "Can choose image")]


class PictureRendition(AbstractRendition):
    """A size and form of a picture that a page needed."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition")
        ]

    def __getstate__(self) -> dict[str, Any]:
        """As the cache keeps it: what comes from there says so, or Wagtail would write it back on every request."""
        return {**super().__getstate__(), "_from_cache": True}


class Attachment(AbstractDocument):
    """A file that pages offer for download."""

    admin_form_fields = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_attachment", "Can choose document")]


class Worker(models.Model):
    """A background worker that lives: it renews its row while it does, and who stops renewing is taken for dead."""

    name = models.CharField(primary_key=True, max_length=64)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PeriodicJob(models.Model):
    """When a job of `core.periodic` is next due, and which worker is at it now (the row of a dead one is gone)."""

    name = models.CharField(primary_key=True, max_length=100)
    due_at = models.DateTimeField()
    worker = models.ForeignKey(Worker, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.name


class DayKind(models.TextChoices):
    """What a day is, where it isn't what its weekday says."""

    HOLIDAY = "holiday", _("holiday")
    WORKING = "working", _("working day")


class CalendarDay(models.Model):
    """A day that the State Council's notice for a year makes a holiday, or at a weekend a working day (调休).

    A year is published if it has such days: every notice has New Year's Day. `core.calendar` fills and reads them;
    nobody changes them by hand (`CalendarOverride`).
    """

    date = models.DateField(_("date"), primary_key=True)
    kind = models.CharField(_("kind of day"), max_length=10, choices=DayKind)
    name = models.CharField(
        _("name"), max_length=100, help_text=_("of the holiday; for a working day, of the one it is worked for")
    )
    # Not always the date's own: New Year's Day moves days of the December before.
    notice_year = models.PositiveSmallIntegerField(_("year of the notice"), db_index=True)

    class Meta:
        verbose_name = _("day of the calendar")
        verbose_name_plural = _("days of the calendar")
        ordering = ["date"]

    def __str__(self) -> str:
        return date_format(self.date)


class CalendarOverride(models.Model):
    """What staff decided that a day is, whatever the notice says, and who did when and why."""

    date = models.DateField(_("date"), unique=True, error_messages={"unique": _("This day is overridden already.")})
    kind = models.CharField(_("kind of day"), max_length=10, choices=DayKind)
    reason = models.TextField(_("reason"), help_text=_("for the record: by whose decision, with its number and date"))
    decided_by = models.ForeignKey(
        User, verbose_name=_("decided by"), null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided on"), auto_now=True)

    class Meta:
        verbose_name = _("override of a day")
        verbose_name_plural = _("overrides of days")
        ordering = ["date"]

    def __str__(self) -> str:
        return date_format(self.date)
