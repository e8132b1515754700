"""Files of a case, served only to who may read it."""

from flask import Response, abort, current_app, flash, g, request, send_file, url_for

from portal.cases.actions import attachments as actions
from portal.cases.models import Attachment
from portal.cases.routes import blueprint
from portal.core import access, clock
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go


@blueprint.get("/attachments/<int:attachment_id>")
@access.requires("attachment:read")
def attachment(attachment_id: int) -> Response:
    """The bytes of a file: pictures are shown, everything else is downloaded."""
    file = access.fetch(Attachment, attachment_id, "attachment:read")
    path = actions.path_of(file.sha256, current_app.extensions["settings"].files)
    if file.removed_at is not None or not path.exists():
        abort(404)
    response = send_file(
        path, mimetype=file.media_type, download_name=file.name, etag=file.sha256,
        as_attachment=not file.is_image or "download" in request.args,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.post("/attachments/<int:attachment_id>/remove")
@access.requires("attachment:remove")
def remove_attachment(attachment_id: int) -> Response:
    """Take a file off its case; undone with one tap."""
    file = access.fetch(Attachment, attachment_id, "attachment:remove")
    actions.remove(g.actor, file, clock.now())
    undo = url_for("cases.put_back_attachment", attachment_id=file.id)
    flash_with_undo(_("Removed “%(name)s”.", name=file.name), undo)
    return go(url_for("cases.show", case_id=file.case_id))


@blueprint.post("/attachments/<int:attachment_id>/put-back")
@access.requires("attachment:remove")
def put_back_attachment(attachment_id: int) -> Response:
    """Show a removed file again."""
    file = access.fetch(Attachment, attachment_id, "attachment:remove")
    actions.put_back(g.actor, file, clock.now())
    flash(_("The file is back."), "success")
    return go(url_for("cases.show", case_id=file.case_id))
