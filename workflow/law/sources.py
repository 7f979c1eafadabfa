"""The names of the laws, notices and guides that stand behind the rules, and how to cite them."""

from __future__ import annotations

from workflow.domain.procedure import Citation, Confidence, Text

TELECOM = Text("电信条例", "Telecommunications Regulations")
ORDER_42 = Text(
    "电信业务经营许可管理办法（42 号令）", "Telecom Business Licensing Measures (Order 42)"
)
LICENSING = Text("行政许可法", "Administrative Licensing Law")
INTERNET = Text("互联网信息服务管理办法", "Internet Information Services Measures")
COMPANY_LAW = Text("公司法（2023 年修订）", "Company Law (2023)")
CIVIL_CODE = Text("民法典", "Civil Code")
FOREIGN = Text("外商投资电信企业管理规定", "Foreign-Invested Telecom Enterprises Provisions")
HOLIDAYS = Text("全国年节及纪念日放假办法", "National Holidays Measures")
CATALOGUE_2015 = Text("电信业务分类目录（2015 年版）", "Telecom Services Catalogue (2015)")
LICENSING_SYSTEM = Text("电信业务许可管理系统", "Telecom licensing system")
PLAN_552 = Text("工信部电管函〔2012〕552 号", "MIIT Letter No. 552 of 2012")
LETTER_84 = Text("信管函〔2018〕84 号", "Letter No. 84 of 2018")
PILOT_107 = Text("工信部通信函〔2024〕107 号", "MIIT Letter No. 107 of 2024")
PILOT_2025 = Text(
    "加快推进服务业扩大开放综合试点工作方案（2025 年 4 月）",
    "Service-sector opening pilot plan (April 2025)",
)
PILOT_2019 = Text(
    "第二类增值电信业务告知承诺审批试点工作实施方案（2019 年 12 月）",
    "Plan of the pilot of approval on undertakings, second-class services (December 2019)",
)
LETTER_2009 = Text("商资函〔2009〕71 号", "Commerce Letter No. 71 of 2009")
NEGATIVE_LIST = Text("外商投资准入负面清单", "Foreign investment negative list")
ANTI_FRAUD = Text("反电信网络诈骗法", "Anti-Telecom-Fraud Law")
CYBERSECURITY = Text("网络安全法", "Cybersecurity Law")
PROTECTION = Text("通信网络安全防护管理办法", "Network Security Protection Measures")
SMS_74 = Text("通信短信息服务管理规定（74 号令）", "SMS Services Provisions (Order 74)")
NUMBERING = Text("电信网码号资源管理办法", "Numbering Resources Measures")
NUMBERING_TABLE = Text(
    "短消息类服务接入代码申请、分配、使用与收回管理办法", "SMS Access Code Measures"
)
NUMBERING_GUIDE = Text("码号审批办事指南", "Guide to code applications")
NUMBERING_NOTICE = Text(
    "关于规范电信网码号资源使用行为的通知", "Notice on the use of numbering resources"
)
NUMBERING_FEE = Text("电信网码号资源占用费征收管理暂行办法", "Code Occupation Fee Measures")
COMPANY_LAW = Text("公司法", "Company Law")
FTZ_PILOT = Text(
    "第二类增值电信业务告知承诺审批试点实施方案（2019 年）",
    "Pilot of approval on undertaking in free-trade zones (2019)",
)
REPORT_MANUAL = Text("年报系统操作说明", "Manual of the annual report")
ABOLITION = Text("国发〔2014〕5 号", "State Council Decision No. 5 of 2014")
REGISTRY = Text("市场主体登记管理条例", "Market Entity Registration Regulations")
RIDE_HAILING = Text("网约车城市办事指南", "City guide to ride hailing")
DRUGS_2025 = Text("国家药监局公告 2025 年第 123 号", "NMPA Announcement No. 123 of 2025")
CREDIT_CODE = Text("GB 32100-2015", "GB 32100-2015")
BUREAU_NOTICE = Text("通信管理局通知和问答", "Notices and answers of bureaus")
BUREAU_GUIDE = Text("通信管理局办事指南", "Bureau guides")
PRACTICE = Text("办理惯例", "Filing practice")
DESK = Text("本台规则", "Desk rule")


def cite(law: Text, zh_article: str, en_article: str, confidence: Confidence) -> Citation:
    """One legal basis: the law, its article in both languages, how sure we are of it."""
    return Citation(law, Text(zh_article, en_article), confidence)
