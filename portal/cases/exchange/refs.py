"""Names of records that stay the same from one import to the next, and are safe as file names."""

import hashlib
import re
import unicodedata

SAFE = re.compile(r"[a-z0-9]+(?:[._-]+[a-z0-9]+)*")
OTHER = re.compile(r"[^a-z0-9]+")
LONGEST_CASE = 120
LONGEST_TEXT = 140


def ref_of(written: str, longest: int = LONGEST_CASE) -> str:
    """The ref that a person, or the path of a file, means.

    Signs other than a-z and 0-9 become `-`; where that loses something, or the ref would be too
    long, a digest of the whole keeps different names apart. Empty for an empty name.
    """
    written = written.strip()
    if SAFE.fullmatch(written) and len(written) <= longest:
        return written
    folded = unicodedata.normalize("NFKC", written).casefold()
    slug = OTHER.sub("-", folded).strip("-")
    if folded and (not folded.isascii() or len(slug) > longest or not slug):
        digest = hashlib.sha256(unicodedata.normalize("NFC", written).encode()).hexdigest()[:8]
        slug = f"{slug[: longest - 9]}-{digest}".strip("-")
    return slug
