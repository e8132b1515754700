"""Tables of the case library."""

from portal.cases.models.case import Case, CaseTemplate, Retrospective, Revision, case_tags
from portal.cases.models.files import Attachment, AttachmentText, Thumbnail
from portal.cases.models.talk import Comment, Contribution, Helped, Reuse, Solution
from portal.cases.models.trust import Flag, Handover, Verification

__all__ = [
    "Attachment", "AttachmentText", "Case", "CaseTemplate", "Comment", "Contribution", "Flag",
    "Handover", "Helped", "Retrospective", "Reuse", "Revision", "Solution", "Thumbnail",
    "Verification",
    "case_tags",
]
