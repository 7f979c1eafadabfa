"""The questions about which authority decides."""

from __future__ import annotations

from workflow.law.question_rows import Question, question
from workflow.law.question_sources import FREE, NO_AGENT, PLATFORM, TRUTH
from workflow.law.question_steps import LICENSES, case, eligibility, finder, guide

_OFF = """
    只在一个省经营：该省通信管理局，发《增值电信业务经营许可证》。
    / One province: its communications administration, which issues a provincial license.

    两个以上省或全国经营：{office.MIIT}，发《跨地区增值电信业务经营许可证》。
    / Two or more provinces, or the whole country: {office.MIIT}, which issues a cross-regional
    license.
    """

ROWS: tuple[Question, ...] = (
    question(
        38,
        groups="authority",
        refs="G-SCOPE G-FOREIGN",
        text="""
        增值电信业务各由哪个部门办理？
        / Which office decides what?

        看四件事：业务种类、经营范围、所在省、有没有外资。一个省找省通信管理局，跨省或有外资找
        {office.MIIT}。
        / Four things decide: kind, coverage, province and foreign capital. One province: its
        bureau; several provinces or foreign capital: {office.MIIT}.
        """,
        points=_OFF
        + """
        有外资的：{office.MIIT}；境外上市、第一大股东为中方且外资低于 {cap.listed} 的，可按内资程
        序。
        / With foreign capital: {office.MIIT}; a company listed abroad whose largest shareholder is
        Chinese and whose foreign share is below {cap.listed} may use the domestic procedure.

        变更、续期、注销、年报：向发证机关办理；分支机构在 {K-BRANCH} 内报送发证机关和当地通信管理
        局。
        / Changes, renewals, cancellations and annual reports: the issuing authority; branches are
        reported within {K-BRANCH} to it and to the local bureau.

        码号看号段：{code.1062XXXX}、{code.96XXX} 等找省局，{code.1066XXXX}、{code.95XXX} 等找
        {office.MIIT}。
        / Codes go by range: {code.1062XXXX}, {code.96XXX} and others to the bureau,
        {code.1066XXXX}, {code.95XXX} and others to {office.MIIT}.

        计划单列市没有单独的发证机关，由省级通信管理局办理。
        / Cities issue no licenses of their own; the provincial bureau decides.
        """,
        steps=(finder(), guide("new"), LICENSES),
        cites=(PLATFORM,),
        keywords="通信管理局 工信部 主管部门 机关 办理部门 where office bureau MIIT",
        see="55 41 17",
    ),
    question(
        41,
        groups="authority",
        refs="ICP G-SCOPE",
        text="""
        ICP 去哪里办？有权威机构吗？
        / Where is ICP handled? Is there an official agent?

        只在工业和信息化部政务服务平台（ythzxfw.miit.gov.cn）线上办：一个省由该省通信管理局审批，跨
        省由{office.MIIT}审批。主管部门没有指定任何代办机构。
        / Only online, on MIIT's service platform (ythzxfw.miit.gov.cn): the bureau of the province
        decides about one province, {office.MIIT} about more. No agent is designated by any
        authority.
        """,
        points="""
        平台转入“电信业务市场综合管理信息系统”（dxzhgl.miit.gov.cn）填报；电子许可证与纸质许可证效力
        相同。
        / It leads on to the telecom market management system (dxzhgl.miit.gov.cn); the electronic
        license is equal to the paper one.

        申请、检查都不收费。自称“权威”“官方授权”的代理没有依据。
        / Applications and inspections are free. An agent who claims to be official or authorized
        has no ground for it.

        可以委托代理填报，但材料真实性由申请公司负责。
        / An agent may file for the company, but the company answers for the truth of the documents.
        """,
        steps=(guide("new", "ICP"), eligibility("ICP"), case("new", "ICP")),
        cites=(PLATFORM, FREE, NO_AGENT, TRUTH),
        keywords="官网 网址 平台 权威机构 入口 official platform website",
        see="38 31 67",
    ),
    question(
        55,
        groups="authority",
        refs="G-SCOPE",
        text="""
        各省由哪个部门办理？
        / Which office is in charge in each province?

        每个省、自治区、直辖市各有一个通信管理局，管本省范围的许可；跨省的由{office.MIIT}管。
        / Every province has one communications administration for licenses inside it; {office.MIIT}
        decides beyond one province.
        """,
        points="""
        各地通信管理局：{office.all}。
        / The bureaus: {office.all}.
        """
        + _OFF
        + """
        全部线上办理，不必到省局所在地跑窗口。
        / All of it is online; nobody has to travel to the bureau.
        """,
        steps=(finder(), guide("new"), LICENSES),
        cites=(PLATFORM,),
        keywords="各省 部门 地址 通管局 province bureau list",
        see="38 41 24",
    ),
)
