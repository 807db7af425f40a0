"""How much of everything there is."""

from dataclasses import dataclass

FIGURES = ("auc", "f1", "accuracy", "calibration_error")


@dataclass(frozen=True)
class Deep:
    """What one version came from: `levels` of `width` versions with their runs, the data and the code of these."""

    levels: int = 12
    width: int = 21
    snapshots: int = 400
    commits: int = 100


@dataclass(frozen=True)
class Wide:
    """What came from one snapshot: parts of it, versions with their runs, evaluations, deployments, applications."""

    parts: int = 300
    versions: int = 3_100
    evaluations: int = 2_800
    deployments: int = 400
    applications: int = 100


@dataclass(frozen=True)
class Sizes:
    """The sizes of a registry. The landmarks are the same in every one: what is measured on them can be compared."""

    versions: int = 100_000
    snapshots: int = 20_000
    evaluations: int = 50_000
    deep: Deep = Deep()
    wide: Wide = Wide()
    catalog: int = 1_200
    seed: int = 1

    @classmethod
    def of(cls, scale: float) -> "Sizes":
        """A part of the whole, or several times the whole."""
        return cls(round(100_000 * scale), round(20_000 * scale), round(50_000 * scale))

    @property
    def other_versions(self) -> int:
        """Versions that belong to no landmark."""
        return max(500, self.versions - self.deep.levels * self.deep.width - self.wide.versions - self.catalog)

    @property
    def other_snapshots(self) -> int:
        """Snapshots that belong to no landmark."""
        return max(200, self.snapshots - self.deep.snapshots - self.wide.parts - 1)

    @property
    def other_evaluations(self) -> int:
        """Evaluations that belong to no landmark."""
        return max(300, self.evaluations - self.wide.evaluations)

    @property
    def models(self) -> int:
        """Models that belong to no landmark."""
        return max(10, self.other_versions // 40)

    @property
    def datasets(self) -> int:
        """Datasets that belong to no landmark."""
        return max(10, self.other_snapshots // 10)
