"""Who may do what: each room declares its own rows and the predicates they name.

`of_row` permissions are asked about a record; `sees` names the permission whose refusal answers
404 instead of 403. Everything that is not declared here is denied. The whole answer on one page:
`python -m portal.policy`.
"""

from portal.core.access import Policy
from portal.policy import (
    care,
    claims,
    customers,
    house,
    leads,
    library,
    loop,
    money,
    pool,
    stages,
    trust,
    visits,
)

ROOMS = (
    house, library, trust, customers, leads, stages, pool, claims, loop, money, care, visits,
)
POLICY: Policy = {name: row for room in ROOMS for name, row in room.POLICY.items()}
