"""The rows of the sample file."""

SAMPLES: dict[str, list[list[str]]] = {
    "zh": [
        ["张三", "zhangsan", "经理", "华东区", "区域经理", "zhangsan@example.com", "2024-03-01"],
        ["李四", "a1024", "销售", "华东区", "客户经理", "lisi@example.com", "2026-01-05"],
        ["王五", "a1025", "人事", "", "人事专员", "", ""],
    ],
    "en": [
        ["Ann Example", "ann", "manager", "East", "Regional manager", "ann@example.com",
         "2024-03-01"],
        ["Ben Example", "a1024", "rep", "East", "Account manager", "ben@example.com",
         "2026-01-05"],
        ["Cai Example", "a1025", "hr", "", "HR officer", "", ""],
    ],
}


def sample_rows(language: str) -> list[list[str]]:
    """Three people, one of them with as little as is needed."""
    return SAMPLES[language]
