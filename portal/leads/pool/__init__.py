"""The pool (L3): claiming within limits, allocation by rules, answers in time, and idle leads."""
