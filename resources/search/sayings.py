"""What people say of their lives instead of naming it: "lost my job", "my insurance won't pay".

A saying is a few words in this order with little between them, in either language or both: people
mix them ("no tengo insurance"). Words are folded as `words.fold` does: "cant" is "can't".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from resources.search.facets import UNINSURED
from resources.search.lexicon import Meaning

# So many words may stand between two words of a saying.
WORDS_BETWEEN = 3

Words = frozenset[str]


def words(text: str) -> Words:
    """The words of a text, as a set."""
    return Words(text.split())


NOTHING = Words()

# Past these another thought begins: "no job but good insurance".
BARRIERS = words("and because but con except or pero porque salvo with y")

# --- Insurance ---

INSURANCE = words("aseguransa aseguranza cobertura coverage insurance insured insurer seguro")
# Which kind it is, is read besides.
KINDS = words("champva chip cobra marketplace medicaid medicare medigap obamacare tricare")
EITHER = INSURANCE | KINDS
CLAIM = EITHER | words("claim claims plan reclamo")
# They go with the insurance beside them and say nothing more: "health insurance company".
OF_INSURANCE = words(
    """compania companies company current drug good health job medica medical medico own plan policy
    private provider salud through trabajo work"""
)
# Between "no" and "insurance" these change nothing: "don't have any".
HAVING = OF_INSURANCE | words(
    """a any califico de el eligible for get got had has have having her his i in la longer mi mis
    my ningun ninguna on our para qualify tenemos tener tengo the their tiene tienen to un
    una"""
)
NOT = words(
    """aint arent couldnt didnt doesnt dont hasnt havent isnt never ni no not nunca sin wasnt
    without wont wouldnt"""
)
LOST = words(
    """cancelaron canceled cancelled dropped ended ending expired expires lapsed lose loses losing
    lost perder perdere perdi perdieron perdimos perdio quedamos quedaron quede quedo
    quitaron vencio"""
)
REFUSED = words(
    """declined denial denied denies deny denying negaron nego niega niegan rechaza rechazaron
    rechazo refuse refused refuses refusing reject rejected rejecting rejects"""
)
COVERED = words(
    """approve approved approving aprobo aprueba autoriza cover covered covering covers cubre cubren
    cubrio"""
)
CHOOSE = words(
    """aplicar apply applying buscar buy buying change changing choose choosing comparar compare
    comparing comprar conseguir elegir enroll enrolling escoger find finding get getting
    inscribirme inscribirse obtener pick picking sacar sign solicitar switch switching
    understand understanding"""
)

COUNSELOR = words(
    """adviser advisor asesor asesora asesoria consejera consejeria consejero counseling counselling
    counselor counselors"""
)

# --- Money ---

CANNOT = NOT | words("cannot cant struggle struggling trouble unable")
PAY = words("costear pagar pagarla pagarlas pagarlo pagarlos pay paying")
WORKING = words("trabajando trabajar trabajo work working")
SICK = words("debil enferma enfermo ill sick tired weak")
STOPPED = words("deje dejo dejar off out quit stop stopped stopping")
JOB = words("empleo income ingreso ingresos job jobs paycheck trabajo work")
LAID_OFF = words(
    """desempleada desempleado desempleo despedida despedido despidieron despidio fired furloughed
    jobless unemployed unemployment"""
)
OWED = words(
    """bil biles bill billed bills cuenta cuentas debemos debo debt debts deuda deudas factura
    facturas owe owed owes owing"""
)
SENDERS = words("ambulance ambulancia doctor doctors er hospital hospitales hospitals medico")
COSTLY = words(
    """afford affordable alcanza cara caras caro caros cost costo costos costs cuesta cuestan
    expensive precio precios price prices unaffordable"""
)
MONEY = words("cash dinero fund funding funds money")
MEDICINES = words(
    """drug drugs injection injections med medicamento medicamentos medication medications medicina
    medicinas medicine medicines meds pastilla pastillas pill pills prescription
    prescriptions receta recetas remedio remedios rx"""
)

# --- Home ---

POWER = words(
    """agua calefaccion electric electricidad electricity gas heat internet light lights luz phone
    power telefono utilities water"""
)
SHUT = words(
    """apagaron cortado cortan cortar cortarme cortarnos cortaron cut cutting disconnect
    disconnected disconnecting quitar quitaron shut shutoff shutting turn turned turning"""
)
CHILDREN = words(
    """baby bebe boy child children daughter girl grandchild granddaughter grandson hija hijas hijo
    hijos infant kid kids nieta nieto nina ninas nino ninos son teen teenager toddler"""
)
ADULTS = words(
    """abuela abuelo aunt boyfriend brother dad dads esposa esposo familiar father girlfriend
    grandfather grandma grandmother grandpa hermana hermano husband loved madre mama marido
    mom moms mother padre papa pareja parent parents partner relative sister spouse uncle
    wife"""
)

# --- On the way ---

WAY = words("cannot cant como how manera manner no quien ride trouble unable way")
GET = words("get getting go going ir llegar")
DRIVE = words(
    """bring drive drives driving lleva llevan llevar llevarme llevarnos lleve lleven take takes
    taking"""
)
TO = words("a al to")
PLACE = words(
    """appointment appointments chemo chemotherapy cita citas clinic clinica dialisis dialysis
    doctor doctors hospital infusion infusions medico quimio quimioterapia radiacion
    radiation radioterapia therapy tratamiento tratamientos treatment treatments"""
)
# Between the way and the place: "how can I get my mom to her appointments".
WHOSE = (
    ADULTS
    | CHILDREN
    | words(
        """can do el for he her him his i la las los me mi mis my nos our puede puedo se she su sus
        the their them to us we"""
    )
)
CAR = words("auto car carro coche drive manejar manejo vehicle")
SPOT = words("donde lugar place room sitio somewhere where")
STAY = words(
    """alojarme alojarnos dormir hospedarme hospedarnos hospedarse quedar quedarme quedarnos
    quedarse sleep sleeping stay staying"""
)
NEAR = words("cerca close near nearby while")

# --- People ---

CARE = words("care caring cuidando cuidar cuido look looking")
TALK = words("chat conversar hablar platicar speak speaking talk talking")
SOMEONE = words(
    """alguien anybody anyone gente other others otras otros people person persona personas somebody
    someone survivor survivors"""
)


class Saying(NamedTuple):
    """One word of each of `parts`, in this order, and what that means.

    What it `asks` counts only where nothing of the facets `unless` is read besides: "I can't afford
    it" asks for help with paying, "I can't afford the rent" for help with the rent. Of several the
    first in the table asks. `between`: what may stand between the parts; any words but `BARRIERS`
    where it is empty. `leaves`: words that are looked at and left to be read by themselves.
    `is_topic`: where it asks for nothing its words still say what is looked for.
    """

    parts: tuple[Words, ...]
    means: tuple[Meaning, ...] = ()
    asks: tuple[Meaning, ...] = ()
    unless: Words = Words({"need"})
    between: Words = NOTHING
    leaves: Words = KINDS
    is_topic: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A saying in a question: the places of its words."""

    saying: Saying
    places: tuple[int, ...]


