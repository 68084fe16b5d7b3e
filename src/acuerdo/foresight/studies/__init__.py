"""What is asked of each model; one file per model, its name the model's id."""
