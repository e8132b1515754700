"""One immutable segment of a Whoosh index as NumPy arrays: postings, lengths, dates, facets."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from heapq import nlargest
from itertools import takewhile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..ranking.heads import Heads
from ..ranking.layout import QUALITY_STEPS, SEPARATOR, unpack_text
from ..ranking.postings import NO_POSTINGS, Ids, Postings, PostingsCache, Weights
from ..ranking.segment import FacetTable, Mask
from ..ranking.units import Unit
from .decoder import decode_postings
from .library import SegmentReader, TermNotFound, VarBytesColumn, W3TermInfo, byte_to_length

LENGTH_OF_BYTE = np.array([byte_to_length(code) for code in range(256)], np.float32)
# A single frequent character begins thousands of pairs. For ranking the commonest ones must do:
# hardly a document holds only others, and reading them all takes three times as long.
_MAX_EXPANSIONS = 300
_ALL = 1 << 20
_MANY_WORDS = 100


class WhooshSegment:
    """Reads one segment; safe for many threads, because every read names its own position."""

    def __init__(self, reader: SegmentReader, cache: PostingsCache, *, stock: bool = False) -> None:
        self.name: str = reader.segment().segment_id()
        self.size: int = reader.doc_count_all()
        self.text_length: int = reader.field_length("text")
        self.reader = reader
        self._terms = reader._terms
        self._cache = cache
        self._stock = stock
        self._stock_lock = threading.Lock()
        self._facets: dict[str, FacetTable] = {}

    # Columns

    def _numbers(self, column: str, dtype: str) -> NDArray[Any]:
        """A numeric column; documents at its end that hold the default are not stored."""
        numbers = np.zeros(self.size, dtype)
        perdoc = self.reader._perdoc
        if perdoc.has_column(column):
            file, start, length = perdoc._get_column_file(column)
            stored = np.frombuffer(file.get(start, length), np.dtype(dtype).newbyteorder(">"))
            numbers[: len(stored)] = stored
        return numbers

    def _strings(self, column: str) -> list[str]:
        reader = self.reader._perdoc.column_reader(column, VarBytesColumn())
        return [value.decode() for value in reader]

    @cached_property
    def lengths(self) -> Weights:
        """Tokens of each document, as coarse as Whoosh stores them."""
        lengths: Weights = LENGTH_OF_BYTE[self._numbers("_text_len", "u1")]
        return lengths

    @cached_property
    def created(self) -> NDArray[np.int64]:
        created: NDArray[np.int64] = self._numbers("created", "i8")
        return created

    @cached_property
    def quality(self) -> Weights:
        return self._numbers("quality", "u1").astype(np.float32) / np.float32(QUALITY_STEPS)

    @cached_property
    def refs(self) -> list[str]:
        return self._strings("key")

    def fingerprints(self) -> list[str]:
        reader = self.reader._perdoc.column_reader("fingerprint", VarBytesColumn())
        return [value.hex() for value in reader]

    @cached_property
    def heads(self) -> Heads:
        return Heads(self._strings("head"))

    @cached_property
    def _folded(self) -> VarBytesColumn.Reader:
        return self.reader._perdoc.column_reader("folded", VarBytesColumn())

    def folded_text(self, doc: int) -> str:
        """The whole searchable text of one document."""
        return unpack_text(self._folded[doc])

    def load(self) -> None:
        """Read all columns that searching needs, which otherwise happens at their first use."""
        for column in ("lengths", "created", "quality", "refs", "heads"):
            getattr(self, column)

    # Terms

    def holders(self, unit: Unit) -> Ids:
        """Exactly the documents that hold a unit."""
        if unit.prefix:
            return self.starting_with(unit.tokens[0], _ALL).ids
        return self.all_of(unit.tokens).ids

    def postings(self, field: str, token: str) -> Postings:
        key = (self.name, field, token)
        found = self._cache.get(key)
        if found is None:
            found = self.read_postings(field, token.encode())
            self._cache.put(key, found)
        return found

    def read_postings(self, field: str, token: bytes, *, stock: bool | None = None) -> Postings:
        """Decode postings from the file, by our decoder or by Whoosh's own (`stock`)."""
        try:
            stock = self._stock if stock is None else stock
            if stock:
                return self._stock_postings(field, token)
            return decode_postings(self._terms.term_info(field, token), self._terms._postfile)
        except TermNotFound:
            return NO_POSTINGS

    def postings_of(self, unit: Unit) -> Postings:
        """Documents that hold a unit."""
        return self.starting_with(unit.tokens[0]) if unit.prefix else self.all_of(unit.tokens)

    def all_of(self, tokens: tuple[str, ...]) -> Postings:
        """Documents with every token; weighted by the least frequent of them in each."""
        if len(tokens) == 1:
            return self.postings("text", tokens[0])
        key = (self.name, "all", *tokens)
        found = self._cache.get(key)
        if found is None:
            parts = sorted((self.postings("text", token) for token in tokens), key=_length)
            ids, weights = parts[0]
            for other in parts[1:]:
                ids, mine, theirs = np.intersect1d(
                    ids, other.ids, assume_unique=True, return_indices=True
                )
                weights = np.minimum(weights[mine], other.weights[theirs])
            found = Postings(ids, weights)
            self._cache.put(key, found)
        return found

    def starting_with(self, prefix: str, most: int = _MAX_EXPANSIONS) -> Postings:
        """Documents with a token that begins with `prefix`, as if all those were one term; only the
        commonest of these tokens are read."""
        key = (self.name, "prefix", prefix, str(most))
        found = self._cache.get(key)
        if found is None:
            weights = np.zeros(self.size, np.float32)
            for token, info in self._commonest(prefix.encode(), most):
                # Not through the cache: these many postings would push out useful ones.
                postings = (
                    self._stock_postings("text", token) if self._stock
                    else decode_postings(info, self._terms._postfile)
                )
                weights[postings.ids] += postings.weights
            ids = np.flatnonzero(weights).astype(np.int32)
            found = Postings(ids, weights[ids])
            self._cache.put(key, found)
        return found

    def _commonest(self, prefix: bytes, most: int) -> list[tuple[bytes, W3TermInfo]]:
        """The tokens that begin with a prefix and that most documents hold."""
        found = takewhile(
            lambda item: item[0][0] == "text" and item[0][1].startswith(prefix),
            self._terms.items_from("text", prefix),
        )
        return nlargest(
            most,
            ((token, info) for (_, token), info in found),
            key=lambda item: item[1].doc_frequency(),
        )

    def tokens_from(self, field: str, prefix: str) -> Iterator[str]:
        """The tokens of a field that begin with a prefix, in order of their code points."""
        start = prefix.encode()
        for name, token in self._terms.terms_from(field, start):
            if name != field or not token.startswith(start):
                return
            yield token.decode()

    def held(self, tokens: Collection[str]) -> Collection[str]:
        """Those of some tokens that may occur here. Typing errors of a word are hundreds of Latin
        words of which hardly one exists: a set of all that do tells them quicker."""
        if len(tokens) < _MANY_WORDS:
            return tokens
        return [
            token for token in tokens
            if token in self._latin_words or not (token.isascii() and token.isalpha())
        ]

    @cached_property
    def _latin_words(self) -> frozenset[str]:
        """Words of Latin letters only; ASCII sorts before all else."""
        words = []
        for name, token in self._terms.terms_from("text", b"a"):
            if name != "text" or token >= b"{":
                break
            if token.isalpha():
                words.append(token.decode())
        return frozenset(words)

    def pairs_of(self, firsts: str, seconds: Collection[str]) -> list[str]:
        """The Han pairs that occur here, made of one of these characters each."""
        return [
            token for first in firsts for token in self.tokens_from("text", first)
            if len(token) == 2 and token[1] in seconds
        ]

    def numbers_of(self, refs: Iterable[str]) -> Ids:
        """Documents with one of these refs. Past the cache: they are asked for once."""
        found = [self.read_postings("ref", ref.encode()).ids for ref in refs]
        return np.concatenate(found) if found else NO_POSTINGS.ids

    def titled(self, key: str) -> Ids:
        return self.postings("title", key).ids

    def facet(self, name: str) -> FacetTable:
        table = self._facets.get(name)
        if table is None:
            prefix = name + SEPARATOR
            tokens = list(self.tokens_from("facet", prefix))
            ids = [self.postings("facet", token).ids for token in tokens]
            sizes = [len(each) for each in ids]
            table = FacetTable(
                values=tuple(token[len(prefix) :] for token in tokens),
                ids=np.concatenate(ids) if ids else NO_POSTINGS.ids,
                codes=np.repeat(np.arange(len(tokens), dtype=np.int32), sizes),
            )
            self._facets[name] = table
        return table

    def mask_of(self, field: str, tokens: Iterable[str]) -> Mask:
        """Which documents hold at least one of the tokens."""
        mask = np.zeros(self.size, np.bool_)
        for token in tokens:
            mask[self.postings(field, token).ids] = True
        return mask

    def _stock_postings(self, field: str, token: bytes) -> Postings:
        # Whoosh's matchers share one file position, hence the lock.
        with self._stock_lock:
            matcher = self.reader.postings(field, token)
            ids, weights = [], []
            while matcher.is_active():
                ids.append(matcher.id())
                weights.append(matcher.weight())
                matcher.next()
        return Postings(np.array(ids, np.int32), np.array(weights, np.float32))


def _length(postings: Postings) -> int:
    return len(postings.ids)
