"""What is wrong with an installation, all of it at once. Looking changes nothing."""
