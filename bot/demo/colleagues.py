"""Who is in the demo's workspace: names, job titles and time zones."""

from dataclasses import dataclass
from itertools import product
from random import Random

from questionnaires.roles import Role


@dataclass(frozen=True, slots=True)
class Colleague:
    """A made-up person as Slack knows them."""

    user_id: str
    name: str
    title: str
    zone: str

    @property
    def city(self) -> str:
        return self.zone.rpartition("/")[2].replace("_", " ")

    @property
    def role(self) -> Role:
        """What they press where roles are asked."""
        return ROLES[self.title]


ROLES = {
    "Data Analyst": Role.DATA_SCIENCE,
    "Data Engineer": Role.DATA_ENGINEERING,
    "Data Scientist": Role.DATA_SCIENCE,
    "Engineering Manager": Role.PRODUCT,
    "ML Engineer": Role.ML_ENGINEERING,
    "ML Lead": Role.PRODUCT,
    "MLOps Engineer": Role.PLATFORM,
    "Platform Engineer": Role.PLATFORM,
    "Product Manager": Role.PRODUCT,
    "Research Scientist": Role.DATA_SCIENCE,
}


TEAM = (
    Colleague("U01AMARA", "Amara Okafor", "ML Lead", "Africa/Lagos"),
    Colleague("U02BEN", "Ben Carter", "Data Engineer", "America/New_York"),
    Colleague("U03CHIARA", "Chiara Ricci", "Data Scientist", "Europe/London"),
    Colleague("U04DEEPA", "Deepa Nair", "ML Engineer", "Asia/Kolkata"),
    Colleague("U05ELIAS", "Elias Berg", "Platform Engineer", "Europe/London"),
    Colleague("U06FATIMA", "Fatima Haddad", "Product Manager", "Africa/Lagos"),
    Colleague("U07GRACE", "Grace Kim", "Data Scientist", "America/New_York"),
    Colleague("U08HIRO", "Hiro Tanaka", "MLOps Engineer", "Asia/Tokyo"),
)

FIRST_NAMES = (
    "Adaeze", "Akira", "Alba", "Anders", "Anjali", "Bruno", "Camille", "Carlos", "Daria",
    "Dmitri", "Elena", "Emeka", "Farid", "Freya", "Giulia", "Hana", "Ibrahim", "Ingrid", "Jonas",
    "Kavya", "Kofi", "Leila", "Lukas", "Malik", "Marta", "Mei", "Naledi", "Omar", "Paula",
    "Priya", "Rafael", "Rosa", "Sven", "Tariq", "Vera", "Yusuf",
)  # fmt: skip
LAST_NAMES = (
    "Adeyemi", "Andersen", "Bauer", "Costa", "Dubois", "Eriksen", "Farouk", "Ferrari", "Garcia",
    "Hansen", "Ivanova", "Jansen", "Kimura", "Kowalski", "Lindqvist", "Lopes", "Mensah",
    "Moreau", "Nakamura", "Novak", "Ndlovu", "Olsen", "Patel", "Pereira", "Rao", "Rossi",
    "Santos", "Schmidt", "Silva", "Suzuki", "Torres", "Vargas", "Wang", "Weber", "Yilmaz", "Zhou",
)  # fmt: skip
TITLES = tuple(title for title in ROLES if title != TEAM[0].title)
ZONES = (
    "Africa/Lagos", "Africa/Nairobi", "America/New_York", "America/Sao_Paulo", "Asia/Dubai",
    "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "Europe/Athens", "Europe/Berlin",
    "Europe/London",
)  # fmt: skip


def chance(about: str, seed: int) -> Random:
    """Chance that falls the same each time: for one matter, under one seed."""
    return Random(f"{about}, seed {seed}")  # noqa: S311


def team(people: int, seed: int) -> tuple[Colleague, ...]:
    """So many colleagues: the eight first, then made-up ones with names that occur once."""
    rng = chance("names", seed)
    more = rng.sample(list(product(FIRST_NAMES, LAST_NAMES)), max(0, people - len(TEAM)))
    return TEAM[:people] + tuple(
        Colleague(f"U1{number:04d}", f"{first} {last}", rng.choice(TITLES), rng.choice(ZONES))
        for number, (first, last) in enumerate(more)
    )
