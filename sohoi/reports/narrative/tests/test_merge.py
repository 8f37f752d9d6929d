"""Merging many texts: no sentence is lost, every line says whose it is, what says nothing is gathered."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoi.reports.narrative.emptiness import is_empty
from sohoi.reports.narrative.headings import Heading
from sohoi.reports.narrative.merge import Source, merge, not_sent, not_sent_sentence, silent
from sohoi.reports.narrative.sentences import split

FORM = (Heading("a", "I", "TÌNH HÌNH"), Heading("b", "II", "KẾT QUẢ"))


def source(number, **sections):
    return Source(f"CH{number}", f"Chi hội {number}", sections, file=f"{number}.docx")


def stands(lines):
    """(unit, sentence) of every sentence in some lines, as its unit wrote it."""
    found = []
    for line in lines:
        inside = [repeat.origin for repeat in line.repeats]
        found.append((line.sources[0].unit, line.text))
        found += [(repeat.origin.unit, repeat.text) for repeat in line.repeats]
        assert set(line.sources) == {line.sources[0], *inside}
    return sorted(found)


SAID = "chị em thăm tặng quà hộ nghèo chưa không 5 7 Không Bình thường . ; -"
WORDS = st.sampled_from(SAID.split())
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), max_size=3)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("abz"), TEXTS, max_size=3), max_size=4))
def test_no_sentence_of_any_source_is_lost_and_each_line_carries_its_sources(texts):
    sources = [source(number, **sections) for number, sections in enumerate(texts)]
    merged = merge(sources, FORM)
    for code in "abz":
        told = [(s.unit, one) for s in sources for text in s.sections.get(code, []) for one in split(text)]
        assert stands(merged.get(code, [])) == sorted(told)


def test_the_same_and_nearly_the_same_are_one_line_with_repeats_and_other_figures_are_not():
    one = "- Tuyên truyền Luật Phòng, chống bạo lực gia đình cho chị em tại nhà văn hoá vào tối thứ bảy hằng tuần."
    near = "Tuyên truyền luật phòng chống bạo lực gia đình cho chị em tại nhà văn hóa vào tối thứ bảy hằng tuần"
    nearer = "Đã tuyên truyền Luật Phòng, chống bạo lực gia đình cho chị em tại nhà văn hóa vào tối thứ bảy hằng tuần."
    other = "Tặng 5 suất quà cho hộ khó khăn."
    another = "Tặng 7 suất quà cho hộ khó khăn."
    [first, *rest] = merge([source(1, a=[one]), source(2, a=[near, other]), source(3, a=[nearer, another])], FORM)["a"]
    assert (first.text, first.names) == (one, ["Chi hội 1", "Chi hội 2", "Chi hội 3"])
    assert [(repeat.text, repeat.origin.file, repeat.exact) for repeat in first.repeats] == [
        (near, "2.docx", False), (nearer, "3.docx", False),
    ]  # fmt: skip
    assert [line.text for line in rest] == [other, another]


def test_done_and_not_done_are_not_the_same():
    done = "Chi hội đã hoàn thành việc thu hội phí của toàn thể chị em trong quý này."
    texts = [done, done.replace("đã", "chưa")]
    assert [line.text for line in merge([source(n, a=[t]) for n, t in enumerate(texts)], FORM)["a"]] == texts


def test_words_that_say_nothing_are_gathered_in_one_line():
    texts = ["Không có.", "Bình thường", "- Không", "Chị em kiến nghị sửa đèn đường."]
    lines = merge([source(n, a=[text]) for n, text in enumerate(texts)], FORM)["a"]
    assert [(line.text, line.names, line.empty) for line in lines] == [
        ("Không có.", ["Chi hội 0", "Chi hội 1", "Chi hội 2"], True),
        ("Chị em kiến nghị sửa đèn đường.", ["Chi hội 3"], False),
    ]
    assert [repeat.text for repeat in lines[0].repeats] == ["Bình thường", "- Không"]


@pytest.mark.parametrize(
    "text", ["...", "/", "Chi hội không có kiến nghị gì", "Trong tháng không phát sinh", "Vẫn ổn định."]
)
def test_empty_words(text):
    assert is_empty(text)


@pytest.mark.parametrize("text", ["Không có rác ở ngõ 5", "Tình hình phức tạp", "Không khí vui tươi", "0 hộ nghèo"])
def test_words_that_say_something(text):
    assert not is_empty(text)


def test_examples_are_concrete_and_each_of_another_unit():
    good = "Ra mắt mô hình “Biến rác thành quà”, thu 2.400.000 đồng, tặng 6 suất học bổng cho con hội viên khó khăn."
    plain = "Tiếp tục đẩy mạnh công tác tuyên truyền, vận động chị em tham gia các phong trào do Hội phát động."
    sources = [source(1, a=[plain, good, good.replace("6", "8")]), source(2, a=[good.replace("6", "9")])]
    lines = merge(sources, FORM)["a"]
    assert [(line.text, line.names) for line in lines if line.example] == [
        (good, ["Chi hội 1"]), (good.replace("6", "9"), ["Chi hội 2"]),
    ]  # fmt: skip


def test_a_unit_that_did_not_send_is_named_and_one_that_is_silent_in_a_section_too():
    sources = [
        source(1, a=["Vui."]),
        Source("CH2", "Chi hội 2", None),
        source(3, b=["Tốt."]),
        Source("CH4", "Chi hội 4", None),
    ]
    assert not_sent(sources) == ["Chi hội 2", "Chi hội 4"]
    assert not_sent_sentence(sources) == "Chưa gửi phần lời: Chi hội 2 và Chi hội 4 (2 đơn vị)."
    assert silent(sources, "a") == ["Chi hội 3"]


def test_ten_times_the_sentences_take_no_hundred_times_the_work():
    def took(units):
        texts = [source(n, a=[f"Việc {n} số {at} được chị em tổ {n * at} làm xong trong tuần." for at in range(40)])
                 for n in range(units)]  # fmt: skip
        begun = time.process_time()
        assert len(merge(texts, FORM)["a"]) > 30 * units
        return time.process_time() - begun

    took(2)
    assert took(50) < 40 * took(5)
