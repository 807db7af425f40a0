"""The closed sets of words that the registry's logic reads."""

from enum import StrEnum


class ModelKind(StrEnum):
    """What a model is, and so what evidence it can have."""

    TRAINED = "TRAINED"
    VENDOR = "VENDOR"
    HOSTED_API = "HOSTED_API"
    RULES = "RULES"
    ENSEMBLE = "ENSEMBLE"


class Visibility(StrEnum):
    """Who sees a model or a dataset, and all that belongs to it."""

    PUBLIC = "PUBLIC"
    PRIVATE = "PRIVATE"


class VersionState(StrEnum):
    """Where a version is in its life."""

    ACTIVE = "ACTIVE"
    DEPRECATED = "DEPRECATED"
    RETIRED = "RETIRED"
    ARCHIVED = "ARCHIVED"


class DerivationKind(StrEnum):
    """How an asset was made from another."""

    FINE_TUNE = "FINE_TUNE"
    CONTINUED_PRETRAINING = "CONTINUED_PRETRAINING"
    ADAPTER = "ADAPTER"
    MERGE = "MERGE"
    QUANTIZATION = "QUANTIZATION"
    DISTILLATION = "DISTILLATION"
    PRUNING = "PRUNING"
    CONVERSION = "CONVERSION"
    CHECKPOINT = "CHECKPOINT"
    RETRAIN = "RETRAIN"
    SPLIT = "SPLIT"
    FILTER = "FILTER"
    JOIN = "JOIN"
    AUGMENT = "AUGMENT"
    SYNTHETIC = "SYNTHETIC"
    ANNOTATION = "ANNOTATION"
    OTHER = "OTHER"


class RunStatus(StrEnum):
    """How far a run has come."""

    SCHEDULED = "SCHEDULED"
    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    UNKNOWN = "UNKNOWN"


class EvaluationContext(StrEnum):
    """Under what circumstances a version was measured."""

    OFFLINE = "OFFLINE"
    SHADOW = "SHADOW"
    ONLINE = "ONLINE"
    VALIDATION = "VALIDATION"


class OnSameDigest(StrEnum):
    """What to do when the model has a version with the same digest already."""

    CREATE = "CREATE"
    RETURN_EXISTING = "RETURN_EXISTING"
    REFUSE = "REFUSE"


class DeploymentKind(StrEnum):
    """How a deployment answers."""

    ONLINE = "ONLINE"
    BATCH = "BATCH"
    STREAMING = "STREAMING"
    EDGE = "EDGE"
    EMBEDDED = "EMBEDDED"


class TrafficRole(StrEnum):
    """What part a deployment plays at its endpoint."""

    PRIMARY = "PRIMARY"
    CANARY = "CANARY"
    CHALLENGER = "CHALLENGER"
    SHADOW = "SHADOW"


class DeploymentStatus(StrEnum):
    """Where a deployment is in its life: ROLLING_OUT or ACTIVE while it is open, then why it is not."""

    ROLLING_OUT = "ROLLING_OUT"
    ACTIVE = "ACTIVE"
    SUPERSEDED = "SUPERSEDED"
    STOPPED = "STOPPED"
    FAILED = "FAILED"
    ROLLED_BACK = "ROLLED_BACK"


class DriftReason(StrEnum):
    """How what runs differs from what should."""

    OTHER_VERSION = "OTHER_VERSION"
    NOTHING_RUNS = "NOTHING_RUNS"
    NOT_REPORTED = "NOT_REPORTED"


class PolicyState(StrEnum):
    """Where a version of a policy is in its life. Once published it never changes."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


class PolicyMode(StrEnum):
    """What follows when a rule of a policy is not met."""

    ENFORCE = "ENFORCE"
    WARN = "WARN"
    AUDIT = "AUDIT"


class RuleOutcome(StrEnum):
    """What came of a rule."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    ERROR = "ERROR"


class ApprovalDecision(StrEnum):
    """What somebody decided on a request."""

    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


class ApprovalStatus(StrEnum):
    """How a request stands."""

    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


class EmergencyStatus(StrEnum):
    """How an emergency stands, in which something was let in without approvals."""

    WAITING = "WAITING"
    OVERDUE = "OVERDUE"
    SETTLED = "SETTLED"


class Involvement(StrEnum):
    """What somebody has had to do with a version, read from the graph."""

    TRAINED = "TRAINED"
    WROTE_CODE = "WROTE_CODE"
    OWNS_DATA = "OWNS_DATA"
    REQUESTED = "REQUESTED"


