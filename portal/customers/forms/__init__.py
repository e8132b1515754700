"""What is entered about customers, split by noun."""

from portal.customers.forms.contact import ContactForm
from portal.customers.forms.customer import CustomerForm, VoidForm
from portal.customers.forms.note import NoteCorrectionForm, NoteForm
from portal.customers.forms.people import HandOverForm, JoinForm

__all__ = ["ContactForm", "CustomerForm", "HandOverForm", "JoinForm", "NoteCorrectionForm",
           "NoteForm", "VoidForm"]
