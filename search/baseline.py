"""What stock Wagtail finds: its database search backend over scratch rows, to hold our engines against.

It runs in a process of its own with a SQLite database of its own, in which no more than the tables that it needs are made:
neither the live index nor any content is read or written, and Wagtail's backend is SQLite's whatever the group runs on.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from search.documents import SearchDocument
from search.evaluation import DEPTH, Answerer, Measured, measure, read_documents, read_queries


def measure_baseline(documents: Path, queries: Path) -> list[Measured]:
    """The figures of stock Wagtail for two files, as `search.evaluation` reads them."""
    with tempfile.TemporaryDirectory(prefix="yizhan-search-baseline-") as folder:
        environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")}
        environment |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "core.settings"}
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "search.baseline",
            str(documents.resolve()),
            str(queries.resolve()),
        ]
        finished = subprocess.run(
            command, cwd=settings.PROJECT_DIR, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
    return [Measured(**each) for each in json.loads(finished.stdout)]


def wagtail_answerer(documents: Sequence[SearchDocument]) -> Answerer:
    """Queries as a Wagtail answers them that nobody configured, over rows with a title and a body."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection, models
    from modelsearch.conf import get_app_config
    from wagtail.search import index
    from wagtail.search.backends import get_search_backend

    IndexEntry = get_app_config().get_model("IndexEntry")

    class ScratchDocument(index.Indexed, models.Model):
        key = models.TextField()
        title = models.TextField()
        body = models.TextField()

        # As Wagtail's pages have them, and a text beside them.
        search_fields = [index.SearchField("title", boost=2), index.SearchField("body")]

        class Meta:
            # Of no installed app, so that no migration knows of it.
            app_label = "search_baseline"

        def __str__(self) -> str:
            return self.title

    with connection.schema_editor() as editor:
        for model in (ContentType, IndexEntry, ScratchDocument):
            editor.create_model(model)
        table = IndexEntry._meta.db_table
        # As the migrations of `modelsearch` make them: the search table and what keeps it in step.
        editor.execute(f"CREATE VIRTUAL TABLE {table}_fts USING fts5(autocomplete, body, title)")
        editor.execute(
            f"CREATE TRIGGER insert_scratch AFTER INSERT ON {table} BEGIN "
            f"INSERT INTO {table}_fts (title, body, autocomplete, rowid) "
            "VALUES (NEW.title, NEW.body, NEW.autocomplete, NEW.id); END"
        )
    rows = ScratchDocument.objects.bulk_create(
        ScratchDocument(key=each.id, title=each.title_zh or each.title_en, body=each.body_zh or each.body_en)
        for each in documents
    )
    backend = get_search_backend()
    backend.get_index_for_model(ScratchDocument).add_items(ScratchDocument, rows)

    def answer(query: str) -> list[str]:
        return [row.key for row in backend.search(query, ScratchDocument.objects.all())[:DEPTH]]

    return answer


def main() -> None:
    """The process of its own: `python -m search.baseline DOCUMENTS QUERIES`."""
    import django

    django.setup()
    documents, queries = (Path(argument) for argument in sys.argv[1:])
    measured = measure(wagtail_answerer(read_documents(documents)), read_queries(queries))
    sys.stdout.write(json.dumps([asdict(each) for each in measured]))


if __name__ == "__main__":
    main()
