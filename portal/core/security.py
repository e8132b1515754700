"""Security headers with a strict, nonce-based content security policy."""

import secrets

from flask import Flask, Response, g

NO_SNIFF = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}


def csp_nonce() -> str:
    """The nonce that scripts of this answer must carry."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def policy() -> str:
    """The content security policy of this answer."""
    return (
        f"default-src 'none'; script-src 'nonce-{csp_nonce()}' 'strict-dynamic'; "
        "style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def init_app(app: Flask, *, https: bool) -> None:
    """Set the headers on every answer that does not bring its own."""
    app.jinja_env.globals["csp_nonce"] = csp_nonce

    @app.after_request
    def headers(response: Response) -> Response:
        for name, value in NO_SNIFF.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy())
        # Kept by the browser for its back button, never shown without asking again.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.add("Cookie")
        if https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response
