"""How certain an estimate is: clusters, distance, the wild bootstrap; one place for every method."""
