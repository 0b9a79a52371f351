"""Words and drawings that the templates ask for."""
