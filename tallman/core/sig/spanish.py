"""The Spanish of directions: words a patient of any Spanish-speaking country understands. Data only."""

from __future__ import annotations

__all__ = [
    "AMOUNTS", "EVENTS", "INGREDIENTS", "INSTRUCTIONS", "MEANT", "METHODS", "PERIODS", "REASONS", "ROUTES", "SITES", "TOLD", "UNITS", "WEEKDAYS",
]  # fmt: skip

METHODS = {
    "take": "Tome", "give": "Dé", "use": "Use", "apply": "Aplique", "inject": "Inyecte", "inhale": "Inhale",
    "instill": "Ponga", "insert": "Introduzca", "place": "Ponga", "spray": "Rocíe", "chew": "Mastique",
    "dissolve": "Disuelva", "drink": "Beba", "swish": "Enjuáguese con", "gargle": "Haga gárgaras con", "wash": "Lave con", "suck": "Chupe",
}  # fmt: skip

ROUTES = {
    "oral": "por la boca", "sublingual": "debajo de la lengua", "buccal": "entre la mejilla y la encía",
    "inhalation": "por inhalación", "nasal": "en la nariz", "ophthalmic": "en el ojo", "otic": "en el oído",
    "topical": "sobre la piel", "transdermal": "sobre la piel", "subcutaneous": "debajo de la piel",
    "intramuscular": "en el músculo", "intravenous": "en la vena", "rectal": "en el recto", "vaginal": "en la vagina",
    "enteral tube": "por la sonda de alimentación", "dental": "en los dientes",
}  # fmt: skip

SITES = {
    "left eye": "en el ojo izquierdo", "right eye": "en el ojo derecho", "both eyes": "en los dos ojos",
    "each eye": "en cada ojo", "affected eye": "en el ojo afectado", "left ear": "en el oído izquierdo",
    "right ear": "en el oído derecho", "both ears": "en los dos oídos", "each ear": "en cada oído",
    "affected ear": "en el oído afectado", "each nostril": "en cada lado de la nariz",
    "both nostrils": "en los dos lados de la nariz", "one nostril": "en un lado de la nariz",
    "affected area": "en el área afectada", "affected areas": "en las áreas afectadas", "scalp": "en el cuero cabelludo",
    "face": "en la cara", "hands": "en las manos", "feet": "en los pies", "affected skin": "en la piel afectada",
    "abdomen": "en el abdomen", "thigh": "en el muslo", "rash": "sobre el sarpullido", "wound": "en la herida",
    "knee": "en la rodilla", "left knee": "en la rodilla izquierda", "right knee": "en la rodilla derecha",
    "back": "en la espalda", "lower back": "en la parte baja de la espalda", "affected nail": "en la uña afectada",
    "affected nails": "en las uñas afectadas", "toenails": "en las uñas de los pies",
    "fingernails": "en las uñas de las manos", "affected toenails": "en las uñas afectadas de los pies",
    "affected fingernails": "en las uñas afectadas de las manos", "upper arm": "en la parte alta del brazo", "gums": "en las encías",
}  # fmt: skip

UNITS = {
    "tablet": ("tableta", "tabletas", "f"), "capsule": ("cápsula", "cápsulas", "f"), "caplet": ("tableta", "tabletas", "f"),
    "pill": ("pastilla", "pastillas", "f"), "lozenge": ("pastilla", "pastillas", "f"), "puff": ("disparo", "disparos", "m"),
    "inhalation": ("inhalación", "inhalaciones", "f"), "spray": ("rociada", "rociadas", "f"), "drop": ("gota", "gotas", "f"),
    "patch": ("parche", "parches", "m"), "suppository": ("supositorio", "supositorios", "m"),
    "packet": ("sobre", "sobres", "m"), "film": ("película", "películas", "f"), "vial": ("frasquito", "frasquitos", "m"),
    "syringe": ("jeringa", "jeringas", "f"), "pen": ("pluma", "plumas", "f"), "unit": ("unidad", "unidades", "f"),
    "application": ("aplicación", "aplicaciones", "f"), "dose": ("dosis", "dosis", "f"), "gum": ("chicle", "chicles", "m"),
    "applicatorful": ("aplicador lleno", "aplicadores llenos", "m"), "insert": ("óvulo", "óvulos", "m"),
    "pump": ("bombeo", "bombeos", "m"), "capful": ("tapa", "tapas", "f"), "dropperful": ("gotero", "goteros", "m"), "troche": ("pastilla", "pastillas", "f"),
    "enema": ("enema", "enemas", "m"), "click": ("clic", "clics", "m"), "strip": ("tira", "tiras", "f"),
    "ring": ("anillo", "anillos", "m"), "needle": ("aguja", "agujas", "f"), "lancet": ("lanceta", "lancetas", "f"),
    "ampule": ("ampolleta", "ampolletas", "f"), "cm": ("cm", "cm", ""), "inch": ("pulgada", "pulgadas", "f"),
    "bottle": ("botella", "botellas", "f"), "scoop": ("cucharón", "cucharones", "m"),
    "fingertip unit": ("medida de la punta del dedo", "medidas de la punta del dedo", "f"),
    "mL": ("mL", "mL", ""), "mg": ("mg", "mg", ""), "mcg": ("mcg", "mcg", ""), "g": ("g", "g", ""), "mEq": ("mEq", "mEq", ""),
}  # fmt: skip
"""One, several, and the gender."""

