"""What a kind asks for that no fact of a case can judge: shown to the handler, never a verdict."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.domain.procedure import Citation, Confidence, Text
from workflow.law.sources import (
    ANTI_FRAUD,
    INTERNET,
    LETTER_84,
    PLAN_552,
    PRACTICE,
    PROTECTION,
    cite,
)


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the guide: the kinds it is for, what they need, where that comes from."""

    code: str
    kinds: frozenset[str]
    says: Text
    hard: bool
    cites: tuple[Citation, ...]


def _practice(zh: str, en: str) -> tuple[Citation, ...]:
    return (cite(PRACTICE, zh, en, Confidence.SECONDARY),)


_INFRASTRUCTURE = frozenset({"IDC", "ISP", "CDN"})

NOTES: tuple[Note, ...] = (
    Note(
        "N-ICP-RULES",
        frozenset({"ICP"}),
        Text(
            "须有网站安全、信息保密和用户信息安全管理制度",
            "Rules on site security, confidentiality of information and user information",
        ),
        hard=True,
        cites=(cite(INTERNET, "第六条", "Art. 6", Confidence.TEXT),),
    ),
    Note(
        "N-SP",
        frozenset({"SP"}),
        Text(
            "说明业务内容、资费和短信息安全措施；使用码号另行申请",
            "Describe service, charging and SMS security; codes are a separate application",
        ),
        hard=False,
        cites=_practice("SP 申请材料", "SP applications"),
    ),
    Note(
        "N-SYSTEMS",
        frozenset({"IDC", "ISP"}),
        Text(
            "机房、备案系统、接入资源管理系统和信息安全系统；7×24 小时应急联系人两名；"
            "每万个网站至少两名专职信息安全人员",
            "Machine room; filing, resource and security systems; two emergency contacts 7×24; two "
            "full-time security staff per 10,000 sites",
        ),
        hard=True,
        cites=(cite(PLAN_552, "系统和人员", "systems and staff", Confidence.SECONDARY),),
    ),
    Note(
        "N-NO-CHAIN",
        _INFRASTRUCTURE,
        Text(
            "不得层层转租，不得超出许可地域经营，不得自建或租用跨境信道",
            "No chains of reselling, nothing outside the licensed area, no cross-border channels",
        ),
        hard=True,
        cites=(cite(LETTER_84, "清理规范", "clean-up", Confidence.SECONDARY),),
    ),
    Note(
        "N-GRADING",
        _INFRASTRUCTURE | {"DNS"},
        Text(
            "网络单元定级备案：三级及以上每年、二级每两年符合性评测和风险评估",
            "Grade and file network units: level 3 and above are tested yearly, level 2 every "
            "two years",
        ),
        hard=False,
        cites=(cite(PROTECTION, "定级备案", "grading and filing", Confidence.SECONDARY),),
    ),
    Note(
        "N-CC",
        frozenset({"CC", "CCO"}),
        Text(
            "真实办公场地、坐席、可录音的呼叫系统、中继合同和反骚扰承诺；现场核查常见",
            "Real office, seats, a recording call system, trunk contract and an undertaking "
            "against nuisance calls; on-site checks are common",
        ),
        hard=False,
        cites=_practice("呼叫中心申请", "call center applications"),
    ),
    Note(
        "N-IPVPN",
        frozenset({"IPVPN"}),
        Text("只限国内，不得连接跨境电路", "Domestic only, no cross-border circuits"),
        hard=False,
        cites=_practice("IP-VPN 申请", "IP-VPN applications"),
    ),
    Note(
        "N-CDN",
        frozenset({"CDN"}),
        Text(
            "技术人员名单和简历、节点清单、机房合同",
            "Technical staff with résumés, list of nodes, data-center contracts",
        ),
        hard=False,
        cites=_practice("CDN 申请", "CDN applications"),
    ),
    Note(
        "N-MPC",
        frozenset({"MPC"}),
        Text(
            "服务器在境内，域名已备案；不需要广电制作许可",
            "Server in the mainland, domain filed; no broadcasting license is asked for",
        ),
        hard=False,
        cites=_practice("多方通信申请", "multi-party applications"),
    ),
    Note(
        "N-DNS",
        frozenset({"DNS"}),
        Text(
            "核验域名注册和解析信息并留存日志；域名注册管理另有许可",
            "Verify registration and resolution data and keep logs; registry permits are separate",
        ),
        hard=True,
        cites=(cite(ANTI_FRAUD, "第二十四条", "Art. 24", Confidence.TEXT),),
    ),
    Note(
        "N-FDT",
        frozenset({"FDT"}),
        Text(
            "不得自建国内传输线路，应租用",
            "No transmission lines of one's own: they are leased",
        ),
        hard=False,
        cites=_practice("固定网数传定义", "definition of fixed data transmission"),
    ),
    Note(
        "N-CPN",
        frozenset({"CPN"}),
        Text(
            "服务小区清单和协议，每年报送经营数据",
            "List of premises served with agreements; yearly operating figures",
        ),
        hard=False,
        cites=_practice("驻地网旧省级规定", "older provincial rules"),
    ),
)
