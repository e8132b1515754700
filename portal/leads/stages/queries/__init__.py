"""Reads of the stage map and of what leads answered."""

from portal.leads.stages.queries.answers import Answered, answered_of
from portal.leads.stages.queries.stage_map import forget, stage_map, versions_of

__all__ = ["Answered", "answered_of", "forget", "stage_map", "versions_of"]
