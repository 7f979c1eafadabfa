"""The questions about agents."""

from __future__ import annotations

from workflow.law.question_rows import Question, question
from workflow.law.question_sources import AGENT, NO_AGENT, TRUTH
from workflow.law.question_steps import case, eligibility, guide

_CHECK = """
    委托书：写明委托事项、期限、谁登录系统、谁签收通知。
    / Authorization: what is entrusted, until when, who signs in to the system, who receives
    notices.

    收费合同：逐项列明服务和价格，分阶段付款，不成时怎样退；主管部门本身不收费。
    / Fee contract: services and prices item by item, payment by stage, refunds if it fails; the
    authority itself charges nothing.

    不承诺结果：写“包过”“内部渠道”“加急”的不签。
    / No promise of results: do not sign “guaranteed”, “inside channel” or “expedited”.

    数据保密：身份证、社保、股权资料怎样保管、怎样销毁。
    / Confidentiality: how IDs, insurance and shareholder papers are kept and destroyed.

    谁签字：申请表、{M-PROMISE}由法定代表人自己签，公章不外借；账号和密码归公司。
    / Who signs: the legal representative signs the form and the {M-PROMISE}; the seal stays in the
    house, the account belongs to the company.

    材料真实：代理替做的场地、人员、合同，后果由公司承担：隐瞒或虚假的 {K-LOCK1} 内、骗取许可
    的 {K-LOCK3} 内不得再申请。
    / Truth: invented premises, staff or contracts fall back on the company: no application for
    {K-LOCK1} after false documents, for {K-LOCK3} after fraud.

    留痕：每次提交的材料、回执、通知，公司自己都存一份。
    / Records: the company keeps its own copy of every filing, receipt and notice.
    """

ROWS: tuple[Question, ...] = (
    question(
        31,
        groups="agents",
        refs="MPC M-PROMISE K-LOCK1 K-LOCK3",
        text="""
        代理机构没有资质，能代办多方通信吗？
        / May an agent without a qualification file for a multi-party license?

        能。行政许可法允许委托代理，也没有“电信代办资质”这回事。材料真实性由申请公司负责，与谁来填报
        无关。
        / Yes. The Administrative Licensing Law allows agents, and no qualification for telecom
        filing exists. The applicant answers for the truth of the documents, whoever files them.
        """,
        points=_CHECK,
        steps=(guide("new", "MPC"), eligibility("MPC"), case("new", "MPC")),
        cites=(AGENT, TRUTH, NO_AGENT),
        keywords="代办 代理 资质 委托 中介 代理费 咨询代理费 agent agency authorization",
        see="67 70 41",
    ),
    question(
        67,
        groups="agents",
        refs="IDC M-PROMISE K-LOCK1 K-LOCK3",
        text="""
        湖南 IDC 代理哪家好？
        / Which agent for IDC in Hunan is good?

        本台不作排名，也不推荐。{office.43}不指定任何代理机构。请按下面的清单自己核对。
        / The desk neither ranks nor recommends. The {office.43} designates no agent. Check for
        yourself by this list.
        """,
        points=_CHECK,
        steps=(
            guide("new", "IDC", area="43"),
            eligibility("IDC", area="43"),
            case("new", "IDC", area="43"),
        ),
        cites=(AGENT, TRUTH, NO_AGENT),
        keywords="代办 代理 推荐 排名 湖南 长沙 代理费 咨询代理费 哪家好 agent hunan recommend",
        see="70 31 44",
        no_rule=True,
    ),
    question(
        70,
        groups="agents",
        refs="SP M-PROMISE K-LOCK1 K-LOCK3",
        text="""
        SP 代理怎么选？
        / How is an agent for SP chosen?

        没有官方名录或评级，按委托、收费、保密、签字四样核对。承诺包过的不选。
        / There is no official list or rating. Check authorization, fees, confidentiality and
        signatures; take none that promises success.
        """,
        points=_CHECK
        + """
        SP 另看：会不会把许可证和码号分成两件事讲清楚；许可证下来还要另申请码号。
        / For SP: see whether the license and the code are explained as two matters; after the
        license the code is applied for separately.
        """,
        steps=(guide("new", "SP"), eligibility("SP"), case("new", "SP")),
        cites=(AGENT, TRUTH, NO_AGENT),
        keywords="代办 代理 选择 标准 代理费 咨询代理费 agent choose",
        see="67 31 66",
        no_rule=True,
    ),
)
