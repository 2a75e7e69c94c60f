"""In which forms and sizes pages show pictures: one list for the templates and for the worker, which makes them ahead.

The first visitor of a page would wait seconds for them: an AVIF takes the longest to make and the least to send.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.images.models import Filter
from wagtail.models import ReferenceIndex

SPECS: list[str] = Filter.expand_spec(["format-{avif,webp,jpeg}", "width-{400,800,1200}"])
# The one of them for feeds and other sites: a form and size that everybody reads.
SHARED_SPEC = "format-jpeg|width-1200"
# How wide a page shows a picture: the column of text, or a telephone's whole width.
SIZES = "(min-width: 48rem) 44rem, 100vw"


@task(priority=-10)
def make_renditions(picture_id: int) -> None:
    """Make what a picture lacks of the list. Waits behind all other tasks: a page is complete without."""
    picture = get_image_model().objects.filter(pk=picture_id).first()
    if picture is not None:
        picture.get_renditions(*SPECS)


def queue_renditions(page: Model) -> None:
    """Have the worker make the pictures that a page shows, a task for each; the page's references must be written."""
    pictures = ReferenceIndex.get_references_for_object(page).filter(
        to_content_type=ContentType.objects.get_for_model(get_image_model())
    )
    for picture_id in sorted({int(pk) for pk in pictures.values_list("to_object_id", flat=True)}):
        make_renditions.enqueue(picture_id)
