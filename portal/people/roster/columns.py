"""The columns of a roster, and the words in which people write headers, roles and dates."""

import re
from datetime import date

from portal.core.text import folded

FIELDS = ("name", "login", "role", "team", "job_title", "email", "joined_on")
REQUIRED = ("name", "login")

# The first word of each language heads the files that the portal itself writes.
HEADERS: dict[str, dict[str, tuple[str, ...]]] = {
    "zh": {
        "name": ("姓名", "名字", "员工姓名", "人员"),
        "login": ("登录名", "账号", "帐号", "工号", "用户名", "员工编号"),
        "role": ("角色", "权限"),
        "team": ("团队", "部门", "小组", "所属部门", "所属团队"),
        "job_title": ("职位", "岗位", "职务"),
        "email": ("邮箱", "电子邮箱", "邮件", "电子邮件"),
        "joined_on": ("入职日期", "入职时间", "入职"),
    },
    "en": {
        "name": ("name", "full name"),
        "login": ("login", "account", "user", "username", "employee number", "employee id"),
        "role": ("role",),
        "team": ("team", "department"),
        "job_title": ("title", "job title", "position"),
        "email": ("email", "e-mail", "mail", "email address"),
        "joined_on": ("joined_on", "joined", "joined on", "start date", "hire date"),
    },
}
ROLES: dict[str, dict[str, tuple[str, ...]]] = {
    "zh": {
        "rep": ("销售", "销售代表", "业务员", "销售员", "员工"),
        "manager": ("经理", "销售经理", "主管", "销售主管", "管理者"),
        "hr": ("人事", "人力资源", "人力"),
        "admin": ("管理员", "系统管理员"),
    },
    "en": {
        "rep": ("rep", "sales rep", "sales", "representative", "employee"),
        "manager": ("manager", "sales manager", "team lead"),
        "hr": ("hr", "human resources"),
        "admin": ("admin", "administrator"),
    },
}
NOT_A_LETTER = re.compile(r"[\s_*:.·-]+|\(.*?\)")
DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d\d)(\d\d))"
                  r"(?: 0?0:00(?::00)?)?")
YEARS = range(1950, 2101)


def _key(written: str) -> str:
    return NOT_A_LETTER.sub("", folded(written))


def _by_word(words: dict[str, dict[str, tuple[str, ...]]]) -> dict[str, str]:
    return {
        _key(word): meaning
        for language in words.values()
        for meaning, spellings in language.items()
        for word in spellings
    }


_HEADER_MEANINGS = _by_word(HEADERS)
_ROLE_MEANINGS = _by_word(ROLES)


def field_of(header: str) -> str | None:
    """The field a header means, whatever its language, case, spaces or remark in brackets."""
    return _HEADER_MEANINGS.get(_key(header))


def role_of(written: str) -> str | None:
    """The role a word means."""
    return _ROLE_MEANINGS.get(_key(written))


def header_row(language: str) -> list[str]:
    """The headers of a file that the portal writes."""
    return [HEADERS[language][field][0] for field in FIELDS]


def role_word(role: str, language: str) -> str:
    """A role as a file of the portal writes it; read back by `role_of`."""
    return ROLES[language][role][0]


def date_of(written: str) -> date | None:
    """A day such as 2026-01-31, 2026/1/31, 2026.1.31, 2026年1月31日 or 20260131."""
    found = DATE.fullmatch(folded(written))
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None
