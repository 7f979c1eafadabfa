"""What a kind asks for beside what facts can judge: told to the handler, and declared if hard."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.sources import (
    ANTI_FRAUD,
    BUREAU_GUIDE,
    CYBERSECURITY,
    INTERNET,
    LETTER_84,
    PLAN_552,
    PRACTICE,
    PROTECTION,
    cite,
)
from workflow.law.vocabulary import Labels


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the guide: the kinds it is for, what they need, where that comes from.

    A `hard` one is taken as met until the case says under `lacking` that it is not.
    """

    code: str
    kinds: frozenset[str]
    says: Text
    hard: bool
    cites: tuple[Citation, ...]


def _note(
    code: str, kinds: frozenset[str], zh: str, en: str, *cites: Citation, hard: bool = False
) -> Note:
    return Note(code, kinds, Text(zh, en), hard, cites)


def _practice(zh: str, en: str, confidence: Confidence = Confidence.SECONDARY) -> Citation:
    return cite(PRACTICE, zh, en, confidence)


def _of(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


_INFRASTRUCTURE = _of("IDC", "ISP", "CDN")

NOTES: tuple[Note, ...] = (
    _note(
        "N-ICP-SITE",
        _of("ICP"),
        "须有明确的网站或应用",
        "A definite site or app",
        cite(BUREAU_GUIDE, "ICP 申请条件", "ICP conditions", Confidence.SECONDARY),
        hard=True,
    ),
    _note(
        "N-ICP-RULES",
        _of("ICP"),
        "须有网站安全、信息保密和用户信息安全管理制度",
        "Rules on site security, confidentiality of information and user information",
        cite(INTERNET, "第六条", "Art. 6", Confidence.TEXT),
        hard=True,
    ),
    _note(
        "N-SP",
        _of("SP"),
        "说明业务内容、资费和短信息安全措施；使用码号另行申请",
        "Describe service, charging and SMS security; codes are a separate application",
        _practice("SP 申请材料", "SP applications"),
    ),
    _note(
        "N-SYSTEMS",
        _of("IDC", "ISP"),
        "机房、备案系统、接入资源管理系统和信息安全系统；7×24 小时应急联系人两名；"
        "每万个网站至少两名专职信息安全人员",
        "Machine room; filing, resource and security systems; two emergency contacts 7×24; two "
        "full-time security staff per 10,000 sites",
        cite(PLAN_552, "系统和人员", "systems and staff", Confidence.SECONDARY),
        hard=True,
    ),
    _note(
        "N-LICENSE-FIRST",
        _of("IDC", "CDN"),
        "2018 年 1 月 1 日起，未取得许可不得经营互联网资源协作服务和内容分发网络业务",
        "Since 1 January 2018 neither resource collaboration (cloud) nor a delivery network may "
        "be operated without the license",
        cite(LETTER_84, "未经许可不得经营", "no operation without license", Confidence.TEXT),
        hard=True,
    ),
    _note(
        "N-NO-CHAIN",
        _INFRASTRUCTURE,
        "不得层层转租，不得超出许可地域经营，不得自建或租用跨境信道",
        "No chains of reselling, nothing outside the licensed area, no cross-border channels",
        cite(LETTER_84, "清理规范", "clean-up", Confidence.SECONDARY),
    ),
    _note(
        "N-GRADING",
        _INFRASTRUCTURE | {"DNS"},
        "网络单元定级备案：三级及以上每年、二级每两年符合性评测和风险评估",
        "Grade and file network units: level 3 and above are tested yearly, level 2 every "
        "two years",
        cite(PROTECTION, "定级备案", "grading and filing", Confidence.SECONDARY),
    ),
    _note(
        "N-CLASSIFIED",
        _INFRASTRUCTURE,
        "网络安全等级保护是法定义务，许可条件中没有固定级别（“IDC 须三级”是惯例）",
        "Classified protection is a legal duty, but no level is written into the license "
        "conditions (level 3 for data centers is practice)",
        cite(CYBERSECURITY, "第二十一条", "Art. 21", Confidence.TEXT),
        _practice("等级保护级别", "the level of protection", Confidence.KNOWLEDGE),
    ),
    _note(
        "N-CC",
        _of("CC", "CCO"),
        "真实办公场地、坐席、可录音的呼叫系统、中继合同和反骚扰承诺；现场核查常见",
        "Real office, seats, a recording call system, trunk contract and an undertaking "
        "against nuisance calls; on-site checks are common",
        _practice("呼叫中心申请", "call center applications"),
    ),
    _note(
        "N-IPVPN",
        _of("IPVPN"),
        "只限国内，不得连接跨境电路",
        "Domestic only, no cross-border circuits",
        _practice("IP-VPN 申请", "IP-VPN applications"),
    ),
    _note(
        "N-CDN",
        _of("CDN"),
        "技术人员名单和简历、节点清单、机房合同",
        "Technical staff with résumés, list of nodes, data-center contracts",
        _practice("CDN 申请", "CDN applications"),
    ),
    _note(
        "N-MPC",
        _of("MPC"),
        "服务器在境内，域名已备案；不需要广电制作许可",
        "Server in the mainland, domain filed; no broadcasting license is asked for",
        _practice("多方通信申请", "multi-party applications"),
    ),
    _note(
        "N-DNS",
        _of("DNS"),
        "核验域名注册和解析信息并留存日志；域名注册管理另有许可",
        "Verify registration and resolution data and keep logs; registry permits are separate",
        cite(ANTI_FRAUD, "第二十四条", "Art. 24", Confidence.TEXT),
        hard=True,
    ),
    _note(
        "N-FDT",
        _of("FDT"),
        "不得自建国内传输线路，应租用",
        "No transmission lines of one's own: they are leased",
        _practice("固定网数传定义", "definition of fixed data transmission"),
    ),
    _note(
        "N-CPN",
        _of("CPN"),
        "服务小区清单和协议，每年报送经营数据；与宽带接入网业务试点不是一回事",
        "List of premises served with agreements; yearly operating figures. The pilot of "
        "broadband access networks is another matter",
        _practice("驻地网旧省级规定", "older provincial rules"),
    ),
)

DECLARED: Labels = {note.code: note.says for note in NOTES if note.hard}
"""Conditions a case may say are lacking."""
