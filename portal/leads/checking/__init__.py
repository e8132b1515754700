"""The check before the typing: does somebody have this company or number already? (L4)"""
