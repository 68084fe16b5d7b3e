"""Across evaluations and across choices: the mean of many answers, and the answers of many settings."""
