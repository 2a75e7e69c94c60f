"""Elasticsearch as an engine: documents as it stores them, and plans in the language of its queries.

It splits the terms that `search.analysis` makes at their spaces and does nothing else to them: its own analysers read neither
traditional characters nor document numbers as the embedded engine does. How the server is reached, and how its index is
rebuilt, stands in `elasticsearch_index`.
"""

import time
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Any

from elasticsearch.helpers import scan
from elasticsearch_dsl import Keyword, Mapping, Q, Search
from elasticsearch_dsl.field import Boolean, Date, Integer, Nested, Object, Text
from elasticsearch_dsl.query import Query
from elasticsearch_dsl.response import Response

from core.language import CHINESE, ENGLISH
from search import analysis, ranking
from search.documents import CANCELLED, SearchDocument
from search.engines import FACETS, Alternative, Concept, EngineError, Hit, Passage, Plan, Request, Results, Term
from search.engines.elasticsearch_index import VersionedIndex, as_engine_error, parse_address
from search.names import name_key
from search.passages import passages

# With the analysis' own version: an index that was made by another one has to be made again.
SCHEMA_VERSION = 1
_STAMP = f"{SCHEMA_VERSION}.{analysis.VERSION}"

# BM25 over title, names and body as one text; and the most that a term's being there counts in each, where Elasticsearch
# can't measure that (beginnings of terms, several in a row): what BM25 comes to in a text of middling length.
_WEIGHTS = {"title": ranking.TITLE, "names": ranking.NAMES, "body": ranking.BODY}
_SATURATION = 1.2
_FIELDS = {
    "text": ("title", "names", "body"),
    "names": ("title", "names"),
    "syllables": ("syllables",),
    "initials": ("initials",),
    "division": ("division",),
}
# Scores and shares are of single precision there.
_ROUNDING = 1 - 1e-5
_MOST_VALUES = 10_000
# Seconds for which counts are kept: reading one query asks for the same ones again and again. It is as long as other
# readers may wait for a change to show, too.
_MEMORY = 1.0
# Under which the number of all documents is kept.
_EVERYTHING = Term(())


def _mapping() -> Mapping:
    mapping = Mapping().meta("_meta", version=_STAMP)
    for name in ("title", "names", "body", "syllables", "initials"):
        mapping.field(name, Text(analyzer="whitespace"))
    for name in ("id", "day", "name_keys", "words", "centres", *FACETS):
        mapping.field(name, Keyword(ignore_above=8000))
    mapping.field(
        "passages",
        Nested(
            properties={
                "body": Text(analyzer="whitespace"),
                "language": Keyword(index=False),
                "start": Integer(index=False),
                "end": Integer(index=False),
            }
        ),
    )
    mapping.field("expires", Date())
    mapping.field("cancelled", Boolean())
    mapping.field("handled_at", Integer())
    return mapping.field("document", Object(enabled=False))


def _stored(document: SearchDocument) -> dict[str, Any]:
    """A document as Elasticsearch stores it."""
    bodies = {CHINESE: document.body_zh, ENGLISH: document.body_en}
    parts = [
        {"language": language, "start": start, "end": end, "body": analysis.terms(body[start:end])}
        for language, body in bodies.items()
        for start, end in passages(body)
    ]
    titles = f"{document.title_zh}\n{document.title_en}"
    names = "\n".join((*document.names_zh, *document.names_en, *document.codes, document.document_number))
    chinese_names = "\n".join((document.title_zh, *document.names_zh))
    day = document.published or document.changed
    facets: dict[str, list[str]] = {}
    for name, value in sorted(document.facets()):
        facets.setdefault(name, []).append(value)
    return {
        "id": document.id,
        "title": analysis.terms(titles),
        "names": analysis.terms(names),
        "body": " ".join(part["body"] for part in parts),
        "passages": parts,
        "syllables": analysis.sounds(chinese_names),
        "initials": analysis.initials(chinese_names),
        "name_keys": _keys((document.title_zh, document.title_en, *document.names_zh, *document.names_en)),
        "words": sorted(analysis.english_words(" ".join((titles, names, document.body_zh, document.body_en)))),
        "centres": sorted({document.centre, *(each.centre for each in document.adoptions)} - {""}),
        "handled_at": len(document.adoptions),
        "day": day.isoformat() if day else "",
        "expires": document.expires and document.expires.isoformat(),
        "cancelled": document.state == CANCELLED,
        "document": document.as_dict(),
        **facets,
    }


