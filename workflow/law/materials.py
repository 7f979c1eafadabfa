"""Every paper a filing may ask for: its name, what must be in it, and where that comes from."""

from __future__ import annotations

from workflow.domain.procedure import Citation, Confidence, Material, Text
from workflow.law.later_materials import LATER_MATERIALS
from workflow.law.sources import BUREAU_GUIDE, ORDER_42, PRACTICE, cite

_FORM_LIST = cite(BUREAU_GUIDE, "申请材料清单", "list of application forms", Confidence.SECONDARY)
_PRACTICE = cite(PRACTICE, "代办机构所述", "as agencies report it", Confidence.SECONDARY)


def _article_8(item: int, zh_item: str) -> Citation:
    return cite(ORDER_42, f"第八条第{zh_item}项", f"Art. 8({item})", Confidence.SECONDARY)


_FIRST: tuple[Material, ...] = (
    Material(
        "M-APP",
        Text("电信业务经营许可证申请表", "License application form"),
        Text(
            "写明业务种类、覆盖范围、企业和联系人，法定代表人签字",
            "States kinds, coverage, company and contact; signed by the legal representative",
        ),
        (_article_8(1, "一"), _FORM_LIST),
    ),
    Material(
        "M-LIC",
        Text("营业执照副本", "Business license"),
        Text(
            "现行有效，与登记信息一致；不少窗口要求经营范围写明“第二类增值电信业务”等",
            "Current, identical with the registry; many windows want the business scope to name "
            "the service",
        ),
        (_article_8(2, "二"),),
    ),
    Material(
        "M-PROFILE",
        Text("公司概况及人员情况表", "Company and staff profile"),
        Text(
            "组织机构、技术能力、管理人员和场地",
            "Organization, technical capacity, managers and premises",
        ),
        (_article_8(3, "三"), _FORM_LIST),
    ),
    Material(
        "M-AOA",
        Text("公司章程", "Articles of association"),
        Text("实践中须盖登记机关档案章", "In practice with the registry's archive stamp"),
        (_article_8(4, "四"), _FORM_LIST),
    ),
    Material(
        "M-EQUITY",
        Text("股权结构图及股东追溯证明", "Equity chart and shareholder tracing"),
        Text(
            "追溯到自然人或国有资本，法定代表人签字并盖章",
            "Traced to natural persons or state capital; signed and sealed",
        ),
        (_article_8(4, "四"), _FORM_LIST),
    ),
    Material(
        "M-PLAN",
        Text("业务发展和实施计划及技术方案", "Business plan and technical plan"),
        Text("包括网络拓扑和设备清单", "With network topology and equipment list"),
        (_article_8(5, "五"), _FORM_LIST),
    ),
    Material(
        "M-SERVICE",
        Text("长期服务和质量保障措施", "Long-term service and quality measures"),
        Text("写明投诉渠道和服务人员", "Names the complaint channel and service staff"),
        (_article_8(6, "六"),),
    ),
    Material(
        "M-INFOSEC",
        Text("网络与信息安全保障措施", "Network and information security measures"),
        Text(
            "机构职责、人员资质、责任制度、有害信息发现和过滤、应急预案、用户日志留存、防护手段、"
            "安全联络人变更承诺",
            "Duties, qualified staff, responsibility system, finding and filtering harmful "
            "content, incident plan, user-log retention, protection, undertaking on a new security "
            "contact",
        ),
        (_article_8(7, "七"), _FORM_LIST),
    ),
    Material(
        "M-CREDIT",
        Text("公司信誉证明材料", "Credit material"),
        Text("例如登记信息公示打印件", "For example a printout of the registry entry"),
        (_article_8(8, "八"),),
    ),
    Material(
        "M-PROMISE",
        Text("依法经营电信业务承诺书", "Undertaking to operate lawfully"),
        Text("法定代表人签字并盖章", "Signed by the legal representative and sealed"),
        (_article_8(9, "九"),),
    ),
    Material(
        "M-PREAPP",
        Text("前置审批或备案文件", "Prior approval or filing"),
        Text("有效、主体一致、覆盖所申请的服务", "Valid, same company, covers the service"),
        (cite(ORDER_42, "第八条末款", "Art. 8, last paragraph", Confidence.SECONDARY),),
    ),
    Material(
        "M-IDLR",
        Text("法定代表人身份证", "ID of the legal representative"),
        Text("在有效期内", "Unexpired"),
        (_FORM_LIST,),
    ),
    Material(
        "M-IDSTAFF",
        Text("主要管理、技术人员身份证", "IDs of main managers and technicians"),
        Text("人数不少于参保人数", "At least as many as the insured people"),
        (_FORM_LIST,),
    ),
    Material(
        "M-SI",
        Text("社保证明", "Social-insurance proof"),
        Text(
            "最近一个月，盖章或可在线核验；人数和月数依各局口径",
            "Last month, stamped or verifiable; people and months as the bureau asks",
        ),
        (_FORM_LIST, _PRACTICE),
    ),
    Material(
        "M-CNCN",
        Text("部分证明事项告知承诺书", "Undertaking in place of certain proofs"),
        Text("自愿选用，可代替社保证明", "Optional; stands in for the social-insurance proof"),
        (_FORM_LIST,),
    ),
    Material(
        "M-PREM",
        Text("场地证明", "Proof of premises"),
        Text("租赁合同或产权证明，在租期内，真实地址", "Lease in force or title; a real address"),
        (_PRACTICE,),
    ),
    Material(
        "M-DOMAIN",
        Text("域名证书和 ICP 备案截图", "Domain certificate and site filing"),
        Text("归申请人所有，未过期", "Owned by the applicant, unexpired"),
        (_PRACTICE,),
    ),
    Material(
        "M-HOST",
        Text("接入或托管协议及接入商许可证", "Hosting contract and the provider's license"),
        Text("协议有效，接入商具备相应许可", "In force; the provider holds the license for it"),
        (_PRACTICE,),
    ),
    Material(
        "M-CV",
        Text("技术人员简历", "Technicians' résumés"),
        Text(
            "姓名和身份证号、学历、职称或证书、岗位、年限、项目、在本业务中的职责，在申请人处参保",
            "Name and ID, degree, certificate, post, years, projects, role in this service; "
            "insured with the applicant",
        ),
        (cite(PRACTICE, "简历内容", "contents of a résumé", Confidence.KNOWLEDGE),),
    ),
    Material(
        "M-CCSYS",
        Text("呼叫中心系统、坐席和中继合同", "Call system, seats and trunk contract"),
        Text("系统能录音，附坐席照片", "The system records calls; with photos of the seats"),
        (_PRACTICE,),
    ),
    Material(
        "M-OLDLIC",
        Text("原经营许可证", "Current license"),
        Text("全部页面或电子证照", "All pages, or the electronic license"),
        (_FORM_LIST,),
    ),
    Material(
        "M-AUDIT",
        Text("上一年度审计报告", "Audit report of the last financial year"),
        Text(
            "仅在主管部门要求时提交；2017 年起不在全国清单内",
            "Only if a bureau asks; not on the national list since 2017",
        ),
        (cite(PRACTICE, "个别主管部门要求", "asked by single bureaus", Confidence.SECONDARY),),
        unlisted=True,
    ),
)

MATERIALS: tuple[Material, ...] = (*_FIRST, *LATER_MATERIALS)
