"""From what a business does to what it needs: every activity alone, and the telling mixtures."""

from datetime import date

import pytest

from workflow.law.finder import proposed_kinds
from workflow.services.license_finder import Asked, find

DAY = date(2026, 3, 18)


def ask(*doings, coverage=("44",), **more):
    return find(Asked(doings, coverage=coverage, **more), DAY)


def items(found):
    return {kind: list(codes) for kind, codes in found.items.items()}


ALONE = [
    ("sells_access", {"ISP": ["ISP-USER"]}),
    ("matches_buyers_and_sellers", {"EDI": ["EDI-TRADE"]}),
    ("own_goods_only", {}),
    ("publishes_for_others", {"ICP": ["ICP-PUBLISH"]}),
    ("user_video", {"ICP": ["ICP-PUBLISH"]}),
    ("in_app_voice", {"ICP": ["ICP-MESSAGE"]}),
    ("conference", {"MPC": []}),
    ("sends_sms", {"SP": []}),
    ("seats_for_others", {"CC": []}),
    ("rides", {"EDI": ["EDI-TRADE"], "ICP": ["ICP-PUBLISH"]}),
    ("sms_platform", {"SP": []}),
    ("own_notices", {}),
    ("own_customers_only", {}),
    ("own_site_only", {}),
    ("cloud", {"IDC": ["IDC-CLOUD"]}),
    ("hosts_servers", {"IDC": ["IDC-BASE"]}),
    ("delivers_content", {"CDN": []}),
    ("resolves_domains", {"DNS": []}),
]


@pytest.mark.parametrize(("doing", "needed"), ALONE)
def test_it_knows_what_each_thing_alone_needs(doing, needed):
    found = ask(doing)
    assert items(found) == needed
    assert all(need.reasons for need in found.needed)


@pytest.mark.parametrize("doing", [doing for doing, _ in ALONE[:10]])
def test_it_agrees_with_what_a_case_with_these_facts_is_told(doing):
    assert set(ask(doing).kinds) == set(proposed_kinds([doing]))


def test_it_takes_every_item_that_was_told_apart():
    assert items(ask("sells_access", "access_for_platforms")) == {
        "ISP": ["ISP-USER", "ISP-PLATFORM"]
    }
    assert items(ask("access_for_platforms")) == {"ISP": ["ISP-PLATFORM"]}


def test_it_sends_a_short_video_platform_to_icp_after_the_audiovisual_license():
    found = ask("user_video", "community")
    assert items(found) == {"ICP": ["ICP-PUBLISH", "ICP-COMMUNITY"]}
    assert [row.code for row in found.first] == ["audiovisual-license"]
    assert ("content-platform", ("ISP",)) in [(r.code, kinds) for r, kinds in found.not_needed]
    assert "content-review" in [remark.code for remark in found.remarks]
    assert found.content == ("audiovisual",)


def test_it_tells_a_social_voice_app_from_a_meeting_platform():
    alone, both = ask("in_app_voice"), ask("in_app_voice", "conference")
    assert alone.kinds == ("ICP",)
    assert ("one-to-one", ("MPC",)) in [(row.code, kinds) for row, kinds in alone.not_needed]
    assert set(both.kinds) == {"ICP", "MPC"}
    assert "one-to-one" not in [row.code for row, _ in both.not_needed]


def test_it_puts_the_ride_hailing_license_before_the_filing_and_the_licenses():
    found = ask("rides", coverage=("national",))
    assert [row.code for row in found.first] == ["ride-hailing-license"]
    assert found.filing
    assert set(found.kinds) == {"EDI", "ICP"}
    assert ask("user_video").filing is None


def test_it_sends_a_pet_marketplace_to_edi_and_says_when_icp_joins():
    found = ask("matches_buyers_and_sellers")
    assert found.kinds == ("EDI",)
    assert {"paid-listing", "goods-own-rules"} <= {remark.code for remark in found.remarks}
    paid = ask("matches_buyers_and_sellers", "publishes_for_others")
    assert set(paid.kinds) == {"EDI", "ICP"}
    assert "paid-listing" not in {remark.code for remark in paid.remarks}


def test_it_needs_nothing_for_a_shop_of_its_own_goods():
    found = ask("own_goods_only", "own_customers_only")
    assert found.needed == ()
    assert [(row.code, kinds) for row, kinds in found.not_needed] == [
        ("own-goods", ("EDI", "ICP")),
        ("own-customers", ("CC",)),
    ]
    assert found.authority is None
    assert found.minimum is None


def test_it_lets_the_third_party_part_decide_where_both_share_a_shop():
    found = ask("own_goods_only", "matches_buyers_and_sellers")
    assert found.kinds == ("EDI",)
    assert "mixed-shop" in [remark.code for remark in found.remarks]


def test_it_tells_three_senders_of_text_messages_apart():
    platform, seller, own = (ask(code) for code in ("sms_platform", "sends_sms", "own_notices"))
    assert [row.code for row in platform.ranges] == ["10630XXX"]
    assert [row.code for row in seller.ranges] == ["1062XXXX"]
    assert [row.code for row in own.ranges] == ["1063YXXXXXXX"]
    assert platform.activities == seller.activities == ("sends_sms",)
    assert own.activities == ()
    assert not own.ranges[0].licensed


@pytest.mark.parametrize(
    ("coverage", "share", "authority", "minimum"),
    [
        (("44",), 0, "44", 1_000_000),
        (("44", "11"), 0, "MIIT", 10_000_000),
        (("national",), 0, "MIIT", 10_000_000),
        (("44",), 20, "MIIT", 1_000_000),
        ((), 0, None, None),
    ],
)
def test_it_names_the_authority_and_the_capital_of_the_area(coverage, share, authority, minimum):
    found = ask("conference", coverage=coverage, foreign_share=share)
    assert (found.authority, found.minimum) == (authority, minimum)


def test_it_does_not_offer_a_nationwide_premises_network_in_silence():
    (need,) = ask("wires_premises", coverage=("national",)).needed
    assert [(doubt.code, doubt.says) for doubt in need.doubts] == [("G-SCOPE", "unconfirmed")]
    (need,) = ask("wires_premises").needed
    assert need.doubts == ()


def test_it_holds_the_foreign_share_against_the_cap_of_each_kind():
    found = ask("rides", foreign_share=60)
    doubts = {need.kind.code: [doubt.code for doubt in need.doubts] for need in found.needed}
    assert doubts == {"EDI": [], "ICP": ["G-FOREIGN"]}
    (need,) = ask("user_video", foreign_share=10).needed
    assert [doubt.says for doubt in need.doubts] == ["content"]


@pytest.mark.parametrize(
    ("day", "document"),
    [(date(2025, 12, 21), "drugs-certificate"), (date(2025, 12, 22), "drugs-filing")],
)
def test_it_names_the_document_in_force_that_day(day, document):
    found = find(Asked(("publishes_for_others",), content=("drugs",)), day)
    assert [row.code for row in found.first] == [document]


def test_it_answers_nothing_with_nothing():
    found = find(Asked(), DAY)
    assert (found.needed, found.not_needed, found.first, found.ranges) == ((), (), (), ())
