/** Does some work at another time, as far as anything asks what time it is. */
export async function atTime<T>(time: Date | number, work: () => Promise<T>): Promise<T> {
	const clock = jest.spyOn(Date, 'now').mockReturnValue(Number(time));
	try {
		return await work();
	} finally {
		clock.mockRestore();
	}
}
