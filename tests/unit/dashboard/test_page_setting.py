"""Links hold whole settings; damaged and hostile ones are refused in words, none is guessed at."""

from __future__ import annotations

import base64
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.dashboard.page_setting import TABS, LinkError, PageSetting, PolicyStep, read_fragment

VALUES = st.one_of(st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False), st.booleans())
SHORT = st.text(max_size=9)
STEPS = st.builds(PolicyStep, SHORT, st.text(max_size=20), VALUES | SHORT, SHORT)
SETTINGS = st.builds(
    PageSetting,
    st.text(max_size=30),
    st.dictionaries(st.text(max_size=20), VALUES | SHORT, max_size=5),
    st.lists(STEPS, max_size=4),
    st.integers(0, 2**53),
    st.integers(1, 200),
    st.none() | st.integers(1, 400),
    st.sampled_from(TABS),
)


@given(SETTINGS)
def test_link_gives_the_setting_back(setting):
    text = setting.fragment()
    assert text.replace("-", "").replace("_", "").isalnum()
    assert read_fragment(text) == setting


def packed(values):
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(values).encode())).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "<script>",
        PageSetting(changes={"a": 1}).fragment()[:-4],
        packed([]),
        packed({"unknown": 1}),
        packed({"tab": "nowhere"}),
        packed({"changes": {"a": [1]}}),
        packed({"changes": 3}),
        packed({"seed": "1"}),
        packed({"seed": True}),
        packed({"scenario": None}),
        packed({"steps": [{"at": 1, "lever": "x", "value": 1}]}),
        packed({"changes": {"a": "x" * 10**7}}),
    ],
)
def test_what_is_no_setting_is_refused(text):
    with pytest.raises(LinkError):
        read_fragment(text)


def test_a_wish_becomes_the_setting_that_it_was_made_of():
    steps = [PolicyStep("2013-Q1", "contract.term", 8), PolicyStep("2014-Q2", "payment.delay", 2.5, "Beijing")]
    setting = PageSetting("./mine.yaml", {"payment.delay": 3}, steps, 5, 7, 12, "compare")
    assert PageSetting.of(setting.wish(), "compare") == setting