EVENTS = {
    "MORN": "por la mañana", "WAKE": "al despertar", "NOON": "al mediodía", "AFT": "por la tarde",
    "EVE": "al anochecer", "NIGHT": "por la noche", "HS": "al acostarse", "C": "con las comidas",
    "AC": "antes de las comidas", "PC": "después de las comidas", "CM": "con el desayuno", "ACM": "antes del desayuno",
    "PCM": "después del desayuno", "CD": "con el almuerzo", "ACD": "antes del almuerzo", "PCD": "después del almuerzo",
    "CV": "con la cena", "ACV": "antes de la cena", "PCV": "después de la cena",
}  # fmt: skip

WEEKDAYS = {
    "mon": "los lunes", "tue": "los martes", "wed": "los miércoles", "thu": "los jueves", "fri": "los viernes",
    "sat": "los sábados", "sun": "los domingos",
}  # fmt: skip

PERIODS = {
    "min": ("minuto", "minutos"), "h": ("hora", "horas"), "d": ("día", "días"), "wk": ("semana", "semanas"),
    "mo": ("mes", "meses"), "y": ("año", "años"),
}  # fmt: skip

REASONS = {
    "pain": "el dolor", "mild pain": "el dolor leve", "moderate pain": "el dolor moderado", "severe pain": "el dolor fuerte",
    "moderate to severe pain": "el dolor de moderado a fuerte", "nausea": "las náuseas",
    "nausea and vomiting": "las náuseas y los vómitos", "nausea or vomiting": "las náuseas o los vómitos",
    "vomiting": "los vómitos", "cough": "la tos", "itching": "la picazón", "itch": "la picazón", "anxiety": "la ansiedad",
    "sleep": "dormir", "insomnia": "el insomnio", "fever": "la fiebre", "pain or fever": "el dolor o la fiebre",
    "fever or pain": "la fiebre o el dolor", "wheezing": "los silbidos en el pecho",
    "shortness of breath": "la falta de aire", "wheezing or shortness of breath": "los silbidos o la falta de aire",
    "shortness of breath or wheezing": "la falta de aire o los silbidos", "headache": "el dolor de cabeza",
    "migraine": "la migraña", "constipation": "el estreñimiento", "diarrhea": "la diarrea", "heartburn": "la acidez",
    "muscle spasms": "los espasmos musculares", "muscle spasm": "los espasmos musculares", "spasms": "los espasmos",
    "allergies": "las alergias", "allergy symptoms": "los síntomas de alergia", "congestion": "la congestión",
    "nasal congestion": "la congestión nasal", "dizziness": "los mareos", "vertigo": "el vértigo",
    "chest pain": "el dolor de pecho", "back pain": "el dolor de espalda", "dry eyes": "los ojos secos",
    "swelling": "la hinchazón", "inflammation": "la inflamación", "rash": "el sarpullido", "gas": "los gases",
    "cramps": "los cólicos", "blood pressure": "la presión", "high blood pressure": "la presión alta",
    "cholesterol": "el colesterol", "high cholesterol": "el colesterol alto", "diabetes": "la diabetes",
    "infection": "la infección", "depression": "la depresión", "asthma": "el asma", "thyroid": "la tiroides",
    "acid reflux": "el reflujo", "reflux": "el reflujo", "seizures": "las convulsiones", "heart": "el corazón",
    "sore throat": "el dolor de garganta", "ear pain": "el dolor de oído", "stomach pain": "el dolor de estómago",
    "blood sugar": "el azúcar en la sangre", "high blood sugar": "el azúcar alta", "arthritis": "la artritis",
    "sinus infection": "la infección de los senos nasales", "urinary tract infection": "la infección de orina",
    "acne": "el acné", "eczema": "el eccema", "gout": "la gota", "mood": "el ánimo", "nerve pain": "el dolor de los nervios",
    "joint pain": "el dolor de las articulaciones", "low back pain": "el dolor de la parte baja de la espalda",
    "nausea/vomiting": "las náuseas y los vómitos", "indigestion": "la indigestión", "runny nose": "el moqueo",
    "heart failure": "la insuficiencia cardiaca", "potassium": "el potasio",
    "enlarged prostate": "la próstata agrandada", "prostate": "la próstata", "restlessness": "la inquietud",
    "glaucoma": "el glaucoma", "dry skin": "la piel seca", "wheeze": "los silbidos en el pecho", "itchy eyes": "la picazón de los ojos",
    "eye pressure": "la presión del ojo", "fluid": "los líquidos retenidos", "water retention": "los líquidos retenidos",
    "neck pain": "el dolor de cuello", "shoulder pain": "el dolor de hombro", "knee pain": "el dolor de rodilla",
    "leg cramps": "los calambres de las piernas", "muscle pain": "el dolor muscular", "tooth pain": "el dolor de muelas",
    "dental pain": "el dolor de muelas", "abdominal pain": "el dolor de estómago", "stomach": "el estómago",
    "bone health": "la salud de los huesos", "anemia": "la anemia", "iron deficiency": "la falta de hierro",
    "cold sores": "el herpes labial", "hemorrhoids": "las hemorroides", "dry mouth": "la boca seca", "hot flashes": "los sofocos",
    "hair loss": "la caída del cabello", "fungal infection": "la infección por hongos", "yeast infection": "la infección por hongos",
    "ear infection": "la infección del oído", "eye infection": "la infección del ojo", "skin infection": "la infección de la piel",
    "pneumonia": "la neumonía", "bronchitis": "la bronquitis", "kidneys": "los riñones", "smoking": "dejar de fumar",
    "overactive bladder": "la vejiga hiperactiva", "weight loss": "bajar de peso", "bladder": "la vejiga", "agitation": "la agitación", "panic attacks": "los ataques de pánico", "hives": "la urticaria",
}  # fmt: skip

