"""Words that say nothing about what is looked for, folded as `words.fold` does.

They are set aside in questions only; the index holds them, for a name may consist of them.
"""

from __future__ import annotations

ENGLISH = """
a about after again all also am an and any anybody anyone anything are arent as ask asking at
available be because been before being best but by can cannot cant could couldnt currently dad did
do does doesnt doing dont during each either else etc every father few find finding for from get
gets getting give gives giving go going got had has hasnt have havent having he hed help helped
helping helps her here hers hes hey hi him his how husband i id if ill im in into is isnt it its ive
just know let lets like live lives look looking looks made make makes many may maybe me might mine
mom more most mother much must my myself near nearby need needed needing needs no not now of off on
one only or other others our ourselves out over paid pay payed paying pays please qualifies qualify
really recently s she shes should shouldnt show so some somebody someone something still such t tell
than thank thanks that the their them then there these they theyd theyre theyve thing things this
those through to too try trying under until up us use using very want wanted wanting wants was way
ways we were werent weve what whats when where wheres which while who whom whos whose why wife will
with without wont would wouldnt you youd your youre yours youve
"""

SPANISH = """
a al algo alguien algun alguna algunas alguno algunos ante antes aqui asi aunque ayuda ayudan ayudar
ayudarme ayudas ayudeme busca buscando buscar busco cada calificamos califico cerca como con
conseguir cual cuales cualquier cuando cuanto da dan dar de deben debo del desde donde dos e el ella
ellas ellos en encontrar encuentro entre era es esa esas ese eso esos esposa esposo esta estan estar
estas este esto estos estoy fue ganamos gano ha hace hacen hacer hago han hay haya he hola la las le
les lo los madre marido mas me mi mis mucho muy necesita necesitamos necesitan necesitar necesito ni
no nos nosotros nuestra nuestro o obtener otra otras otro otros padre paga pagan pagando pagar pago
para pero poder podria por porque pueda puede pueden puedo pues que quien quienes quiere quiero
quisiera se sea ser si sin sobre solo somos son soy su sus tambien tan te tenemos tener tengo ti
tiene tienen toda todas todo todos tu tus u un una unas uno unos usar usted ustedes va van ver vive
vivimos vivo voy y ya yo
"""

STOP_WORDS = frozenset((ENGLISH + SPANISH).split())
# Those that tell that somebody writes Spanish.
SPANISH_ONLY = frozenset(SPANISH.split()) - frozenset(ENGLISH.split())
