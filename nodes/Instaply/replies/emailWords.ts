/*
 * The words by which programs for e-mail, and people, mark what is not the text of a reply: in English,
 * German, French, Spanish, Italian, Dutch and Portuguese. All of them as `foldSpelling` writes them.
 */

/** What is between dashes above a quoted or a forwarded message. */
export const SEPARATORS: ReadonlySet<string> = new Set([
	'original message',
	'forwarded message',
	'ursprungliche nachricht',
	'originalnachricht',
	'weitergeleitete nachricht',
	"message d'origine",
	'message original',
	'message transfere',
	'mail original',
	'mensaje original',
	'mensaje reenviado',
	'messaggio originale',
	'messaggio inoltrato',
	'oorspronkelijk bericht',
	'doorgestuurd bericht',
	'mensagem original',
	'mensagem encaminhada',
]);

/** The headers that Outlook repeats above a quoted message. Some programs make them bold, with `*`. */
export const HEADERS = {
	from: /^(?:from|von|de|da|van)\*? ?:/,
	sent: /^(?:sent|date|gesendet|datum|envoye|enviad[oa](?: el| em)?|fecha|inviato|data|verzonden)\*? ?:/,
	subject: /^(?:subject|betreff|objet|asunto|oggetto|onderwerp|assunto)(?:\*? ?:|$)/,
};

/** `On … wrote`, to be followed by a quote. */
export const INTRODUCTIONS: readonly RegExp[] = [
	/^on .*wrote$/,
	/^am .*schrieb\b/,
	/schrieb am .*\d/,
	/^le .*a ecrit$/,
	/^el .*escribio$/,
	/^il .*ha scritto$/,
	/^op .*(?:schreef\b|geschreven$)/,
	/^(?:em|no dia|a|as) .*escreveu$/,
];

/** What the first line of an introduction begins with when it is broken. */
export const INTRODUCTORY = /^(?:on|am|le|el|il|op|em|no dia) .*\d/;

/** `Sent from …`, to be followed by the name of a device or a program. */
export const SENT_FROM =
	/^(?:sent (?:from|with|via)|envoye (?:de|depuis|a partir|avec|via)|(?:von meine[mr]\b.*)?gesendet\b|enviad[oa] (?:desde|do|da|de|a partir|pelo|con|com)|inviato (?:da|dal|con)|(?:verstuurd|verzonden) (?:vanaf|vanuit|met|via))/;

export const DEVICE =
	/\b(?:iphone|ipad|ipod|apple watch|mac|android|galaxy|samsung|huawei|xiaomi|redmi|oneplus|pixel|nokia|blackberry|windows|outlook|yahoo|aol|gmail|gmx|web\.de|proton|mail app|phone|mobile|mobil|movil|mobiel|telemovel|celular|cellulare|smartphone|telephone|telefono|telefon|telefoon|handy|tablet)\b/;

/** `Get Outlook for iOS`, often with a link behind it. */
export const GET_OUTLOOK =
	/^(?:(?:get|download|telecharger|telechargez|obtenir|obtenez|holen sie sich|laden sie|obtener|obtenga|descargar|ottieni|scarica|haal|obter|obtenha|baixar|baixe|transferir) (?:o )?\[?outlook (?:for|fur|pour|para|per|voor) (?:ios|android)\b|outlook (?:fur|voor) (?:ios|android) (?:beziehen|herunterladen|laden|abrufen|holen|downloaden|ophalen)\b)/;

export const POSTSCRIPT = /^(?:p\.?[ -]?s|p\.? ?d|n\.? ?b)\b/;

/** Nobody writes a reply below one of these, but in a postscript. */
export const CLOSINGS: ReadonlySet<string> = new Set([
	...['regards', 'best regards', 'kind regards', 'kindest regards', 'warm regards'],
	...['with best regards', 'with kind regards', 'thanks and regards', 'thanks & regards'],
	...['best wishes', 'sincerely', 'sincerely yours', 'yours sincerely', 'yours faithfully'],
	...['yours truly', 'mit freundlichen grussen', 'mit freundlichen gruessen'],
	...['mit freundlichem gruss', 'freundliche grusse', 'freundliche gruesse', 'viele grusse'],
	...['viele gruesse', 'beste grusse', 'beste gruesse', 'liebe grusse', 'liebe gruesse'],
	...['herzliche grusse', 'schone grusse', 'schone gruesse', 'mit besten grussen', 'gruss'],
	...['grusse', 'mfg', 'lg', 'vg', 'hochachtungsvoll', 'cordialement', 'bien cordialement'],
	...['tres cordialement', 'bien a vous', 'bien a toi', 'amicalement', 'salutations'],
	...['sinceres salutations', 'meilleures salutations', 'cdlt', 'cdt', 'saludos', 'un saludo'],
	...['saludos cordiales', 'un cordial saludo', 'cordiales saludos', 'atentamente', 'cordialmente'],
	...['un abrazo', 'atte', 'cordiali saluti', 'distinti saluti', 'saluti', 'un saluto', 'in fede'],
	...['met vriendelijke groet', 'met vriendelijke groeten', 'vriendelijke groet'],
	...['vriendelijke groeten', 'hartelijke groet', 'hartelijke groeten', 'groet', 'groeten'],
	...['groetjes', 'mvg', 'hoogachtend', 'atenciosamente', 'cumprimentos', 'melhores cumprimentos'],
	...['com os melhores cumprimentos', 'um abraco', 'abracos', 'att'],
]);

/** Closings, too, but other words may follow them. */
export const THANKS: ReadonlySet<string> = new Set([
	...['thanks', 'thank you', 'many thanks', 'thanks a lot', 'thank you very much', 'thx'],
	...['thanks in advance', 'best', 'cheers', 'danke', 'danke schon', 'vielen dank', 'besten dank'],
	...['merci', 'merci beaucoup', "merci d'avance", 'gracias', 'muchas gracias', 'grazie'],
	...['grazie mille', 'bedankt', 'alvast bedankt', 'dank u', 'dank u wel', 'dank je wel'],
	...['obrigado', 'obrigada', 'muito obrigado', 'muito obrigada'],
]);
