"""The quick back end: equations printed as a numba kernel that advances several draws in one vector register."""
