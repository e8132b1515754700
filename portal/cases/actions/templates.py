"""What administrators do with the templates of cases."""

from datetime import datetime

from portal.cases.models import CaseTemplate
from portal.cases.rules import LONGEST_BODY
from portal.core import audit
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block
from portal.extensions import db


def change_template(
    actor_id: int, template: CaseTemplate, body: str, now: datetime
) -> bool:
    """What the form of this kind starts with from now on; whether it changed. May be empty."""
    body = block(body)
    if len(body) > LONGEST_BODY:
        raise Refused(_l("The text is too long."))
    if body == template.body:
        return False
    template.body = body
    db.session.add(template)
    audit.record(actor_id, "template.changed", f"template:{template.kind}.{template.language}",
                 now, body=body)
    return True
