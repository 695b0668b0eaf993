import { readDate } from '../../../../nodes/Instaply/replies/types/date';

/** A Sunday. */
const NOW = Date.UTC(2026, 2, 1, 12);
const read = (text: string, now = NOW, timezone = 'UTC') => readDate(text, now, timezone);

describe('A date as people write it', () => {
	it.each([
		// In figures.
		['2026-12-31', '2026-12-31'],
		['2026-12-31T18:00:00.000Z', '2026-12-31'],
		['2026/12/31', '2026-12-31'],
		['2026.12.31', '2026-12-31'],
		['2026. 12. 31.', '2026-12-31'],
		['2026年12月31日', '2026-12-31'],
		['12月31日', '2026-12-31'],
		['2026년 12월 31일', '2026-12-31'],
		['31.12.2026', '2026-12-31'],
		['1.2.2027', '2027-02-01'],
		['31. 12. 2026', '2026-12-31'],
		['31. 12. 26', '2026-12-31'],
		['5. 5. 05.', '2005-05-05'],
		['31.12.26', '2026-12-31'],
		['12.03.85', '1985-03-12'],
		['12.03.36', '2036-03-12'],
		['12.03.37', '1937-03-12'],
		['31.12.', '2026-12-31'],
		['31.12', '2026-12-31'],
		['5.4.', '2026-04-05'],
		['31/12/2026', '2026-12-31'],
		['12/31/2026', '2026-12-31'],
		['31/12/26', '2026-12-31'],
		['31/12', '2026-12-31'],
		['12/31', '2026-12-31'],
		['5/5/2026', '2026-05-05'],
		['31-12-2026', '2026-12-31'],
		['12-31-2026', '2026-12-31'],
		['٣١/١٢/٢٠٢٦', '2026-12-31'],
		['３１．１２．２０２６', '2026-12-31'],
		// With the name of the month.
		['31. Dezember 2026', '2026-12-31'],
		['3. März', '2026-03-03'],
		['3. Maerz', '2026-03-03'],
		['3.März 2027', '2027-03-03'],
		['1. Jänner 2027', '2027-01-01'],
		['am 5. Mai', '2026-05-05'],
		['31 December 2026', '2026-12-31'],
		['December 31, 2026', '2026-12-31'],
		['December 31st, 2026', '2026-12-31'],
		['Dec. 31', '2026-12-31'],
		['31st of December 2026', '2026-12-31'],
		["31 Dec '26", '2026-12-31'],
		['31-Dec-2026', '2026-12-31'],
		['31DEC2026', '2026-12-31'],
		['Sept 3', '2026-09-03'],
		['3 Sep', '2026-09-03'],
		['1er janvier 2027', '2027-01-01'],
		['le 3 août', '2026-08-03'],
		['3 aout', '2026-08-03'],
		['14 juil.', '2026-07-14'],
		['14 févr. 2027', '2027-02-14'],
		['31 de diciembre de 2026', '2026-12-31'],
		['31 de diciembre del 2026', '2026-12-31'],
		['3 ene', '2027-01-03'],
		['31 dicembre', '2026-12-31'],
		['1° maggio', '2026-05-01'],
		['3 giu', '2026-06-03'],
		['3 mrt', '2026-03-03'],
		['5e mei', '2026-05-05'],
		['5 augustus 2026', '2026-08-05'],
		['1º de maio', '2026-05-01'],
		['3 de março de 2027', '2027-03-03'],
		['10 out', '2026-10-10'],
		['25 DÉCEMBRE', '2026-12-25'],
		// In a sentence.
		['I would come on 5 May, if I may', '2026-05-05'],
		['Thursday, 31 December 2026', '2026-12-31'],
		['Donnerstag, den 31.12.2026', '2026-12-31'],
		['Am 31.12. um 18 Uhr bitte', '2026-12-31'],
		['31.12.2026, 18:30', '2026-12-31'],
		['31.12.2026 um 18.30', '2026-12-31'],
		['el 5 de mayo por la mañana', '2026-05-05'],
		['Guten Morgen, am 31.12.', '2026-12-31'],
		['31 décembre à 18h30', '2026-12-31'],
		['31 December at 5pm', '2026-12-31'],
		['31 December at 5', '2026-12-31'],
		['31.12.2026 am Abend', '2026-12-31'],
		['Order 4711: 31 December', '2026-12-31'],
		['31.12.2026 (31 December)', '2026-12-31'],
		// The day of the week tells which.
		['Friday 3/4/2026', '2026-04-03'],
		['Wednesday 3/4/2026', '2026-03-04'],
		// In the past.
		['12 March 1985', '1985-03-12'],
		// Without a year, the next such day.
		['1 March', '2026-03-01'],
		['28 February', '2027-02-28'],
		['29 February', '2028-02-29'],
		['29.2.2028', '2028-02-29'],
	])('%j is %s', (text, value) => {
		expect(read(text)).toEqual({ value });
	});

	it.each([
		...['today', 'Today!', 'heute', "aujourd'hui", 'aujourd’hui', 'hoy', 'oggi', 'vandaag'].map(
			(text) => [text, '2026-03-01'],
		),
		...['hoje', 'heute Abend', 'ok, today'].map((text) => [text, '2026-03-01']),
		...['tomorrow', 'Morgen', 'morgen früh', 'Morgen um 10 Uhr', 'demain', 'demain matin'].map(
			(text) => [text, '2026-03-02'],
		),
		...['mañana', 'mañana por la mañana', 'sí, mañana', 'domani', 'amanhã'].map((text) => [
			text,
			'2026-03-02',
		]),
		...['Tomorrow at 5pm, please', "demain s'il vous plaît"].map((text) => [text, '2026-03-02']),
		...['übermorgen', 'the day after tomorrow', 'après-demain', 'pasado mañana', 'dopodomani'].map(
			(text) => [text, '2026-03-03'],
		),
		...['overmorgen', 'depois de amanhã'].map((text) => [text, '2026-03-03']),
		...['yesterday', 'gestern', 'ayer', 'ieri', 'gisteren', 'ontem'].map((text) => [
			text,
			'2026-02-28',
		]),
	])('%j is %s, as today is 2026-03-01', (text, value) => {
		expect(read(String(text))).toEqual({ value });
	});

	it.each([
		['Pacific/Auckland', '2026-03-02'],
		['America/Los_Angeles', '2026-03-01'],
		['Asia/Tehran', '2026-03-01'],
	])('today in %s is %s', (timezone, value) => {
		expect(read('today', NOW, timezone)).toEqual({ value });
	});

	it('of tomorrow may be one of the next year', () => {
		expect(read('tomorrow', Date.UTC(2026, 11, 31))).toEqual({ value: '2027-01-01' });
	});

	it.each([
		// Either of two.
		'3/4/2026',
		'03-04-2026',
		'3/4',
		'1-2-26',
		// No such day.
		'31 February',
		'31.02.2026',
		'29.2.2027',
		'30/30/2026',
		'2026-13-01',
		'0.12.2026',
		'Monday, 31 December 2026',
		// Several.
		'1 May or 2 May',
		'1-5 May',
		'1. bis 5. Mai',
		'between 1 and 5 May',
		'31.12.2026 or 1.1.2027',
		'31.12.2026-02.01.2027',
		'01.02. - 05.02.2027',
		'May 12-14',
		'tomorrow or 5 May',
		'mañana o el 5 de mayo',
		'Tuesday 5 May or Wednesday',
		// Too little.
		'5',
		'the 5th',
		'on the 5th',
		'May 2027',
		'Friday',
		'next Friday',
		'am Freitag',
		'3.5 weeks',
		'in 2 weeks',
		'5 jui',
		'5 May 26',
		'20261231',
		'31.12.2026, 4 people',
		// Koreans write the year first, others with the same signs the day.
		'26. 2. 28.',
		'26. 12. 31.',
		// Of another calendar.
		'4 มีนาคม 2569',
		'14/3/2569',
		'H16/7/31',
		// The year stands elsewhere.
		'2026. márc. 3.',
		'in 2027, on 5 May',
		'民國115年3月3日',
		'۱۴۰۴/۱۲/۱۴',
		'14.9.1447',
	])('%j is unclear', (text) => {
		expect(read(text)).toBe('unclear');
	});

	it.each([
		'',
		'soon',
		'10:30',
		'Guten Morgen',
		'por la mañana',
		'not today',
		'heute leider nicht',
		'heute morgen',
		'I may come',
		'hier',
	])('%j has none', (text) => {
		expect(read(text)).toBe('none');
	});
});
