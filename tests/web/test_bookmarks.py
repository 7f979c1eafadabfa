"""Addresses that ask for what is not there, or not any more."""


def test_it_names_every_part_of_a_bookmark_that_is_gone_and_keeps_the_rest(one_office):
    """In one go: a cursor, a filter, a day, a person; the raw value is nobody's chip."""
    visit = one_office.visit("zhao")
    for address, said in (
        ("/cases?before=zzz&province=44", "位置“zzz”已不存在，显示第一页"),
        ("/cases?state=nope&province=44", "没有按它筛选： 状态 “nope”"),
        ("/calendar?m=2026-13&view=week", "月份 “2026-13”"),
        ("/licenses?from=foo&province=44&charge=99", "到期不早于 “foo” 、 负责人 “99”"),
        ("/licenses?after=zzz", "位置“zzz”已不存在"),
        ("/licenses?client=77", "“77”已不在这一页上"),
        ("/dashboard?team=99999", "团队 “99999”"),
        ("/dashboard/cases?since=foo&team=99999", "起始日 “foo” 、 团队 “99999”"),
        ("/dashboard/due?which=zzz", "期限 “zzz”"),
        ("/work?bucket=zzz&turn=us&open=AP-2026-99999", "“AP-2026-99999”已不在这一页上"),
    ):  # fmt: skip
        visit.open(address)
        if visit.page.status_code == 301:
            visit.open(visit.page.location)
        assert visit.page.status_code == 200, address
        assert said in visit.words, (address, visit.words[:900])
        assert '<span class="chip">nope' not in visit.page.text
        if "province=44" in address:
            assert '<span class="chip">广东' in visit.page.text, address
    for address in (
        "/licenses/export?from=foo",
        "/work/export?turn=nope",
        "/dashboard/export?team=9",
    ):
        visit.open(address)
        assert visit.page.status_code == 422, address
        assert "没有导出" in visit.words