def _keys(names: Iterable[str]) -> list[str]:
    return sorted({name_key(name) for name in names} - {""})


class ElasticsearchEngine:
    """`search.engines.Engine` over one prefix of a server."""

    def __init__(self, url: str) -> None:
        self.index = VersionedIndex(parse_address(url), _mapping())
        self._is_checked = False
        self._forget_counts()

    def close(self) -> None:
        self.index.close()

    def _ask(self, search: Search) -> Response:
        return self._ask_all([search])[0]

    def _ask_all(self, searches: Sequence[Search]) -> list[Response]:
        if not self._is_checked:
            version = self.index.meta().get("version")
            if version != _STAMP:
                raise EngineError(
                    f"The index {self.index.name} was made by version {version}, not {_STAMP}: rebuild it."
                )
            self._is_checked = True
        return self.index.ask_all(searches)

    # -- Writing --------------------------------------------------------------------

    def add(self, documents: Iterable[SearchDocument]) -> None:
        self.index.add((document.id, _stored(document)) for document in documents)
        self._show_changes()

    def delete(self, ids: Iterable[str]) -> None:
        self.index.delete(ids)
        self._show_changes()

    def rebuild(self, documents: Iterable[SearchDocument]) -> None:
        version = self.index.begin_rebuild()
        self.index.fill((document.id, _stored(document)) for document in documents)
        self.index.finish_rebuild(version)
        self._forget_counts()

    def _show_changes(self) -> None:
        self.index.refresh()
        self._forget_counts()

    # -- Statistics -----------------------------------------------------------------

    def size(self) -> int:
        return self._counts(())[0]

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        return self._counts(terms)[1] if terms else []

    def _counts(self, terms: Sequence[Term]) -> tuple[int, list[int]]:
        """How many documents there are, and in how many each of the terms stands."""
        if time.monotonic() > self._counted_until:
            self._forget_counts()
        counted = self._counted
        unknown = [term for term in dict.fromkeys(terms) if term not in counted]
        if unknown or _EVERYTHING not in counted:
            search = self.index.search()[:0].extra(track_total_hits=True)
            if unknown:
                filters = {str(number): _has(term).to_dict() for number, term in enumerate(unknown)}
                search.aggs.bucket("terms", "filters", filters=filters)
            answer = self._ask(search)
            counted[_EVERYTHING] = answer.hits.total.value
            for number, term in enumerate(unknown):
                counted[term] = answer.aggregations.terms.buckets[str(number)].doc_count
        return counted[_EVERYTHING], [counted[term] for term in terms]

    def _forget_counts(self) -> None:
        self._counted: dict[Term, int] = {}
        self._counted_until = time.monotonic() + _MEMORY

    def words(self, beginnings: Collection[str], shortest: int, longest: int) -> set[str]:
        if not beginnings:
            return set()
        search = self.index.search()[:0]
        pattern = f"({'|'.join(sorted(beginnings))}).*"
        search.aggs.bucket("words", "terms", field="words", include=pattern, size=_MOST_VALUES)
        found = (bucket.key for bucket in self._ask(search).aggregations.words.buckets)
        return {word for word in found if shortest <= len(word) <= longest}

    def ids(self) -> set[str]:
        with as_engine_error():
            query = self.index.search().to_dict()
            return {
                hit["_id"] for hit in scan(self.index.writer, query, index=self.index.name, size=5000, _source=False)
            }

    # -- Searching ------------------------------------------------------------------

    def search(self, request: Request) -> Results:
        if request.plan.is_empty:
            return Results()
        answer = self._ask(self._search(request))
        facets = {
            name: tuple((bucket.key, bucket.doc_count) for bucket in answer.aggregations[name].found.buckets)
            for name in request.facets
        }
        return Results(answer.hits.total.value, tuple(_hit(each) for each in answer.hits), facets)

    def titles(self, wordings: Sequence[Sequence[Term]], language: str, number: int) -> list[str]:
        searches = [
            self.index.search().query(_completed(terms)).sort("_score", "id").source(["document"])[: 3 * number]
            for terms in wordings
        ]
        found = [
            SearchDocument.from_dict(hit.to_dict()["document"]).title(language)
            for answer in (self._ask_all(searches) if searches else ())
            for hit in answer
        ]
        return list(dict.fromkeys(found))[:number]

    def _search(self, request: Request) -> Search:
        terms = [term for concept in request.plan.concepts for each in concept.alternatives for term in each.terms]
        # Elasticsearch knows for itself how rare a single term is.
        unmeasured = list(dict.fromkeys(term for term in terms if not _is_measured(term)))
        documents, frequencies = self._counts(unmeasured)
        rarities = {
            term: ranking.rarity(documents, number) for term, number in zip(unmeasured, frequencies, strict=True)
        }
        search = self.index.search().query(_weighed(_found(request, rarities), request))
        search = search[request.first : request.first + request.number].source(["document", "handled_at"])
        search = search.extra(track_total_hits=True, track_scores=True)
        search = search.sort(*(("_score", "-day") if request.sort == "relevance" else ("-day", "_score")), "id")
        conditions = _conditions(request)
        search = search.post_filter(_all(conditions.values()))
        for name in request.facets:
            others = _all(condition for other, condition in conditions.items() if other != name)
            search.aggs.bucket(name, "filter", filter=others.to_dict()).bucket(
                "found", "terms", field=name, size=_MOST_VALUES, order=[{"_count": "desc"}, {"_key": "asc"}]
            )
        return search


