"""How promising a lead is (L2): agreed dimensions, weighed, with every part visible."""
