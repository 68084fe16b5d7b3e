"""Sections: each module makes the pages of one kind from the dossier."""
