"""The columns of a table of cases, and the words in which people write their headers."""

from portal.transfer.headings import LEFT_OUT, Fields, Headings, shape_of

__all__ = ["FIELDS", "LEFT_OUT", "SECTION", "field_of", "guessed", "header_of", "shape_of"]

# What a column may be besides a field or left out: a part of the text under its own heading.
SECTION = "section"
# Field → how its header is written, Chinese and English; the first of each heads our own files.
FIELDS: Fields = {
    "ref": (("编号", "案例编号", "标识"), ("ref", "reference", "id", "number", "no")),
    "kind": (("类型", "案例类型", "类别", "种类"), ("kind", "type", "category")),
    "title": (("标题", "题目", "案例标题", "案例名称", "主题", "名称"),
              ("title", "subject", "headline", "name", "summary")),
    "body": (("正文", "内容", "描述", "详情", "说明", "案例内容"),
             ("text", "body", "content", "description", "details", "story")),
    "tags": (("标签", "关键词", "关键字"), ("tags", "tag", "keywords", "labels")),
    "stage": (("阶段", "销售阶段"), ("stage", "sales stage", "phase")),
    "industry": (("行业", "客户行业"), ("industry", "sector")),
    "product": (("产品", "产品线"), ("product", "products")),
    "region": (("区域", "地区", "大区"), ("region", "area", "territory")),
    "audience": (("可见范围", "谁能看", "范围"), ("audience", "readers", "visibility")),
    "team": (("团队", "部门"), ("team", "department")),
    "source": (("来源",), ("source", "origin")),
    "author": (("作者", "负责人", "提交人", "填写人"), ("author", "owner", "by", "created by")),
    "created": (("创建日期", "创建时间", "日期", "时间"), ("created", "date", "created on")),
    "updated": (("更新日期", "更新时间", "修改时间"), ("updated", "changed", "last changed")),
    "confidence": (("可信度", "状态", "验证状态"), ("confidence", "trust", "status")),
    "verified_until": (("有效期至", "验证有效期"), ("verified until", "valid until")),
    "amount_band": (("金额区间", "金额", "合同金额"), ("amount band", "amount", "deal size")),
    "cycle_days": (("成交周期", "周期天数", "周期"), ("cycle days", "cycle", "days")),
    "competitors": (("竞争对手", "竞品", "对手"), ("competitors", "competitor")),
    "stage_reached": (("到达阶段", "止步阶段"), ("stage reached",)),
    "roles_reached": (("接触到的角色", "接触角色"), ("roles reached", "roles")),
    "main_reason": (("主要原因", "主因", "原因", "丢单原因", "赢单原因"),
                    ("main reason", "reason")),
    "contributing_reasons": (("次要原因", "其他原因"), ("contributing reasons", "other reasons")),
    "price_gap": (("价差", "价格差距", "价差百分比"), ("price gap",)),
    "actions": (("关键动作", "采取的行动", "行动"), ("actions", "what decided it")),
    "repeat": (("可复制", "值得重复", "经验"), ("repeat", "what to repeat")),
    "avoid": (("要避免", "应避免", "教训"), ("avoid", "what to avoid")),
}
_headings = Headings(FIELDS)
field_of, guessed, header_of = _headings.field_of, _headings.guessed, _headings.heading_of
