"""Words of directions: kinds of words, their meanings and how these are written.

Made from tallman/knowledge/sig/english_reasons.yaml by `python -m tallman.knowledge.sig_words`, never by hand. Phrases stand
apart by "|", and {a,b} leaves a choice open.
"""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    'trigger': {'': "{the,your,each,any,every,first,a,all,} {dental,dentist,doctor,doctor's,outpatient,medical,surgical,scheduled,upcoming,} {procedure,procedures,treatment,appointment,appointments,appt,appts,work up,extraction,implant,work,visit,visits,cleaning,cleanings,surgery,treatments,surgeries}|{sexual,} intercourse|{sexual,anticipated sexual,planned sexual,desired sexual,physical,} activity|sex|sexual relations|exercise|exercising|exertion|travel|traveling|{the,} {flight,flying}|flights|{the,your,} {mri,imaging,scan,ct scan,ct}|{anticipated,} {need,needed}|the need|arrival|{each,} {chemo,chemotherapy,infusion,dialysis,session,dialysis session,dialysis treatment}|hd|{non,} {dialysis,hd} {day,days} {only,}|{days,day} of {dialysis,hd}|{each,every,any,} {bowel movement,bowel movements,bm}|{each,every,any,first,the first,1st,the 1st,the,a,each subsequent,each additional,every additional,each unformed,each new,subsequent,} {loose,unformed,watery,} {stool,stools,bowel movement,loose stools} {thereafter,}|{each,every} {one,subsequent one,episode}|{each,every,} diaper {change,changes}|{each,every,} {feeding,feed,feedings,feeds}|{speaking engagement,performance,event,public speaking,departure}|biopsy|{the,each,every,} injection {of insulin,}|{lab,blood} draw|laboratory|anxiety provoking event|{office,doctor} visit|bathing|bath|{a,each,every,} shower|showering|colonoscopy|{the,your,} colonoscopy|exposure|driving|boarding|going out|iud {insertion,placement}|insertion|test|testing|the test|{the,each,every,} {dressing change,dressing changes}|wound care|{physical,} therapy|pt session|menses|menstruation|the shot|{unprotected,} {sex,intercourse}|washing {your,the,} {face,hair,hands,area,}|brushing {your,} {teeth,}|intercourse|swimming|leaving home|mediport access|port access|{school,work,non school} days|first dose|{morning,evening,next} dose|delivery|cataract surgery|bedtime dose|vaccination|vaccine|induction|class|school|work|playing sports|sports|gym|workout|starting {chemo,chemotherapy,treatment}|day of surgery|cycle"},
    'other': {'': '{any,all,other,your,taking,first,the first,} {other,} {medications,medication,medicines,medicine,meds,drugs,supplements,vitamins,antacids,iron,calcium,dairy,dairy products,food,foods,multivitamins,minerals,doses,drink,drinks,drinking,eating,beverage,beverages} {of the day,of day,}'},
    'reason': {'': 'chronic obstructive pulmonary disease|{chronic,acute} {pain,back pain,low back pain,neck pain,nerve pain,joint pain,cough,migraine,kidney disease,constipation,sinusitis,bronchitis}|{stop,quit} smoking|shortness of breath|{low,high} blood {sugar,pressure}|{breakthrough,break through} pain|dry {eye,eyes,mouth,skin,nose}|{eye,ear,mouth,throat,back,chest,stomach,joint,muscle,nerve,abdominal,hip,knee,shoulder,neck,leg,foot,arm,pelvic,tooth,head} {pain,pains,irritation,redness,itching,cramps,cramping,discomfort,ache,aches,spasm,spasms,infection,congestion,inflammation,swelling}|itchy {eyes,skin,ears}|water {retention,pill,pills,tablet,tablets,weight}|fluid {retention,overload}|heart {rate,burn,failure,health}|{bowel,colonoscopy} prep|sore {throat,mouth}|runny nose|nasal {congestion,drip,stuffiness}|post nasal drip|{nausea,n} {and,or,and/or,/} {vomiting,v}|{over active,overactive} bladder|bed wetting|skin {rash,infection,irritation}|{use,opioid,alcohol} disorder|{acid,stomach} {reflux,acid}|{weight,hair} loss|hot flashes|restless {leg,legs} {syndrome,}|blood {clot,clots,thinner,thinning,flow}|blood sugar {control,above,over,below}|bone {health,loss,density}|{night,bad} {sweats,mares,terrors}|wheezing and cough|{cold,canker} sores|{vaginal,rectal} {dryness,itching,bleeding,pain,discomfort}|{post op,postop,post operative,post surgical,postoperative,surgical,post procedure,post partum,postpartum} {pain,nausea,swelling,inflammation,infection}|maintenance {therapy,}|{dental,tooth} {infection,pain,abscess,anxiety}|vitamin {d,b12,b 12,d3,d 3,c,k,a,b} {deficiency,def,insufficiency,supplement,supplementation}|adhd|ptsd|ocd|hiv|bipolar|transplant|rejection|one time use for {flying,dental}'},
    'reason_name': {
        'h. pylori': 'h pylori|h . pylori|hpylori|helicobacter pylori',
        'shortness of breath': 'sob|s o b|shortness of breathe|short of breath',
        'nausea and vomiting': 'n / v|n v|nv|n & v|n and v|nausea / vomiting|nausea & vomiting|nausea + vomiting|nausea vomiting',
        'nausea, vomiting and diarrhea': 'n / v / d|nvd',
        'patent ductus arteriosus': 'pda|p d a',
        'headache': 'ha|h a|h / a|head ache',
        'chest pain': 'cp|c p|c / p',
        'high blood pressure': 'htn|hbp|high bp|high b p|elevated bp|hypertention',
        'blood pressure': 'bp|b p|b / p|blood press',
        'diabetes': 'dm|diabeties',
        'type 2 diabetes': 'dm 2|dm ii|dm type 2|dm t 2|dm type ii|t 2 dm|t ii dm|type 2 dm|type ii dm|dm - 2|type ii diabetes|niddm',
        'type 1 diabetes': 'dm 1|dm type 1|t 1 dm|type 1 dm|dm - 1|iddm',
        'acid reflux': 'gerd|g e r d',
        'urinary tract infection': 'uti|u t i',
        'urinary tract infections': 'utis',
        'upper respiratory infection': 'uri|u r i',
        'chronic obstructive pulmonary disease': 'copd|c o p d',
        'atrial fibrillation': 'afib|a fib|a - fib|af|at fib|a fibrillation',
        'heart failure': 'chf|c h f|hfref|hfpef|congestive heart failure|cong heart failure',
        'coronary artery disease': 'cad',
        'enlarged prostate': 'bph|b p h',
        'chronic kidney disease': 'ckd',
        'low back pain': 'lbp',
        'osteoarthritis': 'oa|djd',
        'rheumatoid arthritis': 'ra',
        'high cholesterol': 'hld|hyperchol|elevated cholesterol|high chol',
        'cholesterol': 'chol',
        'irritable bowel syndrome': 'ibs',
        'deep vein thrombosis': 'dvt',
        'restless legs syndrome': 'rls',
        'sleep apnea': 'osa',
        'seizures': 'sz|szs',
        'infection': 'infxn|infx|infectn',
        'allergies': "all'gies|allergys",
        'prophylaxis': 'ppx',
        'bowel movement': 'bm',
        'anxiety': 'anx|anxity',
        'depression': 'depr',
        'muscle spasms': 'musc spasm|musc spasms|muscle spsm',
    },
    'stop': {'': "child children adult adults kids person persons|less more extra additional hold|needed|required|necessary|rather|versus|vs|whereas|plus|also|stop|not|if|unless|until|call|except|increase|decrease|take|use|then|do|don't|dont|no|without|while|repeat|avoid|when|give|after|before|max|mx|maximum|only|must|may|should|will|can|follow|mix|apply|inject|remove|start|begin|continue|finish|refill|dispense|qty|quantity|rf|refills|patient|patients|pt|pharmacy|pharmacist|dr|md|order|fill|filled|insurance|brand|generic|daw|substitute|discontinue|change|replaces|instead|because|notify|contact|see|inform|ok|okay|else|but|try|every|daily|mdd|nte|exceed|limit|repeated|additional|another|leave|wear|wash|rinse|keep|store|discard|wait|alternate|alternating|taper|titrate|mg|ml|does|was|has|had|is|are|were|this|that|these|it|you|he|she|they|reduce|lower|open|chew|swallow|shake|off|x|dose|doses|week|total|note|please|need|needs|between|within|tablet|tablets|capsule|tab|cap|caps|tabs|wean|resume|skip|place|put|via|depending|based|according|depends|adjust|adjusted|plus|segun|cuando|sea|solo|si|cada|hasta|veces|dias|horas|antes|despues|durante|minus|instructed|currently|previously|new|old|switch|switching|cancel|void|deny|refuse|pause|suspend|withhold|halt|cease|quit"},
    'glue': {'': 'do not please replaces must ok take tablet tablets tab tabs capsule capsules cap caps by mouth po daily once twice every day days times bid tid qid qd qhs hs prn as needed for x with food at bedtime morning evening night and then before meals hours hour hr hrs in the to apply inject inhale use orally mg ml mcg units puffs drops week weekly month each eye nostril affected area until gone directed or after one two three a qam qpm puff puf pufs stat noct nocte tds bd qds am pm instr int max breakfast dinner pain anxiety sleep nausea cough while awake wm achs weeks months monday tuesday wednesday thursday friday saturday sunday mondays fridays'},
    'ordinary': {'': 'point pointing pointed requires require allows covers prefers wants asks asked bleeding risk pills physical annual exam needed required effects benefits being been intake dairy apple basal match yours south very ever noses stray cuffs dream alter might fight sight tight mourning tables table drip crops numbers weights quickly breath breathe breathing needs minute inform uneven toddlers bladder mother dosing needle labels seizures seizure anxious infection infections rejection attack attacks adhd cancer cat cats depressive diabetic dilated drinker earache weight thinner vaginal symptom foot skin ejection hypertensive hypotension mites prediabetes thrush means space nerves antabuse statin inert capable mouthwash orally vaginosis allergic'},
    'telling': {'': 'take give use apply inject inhale instill insert place spray chew dissolve drink swallow half quarter third one two three four five six seven eight nine hold stop skip increase decrease daily twice before after every morning evening cancel pause bring empty pour squeeze coat sprinkle squirt wipe add dilute attach press return keep lunchtime noon afternoon midday nighttime weekday weekdays weekend weekends hourly weekly monthly dozen breakfast lunch dinner supper meals food snack bedtime morning evening night hours weeks months subcut subcu subcutaneous intramuscular intravenous sublingual'},
    'ailments': {'': 'nausea vomiting breath headache headaches wheezing constipation insomnia congestion itching shortness swelling diarrhea heartburn migraine migraines allergies spasms agitation hypertension diabetes cholesterol depression restlessness severe breakthrough indigestion dizziness cramps cramp spasm bladder irritation moderate muscle anxiety breathlessness wheeze'},
    'mend': {'': 'tablet tablets capsule capsules daily mouth twice every times needed before bedtime morning evening affected directed nostril nostrils inject inhale apply insert weekly breakfast dinner hours units puffs sprays instill subcutaneously topically vaginally rectally suppository application applicatorful mornings evenings instructed prescribed necessary required maximum exceed meals through repeat another alternate alternating increase decrease continue starting thursday wednesday tuesday saturday nightly orally sublingually applying injection inhalation ophthalmic drops layer milliliters teaspoon teaspoonful tablespoon teaspoons three seven eight without empty stomach symptoms nebulizer monthly minutes administer thrice intravenous intravenously intramuscular intramuscularly subcutaneous transdermally months tongue twelve except single dissolve teaspoonfuls spoonful monday sunday friday spacer discard remainder discontinue followed immediately thereafter alternating'},
}
