"""What the schema says of what is declared without a description: the graph's model knows it, or a table here."""

from collections.abc import Iterator, Mapping

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
)

from graph_schema.model import MODEL

# By the coordinate of an argument, or else by its name.
ARGUMENTS: Mapping[str, str] = {
    "ModelVersion.metric.name": "Name of the metric.",
    "ModelVersion.metric.on": "Only on this data; on whatever data when left out.",
    "ModelVersion.metric.slice": "Only on this slice; only on the whole of the data when left out.",
    "Query.external.externalId": "Its id in that system.",
    "Query.external.system": "The other system: mlflow, huggingface, wandb ...",
    "Query.modelVersion.asOf": "Of an alias: the version that it pointed to then. Other keys never change.",
    "Query.job.name": "Name of the step.",
    "Query.job.namespace": "Where the name is unique.",
    "asOf": "The instant to answer for, in the past; now when left out.",
    "by": "One way to name it.",
    "digest": "A digest, as algorithm:value.",
    "environment": "Name of its environment.",
    "id": "Its id.",
    "ids": "Their ids.",
    "input": "What to change, and how.",
    "last": "Only so many of the last points.",
    "location": "Region or cluster; empty when there is but one.",
    "name": "The name, exact and case-sensitive.",
    "names": "Only these names; all when left out.",
    "number": "Number of the version.",
    "on": "Only on this data.",
    "orderBy": "In which order.",
    "repository": "Address of its repository, in its normalized form.",
    "sha": "The whole hash, in lower case.",
    "slice": "Only on this slice of the data.",
    "url": "Its address, in its normalized form.",
    "where": "Only those that match.",
}
VALUES: Mapping[str, Mapping[str, str]] = {
    "ActorType": {"ServiceAccount": "A program.", "Team": "A team.", "User": "A person."},
    "ApplicationOrderField": {"CREATED_AT": "When it came into being.", "NAME": "Its name."},
    "ApprovalDecision": {"APPROVED": "It may be admitted.", "REJECTED": "It may not."},
    "ApprovalStatus": {
        "APPROVED": "No approval is missing.",
        "PENDING": "Approvals are missing.",
        "REJECTED": "Somebody rejected it.",
        "WITHDRAWN": "It was withdrawn.",
    },
    "AssertedEdgeKind": {
        "DEPENDS_ON": "It needs it when it runs.",
        "DERIVED_FROM": "It was made from it.",
        "GENERATED_BY": "A run made it.",
        "USED": "A run read it.",
    },
    "AuditEventOrderField": {"AT": "When it was done.", "SEQUENCE": "Its place in the sealed log."},
    "AuditOutcome": {"DENIED": "It was attempted and denied.", "DONE": "It was done."},
    "BlockerKind": {
        "APPROVAL": "Approvals that a policy asks for are missing.",
        "INCOMPLETE_LINEAGE": "Something is missing from the ancestry, and a policy enforces.",
        "LIFECYCLE": "The version was retired or archived.",
        "RECALL": "A recall reaches the version, and nothing stops it.",
        "REJECTION": "Somebody rejected it.",
        "RULE": "A rule of a policy is not met.",
    },
    "CredentialKind": {
        "API_TOKEN": "A token of the registry's own.",
        "NOBODY": "Nobody signs in here: everybody is the same user.",
        "OIDC": "A token of an issuer that the registry trusts.",
        "SESSION": "The session of a browser.",
    },
    "DatasetOrderField": {"CREATED_AT": "When it came into being.", "NAME": "Its name."},
    "DatasetVersionOrderField": {"CREATED_AT": "When it came into being.", "ROW_COUNT": "How many rows it has."},
    "DeploymentKind": {
        "BATCH": "It works through data from time to time.",
        "EDGE": "It runs on devices outside.",
        "EMBEDDED": "It is a part of another program.",
        "ONLINE": "It answers requests as they come.",
        "STREAMING": "It follows a stream of events.",
    },
    "DeploymentOrderField": {"VALID_FROM": "When it was placed."},
    "DeploymentStatus": {
        "ACTIVE": "It has its place.",
        "FAILED": "It broke.",
        "ROLLED_BACK": "It was taken back: an earlier version has its place again.",
        "ROLLING_OUT": "It is on its way: what it will replace still has its place.",
        "STOPPED": "Somebody ended it.",
        "SUPERSEDED": "Another took its place.",
    },
    "DerivationKind": {
        "ADAPTER": "Small weights that work on top of a base, which they need when they run.",
        "ANNOTATION": "Labels were added.",
        "AUGMENT": "It was enlarged with variations of itself.",
        "CHECKPOINT": "A state on the way of the same training.",
        "CONTINUED_PRETRAINING": "Its pretraining went on, with other data.",
        "CONVERSION": "The same in another format.",
        "DISTILLATION": "It learned from the answers of another model.",
        "FILTER": "Some of it was left out.",
        "FINE_TUNE": "It was trained further for a task.",
        "JOIN": "Several were put together.",
        "MERGE": "The weights of several models were combined.",
        "OTHER": "In another way, which the detail tells.",
        "PRUNING": "Weights were left out.",
        "QUANTIZATION": "Its weights were stored with fewer bits.",
        "RETRAIN": "It was trained anew in the same way.",
        "SPLIT": "It is a part: a training or a test set.",
        "SYNTHETIC": "A model made it.",
    },
    "Direction": {"ASC": "The smallest first.", "DESC": "The largest first."},
    "DisregardReason": {
        "COUNTED_ALREADY": "The same person counts by another approval.",
        "INVOLVED": "Who approved has had to do with the version, and duties are to be separate.",
        "LAPSED": "It holds no longer.",
        "OTHER_ROLE": "Who approved has none of the roles that are asked for.",
        "OTHER_TEAM": "Who approved belongs to none of the teams that are asked for.",
        "TOO_OLD": "It is older than the policy takes.",
    },
    "DriftReason": {
        "NOTHING_RUNS": "Nothing runs.",
        "NOT_REPORTED": "No report came in time.",
        "OTHER_VERSION": "Something else runs.",
    },
    "Involvement": {
        "OWNS_DATA": "Answers for data that it learned from, or belongs to a team that does.",
        "REQUESTED": "Asked for the approval.",
        "TRAINED": "Registered it, or started the run that made it.",
        "WROTE_CODE": "Wrote the code that this run ran.",
    },
    "LapseReason": {
        "ANCESTRY_CHANGED": "The version came from other things than it was known to.",
        "EVALUATION_ENDED": "An evaluation that it stood on was retracted.",
        "EXPIRED": "It was given until then.",
        "RECALLED": "A recall reaches the version, and nothing stops it.",
    },
    "PolicyMode": {
        "AUDIT": "It is noted.",
        "ENFORCE": "It is denied.",
        "WARN": "It is told, and goes on.",
    },
    "PolicyState": {
        "DRAFT": "It can be changed, and holds nowhere.",
        "PUBLISHED": "It never changes, and can be attached.",
        "RETIRED": "It never changes, and is attached nowhere any more.",
    },
    "RuleOutcome": {
        "ERROR": "It could not be evaluated, which denies as a failure does.",
        "FAILED": "It is not met.",
        "PASSED": "It is met.",
    },
    "EmergencyStatus": {
        "OVERDUE": "Approvals are missing, and had to be there by now.",
        "SETTLED": "The approvals that were passed over are there.",
        "WAITING": "Approvals are missing, and there is time for them.",
    },
    "EvaluationContext": {
        "OFFLINE": "On stored data.",
        "ONLINE": "On live traffic that it answered.",
        "SHADOW": "On live traffic, its answers were not used.",
        "VALIDATION": "By somebody independent of those who made it.",
    },
    "EvidenceState": {"MISSING": "Nobody recorded it.", "PRESENT": "It was recorded."},
    "FindingKind": {
        "EXCEPTION": "Somebody allowed what the rules forbid, for a reason.",
        "INCIDENT": "Something went wrong.",
        "LIMITATION": "It does not do something, or not well.",
        "VALIDATION_FINDING": "Somebody independent found fault with it.",
    },
    "LicenseObligationKind": {
        "ATTRIBUTION": "The work and who made it are to be named, and its notices kept.",
        "NON_COMMERCIAL": "It is not to be used commercially.",
        "NO_DERIVATIVES": "What is made of it is not to be passed on.",
        "PROPRIETARY": "Nothing is allowed but what was agreed with its owner.",
        "SHARE_ALIKE": "What is made of it and passed on is to be given under the same terms.",
        "UNKNOWN": "Nobody can say what is asked for. It counts as more than all others.",
        "USE_RESTRICTIONS": "Some uses or users are excluded, and whoever gets it has to be told.",
    },
    "ModelKind": {
        "ENSEMBLE": "Several models that answer as one.",
        "HOSTED_API": "A model of somebody else, called over the network.",
        "RULES": "Rules that people wrote.",
        "TRAINED": "Trained by the organization.",
        "VENDOR": "Bought or taken from somebody else.",
    },
    "ModelOrderField": {"CREATED_AT": "When it came into being.", "NAME": "Its name."},
    "ModelVersionOrderField": {
        "CREATED_AT": "When it came into being.",
        "METRIC": "A figure of its latest evaluation that has it.",
        "NUMBER": "Its number.",
    },
    "OnSameDigest": {
        "CREATE": "Make another version.",
        "REFUSE": "Refuse, and name the version.",
        "RETURN_EXISTING": "Return the version, and change nothing.",
    },
    "ReproductionNeed": {
        "CLEAN_WORK_TREE": "That the code had no changes beside its commit.",
        "COMMIT": "The revision of the code.",
        "PARAMETERS": "The parameters.",
        "PINNED_DATA": "Data with a digest, or a revision of the system that holds it.",
        "RUNTIME": "What it ran on: the digest of its lock file, or of its image.",
        "SEED": "Where its random numbers began.",
    },
    "Role": {
        "ADMIN": "Does everything, everywhere.",
        "APPROVER": "Decides what is used: places, deprecates, moves protected aliases.",
        "CONTRIBUTOR": "Registers models, versions, data and runs, and describes them.",
        "MAINTAINER": "Does all of that, puts away and deletes, and lets others in.",
        "VIEWER": "Looks, at what is private, too.",
    },
    "RunOrderField": {"CREATED_AT": "When it came into being.", "STARTED_AT": "When it started."},
    "RunStatus": {
        "CANCELLED": "Somebody ended it.",
        "FAILED": "It broke.",
        "RUNNING": "It is at work.",
        "SCHEDULED": "It has not started yet.",
        "SUCCEEDED": "It reached its end.",
        "UNKNOWN": "Nobody has told.",
    },
    "Severity": {
        "CRITICAL": "It harms people, or the law forbids it: at once.",
        "HIGH": "It should not be used.",
        "LOW": "It is worth knowing.",
        "MEDIUM": "It should be looked at soon.",
    },
    "ShareAlikeScope": {
        "NETWORK": "Of whatever is made of it, to whoever uses it over a network, too.",
        "PART": "Of what it is itself, changed or not: its files, its library, its data.",
        "WORK": "Of whatever is made of it.",
    },
    "Tampering": {
        "DELETED": "An event is gone.",
        "EDITED": "An event says something else than it did, in its body, its properties or its texts.",
        "REHASHED": "Hashes or heads were written anew.",
        "SLIPPED_IN": "An event is there that was never sealed, or at another place.",
        "SWAPPED": "Two events changed places.",
        "TRUNCATED": "The last events are gone.",
    },
    "TrafficRole": {
        "CANARY": "It gets a small share, to be watched.",
        "CHALLENGER": "It gets a share, to be compared with the primary.",
        "PRIMARY": "It gives the answer.",
        "SHADOW": "It sees the traffic, its answers are not used.",
    },
    "UnknownLicenseReason": {
        "NOT_DECLARED": "No license was declared.",
        "NOT_DESCRIBED": "The license was recognized, and nobody has described what it asks for.",
        "NOT_RECOGNIZED": "A license was declared in words that nobody recognizes for certain.",
    },
    "VersionState": {
        "ACTIVE": "It may be used.",
        "ARCHIVED": "It was put away.",
        "DEPRECATED": "Another should be used instead.",
        "RETIRED": "It must not be used anymore.",
    },
    "Visibility": {
        "PRIVATE": "Who was granted something over it, and who owns it. For others it does not exist.",
        "PUBLIC": "Everybody who signs in.",
    },
}


