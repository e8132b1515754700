"""All pages of this room."""

from portal.drafts import device
from portal.drafts.routes import blueprint

__all__ = ["blueprint", "device"]
