"""`sim dashboard` with what it cannot work with: one line, status 2."""

from __future__ import annotations

import socket

import pytest

from sim.dashboard import server
from tests.support.in_process_cli import inside


def refused(*arguments, cwd):
    done = inside("dashboard", "--no-browser", *arguments, cwd=cwd)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert not done.stdout
    return done.stderr


def test_port_that_is_taken(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"--port {port}: address already in use" in refused("--port", port, cwd=tmp_path)


def test_results_root_that_is_missing(tmp_path):
    assert "no folder nowhere" in refused("--results", "nowhere", cwd=tmp_path)


def test_extra_that_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.cli.dashboard_command.find_spec", lambda name: None)
    assert "pip install" in refused(cwd=tmp_path)


def test_usual_port_gives_way_to_a_free_one(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(server, "USUAL_PORT", taken.getsockname()[1])
        with server.listening_socket(None) as found:
            assert found.getsockname()[0] == "127.0.0.1"
            assert found.getsockname()[1] != taken.getsockname()[1]


@pytest.mark.parametrize("opened", [False, server.webbrowser.Error()])
def test_browser_that_is_missing_is_said(monkeypatch, opened):
    def answer(address):
        if isinstance(opened, Exception):
            raise opened
        return opened

    monkeypatch.setattr(server.webbrowser, "open", answer)
    said = []
    thread = server.open_browser("http://127.0.0.1:1/", lambda: said.append(True))
    thread.join()
    assert said == [True]
