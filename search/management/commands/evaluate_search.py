"""`manage.py evaluate_search`: how well judged queries are answered, by our engines and by stock Wagtail."""

import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search import glossary
from search.baseline import measure_baseline
from search.engines import engine_from_url
from search.evaluation import BadFile, engine_answerer, measure, read_documents, read_queries, summary

ENGINES = ("sqlite",)
GLOSSARIES = {"shipped": glossary.shipped, "none": glossary.Glossary}


class Command(BaseCommand):
    help = "Measure search on documents and judged queries, in a scratch index of their own."

    # What is given is judged in `handle`, not by argparse, which would end with 2 and speak English.
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--documents", required=True, metavar="FILE", help='JSON lines of {"id", "title", "body", "lang"}'
        )
        parser.add_argument("--queries", required=True, metavar="FILE", help='JSON lines of {"query", "relevant"}')
        parser.add_argument("--engine", metavar="NAME", help=f"only this one of {', '.join(ENGINES)}")
        parser.add_argument("--baseline", action="store_true", help="also what stock Wagtail's database backend finds")
        parser.add_argument("--glossary", default="shipped", help=f"{' or '.join(GLOSSARIES)}")

    def handle(self, *args: Any, **options: Any) -> None:
        engines = [options["engine"]] if options["engine"] else ENGINES
        if not set(engines) <= set(ENGINES):
            raise CommandError(
                _("There is no engine “%(name)s”; there are %(names)s.")
                % {"name": options["engine"], "names": ", ".join(ENGINES)}
            )
        if options["glossary"] not in GLOSSARIES:
            raise CommandError(
                _("There is no glossary “%(name)s”; there are %(names)s.")
                % {"name": options["glossary"], "names": ", ".join(GLOSSARIES)}
            )
        documents_file, queries_file = Path(options["documents"]), Path(options["queries"])
        try:
            documents, queries = read_documents(documents_file), read_queries(queries_file)
        except (BadFile, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        words = GLOSSARIES[options["glossary"]]()
        report: dict[str, Any] = {"documents": len(documents), "queries": len(queries), "engines": {}, "baseline": None}
        for name in engines:
            with tempfile.TemporaryDirectory(prefix="yizhan-search-") as folder:
                engine = engine_from_url(f"sqlite:///{folder}/scratch.sqlite3")
                engine.add(documents)
                report["engines"][name] = summary(measure(engine_answerer(engine, words), queries))
                engine.close()
        if options["baseline"]:
            report["baseline"] = summary(measure_baseline(documents_file, queries_file))
        self.stdout.write(json.dumps(report, ensure_ascii=False))
