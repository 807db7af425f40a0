"""The registry of Harbor Lane, a lender that does not exist: people, data, models, and where they run.

The story is told as lines of the import format (docs/import.md), in Python that reads like a story:

- `words.py`: how a line is made; days, digests
- `people.py`, `data.py`: who works there, and with what data
- `tabular.py`: credit, fraud and churn models, retrained month by month
- `language.py`: the support assistant: a vendor's model, fine-tuned, adapted, merged, quantized, distilled
- `documents.py`: models that read documents, a vendor's and our own
- `delivery.py`: environments, endpoints, applications, and what ran when

What is no line of the import format is done as people do it:

- `policies.py`: what has to be so before a version goes to production
"""
