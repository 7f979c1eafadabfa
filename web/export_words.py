"""What left the desk, and what was looked at, as the trail names it."""

from __future__ import annotations

from collections.abc import Mapping

from workflow.domain.procedure import Text
from workflow.services.trail_work import EXPORT

WHAT: Mapping[str, Text] = {
    "register": Text("许可证台账", "License register"),
    "worklist": Text("工作台", "Worklist"),
    "dashboard": Text("状态看板的数字", "Dashboard figures"),
    "pack": Text("申请包", "Filing pack"),
    "material": Text("材料文件", "Material file"),
    "import_problems": Text("导入的问题行", "Rows an import refused"),
    "case_print": Text("打印的案件摘要", "Case summary for print"),
    "index_print": Text("打印的申请包目录", "Index of the filing pack for print"),
    "letter_print": Text("打印的拟函", "Draft letter for print"),
    "trail_print": Text("审计追踪的打印页", "Trail extract for print"),
    EXPORT: Text("后台生成的审计追踪文件", "Trail file made in the background"),
    "evidence": Text("断点证据", "Evidence of a break"),
    "company": Text("企业档案中的个人信息", "Personal values of a company file"),
    "case": Text("案件中的个人信息", "Personal values of a case"),
    "license": Text("许可证上的个人信息", "Personal values on a license"),
    "event": Text("一条记录中的个人信息", "Personal values of one event"),
}
