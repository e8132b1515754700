"""Every statement that the engine sends. `{documents}` and its like stand for the tables of the
generation in use; the tables belong to the engine, not to the portal's models."""

from __future__ import annotations

_PREFIX = "search_index_"
_TABLES = ("documents", "contents", "terms", "removed")


def is_of_the_engine(table: str) -> bool:
    """Whether a table belongs to the engine, so that migrations leave it alone."""
    return table.startswith(_PREFIX)


def table(name: str, generation: int) -> str:
    return f"{_PREFIX}{name}_{generation}"


def of_generation(statement: str, generation: int) -> str:
    """A statement about the tables of one generation."""
    return statement.format_map({name: table(name, generation) for name in _TABLES})


# The marker: one row that says which tables are in use, what wrote them and how new they are.

CREATE_MARKER = """
CREATE TABLE IF NOT EXISTS search_index_marker (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    generation integer NOT NULL,
    format integer NOT NULL,
    analyzer integer NOT NULL,
    version bigint NOT NULL,
    built timestamptz NOT NULL
)"""
READ_MARKER = "SELECT generation, format, analyzer, version, built FROM search_index_marker"
SET_VERSION = "UPDATE search_index_marker SET version = %(version)s"
SWITCH = """
INSERT INTO search_index_marker (generation, format, analyzer, version, built)
VALUES (%(generation)s, %(format)s, %(analyzer)s, %(version)s, clock_timestamp())
ON CONFLICT (only_one) DO UPDATE SET generation = excluded.generation, format = excluded.format,
    analyzer = excluded.analyzer, version = excluded.version, built = excluded.built"""

# Transactions, each begun in one exchange with the server. Settings last as long as they do.
# Without sequential scans: the server cannot know how rare the words of a question are.

_OWN_WAY = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL work_mem = '32MB'"
BEGIN_QUESTION = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_OWN_WAY}; {READ_MARKER}"
BEGIN_WRITING = f"BEGIN; {_OWN_WAY}; SET LOCAL maintenance_work_mem = '128MB'"

# Locks, one pair for each schema. They end with the transaction, also when its process dies.

_WRITING = "(7301, hashtext(current_schema()))"
_REBUILDING = "(7302, hashtext(current_schema()))"
LOCK_TIMEOUT = "SELECT set_config('lock_timeout', %s, true)"
LOCK_WRITING = f"SELECT pg_advisory_xact_lock{_WRITING}"
LOCK_REBUILDING = f"SELECT pg_advisory_xact_lock{_REBUILDING}"
IS_REBUILDING = f"""
SELECT CASE WHEN pg_try_advisory_lock_shared{_REBUILDING}
    THEN NOT pg_advisory_unlock_shared{_REBUILDING} ELSE true END"""

# The tables. What is read row by row stays narrow: token sets and texts lie out of line, counts
# in line. `id` is the version that a document came with, so newer documents have higher ids.

CREATE_TABLES = (
    """
CREATE TABLE {documents} (
    id bigint NOT NULL,
    ref text NOT NULL,
    fingerprint text NOT NULL,
    head text NOT NULL,
    title bigint NOT NULL,
    access text[] NOT NULL,
    facets text[] NOT NULL,
    created bigint NOT NULL,
    quality smallint NOT NULL,
    length integer NOT NULL,
    tokens tsvector NOT NULL
) WITH (toast_tuple_target = 128)""",
    "ALTER TABLE {documents} ALTER tokens SET STORAGE EXTERNAL, ALTER head SET STORAGE MAIN,"
    " ALTER access SET STORAGE MAIN, ALTER facets SET STORAGE MAIN",
    """
CREATE TABLE {contents} (
    id bigint NOT NULL,
    counts bytea NOT NULL,
    text bytea NOT NULL
) WITH (toast_tuple_target = 128)""",
    "ALTER TABLE {contents} ALTER counts SET STORAGE MAIN, ALTER text SET STORAGE EXTERNAL",
    """
CREATE TABLE {terms} (
    token text COLLATE "C" NOT NULL,
    frequency integer NOT NULL
) WITH (fillfactor = 80)""",
    "CREATE TABLE {removed} (version bigint NOT NULL, id bigint NOT NULL)",
)
COPY_DOCUMENTS = (
    "COPY {documents} (id, ref, fingerprint, head, title, access, facets, created, quality,"
    " length, tokens) FROM STDIN"
)
COPY_CONTENTS = "COPY {contents} (id, counts, text) FROM STDIN (FORMAT binary)"
FILL_TERMS = """
INSERT INTO {terms} SELECT token, count(*)
FROM {documents}, unnest(tsvector_to_array(tokens)) AS token GROUP BY token"""
# Filling first and indexing afterwards takes half the time.
CREATE_INDEXES = (
    # Deferred, because a new row is written before the one that it replaces is removed.
    "ALTER TABLE {documents} ADD PRIMARY KEY (id), ADD UNIQUE (ref) DEFERRABLE INITIALLY DEFERRED",
    "CREATE INDEX ON {documents} USING gin (tokens) WITH (fastupdate = off)",
    "ALTER TABLE {contents} ADD PRIMARY KEY (id)",
    "ALTER TABLE {terms} ADD PRIMARY KEY (token)",
    "ALTER TABLE {removed} ADD PRIMARY KEY (version, id)",
    "ANALYZE {documents}, {contents}, {terms}",
)
ENGINE_TABLES = """
SELECT relname, pg_total_relation_size(oid) FROM pg_class
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
    AND starts_with(relname, 'search_index_')"""