MEANT = {
    **{said.partition(" ")[2]: english for english, said in reversed(REASONS.items()) if said[:3] in ("el ", "la ", "los", "las")},
    "dormir": "sleep", "presion": "blood pressure", "presion arterial": "blood pressure", "presion alta": "high blood pressure",
    "presion arterial alta": "high blood pressure", "alta presion": "high blood pressure", "hipertension": "high blood pressure",
    "colesterol": "cholesterol", "azucar": "diabetes", "azucar en la sangre": "blood sugar", "comezon": "itching",
    "picazon": "itching", "picor": "itching", "falta de aire": "shortness of breath", "dificultad para respirar": "shortness of breath",
    "silbidos": "wheezing", "sibilancias": "wheezing", "silbido": "wheezing", "nausea": "nausea", "nauseas": "nausea",
    "vomito": "vomiting", "vomitos": "vomiting", "nauseas y vomitos": "nausea and vomiting", "nausea y vomito": "nausea and vomiting", "nausea y vomitos": "nausea and vomiting",
    "nausea o vomitos": "nausea or vomiting",
    "nauseas o vomitos": "nausea or vomiting", "nausea o vomito": "nausea or vomiting", "dolor severo": "severe pain",
    "dolor o fiebre": "pain or fever", "fiebre o dolor": "fever or pain", "ansiedad": "anxiety", "alergia": "allergies",
    "alergias": "allergies", "estrenimiento": "constipation", "migrana": "migraine", "infeccion": "infection",
    "congestion": "congestion", "hinchazon": "swelling", "inflamacion": "inflammation", "acidez estomacal": "heartburn",
    "dolor de garganta": "sore throat", "dolor de oido": "ear pain", "dolor de estomago": "stomach pain",
    "calambres": "cramps", "mareo": "dizziness", "vertigo": "vertigo", "depresion": "depression", "tos": "cough",
}  # fmt: skip
"""What the reasons of Spanish directions are in English, without accents and article."""

AMOUNTS = {
    "a thin layer": "una capa fina", "a small amount": "una cantidad pequeña",
    "a pea-sized amount": "una cantidad del tamaño de un chícharo (guisante)", "sparingly": "una cantidad pequeña",
}  # fmt: skip

INGREDIENTS = {
    "acetaminophen": "acetaminofén",
    "ibuprofen": "ibuprofeno",
    "aspirin": "aspirina",
    "diphenhydramine": "difenhidramina",
    "codeine": "codeína",
}
"""What a limit may be said of."""

