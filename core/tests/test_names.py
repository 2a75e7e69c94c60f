"""What people are called."""

import pytest
from wagtail.admin.telepath import JSContext
from wagtail.admin.ui.sidebar import MainMenuModule

from core.models import User

PEOPLE = [("王", "芳", "王芳", "王芳"), ("Wang", "Fang", "Fang Wang", "Fang"), ("", "", "", "")]


@pytest.mark.parametrize(("last", "first", "full", "short"), PEOPLE)
def test_a_name_stands_in_its_own_order(last: str, first: str, full: str, short: str) -> None:
    person = User(username="w", last_name=last, first_name=first)
    assert (person.get_full_name(), person.get_short_name(), str(person)) == (full, short, full or "w")


@pytest.mark.parametrize(("last", "first", "full", "short"), PEOPLE)
def test_the_menu_names_the_person_in_full(last: str, first: str, full: str, short: str) -> None:
    menu = MainMenuModule([], [], User(username="w", last_name=last, first_name=first))
    account = JSContext().pack(menu)["_args"][2]
    assert (account.get("_dict") or account)["name"] == (full or "w")
