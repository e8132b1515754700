"""Tables of the case library."""

from portal.cases.models.case import Case, CaseTemplate, Retrospective, Revision, case_tags
from portal.cases.models.files import Attachment, AttachmentText
from portal.cases.models.talk import Comment, Contribution, Helped, Reuse, Solution

__all__ = [
    "Attachment", "AttachmentText", "Case", "CaseTemplate", "Comment", "Contribution", "Helped",
    "Retrospective", "Reuse", "Revision", "Solution", "case_tags",
]
