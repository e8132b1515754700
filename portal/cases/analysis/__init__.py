"""Why deals are won and lost: numbers over the retrospectives, each opening its cases (K4)."""
