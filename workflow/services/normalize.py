"""What people type, turned into the one value they mean; what could mean two things is refused."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from workflow.domain.errors import DeskError
from workflow.domain.license_number import plain
from workflow.domain.procedure import Text

NAME_LIMIT = 200
LONG_LIMIT = 4000
MOST_MONEY = 10**15
CODE_LENGTH = 18

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# Signs that turn the direction of writing can make a name read as another one.
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
_UNSEEN = _INVISIBLE | _DIRECTION
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_NUMBER = re.compile(_DIGITS, re.ASCII)
_MONEY = re.compile(rf"[¥￥]?({_DIGITS}(?:\.\d+)?) ?(万|亿)? ?元?", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3}) ?%?", re.ASCII)
_DAYS = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]", re.ASCII),
    re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII),
)
_TIMES = {None: 1, "万": 10**4, "亿": 10**8}


class FormError(DeskError):
    """One field of a form cannot be used."""

    code = "INPUT"

    def __init__(self, field: str, says: Text) -> None:
        self.field = field
        super().__init__(says)


def words(typed: str, field: str, *, limit: int = NAME_LIMIT) -> str:
    """One line of text: NFC, no outer or invisible space.

    Raises FormError for control characters, half characters and more than `limit` characters.
    """
    return _text(typed.replace("\t", " "), field, limit, allowed="")


def paragraphs(typed: str, field: str, *, limit: int = LONG_LIMIT) -> str:
    """Text of several lines; every kind of line end becomes one line feed."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return _text(lines, field, limit, allowed="\n\t")


def _text(typed: str, field: str, limit: int, allowed: str) -> str:
    for place, sign in enumerate("" if typed.isprintable() else typed, start=1):
        if unicodedata.category(sign) in ("Cc", "Cs") and sign not in allowed:
            raise FormError(
                field,
                Text(
                    f"第 {place} 个字符不能使用（控制字符），请删除后重填",
                    f"Character {place} is a control character. Remove it",
                ),
            )
    seen = typed if typed.isprintable() else typed.translate(_UNSEEN)
    clean = unicodedata.normalize("NFC", seen).strip()
    if len(clean) > limit:
        raise FormError(
            field,
            Text(
                f"最多 {limit:,} 个字，现在有 {len(clean):,} 个",
                f"Use at most {limit:,} characters, there are {len(clean):,}",
            ),
        )
    return clean


def _line(typed: str, field: str) -> str:
    """A short answer with full-width letters, digits and signs made plain."""
    return words(typed, field).translate(_FULL_WIDTH).strip()


def whole_number(typed: str, field: str) -> int:
    """`1,000`, `１２`. Not `1_000`, `1e3`, `+5`, nor digits of other scripts."""
    line = _line(typed, field)
    if not _NUMBER.fullmatch(line):
        raise FormError(field, Text("请填写整数，例如 12", "Enter a whole number, such as 12"))
    return _bounded(Decimal(line.replace(",", "")), field)


def yuan(typed: str, field: str) -> int:
    """An amount of money in whole yuan: `1000000`, `1,000,000`, `100万`, `1,000 万元`, `1.5亿`."""
    found = _MONEY.fullmatch(_line(typed, field))
    if found is None:
        raise FormError(
            field,
            Text("请填写金额，例如 1,000,000 或 100万", "Enter an amount, such as 1,000,000"),
        )
    amount = Decimal(found[1].replace(",", "")) * _TIMES[found[2]]
    if amount != amount.to_integral_value():
        raise FormError(field, Text("金额精确到元", "Enter whole yuan"))
    return _bounded(amount, field)


def _bounded(amount: Decimal, field: str) -> int:
    if amount > MOST_MONEY:
        raise FormError(field, Text("数字太大，请核对", "This number is too large"))
    return int(amount)


def percent(typed: str, field: str) -> int:
    """A share in whole percent, 0 to 100; the sign may be left out."""
    found = _PERCENT.fullmatch(_line(typed, field))
    most = 100
    if found is None or int(found[1]) > most:
        raise FormError(
            field, Text("请填写 0 至 100 的整数百分比", "Enter a whole percentage from 0 to 100")
        )
    return int(found[1])


def calendar_day(typed: str, field: str) -> date:
    """`2026-03-02`, `2026-3-2`, `2026/3/2`, `2026.3.2`, `20260302`, `2026年3月2日`."""
    line = _line(typed, field)
    found = next((match for form in _DAYS if (match := form.fullmatch(line))), None)
    if found is None:
        raise FormError(
            field, Text("请填写日期，例如 2026-03-20", "Enter a date, such as 2026-03-20")
        )
    year, month, day = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        shown = f"{year:04}-{month:02}-{day:02}"
        raise FormError(field, Text(f"没有 {shown} 这一天", f"There is no day {shown}")) from None


def credit_code(typed: str, field: str) -> str:
    """A unified social credit code: capitals, without spaces and hyphens, 18 letters and digits.

    Only the shape; the check character is the register's business.
    """
    code = re.sub(r"[ \-]", "", _line(typed, field)).upper()
    if len(code) == CODE_LENGTH and not re.fullmatch("[0-9A-Z]+", code):
        raise FormError(
            field,
            Text(
                "统一社会信用代码只有数字和大写字母，请核对",
                "A unified social credit code has letters and digits only. Check it",
            ),
        )
    if not re.fullmatch(rf"[0-9A-Z]{{{CODE_LENGTH}}}", code):
        raise FormError(
            field,
            Text(
                f"统一社会信用代码是 {CODE_LENGTH} 位数字和大写字母，现在是 {len(code)} 位",
                f"A unified social credit code has {CODE_LENGTH} letters and digits, "
                f"this has {len(code)}",
            ),
        )
    return code


def register_number(typed: str, field: str) -> str:
    """A case or license number: signs, dashes and dots made plain, capitals, no blanks."""
    return plain(words(typed, field))
