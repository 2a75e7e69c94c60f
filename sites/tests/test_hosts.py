"""Hosts follow the settings, whatever they were when the group was made."""

from django.conf import settings as django_settings
from multisite.models import Alias
from wagtail.models import Site

from sites.hosts import synchronise_hosts
from sites.models import Centre
from sites.provisioning import provision
from sites.tests.test_provision import SMALL, divisions


def test_nothing_is_written_where_nothing_changed(db, django_assert_max_num_queries) -> None:
    provision(divisions(*SMALL))
    with django_assert_max_num_queries(3):  # a transaction's two and one that reads
        assert synchronise_hosts() == 0


def test_hosts_follow_the_base_host_and_the_port(client, db, settings) -> None:
    provision(divisions(*SMALL))
    jinjiang = Alias.objects.get(domain="jinjiang.chengdu.localhost").site
    Alias.objects.create(domain="www.jinjiang.gov.example", site=jinjiang)
    settings.BASE_HOST, settings.PUBLIC_PORT = "zwfw.example", 9000
    assert synchronise_hosts() == 4
    assert list(Centre.objects.values_list("host_site__domain", "wagtail_site__hostname", "wagtail_site__port")) == [
        (host, host, 9000)
        for host in (
            "sichuan.zwfw.example",
            "chengdu.zwfw.example",
            "jinjiang.chengdu.zwfw.example",
            "chunxilu.jinjiang.chengdu.zwfw.example",
        )
    ]
    assert client.get("/about/", headers={"host": "jinjiang.chengdu.zwfw.example:9000"}).status_code == 200
    assert client.get("/about/", headers={"host": "jinjiang.chengdu.localhost:8000"}).status_code == 404
    bare = client.get("/", headers={"host": "zwfw.example:9000"})
    assert (bare.status_code, bare["location"]) == (301, "http://sichuan.zwfw.example:9000/")
    own = client.get("/", headers={"host": "www.jinjiang.gov.example:9000"})
    assert own["location"] == "http://jinjiang.chengdu.zwfw.example:9000/"
    assert synchronise_hosts() == 0


def test_port_alone_is_followed(db, settings) -> None:
    provision(divisions(*SMALL))
    settings.PUBLIC_PORT = django_settings.PUBLIC_PORT + 1
    assert synchronise_hosts() == 4
    assert set(Site.objects.order_by().values_list("port", flat=True)) == {settings.PUBLIC_PORT}
    assert Alias.objects.filter(domain="localhost", is_canonical=None).exists()
