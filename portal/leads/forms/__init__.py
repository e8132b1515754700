"""What is entered about a lead, one file for each occasion."""

from portal.leads.forms.changing import EditForm, GiveForm, ReasonForm, StepForm
from portal.leads.forms.fields import (
    COLLEAGUE,
    MINE,
    POOL,
    OwnerFields,
    offer_contacts,
)
from portal.leads.forms.recording import DealForm, NewLeadForm

__all__ = [
    "COLLEAGUE", "MINE", "POOL", "DealForm", "EditForm", "GiveForm", "NewLeadForm",
    "OwnerFields", "ReasonForm", "StepForm", "offer_contacts",
]
