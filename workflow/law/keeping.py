"""How long what is kept after a case has ended, and on what ground."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.sources import CYBERSECURITY, DESK, cite


@dataclass(frozen=True, slots=True)
class Keeping:
    """One term: whole months from the day something ended; None: it is never removed."""

    code: str
    what: Text
    months: int | None
    cites: Citation

    @property
    def term(self) -> Text:
        """How long, in words."""
        if self.months is None:
            return Text("不清除", "Never removed")
        years, months = divmod(self.months, 12)
        if months:
            return Text(f"结束后 {self.months} 个月", f"{self.months} months after the end")
        return Text(f"结束后 {years} 年", f"{years} years after the end")

    def until(self, ended: date) -> date:
        """The last day on which it must still be kept."""
        if self.months is None:
            return date.max
        return months_on(ended, self.months)


def months_on(day: date, months: int) -> date:
    """The same day whole months later (or earlier), the 28th at the latest."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


FILES = Keeping(
    "KEEP-FILES",
    Text("办件材料的文件", "Files of a case"),
    120,
    cite(DESK, "结案后保存十年", "ten years after the case ended", Confidence.DESIGN),
)
VALUES = Keeping(
    "KEEP-VALUES",
    Text("轨迹旁的个人信息", "Personal values beside the trail"),
    6,
    cite(
        CYBERSECURITY, "日志留存不少于六个月", "logs for six months at least", Confidence.SECONDARY
    ),
)
TRAIL = Keeping(
    "KEEP-TRAIL",
    Text("审计轨迹", "The audit trail"),
    None,
    cite(
        DESK,
        "只追加，不删除；个人信息另存，可以依法删除",
        "only ever appended to; personal values lie beside it and can lawfully be erased",
        Confidence.DESIGN,
    ),
)
