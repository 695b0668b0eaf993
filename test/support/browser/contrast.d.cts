/** The elements whose text has less contrast to its background than WCAG AA asks for: 4.5. */
export function lowContrasts(): string[];
