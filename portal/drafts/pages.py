"""All pages and jobs of this room."""

from portal.drafts import device, upkeep
from portal.drafts.routes import blueprint

__all__ = ["blueprint", "device", "upkeep"]
