"""What happens with customers, told to the other rooms."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True)
class CustomerRecorded(Event):
    """A new customer stands in the portal."""

    customer_id: int
    actor_id: int | None


@dataclass(frozen=True)
class CustomerCorrected(Event):
    """Facts were changed or filled in; `fields` are their names, separated by commas."""

    customer_id: int
    actor_id: int | None
    fields: str


@dataclass(frozen=True)
class CustomerGiven(Event):
    """Another owner has it; None: the pool."""

    customer_id: int
    actor_id: int | None
    from_id: int | None
    to_id: int | None


@dataclass(frozen=True)
class CustomersHeld(Event):
    """Nobody else may change these until the transaction ends; what hangs on them is held before
    they are."""

    customer_ids: tuple[int, ...]


@dataclass(frozen=True)
class CustomersHandedOver(Event):
    """Somebody gave these to a person, with the open deals of whoever had them."""

    customer_ids: tuple[int, ...]
    to_id: int
    actor_id: int


@dataclass(frozen=True)
class CustomerVoided(Event):
    """It counts no more; its keys are free."""

    customer_id: int
    actor_id: int | None


@dataclass(frozen=True)
class CustomerRestored(Event):
    """It counts again."""

    customer_id: int
    actor_id: int | None


@dataclass(frozen=True)
class PersonJoined(Event):
    """One of us works for the customer now, as `part`."""

    customer_id: int
    person_id: int
    part: str
    actor_id: int | None


@dataclass(frozen=True)
class PersonLeft(Event):
    """One of us no longer works for the customer as `part`."""

    customer_id: int
    person_id: int
    part: str
    actor_id: int | None


@dataclass(frozen=True)
class ContactRecorded(Event):
    """A person at the customer is known."""

    contact_id: int
    customer_id: int
    actor_id: int | None


@dataclass(frozen=True)
class ContactCorrected(Event):
    """More or other things are known of a person at the customer."""

    contact_id: int
    customer_id: int
    actor_id: int | None


@dataclass(frozen=True)
class ContactVoided(Event):
    """The person is no longer there, or never was."""

    contact_id: int
    customer_id: int
    actor_id: int | None
