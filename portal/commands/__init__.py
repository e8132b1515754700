"""The verbs of the `portal` command, one file each; `portal/features.py` lists them."""
