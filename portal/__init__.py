"""The sales portal: `create_app` puts the house together; the rooms hold everything else."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from portal import features
from portal.cases import file_sweep, origins
from portal.cases.health import measures as health
from portal.cases.playbooks import sources as placeholders
from portal.config import ROOT, Settings
from portal.core import (
    access,
    database,
    error_pages,
    events,
    jobs,
    language,
    recording,
    security,
    templating,
    today,
)
from portal.core.unit_of_work import TransactionalFlask
from portal.customers.timeline import kinds as entries
from portal.drafts import writings
from portal.extensions import babel, compress, csrf, db, htmx, limiter, login, migrate
from portal.leads.loop import meetings
from portal.options import registry as options
from portal.people import sessions
from portal.policy import POLICY
from portal.reminders import kinds, subjects
from portal.reminders.calendar import sources as dates
from portal.search import sources
from portal.search.engines import make_engine

YEAR = 31_536_000


def create_app(settings: Settings | None = None) -> Flask:
    """A portal with these settings, or with those of the environment."""
    settings = settings or Settings()  # type: ignore[call-arg]
    app = TransactionalFlask(
        __name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static")
    )
    app.config.update(settings.flask())
    app.extensions["settings"] = settings
    app.extensions["search_engine"] = make_engine(settings)
    _bind_extensions(app)
    security.init_app(app, https=settings.https)
    sessions.init_app(app)
    access.init_app(app, POLICY, sessions.actor)
    sessions.guard_first_password(app)
    templating.init_app(app, features.navigation)
    for words in features.ALL.displays:
        words(app)
    error_pages.init_app(app, sessions.held_back)
    events.subscribe(features.ALL.during, features.ALL.afterwards)
    sources.install(features.ALL.sources)
    today.install(features.ALL.today)
    recording.install(features.ALL.forms)
    health.install(features.ALL.measures)
    origins.install(features.ALL.origins)
    meetings.install(features.ALL.meetings)
    placeholders.install(features.ALL.placeholders)
    writings.install(features.ALL.writings)
    file_sweep.install(features.ALL.files)
    options.declare(features.ALL.options)
    kinds.declare(*features.ALL.kinds)
    subjects.install(features.ALL.subjects)
    entries.install(features.ALL.timeline)
    dates.install(features.ALL.dates)
    for blueprint in features.ALL.blueprints:
        app.register_blueprint(blueprint)
    for command in features.COMMANDS:
        app.cli.add_command(command)
    app.extensions["jobs"] = jobs.init_app(app, settings.jobs, settings.redis_url)
    _wrap(app, settings)
    return app


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(Path(__file__).parent / "migrations"),
                     render_as_batch=True)
    login.init_app(app)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=language.chosen)
    htmx.init_app(app)
    limiter.init_app(app)
    compress.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            database.prepare_sqlite(db.engine)


def _wrap(app: Flask, settings: Settings) -> None:
    """Static files before the application, proxies before everything."""
    # Addresses of static files carry their version, so browsers may keep them for ever.
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=str(ROOT / "static"), prefix="static/", max_age=YEAR,
        add_headers_function=_static_headers,
    )
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )


def _static_headers(headers: dict[str, str], path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
