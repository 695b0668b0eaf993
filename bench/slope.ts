/** A measured value `y` at `x`. */
export interface Point {
	x: number;
	y: number;
}

/** By how much y changes for each x, by least squares; not a number for fewer than two points. */
export function slope(points: readonly Point[]): number {
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
	let [products, squares] = [0, 0];
	for (const point of points) {
		products += (point.x - x) * (point.y - y);
		squares += (point.x - x) ** 2;
	}
	return products / squares;
}