INSTRUCTIONS = {
    "with food": "Tómelo con comida", "with or without food": "Puede tomarlo con o sin comida",
    "with food or milk": "Tómelo con comida o leche", "with a snack": "Tómelo con un bocadillo",
    "with milk": "Tómelo con leche", "with water": "Tómelo con agua", "with plenty of water": "Tómelo con un vaso lleno de agua",
    "on an empty stomach": "Tómelo con el estómago vacío", "swallow whole": "Tráguelo entero", "drink more water": "Beba más agua", "eat more fiber": "Coma más fibra", "swallow whole with water": "Tráguelo entero con agua",
    "do not crush or chew": "No lo triture ni lo mastique", "do not crush": "No lo triture", "do not chew": "No lo mastique",
    "do not crush, chew or split": "No lo triture, no lo mastique y no lo parta", "chew well": "Mastíquelo bien",
    "allow to dissolve": "Deje que se disuelva", "shake well": "Agítelo bien", "shake gently": "Agítelo suavemente", "do not swallow": "No lo trague",
    "rinse mouth after use": "Enjuáguese la boca después de usarlo", "until gone": "Tómelo hasta terminarlo todo",
    "avoid alcohol": "No tome bebidas con alcohol", "may cause drowsiness": "Puede dar sueño", "may cause dizziness": "Puede dar mareo",
    "may cause drowsiness or dizziness": "Puede dar sueño o mareo", "do not drive": "No maneje",
    "avoid sun": "Evite el sol", "take at the same time each day": "Tómelo a la misma hora cada día",
    "do not lie down for 30 minutes": "No se acueste durante 30 minutos", "while awake": "Solo mientras esté despierto",
    "avoid grapefruit": "No coma ni beba toronja (pomelo)", "keep refrigerated": "Guárdelo en el refrigerador",
    "rotate sites": "Cambie de lugar cada vez", "use another place each time": "Cambie de lugar cada vez",
    "alternate thighs": "Alterne los muslos", "alternate arms": "Alterne los brazos", "alternate legs": "Alterne las piernas",
    "discard remainder": "Deseche lo que sobre",
    "discard after 10 days": "Deseche lo que sobre después de 10 días",
    "discard after 14 days": "Deseche lo que sobre después de 14 días",
    "discard after 28 days": "Deseche lo que sobre después de 28 días",
    "discard after 30 days": "Deseche lo que sobre después de 30 días",
    "at the same time each week": "Siempre a la misma hora de la semana", "use a spacer": "Úselo con una cámara espaciadora",
    "with food and water": "Tómelo con comida y agua", "with juice": "Tómelo con jugo",
    "wait 5 minutes between drops": "Espere 5 minutos entre gotas", "wait 10 minutes between drops": "Espere 10 minutos entre gotas",
    "rinse off": "Después enjuague", "remove old patch first": "Quite primero el parche usado",
    "wash hands after use": "Lávese las manos después de usarlo", "for external use only": "Solo para uso externo",
    "do not stop suddenly": "No deje de tomarlo de repente", "do not cut the patch": "No corte el parche",
    "prime before first use": "Prepare el dispositivo antes del primer uso",
    "prime before each use": "Prepare el dispositivo antes de cada uso", "rub in well": "Frote bien",
    "swish and swallow": "Enjuáguese y trague", "blow the nose first": "Suénese la nariz antes",
    "keep out of the eyes": "Evite el contacto con los ojos", "around the clock": "Día y noche",
    "with food if it upsets the stomach": "Tómelo con comida si le molesta el estómago", "after food": "Tómelo después de comer",
    "do not take with antacids": "No lo tome con antiácidos", "do not take with milk": "No lo tome con leche",
    "follow package directions": "Siga las instrucciones del paquete",
    "not every day": "No lo tome todos los días",
    "stop": "Después deje de tomarlo", "swish and spit": "Enjuáguese y escupa",
}  # fmt: skip

TOLD = {
    "keep out of reach of children": "Manténgalo fuera del alcance de los niños", "call 911": "Llame al 911",
    "keep out of the reach of children": "Manténgalo fuera del alcance de los niños",
    "store at room temperature": "Guárdelo a temperatura ambiente", "call 911 if no relief": "Llame al 911 si no se alivia",
    "if no relief call 911": "Si no se alivia, llame al 911", "call doctor if no relief": "Llame al médico si no se alivia",
    "call your doctor if no relief": "Llame a su médico si no se alivia", "discard unused portion": "Deseche lo que sobre",
    "do not share": "No lo comparta con nadie", "do not freeze": "No lo congele", "avoid smoking": "No fume",
    "keep away from children": "Manténgalo lejos de los niños",
}  # fmt: skip
"""Words beside the directions that are said as they stand."""
