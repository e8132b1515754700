"""A file of people: read in any customary form, judged row by row before anything is written."""
