"""The kinds of check, one file each: what its YAML may say, and how it is worked out.

Every file defines one model of what stands in the claim's file, and ``readings(check, ground)``.
"""
