"""Every endpoint of the portal; `records.py` makes what their addresses name."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from portal import features
from tests.architecture.records import Records, records_of
from tests.browser import Browser

__all__ = ["Endpoint", "Records", "bare_portal", "endpoints", "records_of"]


@dataclass(frozen=True)
class Endpoint:
    """One endpoint with one of its methods; `permission` is what the view declares."""

    name: str
    method: str
    rule: Rule
    permission: str | None

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"

    def address(self, app: Flask, records: dict[str, Any]) -> str:
        """The address for these records; fails with the name of a record nobody makes."""
        special = SPECIAL.get(self.name, {})
        values = {name: special[name] if name in special else records[name]
                  for name in self.rule.arguments}
        with app.test_request_context():
            return app.url_for(self.name, **values)

    def visit(self, browser: Browser, address: str) -> int:
        """The status that this browser gets; writing sends an empty form with its token."""
        answer = browser.post(address) if self.method == "POST" else browser.get(address)
        return answer.status_code


# What a parameter must be for one endpoint alone.
SPECIAL: dict[str, dict[str, Any]] = {
    "home.help_page": {"name": "search"},
}


def bare_portal() -> Flask:
    """An application that only knows the addresses: enough to list them while collecting."""
    app = Flask("addresses")
    for blueprint in features.ALL.blueprints:
        app.register_blueprint(blueprint)
    return app


def endpoints(app: Flask) -> list[Endpoint]:
    """All of them but the static files, in the order of their addresses."""
    return [
        Endpoint(rule.endpoint, method, rule, getattr(view, "permission", None))
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
        if rule.endpoint != "static" and (view := app.view_functions[rule.endpoint])
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})
    ]