def _needs(*values: str) -> tuple[Meaning, ...]:
    return tuple(Meaning("need", value) for value in values)


WITHOUT_INSURANCE = (Meaning("insurance", UNINSURED),)
OTHER_AIM = Words({"need", "medicine"})

SAYINGS = (
    Saying((CLAIM, NOT, COVERED | PAY), means=_needs("appeals")),
    Saying((CLAIM, REFUSED), means=_needs("appeals")),
    Saying((NOT, COVERED, CLAIM), means=_needs("appeals")),
    Saying((REFUSED, CLAIM), means=_needs("appeals")),
    Saying((CANNOT, PAY | words("afford"), EITHER), means=_needs("premiums"), leaves=NOTHING),
    Saying((NOT, INSURANCE), means=WITHOUT_INSURANCE, between=HAVING),
    Saying(
        (LOST, INSURANCE),
        means=WITHOUT_INSURANCE,
        asks=_needs("enrolment"),
        unless=OTHER_AIM,
        between=HAVING | words("sin"),
    ),
    Saying(
        (LOST, JOB, INSURANCE),
        means=WITHOUT_INSURANCE,
        asks=_needs("enrolment"),
        unless=OTHER_AIM,
        between=HAVING | words("and sin then y"),
    ),
    Saying((LOST, KINDS), asks=_needs("enrolment"), unless=OTHER_AIM, between=HAVING),
    Saying((CHOOSE, EITHER), asks=_needs("enrolment"), unless=OTHER_AIM, between=HAVING),
    Saying((EITHER, COUNSELOR), means=_needs("insurance_help", "enrolment")),
    Saying((COUNSELOR, EITHER), means=_needs("insurance_help", "enrolment")),
    Saying((OWED, SENDERS), means=_needs("medical_bills")),
    Saying((SENDERS, OWED), means=_needs("medical_bills")),
    Saying((SHUT, POWER), means=_needs("utilities")),
    Saying((POWER, SHUT), means=_needs("utilities")),
    Saying((WAY, GET, TO, PLACE), means=_needs("travel"), between=WHOSE),
    Saying((DRIVE, TO, PLACE), means=_needs("travel"), between=WHOSE),
    Saying((CANNOT, CAR), means=_needs("rides"), between=HAVING),
    Saying((SPOT, STAY), means=_needs("lodging"), between=WHOSE),
    Saying((STAY, NEAR), means=_needs("lodging"), between=WHOSE),
    Saying((words("cuidar cuide cuiden watch watching"), CHILDREN), means=_needs("childcare")),
    Saying((words("suicida suicidal suicidarme suicide suicidio"),), means=_needs("counselling")),
    Saying((words("kill killing"), words("me myself")), means=_needs("counselling")),
    Saying((words("want quiero"), words("dead die morir")), means=_needs("counselling")),
    Saying((NOT | CANNOT, words("go quiero"), words("on vivir")), means=_needs("counselling")),
    Saying((CARE, ADULTS), asks=_needs("caregiver_support")),
    Saying((CANNOT | SICK, WORKING), asks=_needs("disability_benefits")),
    Saying((STOPPED, WORKING), asks=_needs("living_costs")),
    Saying((LOST, JOB), asks=_needs("living_costs")),
    Saying((NOT, JOB), asks=_needs("living_costs"), between=HAVING),
    Saying((words("laid let"), words("go off")), asks=_needs("living_costs")),
    Saying((LAID_OFF,), asks=_needs("living_costs")),
    Saying((words("hours miles"), words("away from")), asks=_needs("travel")),
    Saying((words("far lejos"),), asks=_needs("travel")),
    Saying((words("conocer meet meeting"), SOMEONE), asks=_needs("support_group")),
    Saying(
        (TALK, SOMEONE),
        asks=_needs("emotional_support"),
        unless=Words({"need", "insurance"}),
        between=words("a con to with"),
    ),
    Saying(
        (MEDICINES,),
        asks=_needs("copay", "free_medicine", "discount_medicine"),
        unless=OTHER_AIM,
        is_topic=True,
    ),
    Saying((OWED,), asks=_needs("medical_bills", "living_costs"), is_topic=True),
    Saying((CANNOT, PAY), asks=_needs("paying_for_treatment")),
    Saying((COSTLY,), asks=_needs("paying_for_treatment")),
    Saying((MONEY,), asks=_needs("paying_for_treatment", "living_costs"), is_topic=True),
)

