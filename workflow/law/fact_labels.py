"""A word in both languages for every fact about a company or a case, and its possible values."""

from __future__ import annotations

from workflow.domain.procedure import Text
from workflow.law.vocabulary import Labels

FIELDS: Labels = {
    "name": Text("企业名称", "Company name"),
    "uscc": Text("统一社会信用代码", "Unified social credit code"),
    "province": Text("注册地", "Province of registration"),
    "city": Text("城市", "City"),
    "entity": Text("主体类型", "Type of entity"),
    "status": Text("登记状态", "Registration status"),
    "established_on": Text("成立日期", "Date of establishment"),
    "registered_capital": Text("注册资本", "Registered capital"),
    "paid_in_capital": Text("实缴资本", "Paid-in capital"),
    "insured_staff": Text("社保人数", "Insured staff"),
    "insured_months": Text("社保连续月数", "Months of social insurance"),
    "premises": Text("场地、设施和技术方案", "Premises, facilities and technical plan"),
    "foreign_share": Text("外资比例", "Foreign share"),
    "foreign_exception": Text(
        "境外上市且第一大股东为中方", "Listed abroad, largest shareholder Chinese"
    ),
    "pilot_zone": Text("试点区域", "Pilot zone"),
    "free_trade_zone": Text("自贸试验区", "Free-trade zone"),
    "office_at_registered_address": Text("住所即办公地", "Office at the registered address"),
    "dishonest_list": Text("失信名单", "Dishonest list"),
    "adverse_list": Text("不良名单", "Adverse list"),
    "bars": Text("再次申请的限制", "Bars on re-application"),
    "penalties": Text("行政处罚", "Administrative penalties"),
    "code_fees_owed": Text("欠缴码号占用费", "Unpaid code fees"),
    "branches": Text("分支机构", "Branches"),
    "industry": Text("行业", "Industry"),
    "legal_representative": Text("法定代表人", "Legal representative"),
    "kinds": Text("业务种类", "License kinds"),
    "items": Text("服务项目", "Service items"),
    "coverage": Text("覆盖范围", "Coverage"),
    "content": Text("涉及前置审批的内容", "Content that needs prior approval"),
    "pilot_approval": Text("试点批复", "Pilot approval"),
    "evaluation_passed": Text("技术评测通过", "Technical evaluation passed"),
    "third_party_platform": Text("第三方交易平台", "Third-party platform"),
    "deals_online": Text("线上成交", "Deals concluded online"),
    "activities": Text("实际业务", "Activities"),
    "lacking": Text("尚不具备的专门条件", "Conditions not met yet"),
    "cities": Text("城市", "Cities"),
    "license": Text("许可证", "License"),
    "changes": Text("变更事项", "Changes"),
    "registered_on": Text("变更登记日期", "Day of the registry change"),
    "decided_on": Text("公司决定日期", "Day of the decision"),
    "effective_on": Text("生效日期", "Day it takes effect"),
    "new": Text("变更后内容", "What will be new"),
    "new_person_dishonest": Text("新任人员列入失信名单", "The new person is on the dishonest list"),
    "self_check": Text("回头看自查", "Look-back self-check"),
    "drop_kinds": Text("不再续期的业务", "Kinds not renewed"),
    "end_kinds": Text("终止的业务", "Kinds to end"),
    "stop_on": Text("停止经营日期", "Day the business stops"),
    "settlement_plan": Text("用户善后方案", "Settlement plan"),
    "users_settled": Text("用户善后已落实", "Users are settled"),
    "year": Text("报告年度", "Report year"),
    "range": Text("号段", "Numbering range"),
    "code": Text("码号", "Code"),
    "use": Text("用途", "Use"),
    "action": Text("报送事项", "What is reported"),
    "authorized_company": Text("授权经营的公司", "Authorized company"),
    "address": Text("注册住所", "Registered address"),
    "sites": Text("网站、应用、域名", "Sites, apps, domains"),
    "reissued_on": Text("遗失补发日期", "Reissued on"),
}

