"""Files of a case or of a draft: added where one writes, served only to who may read them."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flask import (
    Response,
    abort,
    current_app,
    flash,
    g,
    make_response,
    request,
    send_file,
    url_for,
)

from portal.cases import file_sweep, thumbnails
from portal.cases.actions import attachments as actions
from portal.cases.actions.attachments import Upload
from portal.cases.actions.stored_files import path_of, thumbnail_of
from portal.cases.models import Attachment, Case
from portal.cases.routes import blueprint
from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go
from portal.extensions import db

__all__ = ["file_sweep"]


@blueprint.post("/cases/<int:case_id>/files")
@access.requires("case:attach")
def upload_to_case(case_id: int) -> Response:
    """A file for this case; the answer is the Markdown that shows it."""
    case = access.fetch(Case, case_id, "case:attach")
    if case.merged_into_id is not None:
        raise Refused(_("This case was merged into another one. Add the file there."))
    settings = current_app.extensions["settings"]
    with _upload() as upload:
        file = actions.attach(
            g.actor, case, upload, settings.files, settings.upload_mb, clock.now())
    return _markdown(file)


@blueprint.post("/drafts/<key>/files")
@access.requires("portal:use")
def upload_to_draft(key: str) -> Response:
    """A file for what one is writing; nobody else may read it before that is sent."""
    settings = current_app.extensions["settings"]
    draft = actions.draft_for(g.actor, key, request.values.get("draft_form", ""), clock.now())
    with _upload() as upload:
        file = actions.keep_for_draft(
            g.actor, draft, upload, settings.files, settings.upload_mb, clock.now())
    return _markdown(file)


@blueprint.get("/attachments/<int:attachment_id>")
@access.requires("attachment:read")
def attachment(attachment_id: int) -> Response:
    """The bytes of a file: pictures are shown, everything else is downloaded."""
    file = access.fetch(Attachment, attachment_id, "attachment:read")
    path = path_of(file.sha256, current_app.extensions["settings"].files)
    if file.removed_at is not None or not path.exists():
        abort(404)
    return _sent(path, file, file.media_type, file.sha256,
                 download=not file.is_image or "download" in request.args)


@blueprint.get("/attachments/<int:attachment_id>/thumb")
@access.requires("attachment:read")
def thumbnail(attachment_id: int) -> Response:
    """A picture made smaller: for a list, or with `?size=page` for a text. As long as there is
    none, the picture itself."""
    file = access.fetch(Attachment, attachment_id, "attachment:read")
    if file.removed_at is not None or not file.is_image:
        abort(404)
    size = thumbnails.SIZES.get(request.args.get("size", ""), thumbnails.SMALL)
    row = thumbnails.row_of(file.sha256)
    path = thumbnail_of(file.sha256, size, current_app.extensions["settings"].files)
    if row is None or not row.made or not path.exists():
        return go(url_for("cases.attachment", attachment_id=file.id))
    return _sent(path, file, "image/webp", f"{file.sha256}-{size}-{row.version}", download=False)


@blueprint.post("/attachments/<int:attachment_id>/remove")
@access.requires("attachment:remove")
def remove_attachment(attachment_id: int) -> Response:
    """Take a file off its case; undone with one tap."""
    file = access.fetch(Attachment, attachment_id, "attachment:remove")
    actions.remove(g.actor, file, clock.now())
    undo = url_for("cases.put_back_attachment", attachment_id=file.id)
    flash_with_undo(_("Removed “%(name)s”.", name=file.name), undo)
    return _back(file)


@blueprint.post("/attachments/<int:attachment_id>/put-back")
@access.requires("attachment:remove")
def put_back_attachment(attachment_id: int) -> Response:
    """Show a removed file again."""
    file = access.fetch(Attachment, attachment_id, "attachment:remove")
    actions.put_back(g.actor, file, clock.now())
    flash(_("The file is back."), "success")
    return _back(file)


@contextmanager
def _upload() -> Iterator[Upload]:
    """The one file of the request. Raises `Refused` without one."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Refused(_("There is no file in what was sent."))
    with closing(file):
        yield Upload(file.filename, file.stream)


def _markdown(file: Attachment) -> Response:
    """What the text needs to show the file. Written down before it is told."""
    db.session.flush()
    name = file.name.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    link = f"[{name}]({url_for('cases.attachment', attachment_id=file.id)})"
    answer = make_response(f"!{link}" if file.is_image else link, 200)
    answer.mimetype = "text/plain"
    return answer


def _sent(path: Path, file: Attachment, media_type: str, etag: str, *, download: bool) -> Response:
    """The bytes, so that no browser runs them or keeps them without asking again."""
    response = send_file(path, mimetype=media_type, download_name=file.name, etag=etag,
                         as_attachment=download)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _back(file: Attachment) -> Response:
    """The case; a draft's file has no page, and who asked stays where they are."""
    if file.case_id is None:
        return make_response("", 204)
    return go(url_for("cases.show", case_id=file.case_id, _anchor="attachments"))
