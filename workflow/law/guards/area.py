"""The area applied for: known provinces, kinds that exist there, the same authority as before."""

from __future__ import annotations

from typing import Any

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.law.authorities import NATIONAL, PROVINCES
from workflow.law.changes import CHANGES
from workflow.law.guards.outcomes import BROKEN, MISSING_CASE_FACT, failed, passed, unknown, warned
from workflow.law.kinds import BY_CODE
from workflow.law.sources import TELECOM, cite


def _branch_area(facts: Facts) -> Outcome:
    """Only the holder of a license that crosses provinces reports branches elsewhere."""
    province, held = facts.case.get("province"), facts.license
    if province is None or held is None:
        return unknown("province" if province is None else "license")
    values: dict[str, Any] = {"coverage": sorted(held.coverage), "province": [province]}
    covered = NATIONAL in held.coverage or province in held.coverage
    return passed("branch", **values) if held.nationwide and covered else failed("home", **values)


def _scope(facts: Facts) -> Outcome:
    if facts.procedure == "branch_report":
        return _branch_area(facts)
    if not facts.coverage or not facts.kinds:
        return unknown("coverage" if facts.kinds else "kinds")
    if set(facts.changes) & _ASKED == {"C-ADDR"}:
        return _address(facts)
    return _flaw_of_area(facts) or _flaw_of_kinds(facts)


_ASKED = frozenset(row.code for row in CHANGES if "G-SCOPE" in row.guards)


def _address(facts: Facts) -> Outcome:
    """A provincial license does not move along: who moves away applies anew over there."""
    home = facts.company.province
    values: dict[str, Any] = {"coverage": facts.coverage, "province": [home]}
    if facts.nationwide or home in facts.coverage:
        return passed("stays", **values)
    return warned("moved", **values)


def _flaw_of_area(facts: Facts) -> Outcome | None:
    """Unknown codes, the country beside provinces, or another authority than the license's."""
    coverage, held = facts.coverage, facts.license
    strange = [code for code in coverage if code not in PROVINCES and code != NATIONAL]
    if strange:
        return failed("strange", codes=strange)
    if NATIONAL in coverage and len(coverage) > 1:
        return failed("mixed", coverage=coverage)
    if held and not held.nationwide and set(coverage) - held.coverage:
        return failed("authority", coverage=coverage)
    return None


def _flaw_of_kinds(facts: Facts) -> Outcome:
    """Kinds that do not exist in this scope, may not exist, or are stated city by city."""
    scope = "N" if facts.nationwide else "P"
    rows = [BY_CODE[kind] for kind in facts.kinds]
    closed = [row.code for row in rows if scope not in row.scopes | row.unconfirmed]
    if closed:
        return failed("closed", kinds=closed, scope=scope)
    doubtful = [row.code for row in rows if scope in row.unconfirmed]
    if doubtful:
        return unknown(says="unconfirmed", kinds=doubtful, scope=scope)
    by_city = [row.code for row in rows if row.grain == "city"]
    if by_city and scope == "P" and not facts.case.get("cities"):
        return warned("cities", kinds=by_city, coverage=facts.coverage)
    return passed(coverage=facts.coverage, scope=scope)


GUARDS: tuple[Guard, ...] = (
    Guard(
        code="G-SCOPE",
        title=Text("覆盖范围与发证机关相符", "The coverage matches the authority"),
        severity=Severity.HARD,
        cites=(cite(TELECOM, "第九条", "Art. 9", Confidence.TEXT),),
        says={
            "pass": Text("申请范围：{coverage}（{scope}）", "Coverage: {coverage} ({scope})"),
            "strange": Text(
                "覆盖范围中有不认识的代码：{codes}", "The coverage names unknown codes: {codes}"
            ),
            "mixed": Text(
                "覆盖范围须为若干省份或全国，不能并用：{coverage}",
                "Name provinces or the whole country, not both: {coverage}",
            ),
            "closed": Text(
                "{kinds} 不发放{scope}许可", "{kinds} is not licensed for this scope: {scope}"
            ),
            "authority": Text(
                "省内许可证不能变更为{coverage}：跨省由工业和信息化部、外省由当地通信管理局审批，"
                "须另行新办",
                "A provincial license cannot be changed to {coverage}: MIIT decides across "
                "provinces and the local bureau elsewhere, so apply for a new license",
            ),
            "branch": Text(
                "许可证范围 {coverage}，含 {province}",
                "The license covers {coverage}, so also {province}",
            ),
            "home": Text(
                "许可证范围 {coverage} 不能在 {province} 设分支经营：须先取得跨地区许可证",
                "A license for {coverage} does not reach {province}: a nationwide license "
                "comes first",
            ),
            "stays": Text(
                "住所在 {province}，许可证范围 {coverage} 不受影响",
                "The address is in {province}: the license for {coverage} stands",
            ),
            "moved": Text(
                "住所已在 {province}，而许可证范围是 {coverage}：迁往外省的，"
                "省内许可证须在迁入地重新申请",
                "The address is in {province} and the license is for {coverage}: a company that "
                "moves to another province applies there for a new provincial license",
            ),
            "unconfirmed": Text(
                "{kinds} 能否办理{scope}许可未经证实，请先向工业和信息化部确认",
                "Whether {kinds} is licensed for this scope ({scope}) is unconfirmed: "
                "confirm with MIIT first",
            ),
            "cities": Text(
                "{kinds} 的覆盖范围按城市列明：{coverage} 尚未写明城市",
                "{kinds} is licensed city by city: no city named yet for {coverage}",
            ),
            "unknown": MISSING_CASE_FACT,
            "broken": BROKEN,
        },
        fix=Text("更正覆盖范围", "Correct the coverage"),
        fix_at="scope",
        check=_scope,
    ),
)
