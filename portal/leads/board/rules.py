"""How leads can be ordered, and what a kept view is."""

LIST, BOARD = "list", "board"
PAGES = (LIST, BOARD)
ACTIVITY, NEWEST, AMOUNT, SCORE, NEXT, CLOSE = (
    "activity", "newest", "amount", "score", "next", "close")
SORTS = (ACTIVITY, NEWEST, AMOUNT, SCORE, NEXT, CLOSE)
LONGEST_NAME, MOST_VIEWS = 40, 30
# So many cards stand in a column of the board; the list shows all.
CARDS = 20
# So many leads are handed over at once, and written into one file.
MOST_AT_ONCE, MOST_ROWS = 200, 10_000
