"""Where an indicator stands before its last figures are in, where it is heading, and whether a target will be met."""
