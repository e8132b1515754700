"""What comes first and why: the rules of ranking, each with an example that it decides."""

import pytest

from portal.search.whoosh_engine import WhooshEngine
from tests.search.sales_library import LIBRARY, document, found


@pytest.fixture
def engine(tmp_path):
    engine = WhooshEngine(tmp_path / "index")
    engine.rebuild(LIBRARY)
    return engine


def test_a_pair_that_only_joins_two_words_counts_little(engine):
    """户撞 is the rarest pair of 客户撞单 and says the least."""
    engine.write([document(31, "门户撞了车", "别的事"), document(32, "有关撞单", "别的事"),
                  document(33, "再谈撞单", "别的事")])
    order = found(engine, "客户撞单")
    assert order.index(32) < order.index(31)


def test_one_word_of_a_short_text_does_not_outweigh_two_of_a_long_one(engine):
    long_text = "回款与验收。" + "这里写着许多别的事，长长的一篇。" * 4
    engine.write([document(35, "短", "回款迟了"), document(36, "长", long_text)])
    order = found(engine, "回款验收")
    assert order.index(36) < order.index(35)
