"""Pictures and documents in the admin, and which documents the public may download."""

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.models import ReferenceIndex
from wagtail.permissions import register_permission_policy

from core.models import Attachment, BasePage, Picture
from sites.admin.file_rights import CentreFilesPolicy, may_see_document

# For the exact class: Wagtail's own apps register theirs too, and when is theirs to say.
register_permission_policy(Picture, CentreFilesPolicy(Picture), exact_class=True)
register_permission_policy(Attachment, CentreFilesPolicy(Attachment), exact_class=True)


def is_on_a_live_page(document: Attachment) -> bool:
    """Whether a published page of the group offers a document.

    The index holds what the pages' own rows refer to: of a live page, that is what is published
    (`core.models.BasePage.publish` keeps it up to date).
    """
    users = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(BasePage),
        to_content_type=ContentType.objects.get_for_model(Attachment),
        to_object_id=str(document.pk),
    ).values_list("object_id", flat=True)
    return BasePage.objects.filter(pk__in=[int(pk) for pk in users], live=True).exists()


@hooks.register("before_serve_document")
def only_published_documents(document: Attachment, request: HttpRequest) -> None:
    """A document that only a draft uses is none of the public's business."""
    if not is_on_a_live_page(document) and not may_see_document(request.user, document):
        raise Http404
