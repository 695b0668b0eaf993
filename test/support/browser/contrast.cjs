/* global document, getComputedStyle */

/** Runs in the browser, so it stands by itself. */
function lowContrasts() {
	const parse = (color) => color.match(/[\d.]+/g).map(Number);
	const luminance = (color) => {
		const [red, green, blue] = parse(color).map((part) => {
			const share = part / 255;
			return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	};
	const isTransparent = (color) => parse(color)[3] === 0;
	const background = (element) => {
		const color = getComputedStyle(element).backgroundColor;
		return isTransparent(color) && element.parentElement
			? background(element.parentElement)
			: color;
	};
	const contrast = (element, color) => {
		const [light, dark] = [luminance(color), luminance(background(element))].sort((a, b) => b - a);
		return (light + 0.05) / (dark + 0.05);
	};
	const hasText = (element) =>
		[...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
	return [...document.body.querySelectorAll('*')]
		.filter((element) => element.checkVisibility())
		.flatMap((element) => [
			...(hasText(element) ? [[element, getComputedStyle(element).color]] : []),
			...(element.placeholder ? [[element, getComputedStyle(element, '::placeholder').color]] : []),
		])
		.filter(([element, color]) => contrast(element, color) < 4.5)
		.map(([element, color]) => `${element.outerHTML.slice(0, 80)}: ${color}`);
}

module.exports = { lowContrasts };
