"""Foreign investment, cell by cell: the caps typed from the rulebook's own table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.law.samples import bare, company
from workflow.domain.guard import Result, judge
from workflow.law.catalogue import LAW

PASS, WARN, FAIL, UNKNOWN = Result.PASS, Result.WARN, Result.FAIL, Result.UNKNOWN

# kind, item, the cap in percent: ordinarily, in the four pilot areas, in the service pilot.
# `?` nobody verified it, `*` open for app stores alone.
TABLE = """
IDC    IDC-BASE         0  100    0
IDC    IDC-CLOUD        0  100    0
CDN    -                0  100    0
IPVPN  -                0    0   50
ISP    ISP-USER         0  100  100
ISP    ISP-PLATFORM     0  100    0
EDI    EDI-TRADE      100  100  100
EDI    EDI-EXCHANGE    50  100   50
EDI    EDI-DEVICE      50  100   50
MPC    -              100  100  100
SAF    -              100  100  100
CC     -              100  100  100
CCO    -                ?    ?    ?
ICP    ICP-PUBLISH     50  100   50*
ICP    ICP-SEARCH      50   50   50
ICP    ICP-COMMUNITY   50   50   50
ICP    ICP-MESSAGE     50   50   50
ICP    ICP-PROTECT     50  100   50
SP     -               50   50   50
DNS    -                ?    ?    ?
FDT    -                ?    ?    ?
CPN    -                ?    ?    ?
HOST   -                ?    ?    ?
"""
ROWS = [line.split() for line in TABLE.split("\n") if line]
SHARES = (Decimal("0.01"), 49, 50, Decimal("50.01"), 100)


def verdict(kind, item, share, *, zone=None, approved=True, **told):
    facts = bare(
        kinds=(kind,),
        items={} if item == "-" else {kind: (item,)},
        company=company(foreign_share=share, pilot_zone=zone, **told),
        case={"pilot_approval": approved},
    )
    (finding,) = judge([LAW.guards["G-FOREIGN"]], facts, {})
    return finding


def test_it_leaves_every_kind_and_item_that_the_table_does_not_name_to_a_person():
    typed = {(kind, item) for kind, item, *_ in ROWS}
    known = {
        (kind.code, code)
        for kind in LAW.kinds.values()
        for code in ([item.code for item in kind.items] or ["-"])
    }
    assert typed <= known
    for kind, item in known - typed:
        assert verdict(kind, item, 1).says == "manual"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "".join(row[:2]))
def test_it_holds_every_cell(row):
    kind, item, ordinary, p4, p20 = row
    for share in SHARES:
        plain = verdict(kind, item, share)
        four = verdict(kind, item, share, zone="P4")
        twenty = verdict(kind, item, share, zone="P20")
        if ordinary == "?":
            assert {plain.result, four.result, twenty.result} == {UNKNOWN}
            continue
        within = share <= int(ordinary)
        assert plain.result is (PASS if within else FAIL)
        assert four.result is (PASS if share <= max(int(ordinary), int(p4)) else FAIL)
        if within:
            assert twenty.result is PASS
        elif share <= int(p20.rstrip("*")):
            assert twenty.result is WARN  # whether its rules are out is not verified
        else:
            assert twenty.result is (UNKNOWN if p20.endswith("*") else FAIL)


@pytest.mark.parametrize("row", [r for r in ROWS if r[2] != "?"], ids=lambda r: "".join(r[:2]))
def test_it_asks_for_the_pilot_approval_where_the_pilot_is_what_helps(row):
    kind, item, ordinary, p4, _ = row
    found = verdict(kind, item, 100, zone="P4", approved=False)
    helped = int(ordinary) < 100 and int(p4) == 100
    assert found.says == ("unapproved" if helped else "within" if ordinary == "100" else "over")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "".join(row[:2]))
def test_it_takes_a_listed_company_below_ten_percent_for_a_domestic_one(row):
    kind, item, *_ = row
    below = verdict(kind, item, Decimal("9.99"), foreign_exception=True)
    assert (below.result, below.says) == (PASS, "exception")
    assert verdict(kind, item, 10, foreign_exception=True).says != "exception"
    assert verdict(kind, item, Decimal("9.99")).says != "exception"


@pytest.mark.parametrize("content", ["news", "publishing", "audiovisual", "culture"])
@pytest.mark.parametrize("zone", [None, "P4", "P20"])
def test_it_opens_prohibited_content_nowhere(content, zone):
    facts = bare(
        kinds=("ICP",),
        items={"ICP": ("ICP-PUBLISH",)},
        company=company(foreign_share=1, pilot_zone=zone),
        case={"content": [content], "pilot_approval": True},
    )
    (finding,) = judge([LAW.guards["G-FOREIGN"]], facts, {})
    assert (finding.result, finding.says) == (FAIL, "content")


def test_it_lets_the_strictest_item_decide():
    facts = bare(
        items={"EDI": ("EDI-TRADE", "EDI-DEVICE")}, company=company(foreign_share=Decimal(60))
    )
    (finding,) = judge([LAW.guards["G-FOREIGN"]], facts, {})
    assert (finding.result, finding.values["cap"]) == (FAIL, 50)
