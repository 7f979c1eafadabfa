"""The embedded broker: private, durable, and startable again after a kill."""

from __future__ import annotations

import os
import signal
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.processes import alive, descendants, wait_for
from workflow.jobs import broker as broker_module
from workflow.jobs.broker import BrokerTrouble, embedded_broker
from workflow.services.doorbell import LONGEST_SOCKET_PATH, broker_url, connect, socket_path


def test_it_keeps_what_it_holds_in_a_file_and_listens_on_no_port(folder):
    with embedded_broker(folder) as running, closing(connect(running.url)) as client:
        options = client.config_get("*")
        assert options["appendonly"] == "yes"
        assert options["appendfsync"] == "everysec"
        assert options["maxmemory-policy"] == "noeviction"
        assert options["port"] == "0"
        assert stat.S_IMODE(socket_path(folder).stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "broker").stat().st_mode) == 0o700


def test_it_starts_again_after_a_kill_with_what_it_held(folder):
    with embedded_broker(folder) as running, closing(connect(running.url)) as client:
        client.lpush("kept", "one")
        wait_for(
            lambda: client.info("persistence")["aof_pending_bio_fsync"] == 0, "the file is written"
        )
        (server,) = descendants(os.getpid()) & {client.info("server")["process_id"]}
        os.kill(server, signal.SIGKILL)
        wait_for(lambda: not running.alive(), "the server is dead")
    with embedded_broker(folder) as running, closing(connect(running.url)) as client:
        assert client.lrange("kept", 0, -1) == [b"one"]


def test_it_stops_at_the_end_of_the_block(folder):
    with embedded_broker(folder) as running, closing(connect(running.url)) as client:
        server = client.info("server")["process_id"]
    assert not alive({server})


@pytest.mark.parametrize("name", ["数据 文件夹 %41 #1?", "长" * 60])
def test_any_folder_will_do(folder, name):
    with embedded_broker(folder / name) as running, closing(connect(running.url)) as client:
        assert client.ping()
    if not socket_path(folder / name).is_relative_to(folder):
        socket_path(folder / name).parent.rmdir()


def test_a_long_folder_has_its_socket_in_a_private_place_and_remembers_it(tmp_path):
    folder = tmp_path / ("x" * 120)
    path = socket_path(folder)
    assert len(os.fsencode(path)) <= LONGEST_SOCKET_PATH
    assert socket_path(folder) == path
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.parent.chmod(0o755)
    moved = socket_path(folder)
    assert moved != path
    for made in (path.parent, moved.parent):
        Path(made).rmdir()


def test_a_configured_address_replaces_it(folder):
    assert broker_url("redis://broker.example.cn:6379/0", folder) == (
        "redis://broker.example.cn:6379/0"
    )


def test_a_second_broker_on_the_folder_is_refused(folder, monkeypatch):
    monkeypatch.setattr(broker_module, "START_WITHIN", 0.3)
    with embedded_broker(folder), pytest.raises(BrokerTrouble), embedded_broker(folder):
        pass