def _completed(terms: Sequence[Term]) -> Query:
    """Titles that have all of the terms, shorter ones first among equals."""

    def in_title(term: Term) -> Query:
        fields = _FIELDS[term.place if term.place in ("syllables", "initials") else "names"]
        return Q("dis_max", queries=[_in_field(term, field, measured=True) for field in fields])

    return Q("bool", must=[in_title(term) for term in terms], filter=[Q("term", cancelled=False)])


def _hit(each: Any) -> Hit:
    values = each.to_dict()
    best = each.meta.inner_hits.passages.hits if "inner_hits" in each.meta else []
    passage = Passage(best[0].language, best[0].start, best[0].end) if best else None
    return Hit(SearchDocument.from_dict(values["document"]), each.meta.score, passage, values["handled_at"])


# -- A plan as a query --------------------------------------------------------------


def _all(queries: Iterable[Query]) -> Query:
    filters = list(queries)
    return Q("bool", filter=filters) if filters else Q("match_all")


def _any(queries: Iterable[Query]) -> Query:
    return Q("bool", should=list(queries), minimum_should_match=1)


def _constant(query: Query, score: float) -> Query:
    return Q("constant_score", filter=query, boost=score)


def _is_measured(term: Term) -> bool:
    """Whether Elasticsearch scores the term by itself."""
    return term.place in ("text", "names") and len(term.tokens) == 1 and not term.prefix


def _in_field(term: Term, field: str, measured: bool = False) -> Query:
    """The documents with a term in a field; `measured` scores beginnings as if they were one term."""
    text = " ".join(term.tokens)
    if len(term.tokens) > 1 and term.prefix:
        return Q("match_phrase_prefix", **{field: {"query": text, "max_expansions": 1000}})
    if len(term.tokens) > 1:
        return Q("match_phrase", **{field: text})
    if term.prefix:
        return Q(
            "prefix", **{field: {"value": text, **({"rewrite": "top_terms_blended_freqs_1000"} if measured else {})}}
        )
    return Q("term", **{field: text})


def _has(term: Term, fields: Sequence[str] = ()) -> Query:
    """The documents that have a term."""
    return _any(_in_field(term, field) for field in fields or _FIELDS[term.place])


def _found(request: Request, rarities: dict[Term, float]) -> Query:
    """All documents that a plan finds, scored by how well they answer."""
    plan = request.plan
    filters = [_any((Q("range", expires={"gt": request.now.isoformat()}), ~Q("exists", field="expires")))]
    filters += [_has(term) for term in plan.required]
    if plan.concepts:
        shares = _sum(plan.concepts, lambda term, share: [_constant(_has(term), share)] if share else [])
        filters.append(Q("function_score", query=shares, min_score=plan.least_share * _ROUNDING))
        scores = [_sum(plan.concepts, lambda term, share: _scores(term, rarities), weighted=True)]
    else:
        scores = [_constant(Q("match_all"), 1.0)]
    return Q("bool", filter=filters, should=[*scores, _best_passage(plan), *_whole_titles(plan)])


