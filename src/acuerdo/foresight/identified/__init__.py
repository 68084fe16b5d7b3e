"""What the data cannot tell: all parameters and structures that fit, and what they say about a policy."""
