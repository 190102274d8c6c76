/** `#rrggbb`. */
export type Colour = string;

/** Of institutions that name none. */
export const defaultColour: Colour = '#1b3a57';

/** The contrast that WCAG 2.2 AA asks of text. */
export const textContrast = 4.5;

/** Contrast of two colours by WCAG 2.2: 1 (none) to 21 (black on white). */
export function contrast(one: Colour, other: Colour): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** White or black, whichever reads better on this colour. One of them always reaches {@link textContrast}. */
export function inkOn(colour: Colour): Colour {
  return contrast(colour, '#ffffff') >= textContrast ? '#ffffff' : '#000000';
}

/** The colour itself, or its nearest shade on the way to `end` that reads as text on `ground`. */
export function readableOn(ground: Colour, colour: Colour, end: Colour): Colour {
  for (let share = 0; share < 1; share += 0.04) {
    const shade = mixed(colour, end, share);
    if (contrast(shade, ground) >= textContrast) return shade;
  }
  return end;
}

/** The colour as a pale tint: its brightest form, half-way to white. It reads on every dark ground. */
export function paleOf(colour: Colour): Colour {
  const values = channels(colour);
  const brightest = Math.max(...values);
  return brightest === 0
    ? '#ffffff'
    : mixed(hex(values.map((value) => (value * 255) / brightest)), '#ffffff', 0.5);
}

function mixed(from: Colour, to: Colour, share: number): Colour {
  const target = channels(to);
  return hex(channels(from).map((value, at) => value + ((target[at] ?? 0) - value) * share));
}

function hex(values: readonly number[]): Colour {
  return `#${values.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(colour: Colour): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
