"""The verbs of the `portal` command, one file each; `portal/features` lists them."""
