"""/healthz, which load balancers ask."""

import pytest
from django.db import InterfaceError, OperationalError, connection

pytestmark = pytest.mark.django_db


def test_answers_for_any_host(client) -> None:
    response = client.get("/healthz", headers={"host": "10.0.0.7:8000"})
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_says_when_the_database_does_not_answer(client, error) -> None:
    def down(*_arguments):
        raise error("the database is down")

    with connection.execute_wrapper(down):
        response = client.get("/healthz", headers={"host": "10.0.0.7:8000"})
    assert (response.status_code, response.json()) == (503, {"status": "database unavailable"})