def _sum(concepts: Sequence[Concept], of_term: Any, weighted: bool = False) -> Query:
    """The sum over concepts, of each its best wording's, of that what its terms give."""

    def of_wording(wording: Alternative) -> Query:
        parts = [of_term(term, share) for term, share in zip(wording.terms, wording.shares, strict=True)]
        return Q(
            "bool",
            should=list(chain.from_iterable(parts)) or [Q("match_none")],
            boost=wording.weight if weighted else 1,
        )

    return Q(
        "bool",
        should=[Q("dis_max", queries=[of_wording(each) for each in concept.alternatives]) for concept in concepts],
    )


def _scores(term: Term, rarities: dict[Term, float]) -> list[Query]:
    """What a term in a document counts."""
    if term.place in ("syllables", "initials"):
        return [_constant(_has(term), ranking.SOUND * rarities[term])]
    if term.place == "division":
        return [_constant(_has(term), ranking.DIVISION * rarities[term])]
    in_titles = {"title": ranking.TITLES, "names": ranking.TITLES * ranking.OTHER_NAMES}
    if not _is_measured(term):
        in_text = {
            name: weight * (_SATURATION + 1) / (weight + _SATURATION) if term.place == "text" else 0.0
            for name, weight in _WEIGHTS.items()
        }
        return [
            Q(
                "dis_max",
                queries=[_constant(_in_field(term, name), boost * rarities[term]) for name, boost in boosts.items()],
            )
            for boosts in (in_text, in_titles)
        ]
    token = term.tokens[0]
    fields = [f"{name}^{weight:g}" for name, weight in _WEIGHTS.items()]
    text = [Q("combined_fields", query=token, fields=fields)] if term.place == "text" else []
    titles = [Q("term", **{name: {"value": token, "boost": boost}}) for name, boost in in_titles.items()]
    return [*text, Q("dis_max", queries=titles)]


def _best_passage(plan: Plan) -> Query:
    """What the passage that answers best adds; it comes with the hit."""
    concepts = plan.concepts or tuple(
        Concept((Alternative((term,), (0.0,)),)) for term in plan.required if term.place == "text"
    )
    scores = _sum(
        concepts,
        lambda term, share: [_in_field(term, "passages.body")] if term.place == "text" else [],
        weighted=True,
    )
    return Q(
        "nested",
        path="passages",
        query=Q("bool", must=[scores], boost=ranking.PASSAGE),
        score_mode="max",
        inner_hits={"size": 1, "_source": ["passages.language", "passages.start", "passages.end"]},
    )


def _whole_titles(plan: Plan) -> list[Query]:
    """What it adds that all that was asked stands in the title and names, and that the query is a name."""
    result = [_constant(Q("term", name_keys=plan.name), ranking.SAME_NAME)]
    concepts = []
    for concept in plan.concepts:
        if any(term.place == "division" for wording in concept.alternatives for term in wording.terms):
            continue
        wordings = [
            _all(_has(term, _FIELDS["names"]) for term in wording.terms)
            for wording in concept.alternatives
            if wording.terms and all(term.place in ("text", "names") for term in wording.terms)
        ]
        if not wordings:
            return result
        concepts.append(_any(wordings))
    concepts += [_has(term, _FIELDS["names"]) for term in plan.required if term.place in ("text", "names")]
    return [*result, _constant(_all(concepts), ranking.WHOLE_TITLE)] if concepts else result


def _weighed(found: Query, request: Request) -> Query:
    cancelled = {"filter": Q("term", cancelled=True), "weight": ranking.CANCELLED}
    near = [
        {"filter": Q("term", division=division), "weight": weight}
        for division, weight in zip(request.near, ranking.NEAR, strict=False)
    ]
    weighed = Q("function_score", query=found, functions=[cancelled], boost_mode="multiply")
    if not near:
        return weighed
    return Q("function_score", query=weighed, functions=near, score_mode="max", boost_mode="multiply")


def _conditions(request: Request) -> dict[str, Query]:
    """The conditions of a request by the facet that each is for."""
    conditions = {name: Q("terms", **{name: sorted(wanted)}) for name, wanted in request.filters.items() if wanted}
    if request.centre:
        conditions["centre"] = Q("term", centres=request.centre)
    return conditions
