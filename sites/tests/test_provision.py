"""`manage.py provision`: the group made from a file of divisions, its changes carried through, bad files refused."""

import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sites.models import Site as HostSite
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils.translation import override
from multisite.models import Alias
from treebeard.mp_tree import MP_Node
from wagtail.models import Collection, PageLogEntry, Revision, Site

from core.models import BasePage
from sites.division_file import SICHUAN
from sites.groups import ensure_centre_groups, ensure_group_wide_groups
from sites.models import Centre, CentreGroup, ColumnPage, Division, DivisionFolder, HomePage
from sites.provisioning import provision
from sites.role_permissions import GROUP_WIDE_ROLES
from sites.tests.reference import add_centre
from sites.tests.tables import IMMEDIATE_TASKS, contents, differences

HEADING = "code,name,level,parent_code"
PROVINCE = "510000000000,四川省,province,"
CHENGDU = "510100000000,成都市,city,510000000000"
JINJIANG = "510104000000,锦江区,county,510100000000"
WUHOU = "510107000000,武侯区,county,510100000000"
CHUNXI = "510104017000,春熙路街道,township,510104000000"
SMALL = (PROVINCE, CHENGDU, JINJIANG, CHUNXI)


def divisions(*rows: str) -> bytes:
    return "\n".join([HEADING, *rows, ""]).encode()


