"""The embedded engine: SQLite's full-text index in a file of its own, for a group without a search server.

Several processes may read and write at the same time: the file is in WAL mode, a writer waits for the other, a reader
sees what was there when its query began. The index holds the terms that `search.analysis` makes; the texts themselves stand
beside it. A shared item is one document, and a narrow table says which centres adopted it.
"""

import json
import os
import re
import sqlite3
import threading
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from math import log
from pathlib import Path
from typing import Any, NamedTuple

from core.language import CHINESE, ENGLISH
from search import analysis, ranking
from search.documents import CANCELLED, SearchDocument
from search.engines import Alternative, Concept, EngineError, Hit, Passage, Plan, Request, Results, Term
from search.names import name_key
from search.passages import passages

# With the analysis' own version: a file that was made by another one has to be made again.
SCHEMA_VERSION = 1
_STAMP = f"{SCHEMA_VERSION}.{analysis.VERSION}"
# How long a writer waits for another process, in seconds.
_PATIENCE = 20
_BATCH = 500

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    centre TEXT NOT NULL,
    day TEXT NOT NULL,
    expires TEXT NOT NULL,
    cancelled INTEGER NOT NULL,
    text TEXT NOT NULL,
    terms BLOB NOT NULL
);
CREATE TABLE facet (
    document INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (document, name, value)
) WITHOUT ROWID;
CREATE INDEX facet_value ON facet (name, value);
CREATE TABLE adoption (
    document INTEGER NOT NULL, centre TEXT NOT NULL, facts TEXT NOT NULL,
    PRIMARY KEY (document, centre)
) WITHOUT ROWID;
CREATE TABLE name (key TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (key, document)) WITHOUT ROWID;
CREATE INDEX name_document ON name (document);
CREATE TABLE word (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE passage (
    number INTEGER PRIMARY KEY, document INTEGER NOT NULL, language TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL
);
CREATE INDEX passage_document ON passage (document);
CREATE VIRTUAL TABLE terms USING fts5(title, names, body, content='', prefix='1', tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE titles USING fts5(title, names, content='', prefix='1', tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE sounds USING fts5(syllables, initials, content='', tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE passage_terms USING fts5(body, content='', prefix='1', tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(terms, 'row');
CREATE VIRTUAL TABLE title_vocabulary USING fts5vocab(titles, 'row');
CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab(passage_terms, 'row');
"""

_TABLES = re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", _SCHEMA)[::-1]

_VOCABULARIES = {"terms": "vocabulary", "titles": "title_vocabulary", "passage_terms": "passage_vocabulary"}

# What a query works in; of its connection alone.
_TEMPORARY = """
PRAGMA temp_store=MEMORY;
CREATE TEMP TABLE found (number INTEGER PRIMARY KEY, score REAL NOT NULL, passage INTEGER);
"""


class _Stored(NamedTuple):
    """The terms of a document as they were put in: what the index needs to take them out again."""

    title: str
    names: str
    passages: list[str]
    syllables: str
    initials: str

    def pack(self) -> bytes:
        return zlib.compress(json.dumps(self, ensure_ascii=False).encode())

    @classmethod
    def unpack(cls, packed: bytes) -> "_Stored":
        return cls(*json.loads(zlib.decompress(packed)))

    @property
    def body(self) -> str:
        return " ".join(self.passages)


class EmbeddedEngine:
    """`search.engines.Engine` over one file; each thread of each process has a connection of its own."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._local = threading.local()

    # -- The file -------------------------------------------------------------------

    def _connection(self) -> sqlite3.Connection:
        # A connection must not be carried over a fork.
        if getattr(self._local, "process", None) != os.getpid():
            self._local.connection = self._open()
            self._local.process = os.getpid()
        return self._local.connection

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;")
        # Looked at before the lock is taken: while another process rebuilds, this one reads.
        if not _is_made(connection):
            with _writing(connection):
                if not _is_made(connection):
                    self._make(connection)
        connection.executescript(_TEMPORARY)
        return connection

    def _make(self, connection: sqlite3.Connection) -> None:
        for statement in _SCHEMA.split(";\n"):
            connection.execute(statement)
        connection.execute("INSERT INTO meta VALUES ('version', ?), ('documents', '0'), ('passages', '0')", [_STAMP])

    def _checked(self) -> sqlite3.Connection:
        connection = self._connection()
        version = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()[0]
        if version != _STAMP:
            raise EngineError(f"The index {self.path} was made by version {version}, not {_STAMP}: rebuild it.")
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        if getattr(self._local, "process", None) == os.getpid():
            self._local.connection.close()
            self._local.process = None

    # -- Writing --------------------------------------------------------------------

    def add(self, documents: Iterable[SearchDocument]) -> None:
        connection = self._checked()
        with _writing(connection):
            self._put(connection, documents)

    def delete(self, ids: Iterable[str]) -> None:
        connection = self._checked()
        with _writing(connection):
            for id in ids:
                self._take_out(connection, id)
            self._count(connection)

    def rebuild(self, documents: Iterable[SearchDocument]) -> None:
        connection = self._connection()
        with _writing(connection):
            for table in _TABLES:
                connection.execute(f"DROP TABLE IF EXISTS {table}")
            self._make(connection)
            self._put(connection, documents)

    def _put(self, connection: sqlite3.Connection, documents: Iterable[SearchDocument]) -> None:
        for document in documents:
            self._take_out(connection, document.id)
            self._put_one(connection, document)
        self._count(connection)

    def _put_one(self, connection: sqlite3.Connection, document: SearchDocument) -> None:
        places = [
            (language, start, end)
            for language, body in ((CHINESE, document.body_zh), (ENGLISH, document.body_en))
            for start, end in passages(body)
        ]
        bodies = {CHINESE: document.body_zh, ENGLISH: document.body_en}
        titles = f"{document.title_zh}\n{document.title_en}"
        names = "\n".join((*document.names_zh, *document.names_en, *document.codes, document.document_number))
        stored = _Stored(
            analysis.terms(titles),
            analysis.terms(names),
            [analysis.terms(bodies[language][start:end]) for language, start, end in places],
            analysis.sounds("\n".join((document.title_zh, *document.names_zh))),
            analysis.initials("\n".join((document.title_zh, *document.names_zh))),
        )
        day = document.published or document.changed
        number = connection.execute(
            "INSERT INTO document (id, centre, day, expires, cancelled, text, terms) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                document.id,
                document.centre,
                day.isoformat() if day else "",
                document.expires.isoformat() if document.expires else "",
                document.state == CANCELLED,
                json.dumps(document.as_dict(), ensure_ascii=False),
                stored.pack(),
            ],
        ).lastrowid
        connection.execute(
            "INSERT INTO terms (rowid, title, names, body) VALUES (?, ?, ?, ?)",
            [number, stored.title, stored.names, stored.body],
        )
        connection.execute(
            "INSERT INTO titles (rowid, title, names) VALUES (?, ?, ?)", [number, stored.title, stored.names]
        )
        connection.execute(
            "INSERT INTO sounds (rowid, syllables, initials) VALUES (?, ?, ?)",
            [number, stored.syllables, stored.initials],
        )
        for (language, start, end), passage in zip(places, stored.passages, strict=True):
            place = connection.execute(
                'INSERT INTO passage (document, language, start, "end") VALUES (?, ?, ?, ?)',
                [number, language, start, end],
            ).lastrowid
            connection.execute("INSERT INTO passage_terms (rowid, body) VALUES (?, ?)", [place, passage])
        connection.executemany(
            "INSERT INTO facet VALUES (?, ?, ?)", [(number, name, value) for name, value in document.facets()]
        )
        connection.executemany(
            "INSERT INTO adoption VALUES (?, ?, ?)",
            [
                (number, each.centre, json.dumps(each.facts or {}, ensure_ascii=False, sort_keys=True))
                for each in document.adoptions
            ],
        )
        keys = {
            key
            for name in (document.title_zh, document.title_en, *document.names_zh, *document.names_en)
            if (key := name_key(name))
        }
        connection.executemany("INSERT INTO name VALUES (?, ?)", [(key, number) for key in keys])
        words = analysis.english_words(" ".join((titles, names, document.body_zh, document.body_en)))
        connection.executemany("INSERT OR IGNORE INTO word VALUES (?)", [(word,) for word in words])

    def _take_out(self, connection: sqlite3.Connection, id: str) -> None:
        row = connection.execute("SELECT number, terms FROM document WHERE id = ?", [id]).fetchone()
        if row is None:
            return
        number, stored = row[0], _Stored.unpack(row[1])
        connection.execute(
            "INSERT INTO terms (terms, rowid, title, names, body) VALUES ('delete', ?, ?, ?, ?)",
            [number, stored.title, stored.names, stored.body],
        )
        connection.execute(
            "INSERT INTO titles (titles, rowid, title, names) VALUES ('delete', ?, ?, ?)",
            [number, stored.title, stored.names],
        )
        connection.execute(
            "INSERT INTO sounds (sounds, rowid, syllables, initials) VALUES ('delete', ?, ?, ?)",
            [number, stored.syllables, stored.initials],
        )
        places = connection.execute(
            "SELECT number FROM passage WHERE document = ? ORDER BY number", [number]
        ).fetchall()
        for (place,), passage in zip(places, stored.passages, strict=True):
            connection.execute(
                "INSERT INTO passage_terms (passage_terms, rowid, body) VALUES ('delete', ?, ?)", [place, passage]
            )
        for table, column in (
            ("passage", "document"),
            ("facet", "document"),
            ("adoption", "document"),
            ("name", "document"),
            ("document", "number"),
        ):
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", [number])

    def _count(self, connection: sqlite3.Connection) -> None:
        for key, table in (("documents", "document"), ("passages", "passage")):
            connection.execute(
                f"INSERT INTO meta SELECT ?, COUNT(*) FROM {table} WHERE true "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [key],
            )

    # -- Statistics -----------------------------------------------------------------

    def size(self) -> int:
        return _sizes(self._checked())[0]

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        connection = self._checked()
        return [_frequency(connection, term) for term in terms]

    def words(self, beginnings: Collection[str], shortest: int, longest: int) -> set[str]:
        connection = self._checked()
        return {
            word
            for beginning in beginnings
            for (word,) in connection.execute(
                "SELECT word FROM word WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?",
                [beginning, f"{beginning}\U0010ffff", shortest, longest],
            )
        }

    def ids(self) -> set[str]:
        return {id for (id,) in self._checked().execute("SELECT id FROM document")}

    # -- Searching ------------------------------------------------------------------

    def search(self, request: Request) -> Results:
        if request.plan.is_empty:
            return Results()
        connection = self._checked()
        # What is found and what is then told of it are of one moment.
        connection.execute("BEGIN")
        try:
            connection.execute("DELETE FROM temp.found")
            _find(connection, request)
            return _page(connection, request)
        finally:
            connection.execute("ROLLBACK")

    def titles(self, wordings: Sequence[Sequence[Term]], language: str, number: int) -> list[str]:
        connection = self._checked()
        found: dict[str, None] = {}
        for terms in wordings:
            table = _match(terms[0])[0]
            matches = [_quoted(term) for term in terms]
            if table == "sounds":
                matches = [_match(term)[1] for term in terms]
            else:
                table = "titles"
            rows = connection.execute(
                f"SELECT d.text FROM (SELECT rowid AS number, bm25({table}) AS score FROM {table} WHERE {table} MATCH ? "
                "ORDER BY rank LIMIT ?) s JOIN document d ON d.number = s.number WHERE NOT d.cancelled ORDER BY s.score, d.id",
                [" AND ".join(matches), 3 * number],
            )
            for (text,) in rows:
                found[SearchDocument.from_dict(json.loads(text)).title(language)] = None
        return list(found)[:number]


def _is_made(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone() is not None


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


# -- A plan as SQL ------------------------------------------------------------------


def _quoted(term: Term) -> str:
    """A term in the language of FTS5; the analysis leaves letters and digits only."""
    phrase = '"' + " ".join(term.tokens) + '"'
    return f"{phrase} *" if term.prefix else phrase


def _match(term: Term) -> tuple[str, str]:
    """The table in which a term is looked up, and how."""
    if term.place in ("syllables", "initials"):
        return "sounds", f"{term.place} : {_quoted(term)}"
    if term.place == "names":
        return "titles", _quoted(term)
    if term.place == "division":
        return "facet", term.tokens[0]
    return "terms", _quoted(term)


def _frequency(connection: sqlite3.Connection, term: Term, table: str = "") -> int:
    """In how many rows a term stands, of the table where it is looked up or of another."""
    place, match = _match(term)
    vocabulary = _VOCABULARIES.get(table or place)
    if vocabulary and len(term.tokens) == 1 and not term.prefix:
        row = connection.execute(f"SELECT doc FROM {vocabulary} WHERE term = ?", [term.tokens[0]]).fetchone()
        return row[0] if row else 0
    if place == "facet":
        return connection.execute(f"SELECT COUNT(*) FROM ({_IN_DIVISION})", [match]).fetchone()[0]
    table = table or place
    return connection.execute(f"SELECT COUNT(*) FROM {table} WHERE {table} MATCH ?", [match]).fetchone()[0]


def _sizes(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many documents and passages there are."""
    values = dict(connection.execute("SELECT key, value FROM meta WHERE key IN ('documents', 'passages')"))
    return int(values.get("documents", 0)), int(values.get("passages", 0))


class _LookUp(NamedTuple):
    """One look for a term: its rows as SQL, what is asked of them, what makes Lucene's score of theirs, the term's share."""

    rows: str
    asked: str
    factor: float
    share: float


# The number of each document (or passage) that has a term, and its score.
_IN_DOCUMENTS = (
    f"SELECT rowid AS number, -bm25(terms, {ranking.TITLE}, {ranking.NAMES}, {ranking.BODY}) AS score "
    "FROM terms WHERE terms MATCH ?"
)
_IN_TITLES = (
    f"SELECT rowid AS number, -bm25(titles, 1, {ranking.OTHER_NAMES}) AS score FROM titles WHERE titles MATCH ?"
)
_IN_PASSAGES = "SELECT rowid AS number, -bm25(passage_terms) AS score FROM passage_terms WHERE passage_terms MATCH ?"
_IN_SOUNDS = "SELECT rowid AS number, 1 AS score FROM sounds WHERE sounds MATCH ?"
_IN_DIVISION = "SELECT document AS number, 1 AS score FROM facet WHERE name = 'division' AND value = ?"


def _factor(rows: int, frequency: int, all_rows: int, all_frequency: int) -> float:
    """What puts Lucene's measure of a rare term in place of FTS5's, which is nought for one that is in half of all rows.

    A term is as rare in titles as it is in whole documents.
    """
    measure = log((rows - frequency + 0.5) / (frequency + 0.5))
    return ranking.rarity(all_rows, all_frequency) / max(measure, 1e-6)


def _look_ups(connection: sqlite3.Connection, term: Term, share: float, in_passages: bool) -> Iterator[_LookUp]:
    documents, passages = _sizes(connection)
    table, asked = _match(term)
    frequency = _frequency(connection, term)
    if not frequency:
        return
    if in_passages:
        in_these = _frequency(connection, term, "passage_terms") if table == "terms" else 0
        if in_these:
            yield _LookUp(_IN_PASSAGES, asked, _factor(passages, in_these, passages, in_these), share)
        return
    if table in ("sounds", "facet"):
        rows, weight = (_IN_SOUNDS, ranking.SOUND) if table == "sounds" else (_IN_DIVISION, ranking.DIVISION)
        yield _LookUp(rows, asked, weight * ranking.rarity(documents, frequency), share)
        return
    if table == "terms":
        yield _LookUp(_IN_DOCUMENTS, asked, _factor(documents, frequency, documents, frequency), share)
    in_titles = _frequency(connection, term, "titles")
    if in_titles:
        factor = ranking.TITLES * _factor(documents, in_titles, documents, frequency)
        yield _LookUp(_IN_TITLES, asked, factor, share if table == "titles" else 0.0)


def _hits(connection: sqlite3.Connection, concepts: Sequence[Concept], in_passages: bool) -> tuple[str, list[Any]]:
    """A query of (number, concept, wording, score, share) for each term that each row has."""
    parts, values = [], []
    for concept_number, concept in enumerate(concepts):
        for wording_number, wording in enumerate(concept.alternatives):
            for term, share in zip(wording.terms, wording.shares, strict=True):
                for look_up in _look_ups(connection, term, share, in_passages):
                    parts.append(
                        f"SELECT number, {concept_number} AS concept, {wording_number} AS wording, "
                        f"score * ? AS score, ? AS share FROM ({look_up.rows})"
                    )
                    values += [look_up.factor * wording.weight, look_up.share, look_up.asked]
    return " UNION ALL ".join(parts), values


def _scores(connection: sqlite3.Connection, concepts: Sequence[Concept], in_passages: bool) -> tuple[str, list[Any]]:
    """A query of (number, score, share): of each concept its best wording counts."""
    hits, values = _hits(connection, concepts, in_passages)
    if not hits:
        return "SELECT NULL AS number, 0 AS score, 0 AS share WHERE false", []
    # Materialised, because bm25 can't be computed within an aggregate.
    source = "hits"
    if any(len(concept.alternatives) > 1 for concept in concepts):
        source = (
            "(SELECT number, MAX(score) AS score, MAX(share) AS share FROM ("
            "SELECT number, concept, SUM(score) AS score, SUM(share) AS share FROM hits "
            "GROUP BY number, concept, wording) GROUP BY number, concept)"
        )
    query = f"WITH hits AS MATERIALIZED ({hits}) SELECT number, SUM(score) AS score, SUM(share) AS share FROM {source} GROUP BY number"
    return query, values


def _whole_title(plan: Plan) -> str | None:
    """Titles and names that hold all that was asked, in the language of FTS5; None where sounds were asked."""
    concepts = []
    for concept in plan.concepts:
        if any(term.place == "division" for wording in concept.alternatives for term in wording.terms):
            continue
        wordings = [
            "(" + " AND ".join(_quoted(term) for term in wording.terms) + ")"
            for wording in concept.alternatives
            if wording.terms and all(term.place in ("text", "names") for term in wording.terms)
        ]
        if not wordings:
            return None
        concepts.append("(" + " OR ".join(wordings) + ")")
    concepts += [_quoted(term) for term in plan.required if term.place in ("text", "names")]
    return " AND ".join(concepts) or None


def _find(connection: sqlite3.Connection, request: Request) -> None:
    """Fill `found` with all documents that a plan finds, and their scores."""
    plan = request.plan
    scores, values = _scores(connection, plan.concepts, in_passages=False)
    conditions = ["(d.expires = '' OR d.expires > ?)"]
    condition_values: list[Any] = [request.now.isoformat()]
    if plan.concepts:
        source = f"({scores}) s JOIN document d ON d.number = s.number"
        conditions.append("s.share >= ?")
        condition_values.append(plan.least_share)
        score = "s.score"
    else:
        source, values, score = "document d", [], "1.0"
    for term in plan.required:
        table, match = _match(term)
        conditions.append(f"d.number IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)")
        condition_values.append(match)
    connection.execute(
        f"INSERT INTO temp.found (number, score) SELECT d.number, {score} FROM {source} WHERE {' AND '.join(conditions)}",
        [*values, *condition_values],
    )
    _add_passages(connection, plan)
    _add_titles(connection, plan)
    _weigh(connection, request)


def _add_passages(connection: sqlite3.Connection, plan: Plan) -> None:
    concepts = plan.concepts or tuple(
        Concept((Alternative((term,), (0.0,)),)) for term in plan.required if term.place == "text"
    )
    scores, values = _scores(connection, concepts, in_passages=True)
    # With MAX, SQLite takes the other columns from the row that has it.
    connection.execute(
        "UPDATE temp.found SET score = found.score + ? * best.score, passage = best.passage FROM ("
        "SELECT p.document AS document, p.number AS passage, MAX(s.score) AS score "
        f"FROM ({scores}) s JOIN passage p ON p.number = s.number GROUP BY p.document"
        ") best WHERE best.document = found.number",
        [ranking.PASSAGE, *values],
    )


def _add_titles(connection: sqlite3.Connection, plan: Plan) -> None:
    if match := _whole_title(plan):
        connection.execute(
            "UPDATE temp.found SET score = score + ? WHERE number IN (SELECT rowid FROM titles WHERE titles MATCH ?)",
            [ranking.WHOLE_TITLE, match],
        )
    connection.execute(
        "UPDATE temp.found SET score = score + ? WHERE number IN (SELECT document FROM name WHERE key = ?)",
        [ranking.SAME_NAME, plan.name],
    )


def _weigh(connection: sqlite3.Connection, request: Request) -> None:
    connection.execute(
        "UPDATE temp.found SET score = score * ? WHERE number IN (SELECT number FROM document WHERE cancelled)",
        [ranking.CANCELLED],
    )
    near = list(zip(request.near, ranking.NEAR, strict=False))
    if near:
        cases = " ".join("WHEN f.value = ? THEN ?" for _ in near)
        connection.execute(
            f"UPDATE temp.found SET score = score * near.factor FROM (SELECT f.document AS document, MAX(CASE {cases} END) AS factor "
            f"FROM temp.found t JOIN facet f ON f.document = t.number AND f.name = 'division' AND f.value IN ({_marks(near)}) "
            "GROUP BY f.document) near WHERE near.document = found.number",
            [*chain.from_iterable(near), *(division for division, _ in near)],
        )


def _marks(values: Collection[Any]) -> str:
    return ", ".join("?" for _ in values)


def _filter_conditions(request: Request, but: str = "") -> tuple[str, list[Any]]:
    """The conditions of a request on `found t`, without those of one facet."""
    conditions, values = ["true"], []
    for name, wanted in request.filters.items():
        if name != but and wanted:
            conditions.append(
                "EXISTS (SELECT 1 FROM facet x WHERE x.document = t.number AND x.name = ? "
                f"AND x.value IN ({_marks(wanted)}))"
            )
            values += [name, *wanted]
    if request.centre:
        conditions.append(
            "(EXISTS (SELECT 1 FROM adoption a WHERE a.document = t.number AND a.centre = ?) "
            "OR EXISTS (SELECT 1 FROM document o WHERE o.number = t.number AND o.centre = ?))"
        )
        values += [request.centre, request.centre]
    return " AND ".join(conditions), values


def _page(connection: sqlite3.Connection, request: Request) -> Results:
    where, values = _filter_conditions(request)
    total = connection.execute(f"SELECT COUNT(*) FROM temp.found t WHERE {where}", values).fetchone()[0]
    order = "t.score DESC, d.day DESC" if request.sort == "relevance" else "d.day DESC, t.score DESC"
    rows = connection.execute(
        'SELECT d.text, t.score, p.language, p.start, p."end", '
        "(SELECT COUNT(*) FROM adoption a WHERE a.document = d.number) "
        "FROM temp.found t JOIN document d ON d.number = t.number LEFT JOIN passage p ON p.number = t.passage "
        f"WHERE {where} ORDER BY {order}, d.id LIMIT ? OFFSET ?",
        [*values, request.number, request.first],
    ).fetchall()
    hits = tuple(
        Hit(
            SearchDocument.from_dict(json.loads(text)),
            score,
            Passage(language, start, end) if language else None,
            handled_at,
        )
        for text, score, language, start, end, handled_at in rows
    )
    return Results(total, hits, {name: _facet(connection, request, name) for name in request.facets})


def _facet(connection: sqlite3.Connection, request: Request, name: str) -> tuple[tuple[str, int], ...]:
    where, values = _filter_conditions(request, but=name)
    return tuple(
        connection.execute(
            "SELECT f.value, COUNT(*) FROM temp.found t CROSS JOIN facet f ON f.document = t.number AND f.name = ? "
            f"WHERE {where} GROUP BY f.value ORDER BY COUNT(*) DESC, f.value",
            [name, *values],
        )
    )
