/** Every colour of a page by name, on light and on dark; slots after Okabe and Ito, whom colour-blind people can read. */
const colors = {
  page: ['#f4f6f8', '#0d1117'],
  panel: ['#ffffff', '#161b22'],
  ink: ['#1b1f24', '#e6edf3'],
  muted: ['#57606a', '#9aa7b4'],
  line: ['#d8dee4', '#30363d'],
  accent: ['#0a5fb4', '#6cb6ff'],
  good: ['#1a7f37', '#56d364'],
  warn: ['#8a5a00', '#e3b341'],
  bad: ['#b42318', '#ff7b72'],
  band: ['#dde5ee', '#2b3544'],
  'slot-0': ['#0072b2', '#4ba3dd'],
  'slot-1': ['#e69f00', '#f0b429'],
  'slot-2': ['#009e73', '#2cc295'],
  'slot-3': ['#cc79a7', '#e39bc3'],
  'slot-4': ['#56b4e9', '#9ad4f7'],
  'slot-5': ['#d55e00', '#ff8552'],
  'slot-6': ['#8c7a00', '#f0e442'],
  'slot-7': ['#555c66', '#b4bcc6'],
  'heat-0': ['#dbe9f6', '#1d3c57'],
  'heat-1': ['#bdd7ee', '#235276'],
  'heat-2': ['#94c4e4', '#2b6a97'],
  'heat-3': ['#5fa6d3', '#3a86b8'],
  'heat-4': ['#3385bf', '#5fa5d3'],
  'heat-5': ['#14609f', '#94c6ea'],
  'heat-6': ['#083c70', '#d3eafb'],
  'times-0': ['#b35806', '#ffb869'],
  'times-1': ['#e8963c', '#8f5614'],
  'times-2': ['#f7cf9f', '#57401f'],
  'times-3': ['#e9edf1', '#2f3945'],
  'times-4': ['#b4d3ee', '#254a70'],
  'times-5': ['#67a9dc', '#2d6aa3'],
  'times-6': ['#0f5fa8', '#94ccf8'],
} as const;

type Name = keyof typeof colors;

export const heatLevels = 7;
export const slotColors = 8;

/** A reference to the colour, which the page resolves: a drawing is light or dark as its page is. */
export function color(name: Name): string {
  return `var(--${name})`;
}

/** `heat`: of a count, from few to many. `times`: of a ratio to what is expected, from less over as much to more. */
export type Ramp = 'heat' | 'times';

export function rampColor(ramp: Ramp, level: number): string {
  return color(`${ramp}-${level}` as Name);
}

/** With more slots than colours they come again. */
export function slotColor(slot: number): string {
  return color(`slot-${slot % slotColors}` as Name);
}

export function palette(scheme: 'light' | 'dark'): [Name, string][] {
  const column = scheme === 'light' ? 0 : 1;
  return Object.entries(colors).map(([name, pair]) => [name as Name, pair[column]]);
}