_BY_FIRST: dict[str, list[Saying]] = {}
for _saying in SAYINGS:
    for _word in _saying.parts[0]:
        _BY_FIRST.setdefault(_word, []).append(_saying)

# All words of sayings: none of them is mistyped.
SAID = Words.union(*(part for saying in SAYINGS for part in saying.parts))


def said_in(typed: Sequence[str]) -> Iterator[Said]:
    """The sayings in these folded words, wherever they stand, overlapping ones too."""
    for start, word in enumerate(typed):
        for saying in _BY_FIRST.get(word, ()):
            places = _places(typed, saying, start)
            if places:
                yield Said(saying, places)


def _places(typed: Sequence[str], saying: Saying, start: int) -> tuple[int, ...]:
    """Where the parts of a saying stand that begins here; nowhere if it is not said."""
    places = [start]
    for part in saying.parts[1:]:
        place = _next(typed, part, places[-1] + 1, saying.between)
        if place is None:
            return ()
        places.append(place)
    return tuple(places)


def _next(typed: Sequence[str], part: Words, start: int, between: Words) -> int | None:
    """The first place from `start` with a word of this part, if nothing stands in the way."""
    for place in range(start, min(start + WORDS_BETWEEN + 1, len(typed))):
        word = typed[place]
        if word in part:
            return place
        if word not in between if between else word in BARRIERS:
            return None
    return None
