"""Pedigree: a model registry in which lineage is the data model."""