# Writing. One statement removes what the new rows replace and keeps the frequencies exact.

REPLACE = """
WITH gone AS (
    DELETE FROM {documents} WHERE ref = ANY(%(refs)s) AND id <= %(before)s RETURNING id, tokens
), noted AS (
    INSERT INTO {removed} SELECT %(version)s, id FROM gone
), emptied AS (
    DELETE FROM {contents} WHERE id IN (SELECT id FROM gone)
), changes AS (
    SELECT unnest(tsvector_to_array(tokens)) AS token, 1 AS change
    FROM {documents} WHERE id > %(before)s
    UNION ALL SELECT unnest(tsvector_to_array(tokens)), -1 FROM gone
)
INSERT INTO {terms} AS present SELECT token, sum(change) FROM changes
GROUP BY token HAVING sum(change) <> 0
ON CONFLICT (token) DO UPDATE SET frequency = present.frequency + excluded.frequency"""
FORGET_TERMS = "DELETE FROM {terms} WHERE frequency <= 0"
FORGET_REMOVED = "DELETE FROM {removed} WHERE version <= %(version)s"

# Reading.

READ_COLUMNS = """
SELECT id, ref, head, title, access, facets, created, quality, length
FROM {documents} WHERE id > %(after)s AND id <= %(last)s ORDER BY id"""
READ_REMOVED = "SELECT id FROM {removed} WHERE version > %(after)s"
READ_FINGERPRINTS = "SELECT ref, fingerprint FROM {documents}"
FREQUENCIES = "SELECT token, frequency FROM {terms} WHERE token = ANY(%s) AND frequency > 0"
TOKENS_FROM = """
SELECT token FROM {terms} WHERE token >= %(prefix)s AND token < %(end)s AND frequency > 0
ORDER BY token LIMIT %(most)s"""
# Ids come as one string of bytes for each query, which costs nothing to take apart.
HOLDERS = """
SELECT (SELECT string_agg(int8send(id), '' ORDER BY id) FROM {documents}
        WHERE tokens @@ query::tsquery)
FROM unnest(%s::text[]) WITH ORDINALITY AS asked(query, number) ORDER BY number"""
COUNTS = "SELECT counts FROM {contents} WHERE id = ANY(%s::bigint[]) ORDER BY id"
TEXTS = "SELECT text FROM {contents} WHERE id = ANY(%s::bigint[]) ORDER BY id"

# Checking.

# Every token of a document is counted in its contents (5 bytes each) and in the frequencies.
AGREES = """
SELECT documents.number = contents.number AND documents.tokens = terms.tokens
    AND documents.tokens * 5 = contents.bytes
FROM (SELECT count(*), coalesce(sum(length(tokens)), 0) FROM {documents}) documents(number, tokens),
    (SELECT count(*), coalesce(sum(length(counts)), 0) FROM {contents}) contents(number, bytes),
    (SELECT coalesce(sum(frequency), 0) FROM {terms}) terms(tokens)"""
TRY_WRITING = "INSERT INTO {removed} VALUES (-1, -1)"
