"""Every error a caller can be told about; its docstring is its default message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.domain.procedure import Text

if TYPE_CHECKING:
    from workflow.domain.guard import Finding


class DeskError(Exception):
    """The desk could not do this."""

    code = "ERROR"
    zh = "无法办理"

    def __init__(self, says: Text | None = None) -> None:
        self.says = says or Text(self.zh, (self.__doc__ or "").strip())
        super().__init__(self.says.en)


class NotFound(DeskError):
    """Nothing with that number is open to you."""

    code = "NOT-FOUND"
    zh = "没有找到这个编号，或不在你的范围内"


class StaleCase(DeskError):
    """Somebody else changed this case."""

    code = "STALE"

    def __init__(self, version: int, who: str = "", at: str = "") -> None:
        self.version, self.who, self.at = version, who, at
        super().__init__(
            Text(
                f"{who or '有人'}刚刚改过这个案件（现为第 {version} 版），你的输入已保留",
                f"{who or 'Somebody'} has just changed this case (now version {version}). "
                "Your entries are kept",
            )
        )


class NotOffered(DeskError):
    """This case does not offer that act now."""

    code = "NOT-OFFERED"
    zh = "这个案件现在不能办理这一步"


class RoleMissing(DeskError):
    """Your role may not do this."""

    code = "ROLE"
    zh = "你的角色不能办理这一步"


class BadInput(DeskError):
    """Something that was typed cannot be used."""

    code = "INPUT"

    def __init__(self, field: str, says: Text) -> None:
        self.field = field
        super().__init__(says)


class GuardsUnmet(DeskError):
    """Legal prerequisites are not met."""

    code = "GUARDS"

    def __init__(self, findings: tuple[Finding, ...], papers: tuple[str, ...] = ()) -> None:
        """`papers` are the materials that the act itself waits for, beside the findings."""
        self.findings, self.papers = findings, papers
        self.unmet = tuple(f for f in findings if f.refuses)
        codes = "、".join(f.code for f in self.unmet)
        super().__init__(
            Text(
                f"还差 {len(self.unmet)} 项：{codes}",
                f"{len(self.unmet)} conditions are not met: {codes.replace('、', ', ')}",
            )
        )


class KeyReused(DeskError):
    """This form was already used for something else."""

    code = "KEY-REUSED"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "这份表单已用于另一次提交，请重新打开页面",
                "This form was already used for another request. Open the page again",
            )
        )


class NotBuilt(DeskError):
    """This part of the law is not built yet."""

    code = "NOT-BUILT"
    zh = "这部分法规尚未支持"


class Unavailable(DeskError):
    """The database is busy or cannot be written."""

    code = "UNAVAILABLE"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "数据库正忙或不能写入，刚才的操作没有生效，请稍后再试",
                "The database is busy or cannot be written. Nothing was changed; try again later",
            )
        )


class BrokenTrail(DeskError):
    """The trail does not verify."""

    code = "BROKEN-TRAIL"
    zh = "记录链验证不通过"
