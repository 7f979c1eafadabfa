"""How a trail fails to verify, and what a verification tells that is no break, in words."""

from __future__ import annotations

from workflow.domain.procedure import Text
from workflow.law.vocabulary import Labels

BREAKS: Labels = {
    "missing": Text("缺少记录", "An entry is missing"),
    "cut": Text("链尾被截去", "The end of the chain is gone"),
    "reordered": Text("记录的顺序被调换", "Entries were put into another order"),
    "duplicated": Text("记录重复", "An entry is there twice"),
    "marked": Text(
        "风险标记与封存的内容不符", "The risk marks are not those that were sealed with the entry"
    ),
    "unlinked": Text("与上一条不相连", "Not linked to the entry before"),
    "altered": Text("记录被改动", "The entry was altered"),
    "head": Text("链尾与案件不一致", "The last entry is not the one the case names"),
    "orphan": Text("对应的案件、企业或许可证已不存在", "Its case, client or license is gone"),
    "misplaced": Text(
        "记录被移到别的案件、企业、许可证或账号名下",
        "The entry was moved to another case, client, license or account",
    ),
    "rewritten": Text(
        "记录在进入事件树之后被改写，连同哈希",
        "The entry and its hash were rewritten after sealing",
    ),
    "removed": Text("已封存的记录被删除", "A sealed entry was removed"),
    "hole": Text("事件树缺少一片叶", "A leaf of the tree is missing"),
    "truncated": Text(
        "事件树比检查点封存的短：末尾被删除",
        "The tree is shorter than what was sealed: its end is gone",
    ),
    "root": Text("事件树与检查点封存的内容不符", "The tree is not the one the checkpoint sealed"),
    "signature": Text("检查点的签名不成立", "The signature of the checkpoint does not hold"),
    "key": Text(
        "密钥更换时没有旧密钥的签名", "Another key signs, and the one before did not agree"
    ),
    "origin": Text("检查点来自另一套系统", "The checkpoint is another installation's"),
    "older": Text(
        "数据库比已公布的检查点旧，可能恢复了旧备份",
        "The database is older than what was published: an old backup may have been restored",
    ),
    "forked": Text(
        "与已公布的检查点不是同一段历史", "The history is not the one that was published"
    ),
    "unopened": Text(
        "个人信息与记录中的承诺不符", "A personal value is not the one the entry promised"
    ),
    "unbacked": Text(
        "个人信息不见了，却没有删除记录", "A personal value is gone and no erasure was recorded"
    ),
    "forgotten": Text(
        "记录承诺过的个人信息被整行抹去，没有删除记录",
        "The row of a personal value this entry promised is gone and no erasure was recorded",
    ),
    "unfounded": Text(
        "有删除标记，却没有对应的删除记录",
        "Something is marked as removed and no removal was recorded",
    ),
    "unguarded": Text(
        "保护轨迹的触发器缺失、被改或被停用",
        "A trigger that guards the trail is missing, changed or off",
    ),
}

NOTICES: Labels = {
    "clock_back": Text("时钟曾被倒拨", "The clock was set back"),
    "erased": Text(
        "个人信息已依法删除（事件、日期、批准人、个数）",
        "Personal values were lawfully erased (event, day, approver, how many)",
    ),
    "key_rotated": Text("签名密钥已更换，新旧两把都签了名", "The key was rotated by both keys"),
    "restored": Text(
        "恢复旧备份后继续，期间的事件已失去",
        "An old backup was restored and gone on with; the events between are lost",
    ),
    "key_lost": Text("旧密钥遗失，新密钥单独签名", "The key was lost; the new one signed alone"),
}
"""What a verification tells that is no break."""


def in_words(broken: str) -> Text:
    """A break as a verification kept it (place, blank, kind), in words."""
    place, _, why = broken.rpartition(" ")
    told = BREAKS[why]
    return Text(f"{place}，{told.zh}", f"{place}: {told.en}")
