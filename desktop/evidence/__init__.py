"""Evidence at every field: marks, the panel that says why a value is believed, and the dialogs that cite and accept."""
