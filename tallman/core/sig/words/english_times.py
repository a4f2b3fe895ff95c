"""Words of directions: kinds of words, their meanings and how these are written.

Made from tallman/knowledge/sig/english_times.yaml by `python -m tallman.knowledge.sig_words`, never by hand. Phrases stand
apart by "|", and {a,b} leaves a choice open.
"""

from __future__ import annotations

__all__ = ["WORDS"]

WORDS: dict[str, dict[str, str]] = {
    'freq': {
        '1/d weak': 'daily|{every,each} {single,} day|everyday|per day|a day|q day|on a daily basis|qday|each and every day|dly|dialy|dailly|daiy|daliy|/day|/d|per diem|dayly|daly|eveyday|evryday|evry day|daily basis|daiyl|evey day|in a day|daliy',
        '1/d': 'q daily|qdaily|qd|q d|once {daily,daliy,daiy,dayly,a day,per day,every day,each day,everyday,dialy,dly,day,/day,/d,q day,in a day,qd}|x1 {daily,a day,per day,every day,each day,everyday,/day,/d,q day,qd}|daily once|o d daily|oad|once day|once/day|qd daily|q 24 hours daily|q24h daily|one daily time|qd once daily|1xd|once every 24 hours daily|once daily every day|every day once|once a day daily|once aday',
        '2/d': 'bid|b i d|bd|twice ( 2 ) {daily,a day}|{twice,twic,twise,twiced,twce,twcie} {daily,daliy,daiy,dayly,a day,per day,each day,every day,day,everyday,dialy,dly,/day,/d,in a day,aday}|daily twice|2xd|two times day|q bid|twice a day daily|twice daily bid|bid daily|bidaily|b d|bid bid|twice/day',
        '3/d': 'tid|t i d|tds|thrice {daily,daliy,a day,per day,each day,every day,day,everyday,/day,/d,dialy,in a day}|3xd|tidaily|tid daily',
        '4/d': 'qid|q i d|qds|4xd|qid daily',
        '5/d': '5xd',
        '1/wk': 'q weekly|weekly|{every,each,per,a,q,once,once a,once every,once per,once each} week|once {weekly,a week,per week,each week,every week,/week,/wk,a wk}|qw|qwk|qweek|q wk|q w|/week|/wk|wkly|one day {a,per,each} week|on a weekly basis|weely|weekly once',
        '2/wk': 'twice {weekly,a week,per week,each week,every week,week,/week,/wk}',
        '3/wk': 'tiw|t i w|thrice {weekly,a week,per week,each week,every week,week,/week,/wk}',
        '1/mo': 'q monthly|monthly|{every,each,per,a,q,once,once a,once every,once per,once each} month|once {monthly,a month,per month,each month,every month}|qmonth|q mo|qmo|every mo|each mo',
        '2/mo': 'twice {a month,monthly,per month,each month}',
        '1/y': 'yearly|{once,one time} {a,per,every,each} year|once yearly|every year|annually|q year|per year|a year',
    },
    'interval': {
        '2 d': '{on,every,} {odd,even} {numbered,calendar,} {days,dates,day}|qod|q o d|alt {day,days}|{on,} alternate {night,nights,evenings,mornings,evening,morning}|{every,each,q} other {night,evening,morning,nights,evenings,mornings,am,pm}|{every,each,q,on,once every,one time every,once each} {other,alternate} {day,days}|alternate {day,days}|on alternating days|every {2nd,second} day|eod|other day|qoday|qad|every othe day|every oher day|evry other day|q other d|every alternating day|alternating days|q other day|q2days|one day, skip {the,} next {day,}|one day, skip {a,one} day|one day on, one day off|one day on one day off|every other nite|every other day once|q2d|every two day|every alternate days|every other calendar day',
        '2 wk': 'qow|{every,each,q,once every,on} {other,alternate} {week,weeks,wk}|every {2nd,second} week|fortnightly|every fortnight|alternate weeks|eow|q2wk|q2weeks|q 2wk|biweekly every 2 weeks',
        '2 mo': '{every,each,q} other month|every {2nd,second} month',
        '3 mo': 'quarterly',
        '1 h': 'hourly|qh|{every,each,q} {hour,hr}|qhr|every one hour|q1h|hrly|q 1h',
        '3 d': 'every {third,3rd} day',
        '4 d': 'every {fourth,4th} day',
    },
    'period': {
        'min': 'min|mins|minute|minutes|minuets|mn|minuts',
        'h': 'h|hr|hrs|hour|hours|hs hours|huors|hrss|ours|hourse|hors|hous|houra|hou|ho|hours hours',
        'd': 'd|day|days|aday|night|nights|dys|dyas|das|dy|mornings|evenings|nites|daya|calendar days',
        'wk': 'wk|wks|week|weeks|weks|wekes|w|weeeks',
        'mo': 'mo|mos|month|months|mth|mths|mnth|mnths',
        'y': 'y|yr|yrs|year|years',
    },
    'event': {
        'MORN': '{every,each,q,in the,in a,in,this,per,of a,early in the,early,once every,once in the,once each,first thing in the,first thing in,1st thing in the,late,during the,at} {am,morning,a m,mornings,moring,mornin,morn}|qam|am|morn|morning|mornings|a m|mane|daytime|qmorning|am dose|om|{evry,evey,evrey,eveery} {morning,am}|tomorrow morning|during the day|qdam|first thing am|upon arising in the morning',
        'WAKE': '{upon,on,after,when} {waking,awakening,waking up,rising,arising}|when you wake up|at wake up|upon wakening|after you wake up|as soon as you wake up',
        'NOON': '{at,every,each,in the,12,at 12,q,around} noon|noon|{at,} {midday,mid day}|midi|{at,every,each,} {lunch time,lunchtime}|noontime|at noontime|qnoon',
        'AFT': '{every,each,in the,in,early in the,late in the,early,late,mid,in the mid,this,q,once in the} {afternoon,afternoons,midafternoon}|afternoon|midafternoon',
        'EVE': '{every,each,q,in the,in,this,per,early,late,early in the,once every,once in the,once each,during the,at} {pm,evening,p m,evenings,evenin,eve}|qpm|pm|evening|evenings|teatime|tea time|at {teatime,tea time}|p m|qevening|pm dose|qeve|eves',
        'NIGHT': '{every,evry,evey,evrey,each,q,at,in the,per,a,once at,once every,once each,during the,on,late at} {night,night time,nighttime,nite,nights,nite time,noc,nocte}|nightly|nocte|night time|nighttime|qnight|night|nite|noct|nitely|overnight|once nightly|q nightly|nightly once|qnightly|nightime|at nightime|nightl',
        'HS': '{at,before,prior to,every,each,at the,in,q,just before,right before,immediately before,nightly at,nightly before,every night at,every night before,at night at,once at,each night at,every evening at,in the evening at,nightly prior to,around,about,each night before,every evening before,once nightly at,by} {bedtime,bed time,bed,hs,bedtimes,sleep,sleeping,bedime,betdime,bedtim,going to bed,bedt ime,beditme,bedtme,going to sleep}|bedtime|bed time|hs|qhs|h s|q hs|q h s|qbedtime|{at,} {the,} hour of sleep|before you go to bed|when going to bed|when you go to bed|at bedtime nightly|at bedtime each night|nightly hs|nightly qhs|night hs|at sleep time|nocte hs|before retiring|upon retiring|qhs nightly|at night bedtime|bedtime nightly|when retiring|before bedtime nightly|bid time|bed times|at bed times|hs nightly',
        'C': '{with,at,w,w/,each,every,ea,with ea,w/ ea,at each,at every,with each,with every,with all,with the,with your,with main,with each main,c,with 3,with three,during,with the 3,w each} {meal,meals,meal times,mealtimes,mealtime,meal time}|meals|per meal|{with,w/,w} {the,} {first,1st} bite of {each,every,a,your,} {meal,meals}|cc meals|wm|mealtime|mealtimes|with food at each meal|q meal|qmeal',
        'AC': 'ac|a c|{before,prior to,before each,before every,prior to each,before all,before your,before any,before main,prior to all} {meals,eating,food,meal times}|{before,prior to} {each,every,any,all} meal|qac|q ac|ac meals|pre meal|pre meals|premeal|preprandial|before meal s|before eating meals|before you eat',
        'PC': 'pc|p c|{after,following,after each,after every,after all,after your,immediately after} {meals,eating,food}|{after,following} {each,every} meal|qpc|q pc|after meal s|post prandial',
        'CM': '{with,at,w,w/,with your,with the first bite of,with first bite of,every morning with,each morning with,in the morning with,in am with,qam with,in the am with,every am with} {breakfast,morning meal,am meal,the morning meal,bkfst,brkfst,bfast,the breakfast meal,breakfast meal}|breakfast|morning meal|at breakfast time|with {the,your,} {first,1st} meal {of the day,}|breakfast time',
        'CM CV': '{with,w,w/,at,with the,with your} {morning and evening,am and pm,morning & evening,am & pm,am/pm} {meal,meals}',
        'AC HS': 'achs|ac&hs|qachs',
        'ACM ACV': '{before,before the,before your,prior to} {morning and evening,am and pm,morning & evening,am & pm,am/pm} {meal,meals}',
        'ACM': '{before,prior to,every morning before,in the morning before,in am before,before your,each morning before,every am before,in the am before,qam before,just before} {breakfast,morning meal,the morning meal,first meal,the first meal,first meal of the day,first meal of day,the first meal of the day,1st meal of the day,the 1st meal of the day,am meal,bkfst,brkfst,bfast,breakfast meal}|acb|qacb|ac breakfast|ac bkfst|ac b',
        'PCM': '{after,following,in the morning after,every morning after,after your,each morning after} {breakfast,morning meal,the morning meal,eating breakfast}|pc breakfast',
        'CD': '{with,at,w,w/,with your,with the first bite of,with first bite of} {lunch,noon meal,midday meal,the noon meal,the midday meal}|lunch|with lunch meal',
        'ACD': '{before,prior to} {your,the,} {lunch,noon meal,midday meal}|ac lunch',
        'PCD': '{after,following} {your,the,} {lunch,noon meal,midday meal,eating lunch}',
        'CV': '{with,at,w,w/,with your,with the first bite of,with first bite of,at night with,every evening with,in the evening with,each evening with,nightly with,every night with,in pm with,qpm with} {dinner,supper,evening meal,evening meals,the evening meal,pm meal,a meal in the evening,the largest meal of the day,largest meal of the day,dinner meal,dinnertime}|dinner|supper|evening meal|evening meals|at {suppertime,dinner time,dinnertime,supper time}|dinner time|suppertime|every evening with a meal|in the evening with a meal|dinnertime|with the largest meal',
        'ACV': '{before,prior to,every evening before,in the evening before} {your,the,} {dinner,supper,evening meal}|ac dinner|ac supper',
        'PCV': '{after,following,in the evening after,every evening after} {your,the,} {dinner,supper,evening meal,eating dinner}',
    },
    'weekday': {
        'mon': "monday|qmon|qmonday|mon|mondays|mon's|monday's",
        'tue': 'tuesday|qtue|qtuesday|tue|tues|tuesdays',
        'wed': 'wednesday|qwed|qwednesday|wed|wednesdays|weds|wednesay|wedsday|wednsday',
        'thu': 'thursday|qthu|qthur|qthurs|qthursday|thu|thur|thurs|thursdays',
        'fri': 'friday|qfri|qfriday|fri|fridays',
        'sat': 'saturday|qsat|qsaturday|sat|saturdays',
        'sun': 'sunday|qsun|qsunday|sun|sundays|sun day',
        'mon wed fri': 'mwf|m w f|m/w/f|m-w-f|m,w,f|m, w, f|mon/wed/fri|m,w & f|m w and f|m,w,and f|m, w and f|mon-wed-fri|m-wed-fri|m/wed/fri|m & w & f|m wed f|m/w/fri',
        'tue thu sat sun': 'tthsasu|tuthsasu|tthss|ttss|tuthss|t th sa su|tu th sa su|tues/thurs/sat/sun|t/th/sa/su',
        'tue thu sat': 'tts|tths|t/th/sat|tuthsa|t th s|t th sa|tu th sa|t/th/sa|tu/th/sat|tu/th/sa|t,th,sat|tue/thu/sat|tuthsat',
        'tue thu': 'tth|t th|tu th|t/th|tu/th|t & th|t and th|tue/thu|tu & th|tues/thurs',
        'mon thu': 'm/th|m th|m & th|mon/thu',
        'mon wed': 'm/w|mon/wed',
        'mon fri': 'm/f',
        'mon tue wed thu fri': '{on,every,each,} weekdays|weekday|{every,each} weekday|m-f|mon-fri|m f|monday thru friday|m thru f|m through f|m - f|monday-friday|monday - friday',
        'sat sun': '{on,every,each,on the,} {weekend,weekends}|sat/sun|sat & sun|s/s days',
        'sun tue thu sat': 'su/tu/th/sa|s/t/th/s|su/t/th/sa',
        'mon tue wed thu fri sat sun': '{seven,7} days {a,per,each,/} week|7 days a wk',
        'other': '{on,on all,all,all the,on all the,} {the,} other days {of the week,}|{the,} rest of the week|every day otherwise|{on,} {the,all,} remaining days {of the week,}|{the,} rest of week|{the,} rest of {the,} days|every day else|{on,} every other day of the week|all others|the other 4 days|the other 5 days|all other day',
    },
}
