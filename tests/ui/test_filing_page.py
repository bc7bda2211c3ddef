"""备案: what is to be sent stands on the page of who files, with its recipient and its letter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.filed import NUMBER, Filed, furnish
from tests.ui.planned import markup

Open = Callable[..., AppTest]
PAGE = "filing_page.py"


@pytest.fixture(scope="module")
def known_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Filed]:
    data = tmp_path_factory.mktemp("filing")
    return data, furnish(data)


@pytest.fixture(scope="module")
def furnished(known_in: tuple[Path, Filed]) -> Path:
    return known_in[0]


@pytest.fixture
def known(known_in: tuple[Path, Filed]) -> Filed:
    return known_in[1]


def test_what_is_to_be_sent_is_listed_with_its_recipient_and_its_letter(app: Open, known: Filed) -> None:
    shown = markup(app("filing", PAGE))
    assert NUMBER in shown
    assert f"id={known.flood}" in shown
    assert "云陵市应急管理局" in shown
    assert f"filing-letter/{known.version}" in shown
    assert "待报送" in shown


def test_a_reader_who_neither_files_nor_receives_sees_no_forms(app: Open) -> None:
    at = app("evaluator", PAGE)
    assert not {"receive-package", "enter-answer", "give", "confirm-key"} & {button.key for button in at.button}
    assert "本单位报送" not in [title.value for title in at.subheader]
