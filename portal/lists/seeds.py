"""What the lists hold in a new portal."""

from portal.extensions import db
from portal.lists.models import Term

SEEDS: dict[str, list[tuple[str, str, str]]] = {
    "stage": [
        ("acquired", "获取", "Acquired"), ("screened", "筛选", "Screened"),
        ("needs", "需求", "Needs"), ("proposal", "方案", "Proposal"),
        ("negotiation", "谈判", "Negotiation"), ("signed", "签约", "Signed"),
        ("paid", "回款", "Paid"),
    ],
    "industry": [
        ("manufacturing", "制造业", "Manufacturing"), ("it", "信息技术", "IT"),
        ("finance", "金融", "Finance"), ("retail", "零售", "Retail"),
        ("healthcare", "医疗健康", "Healthcare"), ("education", "教育", "Education"),
        ("logistics", "物流", "Logistics"), ("energy", "能源", "Energy"),
        ("construction", "建筑地产", "Construction"),
        ("government", "政府与公共", "Public sector"),
    ],
    "product": [
        ("erp", "ERP系统", "ERP"), ("crm", "CRM系统", "CRM"),
        ("mes", "生产执行系统 MES", "MES"), ("wms", "仓储系统 WMS", "WMS"),
        ("cloud", "云服务", "Cloud services"), ("data", "数据平台", "Data platform"),
        ("hardware", "硬件设备", "Hardware"), ("implementation", "实施服务", "Implementation"),
        ("maintenance", "运维服务", "Maintenance"),
    ],
    "region": [
        ("north", "华北", "North"), ("east", "华东", "East"), ("south", "华南", "South"),
        ("central", "华中", "Central"), ("southwest", "西南", "Southwest"),
        ("northwest", "西北", "Northwest"), ("northeast", "东北", "Northeast"),
        ("overseas", "海外", "Overseas"),
    ],
    "channel": [
        ("web", "官网", "Web site"), ("fair", "展会", "Trade fair"),
        ("partner", "合作伙伴", "Partner"), ("referral", "转介绍", "Referral"),
        ("phone", "来电", "Phone"), ("visit", "陌生拜访", "Cold visit"),
        ("import", "批量导入", "Import"), ("other", "其他", "Other"),
    ],
    "reason": [
        ("price", "价格", "Price"), ("product_fit", "产品匹配", "Product fit"),
        ("relationship", "客户关系", "Relationship"), ("timing", "时机", "Timing"),
        ("delivery", "交付与服务", "Delivery and service"),
        ("lock_in", "竞品锁定", "Competitor lock-in"),
        ("no_decision", "无预算或未决策", "No budget or no decision"),
        ("response", "我方响应", "Our response"),
    ],
}


def seed_lists() -> None:
    """Fill the lists of an empty portal."""
    for name, rows in SEEDS.items():
        for position, (code, label_zh, label_en) in enumerate(rows, start=1):
            db.session.add(
                Term(list=name, code=code, label_zh=label_zh, label_en=label_en,
                     position=position, active=True)
            )
