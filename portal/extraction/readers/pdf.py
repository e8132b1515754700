"""PDF files page by page, in the order of the text."""

import logging
from pathlib import Path

from pypdf import PasswordType, PdfReader
from pypdf.errors import FileNotDecryptedError

from portal.extraction.budget import Budget
from portal.extraction.tidy import unwrapped

# More pages than anybody attaches for their words; the limit on signs usually comes first.
MOST_PAGES = 3_000


def read(path: Path, budget: Budget) -> None:
    """A damaged page costs itself, not the others. Raises whatever the damage makes pypdf raise."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with path.open("rb") as file:
        document = PdfReader(file)
        # Protected against changes only: everybody may read it, with the empty password.
        if document.is_encrypted and document.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise FileNotDecryptedError
        damage: Exception | None = None
        for number in range(min(len(document.pages), MOST_PAGES)):
            try:
                words = document.pages[number].extract_text()
            except MemoryError:
                raise
            except Exception as error:
                damage = error
                continue
            budget.take(unwrapped(words) + "\n")
        if damage is not None:
            raise damage
