"""The questions about foreign shareholders."""

from __future__ import annotations

from workflow.law.question_rows import Question, question
from workflow.law.question_steps import case, eligibility, guide

ROWS: tuple[Question, ...] = (
    question(
        61,
        groups="foreign",
        refs="ICP G-FOREIGN G-CAPITAL M-EQUITY M-APP",
        text="""
        外资 ICP 要什么材料？
        / What papers does a foreign-invested ICP need?

        新办的全部材料，加上股东追溯和外方投资者的登记文件；由{office.MIIT}审批。要用试点政策的，先
        取得试点批复。
        / All papers of a first application, plus shareholder tracing and the registration documents
        of the foreign investors; {office.MIIT} decides. Under a pilot, the pilot approval comes
        first.
        """,
        points="""
        新办材料：{papers.new}；ICP 另加{M-DOMAIN}、{M-HOST}。
        / First application: {papers.new}; for ICP also {M-DOMAIN} and {M-HOST}.

        {M-EQUITY}：{M-EQUITY.note}；港澳台资本也算外资，任何一层都要追。
        / {M-EQUITY}: {M-EQUITY.note}. Capital from Hong Kong, Macau and Taiwan counts as foreign,
        at every level.

        外方投资者：注册登记文件、身份或资信证明，外文的附译文；公证认证要求以主管部门通知为准。
        / Foreign investors: registration documents, identity or credit proof, with translations;
        notarization as the authority asks.

        比例：一般{cap.ICP-SEARCH}；{prohibited}禁止外资。
        / Share: in general {cap.ICP-SEARCH}; none at all for: {prohibited}.

        境外上市公司外资低于 {cap.listed} 且第一大股东为中方的，可按内资程序，附证明。
        / A company listed abroad with less than {cap.listed} and a Chinese largest shareholder may
        use the domestic procedure, with proof.

        中介网页还在列的“主要外方投资者业绩”“审定意见书”已不再要求（未核对原文）。
        / The track record of the main investor and the separate review opinion that agencies still
        list are no longer asked for (wording not verified).

        注册资本与内资相同：一个省 {capital.P}，跨省 {capital.N}。
        / The capital is the same as for domestic companies: {capital.P} for one province,
        {capital.N} beyond.
        """,
        steps=(eligibility("ICP"), guide("new", "ICP"), case("new", "ICP")),
        keywords="外资 合资 港资 材料 foreign investor papers",
        see="68 60 38",
    ),
    question(
        68,
        groups="foreign",
        refs="ICP G-FOREIGN G-PREAPP",
        text="""
        外资占比怎样影响 ICP？
        / How does a foreign share affect ICP?

        有外资就由{office.MIIT}审批，比例一般{cap.ICP-SEARCH}；四地试点对两个项目放开，服务业试点仍
        须核实。
        / Any foreign share moves the decision to {office.MIIT}; in general it may be
        {cap.ICP-SEARCH}. The four-area pilot opens two items; the service pilot must still be
        verified.
        """,
        points="""
        “{item.ICP-PUBLISH}”：一般{cap.ICP-PUBLISH}；四地试点{cap.ICP-PUBLISH.p4}；服务业试点只对应
        用商店放开。
        / {item.ICP-PUBLISH}: in general {cap.ICP-PUBLISH}; four-area pilot: {cap.ICP-PUBLISH.p4};
        the service pilot opens it for app stores only.

        “{item.ICP-PROTECT}”：一般{cap.ICP-PROTECT}；四地试点{cap.ICP-PROTECT.p4}。
        / {item.ICP-PROTECT}: in general {cap.ICP-PROTECT}; four-area pilot: {cap.ICP-PROTECT.p4}.

        “{item.ICP-SEARCH}”“{item.ICP-COMMUNITY}”“{item.ICP-MESSAGE}”：{cap.ICP-SEARCH}，试点也不放
        开。
        / {item.ICP-SEARCH}, {item.ICP-COMMUNITY}, {item.ICP-MESSAGE}: {cap.ICP-SEARCH}, in the
        pilots too.

        {prohibited}：不准外资，与项目无关。
        / No foreign capital at all, whatever the item: {prohibited}.

        试点不是自动适用：注册地、服务器等要在试点区域，并先取得试点批复；具体条件未核实。服务业试点
        城市的细则未见公布，只作提示。
        / A pilot does not apply by itself: registered office and servers must lie in the area and
        the pilot approval comes first; details were not verified. Rules of the service pilot's
        cities were not found, so they only warn.

        境外上市、第一大股东为中方、外资低于 {cap.listed} 的，可按内资程序。
        / Listed abroad, largest shareholder Chinese, less than {cap.listed} foreign: the domestic
        procedure may be used.
        """,
        steps=(eligibility("ICP"), guide("new", "ICP"), case("new", "ICP")),
        keywords="外资 占比 比例 股权 港澳台 foreign share cap",
        see="61 60 25",
    ),
)
