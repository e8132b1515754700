"""Other search engines: the plain ways to search Chinese that ours is measured beside.

All but the tutorial's get the portal's own tokens, so that what differs is the engine.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from chains import LIMIT, Missing, Place, size_of

from portal.search.analyzer import analyze
from portal.search.document import Document


def tokens_of(document: Document) -> list[str]:
    return analyze(f"{document.title}\n{document.body}")


def asked(text: str) -> list[str]:
    return list(dict.fromkeys(analyze(text)))


class Fts5:
    """SQLite's full text search: any of the tokens, its own BM25, nothing stored but the index."""

    name = "SQLite FTS5"
    # Everything that may stand inside a Latin word; the apostrophe cannot be named in here.
    _TOKENIZER = "unicode61 remove_diacritics 0 tokenchars ''-_./&@+#''"

    def __init__(self, place: Place) -> None:
        self._folder = place.folder("fts5")
        self._open()

    def _open(self) -> None:
        self._database = sqlite3.connect(self._folder / "index.sqlite3", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")

    def build(self, documents: Iterable[Document]) -> None:
        run = self._database.execute
        run("CREATE TABLE refs (id INTEGER PRIMARY KEY, ref TEXT)")
        run("CREATE VIRTUAL TABLE texts USING fts5"
            f"(tokens, content='', tokenize='{self._TOKENIZER}')")
        run("BEGIN")
        for document in documents:
            self._add(document)
        run("COMMIT")
        run("PRAGMA wal_checkpoint(TRUNCATE)")

    def _add(self, document: Document) -> None:
        row = self._database.execute("INSERT INTO refs (ref) VALUES (?)", (document.ref,))
        text = " ".join(tokens_of(document)).replace("'", "_")
        self._database.execute("INSERT INTO texts (rowid, tokens) VALUES (?, ?)",
                               (row.lastrowid, text))

    def open(self) -> None:
        """Opened already."""

    def search(self, text: str) -> list[str]:
        wanted = " OR ".join(f'"{token}"' for token in asked(text)).replace("'", "_")
        if not wanted:
            return []
        rows = self._database.execute(
            "SELECT (SELECT ref FROM refs WHERE id = texts.rowid) FROM texts "
            f"WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT {LIMIT}", (wanted,))
        return [ref for (ref,) in rows]

    def save(self, document: Document) -> None:
        self._database.execute("BEGIN")
        self._add(document)
        self._database.execute("COMMIT")

    def size_bytes(self) -> int:
        return size_of(self._folder)


class Tantivy:
    """Tantivy (Rust): any of the tokens, BM25, nothing stored but the references."""

    name = "tantivy"

    def __init__(self, place: Place) -> None:
        try:
            import tantivy
        except ModuleNotFoundError:
            raise Missing("tantivy is not installed (tools/set-up bench)") from None
        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("ref", stored=True, tokenizer_name="raw")
        builder.add_text_field("tokens", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._folder = place.folder("tantivy")
        self._index = tantivy.Index(self._schema, path=str(self._folder), reuse=True)
        self._writer: Any = None

    def _add(self, document: Document) -> None:
        self._writer = self._writer or self._index.writer(num_threads=1)
        self._writer.add_document(self._tantivy.Document(
            ref=document.ref, tokens=" ".join(tokens_of(document))))

    def build(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self._add(document)
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._writer = None
        self.open()

    def open(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, text: str) -> list[str]:
        query = self._tantivy.Query
        wanted = query.boolean_query([
            (self._tantivy.Occur.Should, query.term_query(self._schema, "tokens", token, "freq"))
            for token in asked(text)
        ])
        hits = self._searcher.search(wanted, LIMIT, count=False).hits
        return [self._searcher.doc(address)["ref"][0] for _, address in hits]

    def save(self, document: Document) -> None:
        self._add(document)
        self._writer.commit()
        self.open()

    def size_bytes(self) -> int:
        return size_of(self._folder)


class StockWhoosh:
    """Whoosh as it comes: any of the tokens, BM25F, its own searcher."""

    name = "Whoosh as it comes, OR"

    def __init__(self, place: Place) -> None:
        from whoosh import fields
        from whoosh.analysis import SpaceSeparatedTokenizer

        tokens = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False)
        self._create(place, fields.Schema(ref=fields.ID(stored=True), tokens=tokens))

    def _create(self, place: Place, schema: Any) -> None:
        from whoosh import index

        self._index = index.create_in(place.folder(self.name), schema)

    def build(self, documents: Iterable[Document]) -> None:
        writer = self._index.writer(limitmb=256)
        for document in documents:
            writer.add_document(**self._fields(document))
        writer.commit()
        self._searcher = self._index.searcher()

    def _fields(self, document: Document) -> dict[str, str]:
        return {"ref": document.ref, "tokens": " ".join(tokens_of(document))}

    def search(self, text: str) -> list[str]:
        return [hit["ref"] for hit in self._searcher.search(self._query(text), limit=LIMIT)]

    def _query(self, text: str) -> Any:
        from whoosh.query import Or, Term

        return Or([Term("tokens", token) for token in asked(text)])


class TutorialWhoosh(StockWhoosh):
    """Whoosh as tutorials show it: two TEXT fields, QueryParser, all words wanted."""

    name = "Whoosh's tutorial, AND"

    def __init__(self, place: Place) -> None:
        from whoosh import fields

        self._create(place, fields.Schema(
            ref=fields.ID(stored=True), title=fields.TEXT(stored=True), content=fields.TEXT))

    def _fields(self, document: Document) -> dict[str, str]:
        return {"ref": document.ref, "title": document.title, "content": document.body}

    def _query(self, text: str) -> Any:
        from whoosh.qparser import MultifieldParser

        return MultifieldParser(["title", "content"], self._index.schema).parse(text)


class PostgresRank:
    """PostgreSQL as it comes: any of the tokens in a tsvector, ranked by ts_rank (no rarity)."""

    name = "PostgreSQL ts_rank"

    def __init__(self, place: Place) -> None:
        import psycopg

        address = place.postgres().replace("+psycopg", "")
        self._run = psycopg.connect(address, autocommit=True).execute

    def build(self, documents: Iterable[Document]) -> None:
        self._run("CREATE TABLE texts (ref text, tokens tsvector)")
        for document in documents:
            # A position each, as to_tsvector would give them, without its own ideas of a word.
            text = " ".join(_placed(tokens_of(document)))
            self._run("INSERT INTO texts VALUES (%s, %s::tsvector)", (document.ref, text))
        self._run("CREATE INDEX ON texts USING gin (tokens)")
        self._run("ANALYZE texts")

    def search(self, text: str) -> list[str]:
        wanted = " | ".join(map(_quoted, asked(text)))
        rows = self._run(
            "SELECT ref FROM texts, (SELECT %s::tsquery AS wanted) AS asked WHERE tokens @@ wanted "
            f"ORDER BY ts_rank(tokens, wanted, 1) DESC, ref LIMIT {LIMIT}", (wanted,))
        return [ref for (ref,) in rows]


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _placed(tokens: list[str]) -> Iterator[str]:
    for place, token in enumerate(tokens, 1):
        yield f"{_quoted(token)}:{min(place, 16383)}"
