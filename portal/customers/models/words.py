"""By which words a customer is found in a list, in one narrow table that is read through."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import db


class CustomerWords(db.Model):  # type: ignore[name-defined, misc]
    """Name, other names, contacts and the digits of all phones of a customer, folded as search
    folds them; kept together with the identity keys."""

    __tablename__ = "customer_words"

    customer_id: Mapped[int] = mapped_column(
        ForeignKey("customers.id"), primary_key=True, autoincrement=False
    )
    words: Mapped[str] = mapped_column(Text)
