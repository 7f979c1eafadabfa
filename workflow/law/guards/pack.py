"""The filing pack: complete, signed off by a second person, every point answered."""

from __future__ import annotations

from workflow.domain.facts import Facts
from workflow.domain.guard import Guard, Outcome
from workflow.domain.procedure import Confidence, Severity, Text
from workflow.law.changes import is_report
from workflow.law.guards.outcomes import BROKEN, failed, passed, unknown
from workflow.law.sources import DESK, LICENSING, cite


def _run_out(facts: Facts) -> Outcome | None:
    """A change shows the license in force; a renewal filed in time keeps it so until decided."""
    held = facts.license
    if held is None or facts.procedure != "change" or is_report(facts.case):
        return None
    renewed = any(o.procedure == "renewal" and o.license_id == held.id for o in facts.others)
    if held.status == "valid" and (held.valid_to >= facts.on or renewed):
        return None
    return failed("run_out", number=held.number, valid_to=held.valid_to.isoformat())


def _materials(facts: Facts) -> Outcome:
    """`facts.fixed["needed"]`: per need the codes that satisfy it, the usual one first."""
    run_out = _run_out(facts)
    if run_out:
        return run_out
    if "needed" not in facts.fixed:
        return unknown(says="unlisted")
    missing, expired = [], []
    needed: tuple[tuple[str, ...], ...] = facts.fixed["needed"]
    for codes in needed:
        papers = [facts.papers[code] for code in codes if code in facts.papers]
        if not papers:
            missing.append(codes[0])
        elif all(paper.valid_until and paper.valid_until < facts.on for paper in papers):
            expired.append(papers[0].code)
    if not missing and not expired:
        return passed(count=len(needed))
    says = "both" if missing and expired else "missing" if missing else "expired"
    return failed(says, missing=missing, expired=expired)


def _sign_off(facts: Facts) -> Outcome:
    signer = facts.sign_off.signed_by
    if signer is None:
        return failed("unsigned")
    return failed("own") if signer in facts.sign_off.changed_by else passed()


def _points(facts: Facts) -> Outcome:
    if facts.open_points:
        return failed(points=facts.open_points, count=len(facts.open_points))
    return passed()


GUARDS: tuple[Guard, ...] = (
    Guard(
        code="G-MATERIALS",
        title=Text("材料齐全且在有效期内", "Every material is in hand and unexpired"),
        severity=Severity.HARD,
        cites=(
            cite(LICENSING, "第三十二条", "Art. 32", Confidence.TEXT),
            cite(LICENSING, "第七十条第一项（届满）", "Art. 70(1) (expiry)", Confidence.TEXT),
        ),
        says={
            "run_out": Text(
                "许可证 {number}（有效期至 {valid_to}）已经失效，没有可以变更的许可证：须另行新办",
                "License {number} (valid until {valid_to}) is no longer in force, so there is none "
                "to change: apply for a new license",
            ),
            "pass": Text("{count} 项材料齐全", "All {count} materials are in hand"),
            "missing": Text("缺少材料：{missing}", "Missing: {missing}"),
            "expired": Text("材料已过期：{expired}", "Expired: {expired}"),
            "both": Text(
                "缺少材料：{missing}；已过期：{expired}", "Missing: {missing}. Expired: {expired}"
            ),
            "unlisted": Text(
                "材料清单尚未生成，无法核对", "The list of materials is not known yet"
            ),
            "broken": BROKEN,
        },
        fix=Text("上传缺少或过期的材料", "Upload what is missing or expired"),
        fix_at="materials",
        check=_materials,
        waivable=False,
    ),
    Guard(
        code="G-SIGNOFF",
        title=Text("申报材料包已由他人复核", "A second person has signed off the filing pack"),
        severity=Severity.PRACTICE,
        cites=(cite(DESK, "四眼复核", "four eyes", Confidence.DESIGN),),
        says={
            "pass": Text(
                "最后一次改动后已由未参与改动的人复核通过",
                "Signed off after the last change by somebody who did not change it",
            ),
            "unsigned": Text(
                "材料包最后一次改动后须经复核：尚未复核",
                "The pack must be signed off after its last change: no sign-off stands",
            ),
            "own": Text(
                "复核人不能复核自己整理的材料",
                "A reviewer cannot sign off a pack they prepared",
            ),
            "broken": BROKEN,
        },
        fix=Text("送复核，由另一人通过", "Send it for review; another person signs it off"),
        fix_at="sign_off",
        check=_sign_off,
        waivable=False,
    ),
    Guard(
        code="G-POINTS",
        title=Text("补正意见逐条答复", "Every correction point is answered"),
        severity=Severity.PRACTICE,
        cites=(
            cite(DESK, "逐条答复补正意见", "every point of a round", Confidence.DESIGN),
            cite(LICENSING, "第三十二条第一款第四项", "Art. 32(1)(4)", Confidence.TEXT),
        ),
        says={
            "pass": Text("本轮意见均已答复", "Every point of the round is answered"),
            "fail": Text(
                "补正意见须逐条答复：还有 {count} 条未答复（第 {points} 条）",
                "Every point must be answered: {count} open (no. {points})",
            ),
            "broken": BROKEN,
        },
        fix=Text("答复未答复的意见", "Answer the open points"),
        fix_at="points",
        check=_points,
        waivable=False,
    ),
)
