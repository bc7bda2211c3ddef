"""The launcher: a free port, a secret of its own, no public address with demo accounts, workers that go with it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.web.server.starlette import starlette_server

import ui
from plans_repo.store import accounts
from plans_repo.store.actor import local_actor
from plans_repo.store.roles import Role
from ui.addresses import answering_promptly, free_port, known_hosts
from ui.errors import UiError
from ui.installation import Installation, bring_up_to_date, occupy, secret_of
from ui.launcher import greeting, prepare
from ui.settings import streamlit_settings

ROOT = Path(ui.__file__).parents[1]


def test_a_taken_port_is_replaced_by_the_next_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", port) > port


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(UiError, match="address-not-ours"):
        free_port("203.0.113.1", 8501)


def test_the_cookie_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first = secret_of(tmp_path)
    assert len(first) == 64
    assert secret_of(tmp_path) == first
    if os.name == "posix":
        assert (tmp_path / "keys" / "cookie-secret").stat().st_mode & 0o777 == 0o600


def test_no_public_address_while_demo_accounts_exist(installation: Installation) -> None:
    with installation.store.work(local_actor("tests")) as work:
        demo = accounts.create_account(
            work, "demo", "jianghe-anlan-2026", display_name="演示", roles=[Role.LEADER], demo=True
        )
    prepare(installation.data, "127.0.0.1").store.close()
    with pytest.raises(UiError, match="address-public-with-demo"):
        prepare(installation.data, "0.0.0.0")
    with installation.store.work(local_actor("tests")) as work:
        accounts.disable(work, demo.id)
    prepare(installation.data, "0.0.0.0").store.close()


def test_the_console_says_how_to_make_the_first_account(
    empty_installation: Installation, installation: Installation
) -> None:
    assert "account create" in greeting(empty_installation, "127.0.0.1", 8501, demo=False)
    assert "account create" not in greeting(installation, "127.0.0.1", 8501, demo=False)
    assert "http://127.0.0.1:8501" in greeting(installation, "0.0.0.0", 8501, demo=False)


def test_a_public_address_is_known_under_the_names_of_the_machine() -> None:
    assert socket.gethostname().lower() in known_hosts("0.0.0.0", ())
    assert known_hosts("127.0.0.1", ()) == ["127.0.0.1", "::1", "localhost"]


def test_streamlit_knows_every_setting() -> None:
    from streamlit import config
    from streamlit.web.server.starlette.starlette_app import _validate_run_config

    config.get_config_options()
    settings = streamlit_settings("127.0.0.1", 8501, ["localhost"])
    assert _validate_run_config(settings) == settings
    assert settings["runner.postScriptGC"] is False


def test_a_page_asked_before_the_start_says_so() -> None:
    from ui.installation import here

    occupy(None)
    with pytest.raises(UiError, match="installation-not-open"):
        here()


def test_a_worker_goes_when_its_input_closes(tmp_path: Path) -> None:
    bring_up_to_date(tmp_path)
    command = [sys.executable, "-m", "ui.worker", "--data", str(tmp_path)]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=ROOT)
    assert worker.stdin is not None
    worker.stdin.close()
    assert worker.wait(30) == 0


def test_the_listening_socket_sends_small_pieces_at_once() -> None:
    with answering_promptly():
        listening, _address = starlette_server._bind_server_socket("127.0.0.1", "127.0.0.1", 0, 5)
    with listening, socket.create_connection(listening.getsockname()):
        listening.settimeout(10)
        accepted, _peer = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
