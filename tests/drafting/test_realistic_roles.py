"""Questions as councils and police forces ask them, each with its role or none."""

import pytest

from analysis.drafting.drafted import Drafted, Listed
from analysis.drafting.roles import with_roles

YES = ["Yes", "No"]
WAYS = ["Phone", "Website", "In person"]
PLACES = ["Ashford", "Dover", "Swale"]
THINGS = ["A crime", "Noise", "Parking"]
SCALE = ["Poor", "Fair", "Good"]
TIMES = ["In the last week", "In the last month", "Longer ago"]
AGES = ["16-24", "25-44", "45-64"]
SEXES = ["Female", "Male"]

#: Role, kind, answers, wordings.
TABLE = [
    ("connection", "single", PLACES, [
        "Do you live, work or study in the borough?", "What is your connection to Kent?",
        "Are you answering as a resident, a business or a visitor?",
        "In what capacity are you responding? As a resident, or for an organisation?",
        "Which of the following describes you? I live in / I work in / I visit the city",
        "Are you a local resident or business owner?",
        "Do you currently live or work in Essex?",
        "Which best describes your link with Bristol? (live / work / study here)",
        "Do you live in, work in or visit the district regularly?",
    ]),
    ("district", "single", PLACES, [
        "Which ward do you live in?", "Please select your district", "Local policing area",
        "Which of these areas is nearest to your home?", "What part of Norfolk do you live in?",
        "Where do you live?", "Which borough are you from?", "Your local authority",
        "In which district council area is your home?",
        "Which town do you live in or closest to?",
        "Your ward",
        "Which local authority area do you live in?",
        "Please tell us which local authority area you live in",
        "Which part of the county do you live in?",
        "Which neighbourhood do you live in?",
    ]),
    ("contacted", "single", YES, [
        "Have you contacted the council in the last 12 months?",
        "In the past year have you had any contact with Sussex Police?",
        "Have you needed to get in touch with us since January?",
        "Have you ever reported a crime to us?", "Did you contact us about this?",
        "Have you been in contact with the police within the past 12 months?",
        "Have you tried to contact your local officers in the last six months?",
        "Did you have any contact with the council last year?",
        "Have you reported an incident online?",
        "Have you contacted Devon & Cornwall Police in the past year, for any reason?",
        "Have you been in touch with a councillor or officer?",
    ]),
    ("reason", "single", THINGS, [
        "What was the main reason you contacted us?", "Why did you contact us on this occasion?",
        "What was your enquiry about?", "What were you reporting?",
        "What was the nature of your call?",
        "What did you contact us about?",
        "What was your most recent contact with us about?",
        "Which of these best describes the reason for your call?",
        "What did you need to contact the police for?",
        "What was the reason for your most recent contact with the police?",
        "What was your last contact about?",
    ]),
    ("used", "multiple", WAYS, [
        "How did you get in touch with us?", "Which of these have you used to contact the council?",
        "Which ways of contacting us have you tried?", "Method of contact",
        "How have you contacted the police in the last two years?",
        "Which contact methods have you used?",
        "How do you usually contact the council?",
        "In what ways have you communicated with us this year?",
        "How have you contacted us in the past? (Tick all that apply)",
        "Which of the following ways have you used to report a crime?",
    ]),
    ("used", "single", WAYS, [
        "How did you report it?", "What method of contact did you use?",
        "How did you contact us in the last year?",
        "How did you make contact with us?",
        "Which channel did you use to make your report?",
        "How did you first contact us?",
    ]),
    ("used_last", "single", WAYS, [
        "Thinking about your most recent contact, how did you get in touch?",
        "The last time you contacted us, which method did you use?", "How did you last contact us?",
        "Which channel did you use for your latest enquiry?",
        "On the most recent occasion, how did you contact the police?",
        "What method did you use last time?",
        "How did you contact us the last time you needed help?",
        "Which method of contact did you use most recently?",
    ]),
    ("preferred", "single", WAYS, [
        "How would you like to contact us in future?", "What is your preferred method of contact?",
        "Which way of contacting us suits you best?",
        "If you needed to report something tomorrow, how would you choose to do so?",
        "How would you prefer to be kept informed?",
        "How would you prefer to contact the council?",
        "If you could choose any way to contact us, which would it be?",
        "What would be your first choice of contact method?",
        "Which contact method do you prefer?",
        "How would you rather get in touch?",
    ]),
    ("was_preferred", "single", YES, [
        "Was this your preferred way to contact us?",
        "Were you able to contact us in the way you wanted?", "Was that your first choice?",
        "Is this how you wanted to contact us?",
        "Did you use your preferred method?",
        "Is that the way you would have chosen to contact us?",
        "Was this your preferred contact method?",
    ]),
    ("satisfaction", "ordered", SCALE, [
        "Overall, how happy are you with the service?", "How happy were you with our response?",
        "How would you rate the service you received?", "How well did we deal with your enquiry?",
        "Overall, how satisfied or dissatisfied were you with the way you were treated?",
        "How would you rate your overall experience of contacting us?",
        "Overall, how pleased were you with the outcome?",
        "How satisfied are you with the overall service provided?",
        "Please rate your experience of contacting us",
        "How did we do today?",
        "Taking everything into account, how good was the service?",
        "How satisfied were you with how your call was handled?",
        "How would you rate the quality of the response?",
        "Overall, how would you rate us?",
    ]),
    ("ease", "ordered", SCALE, [
        "How easy was it to find the information you needed?",
        "How easy or difficult was it to contact us?", "How simple was our online form to use?",
        "It was easy to reach the right person",
        "How much effort did it take to get in touch with us?",
        "How easily were you able to reach us?",
        "Thinking of your last contact, how easy did you find it to reach the right person?",
    ]),
    ("visibility", "ordered", SCALE, [
        "How often do you see an officer on foot in your neighbourhood?",
        "How visible are the police where you live?",
        "How frequently do you see police officers patrolling in your area?",
        "How visible is policing in your neighbourhood?",
    ]),
    ("accessibility", "ordered", SCALE, [
        "How approachable are your local officers?", "How accessible are the police?",
        "Overall, how accessible are your neighbourhood team?",
        "How accessible do you think the police are?",
    ]),
    ("video_use", "ordered", SCALE, [
        "How likely would you be to speak to an officer by video call?",
        "Would you use video calling to contact the police?",
        "How comfortable would you be using a video link to report a crime?",
    ]),
    ("video_place", "multiple", PLACES, [
        "Where would you be happy to take part in a video appointment?",
    ]),
    ("change", "text", [], [
        "What one thing could we do better?", "How could we improve?",
        "Do you have any suggestions?",
        "Is there anything you would change about how we communicate?",
        "If you could change one thing about contacting us, what would it be?",
        "What would make it easier to contact us?",
        "What improvements would you like to see?",
        "What could we have done better?",
        "What, if anything, would improve the service?",
    ]),
    ("change_why", "text", [], [
        "Why do you say that?", "Please tell us why you gave this answer",
        "What is the reason for your score?",
        "Why is that?",
        "Please give the reason for your answer",
        "Why did you give that score?",
    ]),
    ("age", "single", AGES, [
        "What was your age at your last birthday?", "How old are you?",
        "Which age band are you in?",
        "Age range",
        "Please indicate your age",
        "What is your age?",
    ]),
    ("sex", "single", SEXES, [
        "What is your sex?", "Which of these best describes your gender?", "Gender",
        "Are you male or female?",
    ]),
    ("disability", "single", YES, [
        "Do you consider yourself to have a disability?",
        "Are your day-to-day activities limited because of a health problem?",
        "Do you have any long-standing illness, disability or infirmity?",
        "Do you have a physical or mental health condition lasting 12 months or more?",
    ]),
    ("", "single", TIMES, [
        "How often do you use our website?",
        "How many times have you contacted us in the last year?",
        "How long have you lived in the area?", "How long did you wait for a reply?",
        "When did you last contact us?", "How long ago did you last contact us?",
        "What time of day did you contact us?", "How many officers did you speak to?",
        "How often do you contact the council?", "How often have you used the app?",
        "On average, how often do you contact the council?",
        "How long did it take us to answer your call?",
        "How many times did you have to contact us?",
        "When would you prefer us to call?",
        "How quickly did we respond?",
        "In the last year, how often did you see a doctor?",
        "How long have you been waiting?",
        "About how many times have you used the front counter?",
    ]),
    ("", "multiple", THINGS, [
        "How likely do you use our website again?", "How often do you use each of these?",
        "Which of these devices do you use to go online?", "Which social media do you use?",
        "Which council services have you used in the last year?",
        "Which of these would make you feel safer?",
        "Which parts of our website have you used?",
        "What information did you look for?",
        "Which of these crimes have you experienced?",
        "What did the officer do?",
        "Where do you get your news about local policing?",
    ]),
    ("", "ordered", SCALE, [
        "How likely are you to use the app?", "How likely are you to recommend us?",
        "How safe do you feel in your area after dark?", "How good a job do the police do?",
        "How confident are you that the police would help?", "How worried are you about burglary?",
        "How much do you trust the police?",
        "How important is it to you to see a named officer?",
        "To what extent do you agree that the police treat people fairly?",
        "How often do you go online?",
        "How safe do you feel walking alone?",
        "How polite was the member of staff?",
        "The police understand the issues that affect this community",
        "How clear was the letter?",
    ]),
    ("", "single", THINGS, [
        "What is your ethnic group?", "What is your first language?", "What is your religion?",
        "How did you hear about this survey?", "How did you find out about our contact centre?",
        "What is your employment status?", "Which language would you prefer us to use?",
        "Which crime worries you most?", "What is your housing tenure?",
        "Which problem in your area concerns you most?",
        "What is the main issue in your neighbourhood?",
        "Which priority should the police focus on in your area?",
        "What type of crime did you report?",
        "Who did you speak to?",
        "What happened as a result of your contact?",
        "What stopped you from contacting us?",
        "What is your marital status?",
        "Which of these describes your ethnicity?",
        "What was the outcome of your report?",
        "Which department did you deal with?",
        "How is your home heated?",
    ]),
    ("", "single", YES, [
        "Did you receive a reply?", "Was your enquiry resolved?", "May we contact you about this?",
        "Do you agree to be contacted again?", "Would you prefer to stay anonymous?",
        "Do you have access to the internet at home?", "Have you been contacted by an officer?",
        "Is your gender the same as registered at birth?", "Would you recommend us?",
        "Would you like us to contact you?", "Were you satisfied with the contact?",
        "Did the officer keep you informed?",
        "Was your report dealt with?",
        "Do you know how to contact your local officer?",
        "Are you aware that you can report crime online?",
        "Did you find our contact details easily?",
        "Have you heard of the 101 number?",
        "Do you own a smartphone?",
        "Were you told what would happen next?",
        "Would you be happy to be contacted for further research?",
        "Did the website answer your question?",
    ]),
    ("", "text", [], [
        "Any other comments?", "Please describe what happened", "Which officer helped you?",
        "How do you feel about the changes to the front desk?",
        "What went well?",
        "Who helped you?",
        "Any other comments",
        "What is your postcode sector?",
    ]),
    ("preferred", "multiple", WAYS, [
        "Which of these would you like to use to contact us?",
        "What are your preferred ways of contacting the police?",
    ]),
]  # fmt: skip

CASES = [
    (role, kind, answers, wording)
    for role, kind, answers, wordings in TABLE
    for wording in wordings
]


def _question(kind: str, answers: list[str], wording: str) -> Drafted:
    listed = [Listed(text=text, n=20) for text in answers]
    return with_roles([Drafted(header=wording, kind=kind, why=["seen"], answers=listed)])[0]


@pytest.mark.parametrize(("role", "kind", "answers", "wording"), CASES)
def test_a_question_as_it_is_asked_has_its_role(role, kind, answers, wording):
    assert _question(kind, answers, wording).role == role