CASE_FIELDS: Labels = {
    **FIELDS,
    "province": Text("分支机构所在省", "Province of the branch"),
    "name": Text("新的企业名称", "New company name"),
    "legal_representative": Text("新的法定代表人", "New legal representative"),
    "registered_capital": Text("新的注册资本", "New registered capital"),
    "foreign_share": Text("变更后外资比例", "Foreign share after the change"),
}
"""The same for the facts of a case, where a few words mean something else."""

BRANCH_ACTIONS: Labels = {
    "open": Text("设立", "Opened"),
    "change": Text("变更", "Changed"),
    "close": Text("撤销", "Closed"),
}

ENTITIES: Labels = {
    "company": Text("公司", "Company"),
    "partnership": Text("合伙企业", "Partnership"),
    "individual": Text("个体工商户", "Individual business"),
    "social_body": Text("社会组织", "Social body"),
}

COMPANY_STATUSES: Labels = {
    "active": Text("存续", "Active"),
    "revoked": Text("吊销", "Revoked"),
    "dissolved": Text("注销", "Dissolved"),
}

PILOT_ZONES: Labels = {
    "P4": Text("四地增值电信扩大开放试点", "Four-area value-added telecom pilot"),
    "P20": Text("服务业扩大开放综合试点城市", "Service-sector opening pilot"),
}

BARS: Labels = {
    "concealment": Text("隐瞒情况或提供虚假材料", "concealment or false documents"),
    "fraud": Text("以欺骗、贿赂等手段取得许可", "a license obtained by fraud or bribery"),
}

CONTENT: Labels = {
    "news": Text("新闻", "News"),
    "publishing": Text("出版", "Publishing"),
    "drugs": Text("药品和医疗器械", "Drugs and medical devices"),
    "culture": Text("文化", "Culture"),
    "audiovisual": Text("视听节目", "Audiovisual programs"),
    "ride_hailing": Text("网约车", "Ride hailing"),
    "education": Text("教育", "Education"),
    "health": Text("医疗保健", "Health care"),
}

ACTIVITIES: Labels = {
    "sells_access": Text("出售互联网接入", "Sells internet access"),
    "matches_buyers_and_sellers": Text("撮合买卖双方", "Matches buyers and sellers"),
    "own_goods_only": Text("只卖自营商品", "Sells only its own goods"),
    "publishes_for_others": Text("为他人发布信息", "Publishes for others"),
    "user_video": Text("用户上传视频", "User-uploaded video"),
    "in_app_voice": Text("应用内语音", "In-app voice"),
    "conference": Text("多方会议", "Conference calls"),
    "sends_sms": Text("发送短信", "Sends text messages"),
    "seats_for_others": Text("为其他企业提供坐席", "Seats serving other companies"),
    "rides": Text("网约车撮合", "Ride matching"),
}

INDUSTRIES: Labels = {
    "bank": Text("银行", "Banking"),
    "securities": Text("证券", "Securities"),
    "insurance": Text("保险", "Insurance"),
    "airline": Text("航空", "Airline"),
    "logistics": Text("物流", "Logistics"),
    "power": Text("电力", "Power"),
    "petrochemical": Text("石油石化", "Oil and petrochemicals"),
    "railway": Text("铁路", "Railway"),
}

SCOPES: Labels = {
    "P": Text("省内", "One province"),
    "N": Text("跨地区", "Nationwide"),
}

GRAINS: Labels = {
    "city": Text("市", "city"),
    "province": Text("省", "province"),
    "nation": Text("全国或省", "the nation or a province"),
}

SERVICE_CLASSES: Labels = {
    "1": Text("第一类增值电信业务", "First-class value-added service"),
    "2": Text("第二类增值电信业务", "Second-class value-added service"),
    "2B": Text("第二类基础电信业务", "Second-class basic service"),
}
