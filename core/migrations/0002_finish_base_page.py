"""The base page's fields that refer to Wagtail's own tables, which are made after the base page."""

import uuid

from django.db import migrations, models
from wagtail.models import BootstrapLocaleField, BootstrapTranslatableModel, BootstrapTranslationKeyField


def name_root_and_remove_welcome(apps, schema_editor):
    """Give the root its translated title; take away the page, site and groups that Wagtail starts with."""
    Page = apps.get_model("core", "BasePage")
    apps.get_model("wagtailcore", "Site").objects.all().delete()
    Page.objects.filter(depth=2, slug="home").delete()
    Page.objects.filter(depth=1).update(
        title="站群", draft_title="站群", title_zh_hans="站群", title_en="Website group", numchild=0
    )
    apps.get_model("auth", "Group").objects.filter(name__in=["Moderators", "Editors"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        BootstrapLocaleField("core.BasePage"),
        BootstrapTranslationKeyField("core.BasePage"),
        BootstrapTranslatableModel("core.BasePage"),
        migrations.AddField(
            model_name="basepage",
            name="latest_revision",
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=models.SET_NULL, related_name="+", to="wagtailcore.revision", verbose_name="latest revision"),
        ),
        migrations.AddField(
            model_name="basepage",
            name="live_revision",
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=models.SET_NULL, related_name="+", to="wagtailcore.revision", verbose_name="live revision"),
        ),
        migrations.AlterField(
            model_name="basepage",
            name="locale",
            field=models.ForeignKey(editable=False, on_delete=models.PROTECT, related_name="+", to="wagtailcore.locale", verbose_name="locale"),
        ),
        migrations.AlterField(
            model_name="basepage",
            name="translation_key",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AlterUniqueTogether(name="basepage", unique_together={("translation_key", "locale")}),
        migrations.RunPython(name_root_and_remove_welcome, migrations.RunPython.noop),
    ]
