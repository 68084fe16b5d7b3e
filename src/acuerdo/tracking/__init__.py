"""How far each promise got: dated, cited statements, coded by the rules of a published codebook."""
