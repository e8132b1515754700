"""The language in which a command speaks: that of the terminal."""

import os


def terminal_language() -> str:
    """`zh` when the terminal's locale is Chinese, else `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    return "en"
