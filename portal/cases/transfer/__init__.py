"""In and out (K14) through the browser."""
