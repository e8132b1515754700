"""Which days and hours are worked: holidays, make-up days, deadlines in working hours."""
