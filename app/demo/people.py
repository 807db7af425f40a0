"""Who works at Harbor Lane."""

from app.demo.words import Line, Lines, edge, entity

TEAMS = {
    "credit-science": "Credit science",
    "fraud-science": "Fraud science",
    "customer-ai": "Customer AI",
    "data-platform": "Data platform",
    "ml-platform": "ML platform",
    "model-risk": "Model risk",
}
PEOPLE = {
    "ines": ("Ines Carvalho", "credit-science"),
    "tomasz": ("Tomasz Zielinski", "credit-science"),
    "amara": ("Amara Okafor", "fraud-science"),
    "kenji": ("Kenji Watanabe", "fraud-science"),
    "lucia": ("Lucía Herrera", "customer-ai"),
    "noor": ("Noor Haddad", "customer-ai"),
    "samuel": ("Samuel Osei", "customer-ai"),
    "greta": ("Greta Lindqvist", "data-platform"),
    "pavel": ("Pavel Novák", "data-platform"),
    "mei": ("Mei Tanaka", "ml-platform"),
    "oliver": ("Oliver Brandt", "model-risk"),
    "priya": ("Priya Raman", "model-risk"),
}
PROGRAMS = {"airflow": "Training pipelines", "release-bot": "Continuous delivery"}


def actor(name: str) -> Line:
    return {"actor": name}


def lines() -> Lines:
    """Teams, people and programs, and who belongs where."""
    for name, title in TEAMS.items():
        yield entity("Team", 0, None, name=name, displayName=title)
    for name, (title, team) in PEOPLE.items():
        yield entity("User", 0, None, name=name, displayName=title, email=f"{name}@harborlane.example")
        yield edge("MEMBER_OF", actor(name), actor(team), 0, None)
    for name, title in PROGRAMS.items():
        yield entity("ServiceAccount", 0, "mei", name=name, displayName=title)
        yield edge("MEMBER_OF", actor(name), actor("ml-platform"), 0, None)
