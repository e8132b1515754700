"""What a browser says about itself, in words that its owner recognises."""

import re

# The first that matches counts: most browsers also claim to be others.
BROWSERS = (
    ("WeCom", r"wxwork/"), ("WeChat", r"MicroMessenger/"), ("DingTalk", r"DingTalk/"),
    ("Feishu", r"Lark/|Feishu/"), ("Edge", r"Edg(e|A|iOS)?/"), ("Opera", r"OPR/"),
    ("QQ", r"QQBrowser/"), ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"), ("Chrome", r"Chrome/|CriOS/"), ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"), ("iPad", r"iPad"), ("HarmonyOS", r"HarmonyOS|OpenHarmony"),
    ("Android", r"Android"), ("Windows", r"Windows"), ("macOS", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)
PHONES = frozenset({"iPhone", "Android", "HarmonyOS"})


def browser_of(agent: str) -> str | None:
    """The browser's name, None when it is none we know."""
    return _first(BROWSERS, agent)


def system_of(agent: str) -> str | None:
    """The system's name, None when it is none we know."""
    return _first(SYSTEMS, agent)


def is_phone(agent: str) -> bool:
    return system_of(agent) in PHONES


def _first(table: tuple[tuple[str, str], ...], agent: str) -> str | None:
    return next((name for name, sign in table if re.search(sign, agent)), None)
