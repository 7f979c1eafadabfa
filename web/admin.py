"""Administration: accounts and what each may see, figures of bureaus, jobs, settings in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session
from werkzeug.exceptions import NotFound as NoPage

from web.access import current_actor, needs
from web.forms import Answers, FormRefused
from web.headers import request_id
from web.i18n import language
from web.ports import desk, now
from web.writes import fresh_key, instant, write_once
from workflow.domain.errors import BadInput, KeyReused, NotFound
from workflow.domain.procedure import Role, Text
from workflow.law import catalogue
from workflow.services import (
    account_admin,
    accounts,
    bureau_changes,
    bureau_figures,
    client_names,
)
from workflow.services.sealing import Request

pages = Blueprint("admin", __name__)
LABELS: Mapping[str, Text] = {
    "login": Text("账号", "Account name"),
    "name": Text("姓名", "Name"),
    "role": Text("角色", "Role"),
    "password": Text("密码", "Password"),
    "scope": Text("范围", "Scope"),
    "provinces": Text("省份", "Provinces"),
    "codes": Text("统一社会信用代码", "Credit codes"),
    "bureau": Text("主管部门", "Authority"),
    "kind": Text("业务种类", "Kind"),
    "figure": Text("口径", "Figure"),
    "value": Text("数值", "Value"),
    "source": Text("来源", "Source"),
}
ROLES = [(role.value, catalogue.label_of("role", role.value)) for role in accounts.PEOPLE]


@pages.get("/admin")
@needs(Role.ADMIN)
def index() -> str:
    """Where everything of the administration is, and the settings in use without secrets."""
    with desk().database.reading() as session:
        found = accounts.everybody(session)
    return render_template("admin/index.html", accounts=found, settings=_settings())


@pages.get("/admin/users")
@needs(Role.ADMIN)
def users() -> str:
    """Every account with its role, its clients and whether it may sign in."""
    with desk().database.reading() as session:
        found = accounts.everybody(session)
    return render_template("admin/users.html", accounts=found, roles=dict(ROLES))


@pages.get("/admin/users/new")
@needs(Role.ADMIN)
def new_user() -> ResponseReturnValue:
    """The form of a new account."""
    return _new_user(Answers(request.args, LABELS))


@pages.post("/admin/users/new")
@needs(Role.ADMIN)
def add_user() -> ResponseReturnValue:
    """Add it; what is wrong is told at its field."""
    form = Answers(request.form, LABELS)
    login, name = form.line("login"), form.line("name")
    role, password = form.typed("role"), request.form.get("password", "")

    def act(tx: Session, asked: Request) -> Mapping[str, Any]:
        made = account_admin.add(
            tx, login or "", role, password, name=name or "", actor=current_actor(),
            moment=now(), request=asked,
        )  # fmt: skip
        return {"account": made}

    try:
        form.check()
        made = write_once(form.typed("once"), {"login": login, "role": role}, act)
    except FormRefused:
        return _new_user(form, 422)
    except BadInput as error:
        form.take(error)
        return _new_user(form, 422)
    return redirect(url_for(".user", account_id=made["account"], did="added"), 303)


def _new_user(form: Answers, status: int = 200) -> ResponseReturnValue:
    body = render_template(
        "admin/new_user.html", form=form, roles=ROLES, labels=LABELS, key=fresh_key()
    )
    return make_response(body, status)


@pages.get("/admin/users/<int:account_id>")
@needs(Role.ADMIN)
def user(account_id: int) -> ResponseReturnValue:
    """One account: each thing that can be changed is a form of its own."""
    return _user(account_id, Answers(request.args, LABELS))


@pages.post("/admin/users/<int:account_id>/<act>")
@needs(Role.ADMIN)
def change_user(account_id: int, act: str) -> ResponseReturnValue:
    """Change one thing; it is on the account's chain and ends the person's sessions."""
    if act not in ACTS:
        raise NoPage
    form = Answers(request.form, LABELS)
    try:
        with desk().database.transaction() as tx:
            ACTS[act](tx, account_id, form)
    except FormRefused:
        return _user(account_id, form, 422)
    except BadInput as error:
        form.take(error)
        return _user(account_id, form, 422)
    return redirect(url_for(".user", account_id=account_id, did=act), 303)


def _by() -> dict[str, Any]:
    """Who changes it, when, and by which request."""
    return {"actor": current_actor(), "moment": now(), "request": Request(request_id())}


def _role(tx: Session, account_id: int, form: Answers) -> None:
    account_admin.set_role(tx, account_id, form.typed("role"), **_by())


def _lock(tx: Session, account_id: int, _: Answers) -> None:
    account_admin.set_active(tx, account_id, active=False, **_by())


def _unlock(tx: Session, account_id: int, _: Answers) -> None:
    account_admin.set_active(tx, account_id, active=True, **_by())


def _password(tx: Session, account_id: int, _: Answers) -> None:
    password = request.form.get("password", "")
    account_admin.set_password(tx, account_id, password, **_by())


def _scope(tx: Session, account_id: int, form: Answers) -> None:
    """All clients, or those of some provinces and credit codes; a code nobody has is a fault."""
    companies = None
    if form.typed("scope") == "some":
        provinces = [p for p in request.form.getlist("provinces") if p in catalogue.PROVINCES]
        codes = request.form.get("codes", "").replace(",", " ").replace("，", " ").split()
        companies, unknown = account_admin.clients_of(tx, provinces, codes)
        if unknown:
            told = "、".join(unknown[:5])
            form.refuse(
                "codes", Text(f"没有这些企业：{told}", f"No client has these codes: {told}")
            )
        elif not companies:
            form.refuse(
                "codes",
                Text("请选择省份或填写信用代码", "Choose provinces or enter credit codes"),
            )
        form.check()
    account_admin.set_scope(tx, account_id, companies, **_by())


ACTS: Mapping[str, Callable[[Session, int, Answers], None]] = {
    "role": _role,
    "lock": _lock,
    "unlock": _unlock,
    "password": _password,
    "scope": _scope,
}


def _user(account_id: int, form: Answers, status: int = 200) -> ResponseReturnValue:
    with desk().database.reading() as session:
        account = accounts.by_id(session, account_id)
        if account is None:
            raise NotFound
        clients = client_names.of_scope(session, account.scope)
    body = render_template(
        "admin/user.html",
        account=account,
        clients=clients,
        form=form,
        roles=ROLES,
        labels=LABELS,
        provinces=catalogue.PROVINCES,
        me=str(account.id) == current_actor().id,
    )
    return make_response(body, status)


@pages.get("/admin/parameters")
@needs(Role.ADMIN)
def parameters() -> ResponseReturnValue:
    """Figures of bureaus beside the default, a form to change one, and how they came to be."""
    return _parameters(Answers(request.args, LABELS))


@pages.post("/admin/parameters")
@needs(Role.ADMIN)
def set_parameter() -> ResponseReturnValue:
    """Set one figure, or go back to the default."""
    form = Answers(request.form, LABELS)
    value = None if form.typed("back") else form.line("value")
    try:
        form.check()

        def act(tx: Session, asked: Request) -> Mapping[str, Any]:
            changed = bureau_changes.change(
                tx, bureau=form.typed("bureau"), kind=form.typed("kind"),
                name=form.typed("figure"), value=value, source=form.typed("source"),
                actor=current_actor(), moment=now(), request=asked,
            )  # fmt: skip
            return {"changed": changed}

        names = ("bureau", "kind", "figure", "value", "source", "back")
        done = write_once(form.typed("once"), {n: form.typed(n) for n in names}, act)
    except FormRefused:
        return _parameters(form, 422)
    except KeyReused:
        return _parameters(form, 409)
    except BadInput as error:
        form.take(BadInput("figure" if error.field == "name" else error.field, error.says))
        return _parameters(form, 422)
    return redirect(url_for(".parameters", did="set" if done["changed"] else "same"), 303)


def _parameters(form: Answers, status: int = 200) -> ResponseReturnValue:
    with desk().database.reading() as session:
        body = render_template(
            "admin/parameters.html",
            form=form,
            labels=LABELS,
            figures=bureau_figures.every_figure(session),
            usual=bureau_figures.default_figures(),
            history=bureau_changes.history(session),
            names=accounts.names(session),
            authorities=list(catalogue.labels("authority").items()),
            kinds=list(catalogue.labels("kind_short").items()),
            fields=[(figure.code, figure.name) for figure in bureau_figures.default_figures()],
            label=catalogue.label_of,
            instant=instant,
            key=fresh_key(),
        )
    return make_response(body, status)


def _settings() -> list[tuple[Text, str]]:
    """What is configured, in words; addresses with passwords and keys are never shown."""
    told = desk().settings
    yes, no = (_word(words) for words in (Text("已配置", "configured"), Text("未配置", "none")))
    broker = Text("外部", "external") if told.redis_url else Text("内置", "embedded")
    return [
        (Text("数据库", "Database"), desk().database.dialect),
        (Text("消息队列", "Broker"), _word(broker)),
        (Text("对外网址", "Base address"), told.base_url or no),
        (Text("时区", "Time zone"), told.timezone),
        (Text("默认语言", "Default language"), told.language),
        (Text("前置代理", "Proxies in front"), str(told.trusted_proxies)),
        (Text("邮件服务器", "Mail server"), yes if told.smtp_url else no),
        (Text("发件邮箱", "Sender"), told.mail_from or no),
        (Text("封存密钥另存", "Sealing key kept elsewhere"), yes if told.sealing_key else no),
        (Text("检查点发布到文件", "Checkpoints published"), yes if told.checkpoint_file else no),
        (Text("日志级别", "Log level"), told.log_level),
    ]


def _word(words: Text) -> str:
    return words.read(language())
