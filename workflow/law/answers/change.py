"""The questions about changes of a license."""

from __future__ import annotations

from workflow.law.question_rows import Question, question
from workflow.law.question_steps import LICENSES, case, guide

ROWS: tuple[Question, ...] = (
    question(
        10,
        groups="change",
        refs="EDI C-CONTACT K-CONTACT",
        text="""
        EDI 变更联系方式怎么办？
        / How is the contact of an EDI license changed?

        在管理系统里更新就行，不是许可证变更，没有查到法定天数。尽快更新，免得收不到补正和年报通知。
        / By an update in the management system. It is no change of the license, and no statutory
        number of days was found. Do it soon, or notices will miss you.
        """,
        points="""
        联系人、电话、通信地址、安全联络员都这样更新。
        / Contact person, phone, postal address and security contact are all updated that way.

        同时持有码号的公司，地址和联系方式变更要在 {K-CONTACT} 内报送。
        / A company that also holds a code reports a new address or contact within {K-CONTACT}.

        公司名称、法定代表人、注册资本变更才是许可证变更：工商变更后 {K-CHG-REG} 内申报。
        / Name, legal representative and registered capital are changes of the license: reported
        within {K-CHG-REG} of the registry change.

        {C-ADDR}变了，在系统里更新；迁到外省的，省内许可证要在新的省重新申请。
        / The {C-ADDR} is updated in the system; after a move to another province a provincial
        license must be applied for there.
        """,
        steps=(guide("change", "EDI"), case("change", "EDI"), LICENSES),
        keywords="联系人 电话 地址 变更 contact phone address",
        see="48 59 53",
    ),
    question(
        48,
        groups="change",
        refs=(
            "EDI C-NAME C-LREP C-CAP C-SH C-SUBJ C-COV C-KIND C-SITE C-ITEM C-AUTH C-ADDR C-LOST "
            "K-CHG-REG K-CHG-DEC K-ADV30 K-ADV90"
        ),
        text="""
        EDI 变更要什么材料？
        / What papers does an EDI change need?

        看变更什么，每一项材料不同；同时变更几项的，可以合成一件申请。
        / It depends on what changes; several changes may go into one application.
        """,
        points="""
        {C-NAME}（工商变更后 {K-CHG-REG} 内）：{C-NAME.papers}。
        / {C-NAME} (within {K-CHG-REG} of the registry change): {C-NAME.papers}.

        {C-LREP}（同上）：{C-LREP.papers}。
        / {C-LREP} (the same): {C-LREP.papers}.

        {C-CAP}（同上）：{C-CAP.papers}。
        / {C-CAP} (the same): {C-CAP.papers}.

        {C-SH}（决定后 {K-CHG-DEC} 内）：{C-SH.papers}。
        / {C-SH} (within {K-CHG-DEC} of the decision): {C-SH.papers}.

        {C-COV}（决定后 {K-CHG-DEC} 内，且生效 {K-ADV90} 前）：{C-COV.papers}；扩大的另加{M-PREM}，
        缩小的另加{M-SETPROM}、{M-SETREP}。
        / {C-COV} (within {K-CHG-DEC} of the decision and {K-ADV90} before it takes effect):
        {C-COV.papers}; when it grows also {M-PREM}, when it shrinks {M-SETPROM} and {M-SETREP}.

        {C-KIND}：{C-KIND.papers}，即按新办再交一遍。
        / {C-KIND}: {C-KIND.papers}, that is, a first application again.

        {C-ITEM}：{C-ITEM.papers}；{C-SITE}：{C-SITE.papers}，另加{M-DOMAIN}和网站负责人身份证件。
        内容须前置审批的，两项都另加{M-PREAPP}。ICP 的这两项须提前 {K-ADV30} 办理。
        / {C-ITEM}: {C-ITEM.papers}; {C-SITE}: {C-SITE.papers}, with the {M-DOMAIN} and the ID of
        the person in charge of the site. Content that needs a prior approval adds the {M-PREAPP} to
        both. For ICP both must be filed {K-ADV30} ahead.

        {C-SUBJ}（决定后 {K-CHG-DEC} 内，且生效 {K-ADV90} 前）：{C-SUBJ.papers}，
        另附合并、分立或转让协议。
        / {C-SUBJ} (within {K-CHG-DEC} of the decision and {K-ADV90} before it takes effect):
        {C-SUBJ.papers}, with the agreement on the merger, split or transfer.

        {C-AUTH}：{C-AUTH.papers}，另附授权协议和双方许可证；被授权公司须由持证企业控股。
        / {C-AUTH}: {C-AUTH.papers}, with the agreement and both licenses; the holder must control
        the authorized company.

        {C-ADDR}：{C-ADDR.papers}；{C-LOST}：{C-LOST.papers}，另附遗失说明。
        / {C-ADDR}: {C-ADDR.papers}; {C-LOST}: {C-LOST.papers}, with a statement of the loss.

        联系人、电话等不是许可证变更，没有材料。
        / Contact data are no change of the license and need no papers.
        """,
        steps=(guide("change", "EDI"), case("change", "EDI"), LICENSES),
        keywords="变更 材料 清单 法人 股东 名称 change papers list",
        see="10 59 53",
    ),
    question(
        53,
        groups="change",
        refs="SAF C-SH C-COV K-CHG-REG K-CHG-DEC K-ADV90 G-CHG-TIME30 G-FOREIGN M-SETREP",
        text="""
        存储转发变更有什么风险？
        / What are the risks of a store-and-forward change?

        主要是三样：逾期或漏报被处罚，外资和资本不再符合条件，缩小范围没有安置用户。
        / Mainly three: a late or missing report, capital or foreign share that no longer fits,
        users who are not settled when the coverage shrinks.
        """,
        points="""
        期限：名称、法定代表人、注册资本在工商变更后 {K-CHG-REG} 内；股东、经营主体、范围在决定
        后 {K-CHG-DEC} 内，范围和经营主体还要提前 {K-ADV90}。
        / Time: name, legal representative and capital within {K-CHG-REG} of the registry change;
        shareholders, operator and coverage within {K-CHG-DEC} of the decision, operator and
        coverage also {K-ADV90} ahead.

        逾期不是不能办，但有后果。{S-LATE-CHANGE}。
        / Late is not too late, but has its price. {S-LATE-CHANGE}.

        外资：存储转发{cap.SAF}，但境外股东一进入，审批机关就变为{office.MIIT}。
        / Foreign share: store and forward has {cap.SAF}, but a foreign shareholder moves the
        license to {office.MIIT}.

        失信：新的主要投资者、法定代表人在失信名单上的，不予变更。
        / A new main investor or legal representative on the dishonest list stops the change.

        缩小范围要交{M-SETPROM}、{M-SETREP}。
        / A smaller coverage asks for the {M-SETPROM} and the {M-SETREP}.

        没报的变更会挡住以后的续期，那时要核对：{RL-05}；{RL-06}。
        / Unreported changes stand in the way of the renewal, which asks: {RL-05}; {RL-06}.

        工商那边也有期限：决定后 {K-REG30} 内办变更登记。
        / The registry has its own time limit: {K-REG30} from the decision.
        """,
        steps=(guide("change", "SAF"), case("change", "SAF"), LICENSES),
        keywords="变更风险 逾期 处罚 股权 late change risk",
        see="59 48 10",
    ),
    question(
        59,
        groups="change",
        refs="SAF K-CHG-REG K-CHG-DEC K-ADV90 C-NAME C-LREP C-CAP C-SH C-SUBJ C-COV",
        text="""
        存储转发变更的政策依据是什么？
        / What is the legal basis of a store-and-forward change?

        42 号令第二十八条、第二十九条和《电信条例》第十五条；登记机关那一边是《市场主体登记管理条
        例》第二十四条。
        / Arts. 28 and 29 of Order 42 and Art. 15 of the Telecommunications Regulations; for the
        registry, Art. 24 of the Market Entity Registration Regulations.
        """,
        points="""
        第二十八条：经营主体、股东、业务范围变更，决定之日起 {K-CHG-DEC} 内申请。
        / Art. 28: operator, shareholders and scope, within {K-CHG-DEC} of the decision.

        第二十九条：名称、法定代表人、注册资本变更，完成工商变更登记之日起 {K-CHG-REG} 内申请。
        / Art. 29: name, legal representative and registered capital, within {K-CHG-REG} of the
        registry change.

        条例第十五条：变更经营主体、业务范围或者停止经营，提前 {K-ADV90} 申请。
        / Art. 15 of the Regulations: a change of operator or scope, or a stop, {K-ADV90} ahead.

        登记条例第二十四条：决定之日起 {K-REG30} 内办变更登记。
        / Art. 24 of the Registration Regulations: registration within {K-REG30} of the decision.

        “经批准后方可实施”是旧规章的写法，现行 42 号令的转载里没有这一句，本台不以此拦截。
        / “Only after approval may it be implemented” stood in the earlier order; copies of Order 42
        no longer show it, so the desk does not block on it.
        """,
        steps=(guide("change", "SAF"), case("change", "SAF"), LICENSES),
        keywords="政策 依据 法规 条文 legal basis law",
        see="53 48 10",
    ),
)
