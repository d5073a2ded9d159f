// Colours that can be read, whatever the theme asks for (WCAG 2.1 contrast). Colours are [red, green, blue], 0 to 255.

export const enough = 4.5;

const channel = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
const luminance = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);

export function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const white = [255, 255, 255];
const black = [0, 0, 0];
const mix = (a, b, share) => a.map((value, i) => Math.round(value + (b[i] - value) * share));

// Black or white, whichever reads better on it: one of them always does.
export const textOn = (background) => (contrast(white, background) >= contrast(black, background) ? white : black);

// The colour itself when it reads on the background, else the nearest step towards black or white that does.
export function readable(colour, background, wanted = enough) {
  const towards = textOn(background);
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mix(colour, towards, share);
    if (contrast(candidate, background) >= wanted) return candidate;
  }
  return towards;
}

// A button's colours: [background, text]. Text on a brand's colour looks right in white, so that a colour on which white
// nearly reads is darkened until it does.
export function buttonColours(colour) {
  const onWhite = contrast(white, colour);
  return onWhite < 3.5 ? [colour, textOn(colour)] : [readable(colour, white), white];
}

export const css = (colour) => `rgb(${colour.join(" ")})`;

// A CSS colour of any notation, or null. The browser reads it; nothing but a colour comes out.
export function readColour(text) {
  if (!text || /var|url|env|attr/i.test(text) || !CSS.supports("color", text)) return null;
  const probe = document.createElement("span");
  probe.style.color = text;
  document.body.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  const numbers = computed.match(/^rgba?\(([\d.]+),? ([\d.]+),? ([\d.]+)/);
  return numbers && numbers.slice(1, 4).map(Number);
}

function applyTheme({ primary, sideBackground, sideText }) {
  const style = document.documentElement.style;
  const own = (name) => readColour(getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  const surface = own("--surface");
  const accent = readColour(primary);
  if (accent && surface) {
    const [background, text] = buttonColours(accent);
    style.setProperty("--accent", css(background));
    style.setProperty("--on-accent", css(text));
    style.setProperty("--accent-edge", css(readable(background, surface, 3)));
    // Links stand on each of these. They lie close together, so that what is moved for one stays readable on the others.
    const link = ["--surface", "--ground", "--quiet-ground"].reduce((colour, name) => readable(colour, own(name) ?? surface), accent);
    style.setProperty("--accent-text", css(link));
  }
  const side = readColour(sideBackground) ?? (readColour(sideText) ? surface : null);
  if (side) {
    style.setProperty("--side", css(side));
    style.setProperty("--on-side", css(readable(readColour(sideText) ?? textOn(side), side)));
  }
}

// Sets the theme's colours on the page, each moved as far as needed to be read, in light and dark alike.
export function wear(theme) {
  if (!wear.theme) matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => applyTheme(wear.theme));
  wear.theme = theme;
  applyTheme(theme);
}
