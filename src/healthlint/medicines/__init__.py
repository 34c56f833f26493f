"""Medicines and conditions: what a label says, and how a claim that a medicine is for a condition stands against it."""
