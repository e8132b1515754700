"""The health of the library (K13), for managers."""
