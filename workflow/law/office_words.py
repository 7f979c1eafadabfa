"""What is done to accounts, files and the trail itself: acts that move no case."""

from __future__ import annotations

from collections.abc import Mapping

from workflow.domain.procedure import Text

ACTS: Mapping[str, Text] = {
    "set_access": Text("更改账号权限", "Account access changed"),
    "set_parameter": Text("更改各局口径", "Practice figure changed"),
    "retry_job": Text("重试后台作业", "Job tried again"),
    "sign_in": Text("登录", "Signed in"),
    "sign_in_failed": Text("登录未成功", "Sign-in refused"),
    "sign_out": Text("退出登录", "Signed out"),
    "export": Text("导出", "Exported"),
    "reveal": Text("查看未遮盖的个人信息", "Personal values read unmasked"),
    "view": Text("查看材料文件", "Material file looked at"),
    "verify": Text("验证审计轨迹", "Trail verified"),
    "make_key": Text("启用签名密钥", "Signing key put to use"),
    "rotate_key": Text("更换签名密钥", "Signing key rotated"),
    "lose_key": Text("签名密钥遗失", "Signing key lost"),
    "restore": Text("恢复旧备份后继续", "Went on after an old backup was restored"),
    "hold": Text("冻结，不得清除", "Put on hold"),
    "release_hold": Text("解除冻结", "Hold released"),
    "ask_erasure": Text("申请删除个人信息", "Erasure asked for"),
    "refuse_erasure": Text("不同意删除", "Erasure refused"),
    "erase": Text("删除个人信息", "Personal values erased"),
    "remove_files": Text("保存期满，清除文件", "Files removed after their term"),
}
