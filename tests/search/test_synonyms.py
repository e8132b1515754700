"""Finding the trade's phrases in running text, and the list that comes with the portal."""

from hypothesis import given
from hypothesis import strategies as st

from portal.search.analyzer import fold
from portal.search.synonyms import Synonyms, groups_in, plain, shipped, shipped_text
from portal.search.vocabulary.phrases import read

# Few signs, so that phrases overlap, repeat and hide in each other; both scripts and widths.
SIGNS = st.sampled_from("撞抢單单價价格AaＡb- ")
PHRASE = st.text(SIGNS, min_size=1, max_size=5)
GROUPS = st.lists(st.lists(PHRASE, min_size=1, max_size=4), max_size=6)
TEXT = st.text(SIGNS, max_size=30)


@given(GROUPS, TEXT)
def test_what_is_found_never_overlaps_and_stands_there(groups, text):
    synonyms, folded, end = Synonyms(groups), fold(text), 0
    for found in synonyms.find(folded):
        assert end <= found.start < found.end
        assert folded[found.start : found.end] in synonyms
        assert folded[found.start : found.end] not in found.others
        end = found.end


@given(GROUPS, TEXT)
def test_no_longer_phrase_begins_where_one_was_found(groups, text):
    synonyms, folded = Synonyms(groups), fold(text)
    for found in synonyms.find(folded):
        for phrase in synonyms.phrases:
            if len(phrase) > found.end - found.start and folded.startswith(phrase, found.start):
                # Only a Latin word that goes on may keep a longer one from counting.
                whole = folded[found.start : found.start + len(phrase) + 1]
                assert [each.end for each in synonyms.find(whole)] != [len(phrase)]


@given(GROUPS)
def test_meaning_the_same_is_mutual(groups):
    synonyms = Synonyms(groups)
    for phrase in synonyms.phrases:
        for other in synonyms.of(phrase):
            assert phrase in synonyms.of(other)


@given(GROUPS, TEXT)
def test_the_way_of_writing_makes_no_difference(groups, text):
    folded_groups = [[fold(phrase) for phrase in group] for group in groups]
    synonyms, same = Synonyms(groups), Synonyms(folded_groups)
    assert synonyms.phrases == same.phrases
    assert list(synonyms.find(fold(text))) == list(same.find(fold(fold(text))))


@given(GROUPS)
def test_a_phrase_is_found_in_the_middle_of_chinese(groups):
    synonyms = Synonyms(groups)
    for phrase in synonyms.phrases:
        assert list(synonyms.find(f"客{phrase}户"))


def test_the_longest_phrase_counts():
    synonyms = Synonyms([["价格", "price"], ["价格战", "price war"]])
    (found,) = synonyms.find("打价格战了")
    assert found.others == ("price war",)


def test_each_shipped_group_is_as_an_editor_may_write_one():
    for phrases in groups_in(shipped_text()):
        written = read(",".join(phrases))
        assert (written.problems, written.repeated) == ((), ()), phrases


def test_no_shipped_phrase_stands_in_two_groups():
    phrases = [plain(phrase) for group in groups_in(shipped_text()) for phrase in group]
    assert sorted(phrases) == sorted(set(phrases))


def test_words_of_taiwan_and_hong_kong_mean_those_of_the_mainland():
    for here, there in (
        ("軟體", "软件"), ("伺服器", "服务器"), ("資料庫", "数据库"), ("網路", "网络"),
        ("專案", "项目"), ("品質", "质量"), ("簡報", "演示文稿"), ("合約", "合同"),
        ("行動電話", "手机"), ("資訊", "信息"), ("程式", "程序"), ("介面", "界面"),
        ("列印", "打印"), ("雲端", "云服务"), ("營收", "营业收入"), ("行銷", "营销"),
        ("通路", "渠道"), ("保固", "质保"), ("客製化", "定制"), ("應收帳款", "应收账款"),
    ):
        assert there in shipped().of(here), here


def test_a_word_inside_another_brings_in_nothing_else():
    for text in ("价格战", "潜在客户", "客户关系管理", "重复跟单", "解决方案", "专案经理"):
        found = list(shipped().find(text))
        assert [(each.start, each.end) for each in found] == [(0, len(text))], text
