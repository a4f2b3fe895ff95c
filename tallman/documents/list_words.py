"""The words of the patient's list, in English and Spanish. Data only."""

from __future__ import annotations

from tallman.core.reconciliation.discharge import Change

__all__ = ["MARKS", "WORDS"]

MARKS = {
    "en": {
        Change.NEW: "NEW", Change.CHANGED: "CHANGED", Change.STOPPED: "STOP", Change.PAUSED: "PAUSE",
        Change.OFF_AT_HOME: "NOT TAKEN", Change.SAME: "THE SAME", Change.HOSPITAL_ONLY: "HOSPITAL ONLY",
        Change.UNDECIDED: "NOT DECIDED",
    },
    "es": {
        Change.NEW: "NUEVA", Change.CHANGED: "CAMBIÓ", Change.STOPPED: "NO MÁS", Change.PAUSED: "PAUSA",
        Change.OFF_AT_HOME: "NO TOMADA", Change.SAME: "IGUAL", Change.HOSPITAL_ONLY: "SOLO HOSPITAL",
        Change.UNDECIDED: "SIN DECIDIR",
    },
}  # fmt: skip
"""What stands beside a medicine, short enough for its column."""

WORDS = {
    "en": {
        "title": "My medicine list", "born": "Born", "made": "Made on", "draft": "DRAFT",
        "draft_note": "DRAFT: this list is not settled yet. Do not give it to the patient.",
        "now": "Take these now", "changes": "What changed, and why", "same": "Keep taking these as before",
        "medicine": "Medicine and what to do", "why": "Why",
        "before": "Before", "from_now": "Now", "for": "For",
        "care_team": "Your care team wrote: “{0}”", "note": "Note: “{0}”",
        "no_reason": "Nobody has written down why. Ask your pharmacist.",
        "no_change": "Nothing has changed.",
        "hospital": "Only for the hospital: do not take these at home",
        "off": "Not taken at home: ask before you start these again",
        "undecided": "Not decided yet: ask before you take these",
        "allergies": "Allergies", "no_allergies": "You told us that you have no allergies to medicines.",
        "not_asked": "Nobody has written down whether you have allergies. Tell your pharmacist.",
        "bring": "Bring this list to every visit. Show it to every doctor, nurse and pharmacist.",
        "ask": "Questions? {0}", "made_by": "",
        "as_written": "Words marked “as written” could not be put into plain words.",
        "written": "as written",
    },
    "es": {
        "title": "Mi lista de medicinas", "born": "Fecha de nacimiento", "made": "Hecha el", "draft": "BORRADOR",
        "draft_note": "BORRADOR: esta lista todavía no es definitiva. No la entregue al paciente.",
        "now": "Tome estas ahora", "changes": "Qué cambió y por qué", "same": "Siga tomando estas como antes",
        "medicine": "Medicina y qué hacer", "why": "Por qué",
        "before": "Antes", "from_now": "Ahora", "for": "Para",
        "care_team": "Su equipo médico escribió: «{0}»", "note": "Nota: «{0}»",
        "no_reason": "Nadie ha escrito por qué. Pregunte a su farmacéutico.",
        "no_change": "Nada ha cambiado.",
        "hospital": "Solo para el hospital: no las tome en casa",
        "off": "No las toma en casa: pregunte antes de empezar otra vez",
        "undecided": "Sin decidir: pregunte antes de tomar estas",
        "allergies": "Alergias", "no_allergies": "Usted nos dijo que no tiene alergias a medicinas.",
        "not_asked": "Nadie ha escrito si usted tiene alergias. Dígaselo a su farmacéutico.",
        "bring": "Traiga esta lista a cada visita. Muéstrela a cada médico, enfermera y farmacéutico.",
        "ask": "¿Preguntas? {0}",
        "made_by": "Un programa de computadora hizo el español de esta lista. Los nombres de las medicinas no se "
        "traducen. Si algo no está claro, pregunte a su farmacéutico.",
        "as_written": "Lo que dice «como se escribió» no se pudo decir en palabras sencillas y está en inglés.",
        "written": "como se escribió",
    },
}  # fmt: skip