def run(tmp_path: Path, content: bytes, *options: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of the command."""
    file = tmp_path / "divisions.csv"
    file.write_bytes(content)
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("provision", str(file), *options, stdout=out, stderr=err)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue(), err.getvalue()
    except CommandError as error:
        return error.returncode, out.getvalue(), err.getvalue() + str(error)
    return 0, out.getvalue(), err.getvalue()


def reference_group() -> None:
    """What `SMALL` describes, made page by page and row by row."""
    province = add_centre(
        "510000000000",
        "四川省",
        "Sichuan Province",
        "province",
        "sichuan",
        centre_english="Sichuan Provincial Government Service Centre",
    )
    Alias.objects.create(domain=settings.BASE_HOST, site=province.host_site)
    chengdu = add_centre("510100000000", "成都市", "Chengdu", "city", "chengdu", province.division)
    jinjiang = add_centre(
        "510104000000",
        "锦江区",
        "Jinjiang District",
        "county",
        "jinjiang",
        chengdu.division,
        "成都市锦江区人民政府政务服务中心",
        centre_english="Jinjiang District Government Service Centre, Chengdu",
    )
    chunxi = add_centre(
        "510104017000",
        "春熙路街道",
        "Chunxilu Subdistrict",
        "township",
        "chunxilu",
        jinjiang.division,
        "春熙路街道便民服务中心",
        centre_english="Chunxilu Subdistrict Public Service Centre",
        is_derived=True,
    )
    for centre in (province, chengdu, jinjiang, chunxi):
        ensure_centre_groups(centre)
    ensure_group_wide_groups()


def test_provisioned_group_equals_one_made_row_by_row(db, settings) -> None:
    settings.TASKS = IMMEDIATE_TASKS
    with transaction.atomic():
        reference_group()
        reference = contents()
        transaction.set_rollback(True)
    provision(divisions(*SMALL))
    assert len(reference["website_group_centre"]) == 4
    assert len(reference["auth_group"]) == 11 + len(GROUP_WIDE_ROLES)
    assert differences(reference, contents()) == {}


def test_each_level_has_its_place_and_host(db) -> None:
    provision(divisions(*SMALL))
    assert list(Centre.objects.values_list("host_site__domain", "wagtail_site__hostname", "wagtail_site__port")) == [
        ("sichuan.localhost", "sichuan.localhost", settings.PUBLIC_PORT),
        ("chengdu.localhost", "chengdu.localhost", settings.PUBLIC_PORT),
        ("jinjiang.chengdu.localhost", "jinjiang.chengdu.localhost", settings.PUBLIC_PORT),
        ("chunxilu.jinjiang.chengdu.localhost", "chunxilu.jinjiang.chengdu.localhost", settings.PUBLIC_PORT),
    ]
    county = DivisionFolder.objects.get(slug="510104000000")
    assert [child.title for child in county.get_children()] == [
        "成都市锦江区人民政府政务服务中心",
        "春熙路街道便民服务中心",
    ]
    assert not Site.objects.filter(is_default_site=True).exists()


def test_columns_are_those_of_the_level(db) -> None:
    provision(divisions(*SMALL))
    keys = {
        centre.division_id: set(ColumnPage.objects.child_of(centre.home).values_list("column_key", flat=True))
        for centre in Centre.objects.select_related("home")
    }
    assert "invest" in keys["510104000000"]
    assert "invest" not in keys["510104017000"]
    assert {"about", "news", "notices", "policies", "enquiries"} <= keys["510104017000"]


def test_sites_answer_and_the_bare_host_leads_to_the_province(client, db) -> None:
    provision(divisions(*SMALL))
    for host in ("sichuan.localhost", "chengdu.localhost", "chunxilu.jinjiang.chengdu.localhost"):
        assert client.get("/about/", headers={"host": f"{host}:8000"}).status_code == 200
    response = client.get("/en/news/?page=2", headers={"host": "localhost:8000"})
    assert (response.status_code, response["location"]) == (301, "http://sichuan.localhost:8000/en/news/?page=2")


def test_second_run_changes_nothing(db) -> None:
    provision(divisions(*SMALL))
    before = contents()
    report = provision(divisions(*SMALL))
    assert (report.created, report.changed, report.unchanged, report.missing) == (0, 0, 4, [])
    assert differences(before, contents()) == {}


def test_dry_run_tells_and_changes_nothing(db, tmp_path) -> None:
    before = contents()
    code, out, _err = run(tmp_path, divisions(*SMALL), "--dry-run", "--format", "json")
    assert (code, json.loads(out)["created"]) == (0, 4)
    assert differences(before, contents()) == {}


def test_new_division_is_added_to_a_group_that_runs(db) -> None:
    provision(divisions(*SMALL))
    report = provision(divisions(PROVINCE, CHENGDU, WUHOU, JINJIANG, CHUNXI, "510103000000,青羊区,county,510100000000"))
    assert (report.created, report.unchanged) == (2, 4)
    city = Collection.objects.get(name="510100000000 成都市")
    assert [child.name for child in city.get_children()] == [
        "510103000000 青羊区",
        "510104000000 锦江区",
        "510107000000 武侯区",
    ]
    assert BasePage.find_problems() == Collection.find_problems() == ([], [], [], [], [])


def test_levels_are_added_one_after_another(db) -> None:
    assert provision(divisions(*SMALL), ["province", "city"]).created == 2
    assert Division.objects.count() == 2
    report = provision(divisions(*SMALL))
    assert (report.created, report.unchanged) == (2, 2)


def test_changed_name_is_carried_through(db) -> None:
    provision(divisions(*SMALL))
    report = provision(divisions(PROVINCE, CHENGDU, "510104000000,新锦区,county,510100000000", CHUNXI))
    assert (report.created, report.changed, report.unchanged) == (0, 1, 3)
    centre = Centre.objects.get(pk="510104000000")
    official = "成都市新锦区人民政府政务服务中心"
    assert (centre.division.name_zh_hans, centre.division.name_en) == ("新锦区", "Xinjin District")
    assert (centre.name_zh_hans, centre.name_en) == (official, "Xinjin District Government Service Centre, Chengdu")
    assert (centre.wagtail_site.site_name, centre.host_site.name) == (official, official)
    assert centre.collection.name == "510104000000 新锦区"
    for page, title in ((centre.home, official), (centre.folder, "新锦区")):
        assert {page.title_zh_hans, page.draft_title} == {title}
        assert BasePage.objects.filter(pk=page.pk).rewrite(False).values_list("title", flat=True).get() == title
    assert centre.home.title_en == centre.name_en
    # Addresses are printed on signs: the host stays.
    assert centre.host_site.domain == "jinjiang.chengdu.localhost"


def test_columns_without_a_language_hold_the_chinese_name_after_a_change(db) -> None:
    provision(divisions(*SMALL))
    provision(divisions(PROVINCE, CHENGDU, "510104000000,新锦区,county,510100000000", CHUNXI))
    for model, field, value in (
        (Division, "name", "新锦区"),
        (Centre, "name", "成都市新锦区人民政府政务服务中心"),
    ):
        stored = model.objects.rewrite(False).filter(pk="510104000000").values_list(field, flat=True).get()
        assert stored == value


def test_changed_name_of_a_city_reaches_its_districts(db) -> None:
    provision(divisions(*SMALL))
    report = provision(divisions(PROVINCE, "510100000000,蓉城市,city,510000000000", JINJIANG, CHUNXI))
    assert (report.changed, report.unchanged) == (2, 2)
    assert Centre.objects.get(pk="510104000000").name_zh_hans == "蓉城市锦江区人民政府政务服务中心"
    assert provision(divisions(PROVINCE, "510100000000,蓉城市,city,510000000000", JINJIANG, CHUNXI)).unchanged == 4


def test_publishing_an_older_draft_does_not_bring_the_old_name_back(db) -> None:
    provision(divisions(*SMALL))
    pages = [HomePage.objects.get(centre="510104000000"), DivisionFolder.objects.get(centre="510104000000")]
    drafts = [page.save_revision() for page in pages]
    provision(divisions(PROVINCE, CHENGDU, "510104000000,新锦区,county,510100000000", CHUNXI))
    for draft in drafts:
        Revision.objects.get(pk=draft.pk).publish()
    home, folder = (type(page).objects.get(pk=page.pk) for page in pages)
    assert home.title_zh_hans == "成都市新锦区人民政府政务服务中心"
    assert (folder.title_zh_hans, folder.title_en) == ("新锦区", "Xinjin District")


def test_renaming_is_in_the_log_and_the_new_name_is_found(db) -> None:
    provision(divisions(*SMALL))
    provision(divisions(PROVINCE, CHENGDU, "510104000000,新锦区,county,510100000000", CHUNXI))
    renames = PageLogEntry.objects.filter(action="wagtail.rename")
    assert [(entry.page_id, entry.data["title"]) for entry in renames.filter(label="新锦区")] == [
        (Centre.objects.get(pk="510104000000").folder_id, {"old": "锦江区", "new": "新锦区"})
    ]
    assert [page.title for page in BasePage.objects.all().search("新锦区")] == ["新锦区"]


def test_english_name_reviewed_in_the_database_stays(db) -> None:
    provision(divisions(*SMALL))
    Division.objects.filter(pk="510104017000").update(name_en="Chunxi Road Subdistrict", name_is_derived=False)
    assert provision(divisions(*SMALL)).changed == 1
    assert Division.objects.get(pk="510104017000").name_en == "Chunxi Road Subdistrict"
    assert Centre.objects.get(pk="510104017000").name_en == "Chunxi Road Subdistrict Public Service Centre"
    assert provision(divisions(*SMALL)).changed == 0


def test_division_that_left_the_file_is_reported_and_stays(db, tmp_path) -> None:
    provision(divisions(*SMALL, WUHOU))
    code, out, _err = run(tmp_path, divisions(*SMALL), "--format", "json")
    assert (code, json.loads(out)["missing"]) == (0, ["510107000000"])
    assert Centre.objects.filter(pk="510107000000").exists()


def test_row_that_is_no_township_is_reported_and_gets_no_centre(db, tmp_path) -> None:
    row = "510104400000,白河牧场,township,510104000000"
    code, out, _err = run(tmp_path, divisions(*SMALL, row))
    assert code == 0
    assert "510104400000 白河牧场" in out
    assert not Division.objects.filter(pk="510104400000").exists()
    report = provision(divisions(*SMALL, row))
    assert [each.code for each in report.skipped] == ["510104400000"]


def test_group_that_lacks_a_role_gets_it(db) -> None:
    provision(divisions(*SMALL))
    before = contents()
    Group.objects.filter(name="510104000000 head").delete()
    assert provision(divisions(*SMALL)).unchanged == 4
    # Rows made anew have new numbers.
    assert without_numbers(before) == without_numbers(contents())


def without_numbers(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {table: sorted(re.sub(r'"id": \d+, ', "", row) for row in rows) for table, rows in found.items()}


@pytest.mark.parametrize(
    ("rows", "line", "code"),
    [
        ((*SMALL, CHUNXI), 6, "510104017000"),
        ((PROVINCE, JINJIANG), 3, "510104000000"),
        ((PROVINCE, CHENGDU, "510104000000,锦江区,town,510100000000"), 4, "510104000000"),
        ((PROVINCE, CHENGDU, "510104000000,,county,510100000000"), 4, "510104000000"),
        ((PROVINCE, CHENGDU, "51010400,锦江区,county,510100000000"), 4, "51010400"),
        ((PROVINCE, CHENGDU, "510104000000,锦江区"), 4, ""),
    ],
)
def test_bad_row_refuses_the_whole_file(db, tmp_path, rows: tuple[str, ...], line: int, code: str) -> None:
    before = contents()
    exit_code, out, _err = run(tmp_path, divisions(*rows), "--format", "json")
    answer = json.loads(out)
    assert exit_code == 1
    assert (answer["created"], answer["changed"], answer["unchanged"]) == (0, 0, 0)
    assert [(error["line"], error["code"]) for error in answer["errors"]] == [(line, code)]
    assert answer["errors"][0].keys() == {"line", "code", "message"}
    assert differences(before, contents()) == {}


def test_every_fault_is_told_with_its_line(db, tmp_path) -> None:
    rows = (PROVINCE, CHENGDU, "510104000000,,county,510100000000", "510107000000,武侯区,county,999999999999")
    code, out, err = run(tmp_path, divisions(*rows))
    assert (code, out) == (1, "")
    assert "4" in err.splitlines()[0]
    assert "5" in err.splitlines()[1]
    assert Division.objects.count() == 0


def test_file_in_another_encoding_is_refused(db, tmp_path) -> None:
    content = divisions(*SMALL).decode().encode("gb18030")
    code, out, _err = run(tmp_path, content, "--format", "json")
    assert code == 1
    assert "GB18030" in json.loads(out)["errors"][0]["message"]


def test_missing_file_is_an_error(db) -> None:
    with pytest.raises(CommandError):
        call_command("provision", "/nowhere/divisions.csv", stdout=io.StringIO(), stderr=io.StringIO())


def test_level_whose_parents_have_no_centres_is_an_error(db) -> None:
    report = provision(divisions(*SMALL, WUHOU), ["county"])
    assert [(error.line, error.code) for error in report.errors] == [(4, "510104000000")]
    assert "510100000000" in report.errors[0].message
    assert Division.objects.count() == 0


def test_unknown_level_is_an_error() -> None:
    with pytest.raises(CommandError, match="village"):
        call_command("provision", "divisions.csv", "--levels", "village")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("510104000000,锦江区,county,510300000000", "510100000000"),
        ("510104000000,锦江市,city,510000000000", "county"),
    ],
)
def test_division_keeps_its_level_and_parent(db, row: str, message: str) -> None:
    zigong = "510300000000,自贡市,city,510000000000"
    provision(divisions(PROVINCE, CHENGDU, zigong, JINJIANG))
    report = provision(divisions(PROVINCE, CHENGDU, zigong, row))
    assert [(error.line, error.code) for error in report.errors] == [(5, "510104000000")]
    assert message in report.errors[0].message


def test_another_province_is_an_error(db) -> None:
    provision(divisions(*SMALL))
    report = provision(divisions("520000000000,贵州省,province,"))
    assert [error.code for error in report.errors] == ["520000000000"]
    assert Centre.objects.count() == 4


def test_host_that_is_taken_is_an_error(db) -> None:
    provision(divisions(*SMALL))
    site = HostSite.objects.get(domain="sichuan.localhost")
    Alias.objects.create(domain="wuhou.chengdu.localhost", site=site)
    report = provision(divisions(*SMALL, WUHOU))
    assert [(error.line, error.code) for error in report.errors] == [(6, "510107000000")]
    assert not Division.objects.filter(pk="510107000000").exists()


def test_host_longer_than_the_database_holds_is_an_error(db, settings) -> None:
    settings.BASE_HOST = f"{'a' * 60}.{'b' * 30}.example"
    report = provision(divisions(*SMALL))
    assert {error.code for error in report.errors} == {"510000000000", "510100000000", "510104000000", "510104017000"}


def test_failure_half_way_leaves_the_database_as_it_was(db, monkeypatch) -> None:
    before = contents()

    def fail(*args: object) -> None:
        raise RuntimeError("no more disk")

    monkeypatch.setattr("sites.provisioning.ensure_groups_of_all_centres", fail)
    with pytest.raises(RuntimeError):
        provision(divisions(*SMALL))
    assert differences(before, contents()) == {}


def tree_problems(model: type[MP_Node]) -> list[str]:
    """Paths of nodes at a wrong depth, without a parent, or with a wrong number of children; in one query."""
    rows = {path: (depth, numchild) for path, depth, numchild in model.objects.values_list("path", "depth", "numchild")}
    children = Counter(path[: -model.steplen] for path in rows)
    return [
        path
        for path, (depth, numchild) in rows.items()
        if depth * model.steplen != len(path)
        or (depth > 1 and path[: -model.steplen] not in rows)
        or numchild != children[path]
    ]


def test_real_file_down_to_counties(db) -> None:
    report = provision(SICHUAN, ["province", "city", "county"])
    assert (report.created, report.errors, report.skipped) == (205, [], [])
    assert Alias.objects.filter(is_canonical=1, site__centre__isnull=False).count() == 205
    assert Centre.objects.get(host_site__domain="guangan.localhost").name_zh_hans == "广安市人民政府政务服务中心"
    assert provision(SICHUAN, ["province", "city", "county"]).unchanged == 205


def test_real_file_whole(db, django_assert_max_num_queries) -> None:
    report = provision(SICHUAN)
    assert (report.created, report.errors, len(report.skipped)) == (3306, [], 10)
    assert Centre.objects.count() == Site.objects.count() == Collection.objects.exclude(centre=None).count() == 3306
    assert tree_problems(BasePage) == tree_problems(Collection) == []
    assert CentreGroup.objects.count() == 3306 * 2 + 205
    with django_assert_max_num_queries(200):
        assert provision(SICHUAN).unchanged == 3306


def test_who_runs_it_in_english_gets_english_errors_and_the_same_group(db) -> None:
    with override("en"):
        assert "empty" in provision(divisions(PROVINCE, "510100000000,,city,510000000000")).errors[0].message
        provision(divisions(*SMALL))
    stored = Division.objects.rewrite(False).filter(pk="510104000000").values_list("name", flat=True).get()
    assert stored == "锦江区"
    assert provision(divisions(*SMALL)).unchanged == 4