def describe(schema: GraphQLSchema) -> None:
    """Say of every field that shows the graph what the model says of it, and of the rest what stands here."""
    meanings = dict(known(schema))
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and not type_.name.startswith("__"):
            for name, field in type_.fields.items():
                field.description = field.description or meanings.get((type_.name, name))
                describe_arguments(f"{type_.name}.{name}", field)
        elif isinstance(type_, GraphQLEnumType):
            for name, value in type_.values.items():
                value.description = value.description or VALUES.get(type_.name, {}).get(name)


def describe_arguments(coordinate: str, field: GraphQLField) -> None:
    for name, argument in field.args.items():
        argument.description = argument.description or ARGUMENTS.get(f"{coordinate}.{name}") or ARGUMENTS.get(name)


def known(schema: GraphQLSchema) -> Iterator[tuple[tuple[str, str], str]]:
    """What the model says, by (type, field): of nodes, of the interfaces they share, and of groups of properties."""
    for node in MODEL.nodes:
        type_ = schema.type_map.get(node.label)
        if not isinstance(type_, GraphQLObjectType):
            continue
        meanings = {each.name: f"{each.meaning[0].upper()}{each.meaning[1:]}." for each in node.properties}
        for name, field in type_.fields.items():
            if name in meanings:
                yield (type_.name, name), meanings[name]
                yield from (((each.name, name), meanings[name]) for each in type_.interfaces if name in each.fields)
            group = get_named_type(field.type)
            if isinstance(group, GraphQLObjectType) and group.name not in MODEL.by_label:
                for part in group.fields:
                    property = f"{name}{part[0].upper()}{part[1:]}"
                    if property in meanings:
                        yield (group.name, part), meanings[property]
