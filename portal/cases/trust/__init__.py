"""Trust (K8): re-verifying, reviews of reuse, flags, the review queue."""
