"""What a customer's file is made of, and whose it is."""

# What one of us is for a customer (L7): A and B role, then the team.
OWNER, BACKUP = "owner", "backup"
REP, PRODUCT_EXPERT, DELIVERY_MANAGER = "rep", "product_expert", "delivery_manager"
PARTS = (OWNER, BACKUP, REP, PRODUCT_EXPERT, DELIVERY_MANAGER)

TIERS = ("A", "B", "C")
SEGMENTS = ("", "vip", "sme")
LONGEST_NAME, LONGEST_REASON = 120, 500


def is_with_owner(owner_id: int | None) -> bool:
    """Whether somebody has the customer; nobody's are in the pool."""
    return owner_id is not None
