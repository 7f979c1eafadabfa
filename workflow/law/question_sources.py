"""What answers rest on besides the rules of the cases: the basis of advice that guards nothing."""

from __future__ import annotations

from workflow.domain.procedure import Confidence
from workflow.law.sources import (
    ABOLITION,
    BUREAU_GUIDE,
    COMPANY_LAW,
    CYBERSECURITY,
    FTZ_PILOT,
    LICENSING,
    NUMBERING_FEE,
    ORDER_42,
    PRACTICE,
    REPORT_MANUAL,
    SMS_74,
    TELECOM,
    cite,
)

_T, _S, _K = Confidence.TEXT, Confidence.SECONDARY, Confidence.KNOWLEDGE

DUTY = cite(TELECOM, "第七条", "Art. 7", _T)
FREE = cite(LICENSING, "第五十八条", "Art. 58", _T)
AGENT = cite(LICENSING, "第二十九条", "Art. 29", _T)
TRUTH = cite(LICENSING, "第三十一条", "Art. 31", _T)
REASONS = cite(LICENSING, "第三十八条", "Art. 38", _T)
GROUNDS = cite(LICENSING, "第七十条", "Art. 70", _T)
CHECKS = cite(ORDER_42, "第三十六条", "Art. 36", _T)
PAY_IN = cite(COMPANY_LAW, "第四十七条", "Art. 47", _T)
FEE_BORNE = cite(NUMBERING_FEE, "第十五条", "Art. 15", _T)
PLATFORM = cite(BUREAU_GUIDE, "线上办理、电子证照", "online filing, electronic license", _S)
NO_AGENT = cite(BUREAU_GUIDE, "不指定代办机构", "no agent is designated", _S)
FTZ = cite(FTZ_PILOT, "适用范围", "scope", _S)
FORMS = cite(REPORT_MANUAL, "表格和步骤", "forms and steps", _S)
SMS = cite(SMS_74, "用户同意、退订、记录", "consent, opt-out, records", _S)
ABOLISHED = cite(ABOLITION, "取消跨省备案审批", "the filing approval is abolished", _S)
PLAN_FIELDS = cite(PRACTICE, "业务说明书内容", "contents of a business plan", _K)
PROTECTION = cite(CYBERSECURITY, "等级保护", "classified protection", _K)
PRODUCTION = cite(PRACTICE, "广播电视节目制作许可", "program production permits", _K)
