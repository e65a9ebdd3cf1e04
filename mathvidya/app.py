"""The web process: where settings, database, storage and every slice's routes come together."""

from flask import Flask, Response

from mathvidya.accounts.routes import blueprints as accounts_blueprints
from mathvidya.attempts.routes import blueprints as attempts_blueprints
from mathvidya.bank.routes import blueprints as bank_blueprints
from mathvidya.browser import serving
from mathvidya.evaluation.routes import blueprints as evaluation_blueprints
from mathvidya.exams.routes import blueprints as exams_blueprints
from mathvidya.notices.routes import blueprints as notices_blueprints
from mathvidya.plans.routes import blueprints as plans_blueprints
from mathvidya.platform import clock, db, logging, storage
from mathvidya.platform.db import Database
from mathvidya.platform.http import context, openapi, problems
from mathvidya.platform.http.laptop_clock import blueprint as laptop_clock
from mathvidya.platform.http.limits import limiter
from mathvidya.platform.http.problem_pages import blueprint as problem_pages
from mathvidya.platform.storage import local_http
from mathvidya.platform.storage.local import LocalStorage
from mathvidya.platform.storage.opening import storage_from, storage_origin
from mathvidya.results.routes import blueprints as results_blueprints
from mathvidya.settings import Environment, Settings
from mathvidya.system.routes import blueprints as system_blueprints

_BLUEPRINTS = (
    *system_blueprints,
    *accounts_blueprints,
    *plans_blueprints,
    *bank_blueprints,
    *exams_blueprints,
    *attempts_blueprints,
    *evaluation_blueprints,
    *results_blueprints,
    *notices_blueprints,
)

_MEBIBYTE = 1024 * 1024


def create_app(settings: Settings, *, database: Database | None = None) -> Flask:
    """The WSGI application. ``database`` is given by tests; otherwise a pool is opened."""
    logging.configure(settings.log_level)
    clock.use_offset_file(settings.clock_file)
    db.use(database or Database.connect(settings.database_url, pool_size=settings.pool_size))
    app = Flask("mathvidya", static_folder=None)
    app.config.update(
        SETTINGS=settings,
        TOKEN_SECRET=settings.token_secret.get_secret_value(),
        MAX_CONTENT_LENGTH=2 * _MEBIBYTE,  # sheets go to storage, not through here
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
    )
    context.install(app)
    problems.install(app)
    limiter.init_app(app)
    _install_routes(app)
    _install_storage(app, settings)
    app.after_request(_harden)
    return app


def _install_routes(app: Flask) -> None:
    api = openapi.create_api(app)
    for blueprint in _BLUEPRINTS:
        api.register_blueprint(blueprint, url_prefix=f"/api/v1{blueprint.url_prefix or ''}")
    app.register_blueprint(problem_pages)
    if app.config["SETTINGS"].clock_file is not None:
        app.register_blueprint(laptop_clock)
    openapi.publish(app, api)
    settings: Settings = app.config["SETTINGS"]
    laptop = settings.environment is Environment.LAPTOP
    app.register_blueprint(serving.create_blueprint(storage_origin=storage_origin(settings), laptop=laptop))


def _install_storage(app: Flask, settings: Settings) -> None:
    """The store of sheets; a local one is served by this process, as S3 would serve it."""
    store = storage_from(settings)
    storage.use(store)
    if isinstance(store, LocalStorage):
        app.register_blueprint(local_http.create_blueprint(store))


def _harden(response: Response) -> Response:
    """What every answer carries: nothing here may be sniffed, framed or kept by a shared cache."""
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("X-Frame-Options", "DENY")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    response.headers.setdefault("Cache-Control", "no-store")
    return response
