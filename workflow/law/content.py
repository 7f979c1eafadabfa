"""Content that needs another authority first (rulebook 1.6): which document, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.sources import DRUGS_2025, INTERNET, PRACTICE, RIDE_HAILING, cite
from workflow.law.vocabulary import Labels

_ALWAYS = date(1900, 1, 1)
DRUGS_FILING_SINCE = date(2025, 12, 22)
DOUBT = Text("是否仍要求未核实", "not verified whether still required")


@dataclass(frozen=True, slots=True)
class PriorApproval:
    """The document one sort of content needs, while that text of the rule is in force.

    `required` False: an older text asked for it, whether it is still asked for is not verified.
    """

    code: str
    content: str
    document: Text
    authority: Text
    cites: tuple[Citation, ...]
    since: date = _ALWAYS
    until: date | None = None
    required: bool = True

    @property
    def doubt(self) -> Text | None:
        """What is not sure of it; None for a document that is required."""
        return None if self.required else DOUBT

    def holds_on(self, day: date) -> bool:
        """True when this text is in force on the day."""
        return self.since <= day and (self.until is None or day <= self.until)


def _known(zh: str, en: str) -> tuple[Citation, ...]:
    return (
        cite(INTERNET, "第五条", "Art. 5", Confidence.TEXT),
        cite(PRACTICE, zh, en, Confidence.KNOWLEDGE),
    )


_ART_5_OF_2011 = (cite(INTERNET, "第五条（2011 年文本）", "Art. 5 (2011 text)", Confidence.TEXT),)

PRIOR_APPROVALS: tuple[PriorApproval, ...] = (
    PriorApproval(
        "news-license",
        "news",
        Text("互联网新闻信息服务许可证", "internet news license"),
        Text("网信部门", "cyberspace administration"),
        _known("新闻前置审批", "news"),
    ),
    PriorApproval(
        "publishing-license",
        "publishing",
        Text("网络出版服务许可证", "online publishing license"),
        Text("新闻出版部门", "press and publication administration"),
        _known("出版前置审批", "publishing"),
    ),
    PriorApproval(
        "drugs-certificate",
        "drugs",
        Text("互联网药品信息服务资格证书", "drug information certificate"),
        Text("省级药监部门", "provincial drug administration"),
        _known("药品信息服务审批", "drug information"),
        until=DRUGS_FILING_SINCE - timedelta(1),
    ),
    PriorApproval(
        "drugs-filing",
        "drugs",
        Text("药品医疗器械网络信息服务备案", "filing of drug and device information"),
        Text("省级药监部门", "provincial drug administration"),
        (cite(DRUGS_2025, "第一条至第四条", "Arts. 1-4", Confidence.SECONDARY),),
        since=DRUGS_FILING_SINCE,
    ),
    PriorApproval(
        "culture-license",
        "culture",
        Text("网络文化经营许可证", "internet culture license"),
        Text("文化和旅游部门", "culture and tourism administration"),
        _known("文化前置审批", "culture"),
    ),
    PriorApproval(
        "audiovisual-license",
        "audiovisual",
        Text("信息网络传播视听节目许可证或备案", "audiovisual license or filing"),
        Text("广电部门", "radio and television administration"),
        _known("视听节目前置审批", "audiovisual programs"),
    ),
    PriorApproval(
        "ride-hailing-license",
        "ride_hailing",
        Text("网络预约出租汽车经营许可证", "ride-hailing license"),
        Text("交通运输部门", "transport administration"),
        (cite(RIDE_HAILING, "先取得经营许可", "license first", Confidence.SECONDARY),),
    ),
    PriorApproval(
        "education-consent",
        "education",
        Text("教育主管部门的审核文件", "consent of the education authority"),
        Text("教育部门", "education administration"),
        _ART_5_OF_2011,
        required=False,
    ),
    PriorApproval(
        "health-consent",
        "health",
        Text("卫生主管部门的审核文件", "consent of the health authority"),
        Text("卫生健康部门", "health administration"),
        _ART_5_OF_2011,
        required=False,
    ),
)

DOCUMENT_LABELS: Labels = {
    row.code: Text(
        f"{row.document.zh}（{row.authority.zh}）", f"{row.document.en} ({row.authority.en})"
    )
    for row in PRIOR_APPROVALS
}


def approvals_for(content: Iterable[str], day: date) -> tuple[PriorApproval, ...]:
    """What this content needs from other authorities by the rules in force on `day`."""
    wanted = set(content)
    return tuple(row for row in PRIOR_APPROVALS if row.content in wanted and row.holds_on(day))


def documents_for(content: Iterable[str], day: date) -> tuple[str, ...]:
    """Codes of the documents this content needs by the rules in force on `day`."""
    return tuple(row.code for row in approvals_for(content, day) if row.required)


def doubtful_for(content: Iterable[str], day: date) -> tuple[str, ...]:
    """Codes of the documents that this content may need: nobody has verified it."""
    return tuple(row.code for row in approvals_for(content, day) if not row.required)
