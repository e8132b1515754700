"""Long work as rows: progress, cancelling, results; the queue only wakes it."""
