"""Is what is said true: public claims, checked on the data known on the day and on the data known now."""
