"""The scripts behind `make run`, with the machines on which they must say what is wrong in one line."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from portal import start

BIN = Path(settings.BASE_DIR) / "bin"


def run(*command, **options):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)


def fake_program(folder, name, script):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_an_old_python_is_told_in_one_line(tmp_path):
    # It answers as Python 3.9 would: not recent enough, then its version.
    fake_program(tmp_path, "python3", 'case "$2" in *exit*) exit 1;; *) echo 3.9;; esac')

    done = run("/bin/sh", BIN / "find-python", env={"PATH": str(tmp_path)})

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Python 3.11 or newer is needed; found: 3.9" in done.stderr


def test_a_newer_python_beside_an_old_one_is_taken(tmp_path):
    fake_program(tmp_path, "python3", "exit 1")
    newer = fake_program(tmp_path, "python3.12", "exit 0")

    done = run("/bin/sh", BIN / "find-python", env={"PATH": str(tmp_path)})

    assert done.stdout.strip() == str(newer)


def test_a_busy_port_is_told_in_one_line_before_any_work(tmp_path):
    prepare = copy_of_prepare(tmp_path)
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]

        done = run(sys.executable, prepare, "--port", port)

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"Port {port} is busy; stop what uses it, or choose another: make run PORT={port + 1}"
    ]
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1"])
def test_a_port_that_is_none_is_told_in_one_line(port):
    done = run(sys.executable, BIN / "prepare", f"--port={port}")

    assert done.returncode == 1
    assert done.stderr.splitlines() == [f"PORT must be a number from 1 to 65535, not {port!r}."]


def copy_of_prepare(folder, *, pip="exit 0"):
    """Return the script in a project of its own, whose virtual environment holds a pip that only runs `pip`."""
    (folder / "bin").mkdir()
    script = shutil.copy(BIN / "prepare", folder / "bin")
    (folder / "requirements.txt").write_text("a==1\n", encoding="utf-8")
    (folder / "requirements-dev.txt").write_text("b==1\n", encoding="utf-8")
    fake_venv = folder / "venv.py"
    fake_venv.write_text(
        "import pathlib, sys\n"
        "folder = pathlib.Path(sys.argv[1], 'bin')\n"
        "folder.mkdir(parents=True)\n"
        "python = folder / 'python'\n"
        f"python.write_text({f'#!/bin/sh{chr(10)}echo $* >> {folder}/asked{chr(10)}{pip}{chr(10)}'!r})\n"
        "python.chmod(0o755)\n",
        encoding="utf-8",
    )
    return script


def prepare(folder, *arguments):
    # The folder comes first on the path: `python -m venv` runs the fake one.
    return run(sys.executable, folder / "bin" / "prepare", *arguments, env={"PYTHONPATH": str(folder)}, cwd=folder)


def test_packages_are_installed_once_and_again_only_when_the_pins_change(tmp_path):
    copy_of_prepare(tmp_path)
    asked = tmp_path / "asked"

    assert prepare(tmp_path).returncode == 0
    assert prepare(tmp_path).stdout == ""
    assert len(asked.read_text().splitlines()) == 1

    (tmp_path / "requirements.txt").write_text("a==2\n", encoding="utf-8")
    assert prepare(tmp_path).returncode == 0
    assert len(asked.read_text().splitlines()) == 2


def test_what_tests_need_includes_what_runs(tmp_path):
    copy_of_prepare(tmp_path)

    prepare(tmp_path, "--dev")
    prepare(tmp_path)

    assert len((tmp_path / "asked").read_text().splitlines()) == 1


def test_no_network_is_told_in_one_line_and_pip_only_in_the_log(tmp_path):
    noise = "ERROR: NameResolutionError: Temporary failure in name resolution"
    copy_of_prepare(tmp_path, pip=f"echo {noise}; exit 1")

    done = prepare(tmp_path)

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "The packages could not be fetched: no network, it seems. Once installed, none is needed."
    ]
    assert noise in (tmp_path / "var" / "log" / "pip.log").read_text(encoding="utf-8")


def test_a_python_without_its_venv_module_is_told_in_one_line(tmp_path):
    copy_of_prepare(tmp_path)
    (tmp_path / "venv.py").write_text("raise SystemExit('ensurepip is not available')", encoding="utf-8")

    done = prepare(tmp_path)

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Python's venv module is incomplete here; on Debian or Ubuntu: apt install python3-venv"
    ]


@pytest.mark.django_db
def test_the_default_site_follows_the_port():
    assert start.follow_port(8123) == "http://localhost:8123"

    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("localhost", 8123)
    assert site.root_url == "http://localhost:8123"


@pytest.mark.django_db
def test_an_interrupted_filling_stops_the_next_start_with_what_to_do(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path

    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "has_content", lambda: False)
    monkeypatch.setattr(start, "call_command", interrupted)
    with pytest.raises(KeyboardInterrupt):
        start.fill("load_demo")

    with pytest.raises(CommandError, match="make reset"):
        start.fill("load_demo")


@pytest.mark.django_db
def test_a_database_with_content_is_kept_as_it_is(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    called = []
    monkeypatch.setattr(start, "has_content", lambda: True)
    monkeypatch.setattr(start, "call_command", lambda *arguments, **_options: called.append(arguments))

    start.fill("load_demo")

    assert called == []


def test_the_portal_of_one_s_own_machine_does_not_start_with_production_settings(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match=r"docs/operations\.md"):
        call_command("serve_portal")


@pytest.fixture
def own_machine(settings, tmp_path, monkeypatch):
    """Return settings as `make run` has them, with a folder of their own; nothing of the process is changed after."""
    settings.DEBUG = True
    settings.VAR_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.setenv("PORTAL_BASE_URL", "http://localhost:8000")
    monkeypatch.setattr(start, "_start_notes", [])
    return settings


@pytest.mark.usefixtures("migrated_database")
def test_the_first_start_fills_the_database_and_the_second_keeps_it(own_machine, capsys):
    call_command("serve_portal", port=8123, demo=False, prepare_only=True)
    first = capsys.readouterr().out
    pages = set(Page.objects.values_list("pk", flat=True))

    call_command("serve_portal", port=8124, demo=False, prepare_only=True)
    second = capsys.readouterr().out

    assert "Filling the database with an empty centre" in first
    assert "http://localhost:8123/fr/" in first
    assert "http://localhost:8123/en/" in first
    assert "http://localhost:8123/admin/" in first
    assert "Content kept as it was" in second
    assert set(Page.objects.values_list("pk", flat=True)) == pages
    assert Site.objects.get(is_default_site=True).root_url == "http://localhost:8124"
    assert own_machine.WAGTAILADMIN_BASE_URL == "http://localhost:8124"


def test_messages_just_compiled_are_read_by_a_new_start(own_machine, monkeypatch):
    class StartedAgain(Exception):
        pass

    def begin_again(program, arguments):
        raise StartedAgain(program, arguments)

    monkeypatch.setattr(start, "compile_messages", lambda: True)
    monkeypatch.setattr("os.execv", begin_again)
    monkeypatch.setattr(sys, "argv", ["manage.py", "serve_portal", "--port", "8123"])

    with pytest.raises(StartedAgain) as again:
        call_command("serve_portal", port=8123)

    assert again.value.args == (sys.executable, [sys.executable, "manage.py", "serve_portal", "--port", "8123"])


@pytest.mark.django_db
def test_a_start_prints_the_notes_of_the_apps_and_says_when_nobody_can_log_in(own_machine, capsys):
    start.start_note(lambda: ["administrator  ada / secret"])

    call_command("serve_portal", demo=False, prepare_only=True)
    assert "manage.py createsuperuser" in capsys.readouterr().out

    get_user_model().objects.create_superuser("ada", password="secret")
    call_command("serve_portal", demo=False, prepare_only=True)
    out = capsys.readouterr().out
    assert "administrator  ada / secret" in out
    assert "createsuperuser" not in out


def test_background_work_ends_with_the_server(own_machine, monkeypatch, tmp_path):
    script = fake_program(tmp_path, "manage.py", "")
    script.write_text("import sys\nsys.stdin.read()\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", [str(script), "serve_portal"])

    with start.background_work() as child:
        assert child.poll() is None

    assert child.poll() == 0
