"""What a person reads when something cannot be done: what happened, is my work safe, what next."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from flask_security import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from web.drafts import ask_again
from web.forms import FormRefused
from web.headers import request_id
from web.ports import desk
from workflow.domain.errors import (
    BadInput,
    DeskError,
    GuardsUnmet,
    KeyReused,
    NotBuilt,
    NotFound,
    NotOffered,
    RoleMissing,
    StaleCase,
    Unavailable,
)
from workflow.domain.guard import Finding
from workflow.domain.procedure import Role, Text
from workflow.services import accounts

STATUS: dict[type[DeskError], int] = {
    NotFound: 404,
    StaleCase: 409,
    NotOffered: 409,
    RoleMissing: 403,
    BadInput: 422,
    FormRefused: 422,
    GuardsUnmet: 422,
    KeyReused: 422,
    NotBuilt: 422,
    Unavailable: 503,
}


@dataclass(frozen=True, slots=True)
class Page:
    """The three answers an error page gives, and the picture above them."""

    heading: LazyString
    safe: LazyString
    next: LazyString
    icon: str = "warning"


PAGES = {
    400: Page(
        lazy_gettext("这个请求无法处理"),
        lazy_gettext("没有任何改动。"),
        lazy_gettext("返回上一页，刷新后再试一次。"),
    ),
    403: Page(
        lazy_gettext("你不能打开这个页面"),
        lazy_gettext("没有任何改动。"),
        lazy_gettext("需要查看时，请找你的主管或系统管理员。"),
        "lock",
    ),
    404: Page(
        lazy_gettext("没有找到这个页面"),
        lazy_gettext("没有任何改动。"),
        lazy_gettext("请核对地址或编号，也可以在页面顶部搜索。"),
        "search",
    ),
    405: Page(
        lazy_gettext("这个地址不能这样打开"),
        lazy_gettext("没有任何改动。"),
        lazy_gettext("请从页面上的链接或按钮进入。"),
    ),
    409: Page(
        lazy_gettext("案件已经变化"),
        lazy_gettext("这一步没有生效，别人的改动保持原样。"),
        lazy_gettext("重新打开案件，对照变化后再提交。"),
        "loop",
    ),
    413: Page(
        lazy_gettext("提交的内容太大"),
        lazy_gettext("没有保存任何内容。"),
        lazy_gettext("单个文件不超过 20 MB。请压缩或拆分后重新上传。"),
        "upload",
    ),
    422: Page(
        lazy_gettext("这一步还不能办理"),
        lazy_gettext("没有任何改动。"),
        lazy_gettext("返回上一页，按提示处理后再提交。"),
    ),
    429: Page(
        lazy_gettext("尝试次数过多"),
        lazy_gettext("没有任何改动。"),
        lazy_gettext("请稍后再试。忘记密码时，请联系管理员。"),
        "clock",
    ),
    500: Page(
        lazy_gettext("抱歉，系统出了问题"),
        lazy_gettext("刚才的操作没有生效。"),
        lazy_gettext("请再试一次。仍然出错时，把下面的请求号发给管理员。"),
    ),
}
PAGES[503] = Page(
    lazy_gettext("系统暂时不能保存"),
    lazy_gettext("刚才的操作没有生效。"),
    lazy_gettext("请稍后再试。一直这样时，请告诉管理员：数据库正忙、已满或不可写。"),
)
NOT_OFFERED = Page(
    lazy_gettext("现在不能办理这一步"),
    lazy_gettext("没有任何改动。"),
    lazy_gettext("返回案件，看现在能做什么。"),
    "lock",
)
CSRF = Page(
    lazy_gettext("页面已过期，没有提交"),
    lazy_gettext("没有任何改动。返回上一页时，多数浏览器会保留你填写的内容。"),
    lazy_gettext("返回上一页，刷新后再提交。"),
    "clock",
)
MOST_NAMED = 5
_BACK_TO_CASE = (NotOffered, StaleCase)


@dataclass(frozen=True, slots=True)
class Told:
    """What goes into one error page besides its standing words.

    `sought` is the number of the address that is nobody's; `ask` names who can help.
    """

    says: Text | None = None
    errors: tuple[Text, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    case: str | None = None
    sought: str = ""
    ask: tuple[str, ...] = ()


def error_page(status: int, told: Told, page: Page | None = None) -> ResponseReturnValue:
    """The page for `status`; a fragment for htmx. Statuses without words of their own use 400's."""
    standing = page or PAGES.get(status) or PAGES[500 if status >= 500 else 400]  # noqa: PLR2004
    body = render_template("errors/page.html", status=status, page=standing, told=told)
    return make_response(body, status)


def on_desk_error(error: DeskError) -> ResponseReturnValue:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    findings = error.unmet if isinstance(error, GuardsUnmet) else ()
    errors = tuple(e.says for e in error.errors) if isinstance(error, FormRefused) else ()
    # A refused act leads back to the case it was about, when the address names one.
    named = (request.view_args or {}).get("number", "")
    case = named if isinstance(error, _BACK_TO_CASE) else None
    page = NOT_OFFERED if isinstance(error, NotOffered) else None
    sought = str(named) if isinstance(error, NotFound) else ""
    ask = _whom_to_ask() if isinstance(error, RoleMissing) else ()
    return error_page(status, Told(error.says, errors, findings, case, sought[:40], ask), page)


def _whom_to_ask() -> tuple[str, ...]:
    """The managers by name; nobody for a stranger."""
    if not current_user.is_authenticated:
        return ()
    with desk().database.reading() as session:
        return tuple(
            a.name for a in accounts.everybody(session) if a.active and a.role is Role.MANAGER
        )[:MOST_NAMED]


def on_http_error(error: HTTPException) -> ResponseReturnValue:
    """Werkzeug's own errors; redirects and answers without a page pass through."""
    if error.response is not None or error.code is None or error.code < 400:  # noqa: PLR2004
        return error
    if isinstance(error, CSRFError) and request.headers.get("Sec-Fetch-Site") == "same-origin":
        again = ask_again()
        if again:
            return again
    answer = make_response(
        error_page(error.code, Told(), CSRF if isinstance(error, CSRFError) else None)
    )
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers[name] = value
    return answer


def on_crash(error: Exception) -> ResponseReturnValue:
    """Anything unforeseen: logged with the request number, told without details."""
    current_app.logger.error("%s failed", request_id(), exc_info=error)
    return error_page(500, Told())


def add_error_pages(app: Flask) -> None:
    app.register_error_handler(DeskError, on_desk_error)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(Exception, on_crash)
