"""The portal as a WSGI application, for `gunicorn wsgi:app` and other servers."""

from portal import create_app

app = create_app()
app.extensions["jobs"].start_with_first_request()
