"""The template of the test database. These tests run in this order, on both engines."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from wagtail.models import Collection, Locale, Page

from tests.database import Template


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_may_delete_even_what_the_migrations_wrote():
    Page.objects.all().delete()
    Group.objects.create(name="left behind")
    default_storage.save("left-behind.txt", ContentFile(b"x"))

    assert not Page.objects.exists()


@pytest.mark.django_db
def test_the_next_test_finds_the_pages_of_the_migrations_and_nothing_left_behind():
    assert Page.objects.filter(depth=1).exists()
    assert Locale.objects.exists()
    assert Collection.get_first_root_node() is not None
    assert not Group.objects.filter(name="left behind").exists()
    assert not default_storage.exists("left-behind.txt")


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_a_thread_left_open_does_not_stop_the_restore(django_db_setup):
    def leave_open() -> None:
        Page.objects.count()

    thread = threading.Thread(target=leave_open)
    thread.start()
    thread.join()
    Group.objects.create(name="left behind")

    django_db_setup["empty centre"].restore()

    assert not Group.objects.filter(name="left behind").exists()


@pytest.mark.django_db(transaction=True)
def test_a_template_of_ones_own_brings_back_rows_files_and_numbering():
    Group.objects.create(name="kept")
    default_storage.save("kept.txt", ContentFile(b"x"))
    template = Template("trial")
    template.make()
    last = Group.objects.create(name="after").pk
    default_storage.delete("kept.txt")

    template.restore()

    assert Group.objects.filter(name="kept").exists()
    assert not Group.objects.filter(name="after").exists()
    assert default_storage.exists("kept.txt")
    assert Group.objects.create(name="again").pk == last
    template.drop()


@pytest.mark.postgresql
@pytest.mark.django_db
def test_the_second_pass_is_on_postgresql():
    assert connection.vendor == "postgresql"


@pytest.mark.sqlite
@pytest.mark.django_db
def test_the_first_pass_is_on_a_file_that_threads_share():
    assert connection.vendor == "sqlite"
    assert not connection.is_in_memory_db()
