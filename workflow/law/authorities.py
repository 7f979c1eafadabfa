"""The thirty-one provinces with their bureaus, MIIT, and who decides on a coverage."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from workflow.domain.procedure import Text

MIIT = "MIIT"
NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class Province:
    """A province: `code` by GB/T 2260, `abbr` the character in its license numbers.

    `short` is the one-character heading of a matrix; it differs from `abbr` where license
    numbers use the older character.
    """

    code: str
    name: Text
    short: str
    abbr: str
    bureau: Text


def _province(code: str, zh: str, en: str, abbr: str, short: str = "") -> Province:
    bureau = Text(f"{zh}通信管理局", f"{en} Communications Administration")
    return Province(code, Text(zh, en), short or abbr, abbr, bureau)


_ALL = (
    _province("11", "北京市", "Beijing", "京"),
    _province("12", "天津市", "Tianjin", "津"),
    _province("13", "河北省", "Hebei", "冀"),
    _province("14", "山西省", "Shanxi", "晋"),
    _province("15", "内蒙古自治区", "Inner Mongolia", "蒙"),
    _province("21", "辽宁省", "Liaoning", "辽"),
    _province("22", "吉林省", "Jilin", "吉"),
    _province("23", "黑龙江省", "Heilongjiang", "黑"),
    _province("31", "上海市", "Shanghai", "沪"),
    _province("32", "江苏省", "Jiangsu", "苏"),
    _province("33", "浙江省", "Zhejiang", "浙"),
    _province("34", "安徽省", "Anhui", "皖"),
    _province("35", "福建省", "Fujian", "闽"),
    _province("36", "江西省", "Jiangxi", "赣"),
    _province("37", "山东省", "Shandong", "鲁"),
    _province("41", "河南省", "Henan", "豫"),
    _province("42", "湖北省", "Hubei", "鄂"),
    _province("43", "湖南省", "Hunan", "湘"),
    _province("44", "广东省", "Guangdong", "粤"),
    _province("45", "广西壮族自治区", "Guangxi", "桂"),
    _province("46", "海南省", "Hainan", "琼"),
    _province("50", "重庆市", "Chongqing", "渝"),
    _province("51", "四川省", "Sichuan", "川"),
    _province("52", "贵州省", "Guizhou", "黔", "贵"),
    _province("53", "云南省", "Yunnan", "滇", "云"),
    _province("54", "西藏自治区", "Tibet", "藏"),
    _province("61", "陕西省", "Shaanxi", "陕"),
    _province("62", "甘肃省", "Gansu", "甘"),
    _province("63", "青海省", "Qinghai", "青"),
    _province("64", "宁夏回族自治区", "Ningxia", "宁"),
    _province("65", "新疆维吾尔自治区", "Xinjiang", "新"),
)

PROVINCES = MappingProxyType({province.code: province for province in _ALL})

AUTHORITIES = MappingProxyType(
    {
        MIIT: Text("工业和信息化部", "Ministry of Industry and Information Technology (MIIT)"),
        **{province.code: province.bureau for province in _ALL},
    }
)

COVERAGES = MappingProxyType(
    {
        NATIONAL: Text("全国", "Nationwide"),
        **{province.code: province.name for province in _ALL},
    }
)


def authority_for(coverage: tuple[str, ...], foreign_share: Decimal | int | None = None) -> str:
    """`MIIT`, or the province code of the bureau that decides (电信条例 9).

    Several provinces, the whole country or any known foreign share go to MIIT.
    """
    if foreign_share or len(set(coverage)) != 1 or NATIONAL in coverage:
        return MIIT
    return coverage[0]


_MINISTRY = ("工业和信息化部", "工信部", "Ministry of Industry and Information Technology")
_BUREAU = ("通信管理局", "通管局", "Communications Administration")
_STEM = 2
"""Characters that tell the name of a province from every other."""


def authority_named(told: str) -> str:
    """The code of an authority told by its code or by name; one we do not know stays as told.

    The file of a company takes the name as it stands on the decision, long or short.
    """
    words = told.strip()
    if words.upper() == MIIT or any(name in words for name in _MINISTRY):
        return MIIT
    if not any(name in words for name in _BUREAU):
        return words
    for province in _ALL:
        if words.startswith((province.name.zh[:_STEM], province.name.en)):
            return province.code
    return words
