"""The facts of a case as told, checked field by field: every procedure's own, all optional."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from workflow.services.intake import Code, Count, Day, Money, Name, Percent, Told, Yes

Content = Literal[
    "news", "publishing", "drugs", "culture", "audiovisual", "ride_hailing", "education", "health"
]
Activity = Literal[
    "sells_access",
    "matches_buyers_and_sellers",
    "own_goods_only",
    "publishes_for_others",
    "user_video",
    "in_app_voice",
    "conference",
    "sends_sms",
    "seats_for_others",
    "rides",
]
Use = Literal["commercial", "own", "third_party", "welfare", "access", "customer_service"]


class NewTold(Told):
    """What a change will make new; what is left out stays as it is."""

    name: Name | None = None
    legal_representative: Name | None = None
    registered_capital: Money | None = None
    foreign_share: Percent | None = None
    coverage: list[Code] | None = None
    kinds: list[Code] | None = None
    items: dict[str, list[str]] | None = None
    authorized_company: Name | None = None
    address: Name | None = None
    sites: Name | None = None


class ServiceTold(Told):
    """What is or will be operated."""

    content: list[Content] = Field(default_factory=list)
    pilot_approval: Yes = False
    evaluation_passed: Yes = False
    third_party_platform: Yes = True
    deals_online: Yes = True
    activities: list[Activity] = Field(default_factory=list)
    lacking: list[Code] | None = Field(default_factory=list)


class ChangeFacts(Told):
    """Days and contents of a change."""

    registered_on: Day | None = None
    decided_on: Day | None = None
    effective_on: Day | None = None
    new: NewTold | None = None
    new_person_dishonest: Yes = False


class TermFacts(Told):
    """Renewal and cancellation: what goes on, what ends, how users are settled."""

    self_check: dict[str, Literal["red", "green"]] = Field(default_factory=dict)
    drop_kinds: list[Code] = Field(default_factory=list)
    end_kinds: list[Code] | None = None
    stop_on: Day | None = None
    settlement_plan: Yes = True
    users_settled: Yes = True


class ReportFacts(Told):
    """Annual report, code and branch."""

    year: Count | None = None
    range: Code | None = None
    code: Code | None = None
    use: Use | None = None
    province: Code | None = None
    action: Literal["open", "change", "close"] | None = None


class CaseTold(ServiceTold, ChangeFacts, TermFacts, ReportFacts):
    """Every fact a case may carry."""


CASE_DEFAULTS: Mapping[str, Any] = CaseTold().model_dump(mode="json")
