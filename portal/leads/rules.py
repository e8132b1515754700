"""What a lead can be."""

# Open leads are at a stage; won is the end of the last stage.
OPEN, WON, LOST, ABANDONED, VOID = "open", "won", "lost", "abandoned", "void"
STATUSES = (OPEN, WON, LOST, ABANDONED, VOID)
# The codes of the stages in a new portal; the list of stages is editable.
FIRST_STAGE = "acquired"
LONGEST_TITLE = 120
CURRENCY = "CNY"