class LapseReason(StrEnum):
    """Why an approval holds no longer, although nobody has taken it back."""

    EXPIRED = "EXPIRED"
    ANCESTRY_CHANGED = "ANCESTRY_CHANGED"
    RECALLED = "RECALLED"
    EVALUATION_ENDED = "EVALUATION_ENDED"


class DisregardReason(StrEnum):
    """Why an approval does not count for what a policy asks for."""

    LAPSED = "LAPSED"
    TOO_OLD = "TOO_OLD"
    OTHER_TEAM = "OTHER_TEAM"
    OTHER_ROLE = "OTHER_ROLE"
    INVOLVED = "INVOLVED"
    COUNTED_ALREADY = "COUNTED_ALREADY"


class BlockerKind(StrEnum):
    """What is in the way of a promotion."""

    RECALL = "RECALL"
    LIFECYCLE = "LIFECYCLE"
    REJECTION = "REJECTION"
    RULE = "RULE"
    INCOMPLETE_LINEAGE = "INCOMPLETE_LINEAGE"
    APPROVAL = "APPROVAL"


class AssertedEdgeKind(StrEnum):
    """What the later thing has to do with the earlier one, where somebody has to say so."""

    USED = "USED"
    GENERATED_BY = "GENERATED_BY"
    DERIVED_FROM = "DERIVED_FROM"
    DEPENDS_ON = "DEPENDS_ON"


class LicenseObligationKind(StrEnum):
    """What a license asks for. Each is more restrictive than those before it."""

    ATTRIBUTION = "ATTRIBUTION"
    SHARE_ALIKE = "SHARE_ALIKE"
    USE_RESTRICTIONS = "USE_RESTRICTIONS"
    NON_COMMERCIAL = "NON_COMMERCIAL"
    NO_DERIVATIVES = "NO_DERIVATIVES"
    PROPRIETARY = "PROPRIETARY"
    UNKNOWN = "UNKNOWN"


class ShareAlikeScope(StrEnum):
    """How far the same terms have to be given. Each is wider than those before it."""

    PART = "PART"
    WORK = "WORK"
    NETWORK = "NETWORK"


class UnknownLicenseReason(StrEnum):
    """Why nobody can say what a license asks for."""

    NOT_DECLARED = "NOT_DECLARED"
    NOT_RECOGNIZED = "NOT_RECOGNIZED"
    NOT_DESCRIBED = "NOT_DESCRIBED"


class AuditOutcome(StrEnum):
    """How what somebody asked for came out."""

    DONE = "DONE"
    DENIED = "DENIED"


class Tampering(StrEnum):
    """What was done to the audit log behind the registry's back."""

    EDITED = "EDITED"
    DELETED = "DELETED"
    SWAPPED = "SWAPPED"
    TRUNCATED = "TRUNCATED"
    REHASHED = "REHASHED"
    SLIPPED_IN = "SLIPPED_IN"


class FindingKind(StrEnum):
    """What somebody has to know."""

    INCIDENT = "INCIDENT"
    VALIDATION_FINDING = "VALIDATION_FINDING"
    LIMITATION = "LIMITATION"
    EXCEPTION = "EXCEPTION"


class Severity(StrEnum):
    """How bad something is."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"
    CRITICAL = "CRITICAL"


class Role(StrEnum):
    """What somebody may do, under a name that people know."""

    VIEWER = "VIEWER"
    CONTRIBUTOR = "CONTRIBUTOR"
    APPROVER = "APPROVER"
    MAINTAINER = "MAINTAINER"
    ADMIN = "ADMIN"


class CredentialKind(StrEnum):
    """How somebody proved who it is."""

    API_TOKEN = "API_TOKEN"
    OIDC = "OIDC"
    SESSION = "SESSION"
    NOBODY = "NOBODY"


class ReproductionNeed(StrEnum):
    """What it takes to make a version anew."""

    COMMIT = "COMMIT"
    CLEAN_WORK_TREE = "CLEAN_WORK_TREE"
    PINNED_DATA = "PINNED_DATA"
    PARAMETERS = "PARAMETERS"
    RUNTIME = "RUNTIME"
    SEED = "SEED"


class EvidenceState(StrEnum):
    """Whether something was recorded."""

    PRESENT = "PRESENT"
    MISSING = "MISSING"
