"""What a text of many groups would add."""

from portal.core.unit_of_work import transaction
from portal.search.vocabulary import actions
from portal.search.vocabulary.queries import groups
from portal.search.vocabulary.rehearsal import rehearse

TEXT = """# our own words

蓝鲸, 鲸落, blue whale
撞單，争单
撞单
鲸落、blue whale、蓝鲸
"""


def test_every_line_gets_its_verdict(app):
    verdicts = rehearse(TEXT, groups())
    assert [(each.line, each.kind) for each in verdicts] == [
        (3, "new"), (4, "known"), (5, "error"), (6, "error"),
    ]
    assert [problem.code for each in verdicts for problem in each.problems] == ["few", "double"]


def test_what_somebody_removed_may_be_added_again(app, add, row, mei, clock):
    group = add("蓝鲸", "鲸落")
    assert rehearse("鲸落,蓝鲸", groups())[0].kind == "known"
    with transaction():
        actions.remove_group(mei.id, row(group), clock())
    assert rehearse("鲸落,蓝鲸", groups())[0].kind == "new"
