"""Reads the records of all sources as documents, and keeps count of them."""

import logging
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy.exc import DBAPIError

from portal.extensions import db
from portal.search.document import Document
from portal.search.sources import Source, by_source, installed

log = logging.getLogger(__name__)
BATCH = 500


def documents(refs: Collection[str]) -> Iterator[Document]:
    """What is to be indexed of these records; those that are gone are left out."""
    for source, ids in by_source(refs).items():
        yield from source.documents(ids)


def everything() -> Iterator[Document]:
    """All records, in the memory of one batch."""
    for source in installed():
        ids = sorted(source.all_ids())
        for start in range(0, len(ids), BATCH):
            yield from _described(source, ids[start : start + BATCH])
            db.session.expire_all()
            db.session.expunge_all()


def refs() -> frozenset[str]:
    """Every record that the index should hold."""
    return frozenset(f"{source.prefix}:{each}" for source in installed()
                     for each in source.all_ids())


def total() -> int:
    """How many records the index should hold."""
    return len(refs())


def _described(source: Source, ids: Sequence[int]) -> list[Document]:
    """One record that cannot be described must not keep all others from being found."""
    try:
        return list(source.documents(ids))
    except DBAPIError:
        raise
    except Exception:
        if len(ids) == 1:
            log.exception("%s:%s cannot be described for the index", source.prefix, ids[0])
            return []
        middle = len(ids) // 2
        return _described(source, ids[:middle]) + _described(source, ids[middle:])
