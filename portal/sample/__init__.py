"""The sample department: people, teams and half a year of cases to try the portal with."""

from portal.sample.make import is_there, make
from portal.sample.passwords import logins
from portal.sample.remove import Removed, remove, was_removed

__all__ = ["Removed", "is_there", "logins", "make", "remove", "was_removed"]
