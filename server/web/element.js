// Builds the page out of elements and text: nothing here ever reads a text as markup.

// element("a", { href, class, on: { click } }, "text", child, null, [more children])
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "on") for (const [event, listen] of Object.entries(value)) node.addEventListener(event, listen);
    else if (key === "value") node.value = value;
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

// Strokes on a field of 24 by 24, in the colour of the text around. It says nothing that the text does not.
const strokes = {
  chevron: "m9 6 6 6-6 6",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zm5 12 4 4",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 4v5l3.5 2",
  barred: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.7 5.7l12.6 12.6",
  broken: "M9 15l-2 2a3.5 3.5 0 0 1-5-5l3-3M15 9l2-2a3.5 3.5 0 0 1 5 5l-3 3M8 3v3M3 8h3M16 21v-3M21 16h-3",
  tick: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm-4 9 3 3 5-6",
  alert: "M12 4 2.5 20h19zM12 10v4.5m0 2.5v.1",
  close: "M6 6l12 12M18 6 6 18",
};
export function drawing(name, className = "") {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: `drawing ${className}`, "aria-hidden": "true" })) svg.setAttribute(key, value);
  path.setAttribute("d", strokes[name]);
  svg.append(path);
  return svg;
}

// Takes back what announce() said last.
export function hush() {
  document.getElementById("status").textContent = "";
  for (const note of document.querySelectorAll(".said")) note.remove();
}

// What an action led to: read out by screen readers, and shown in `place` until the next word, or the next view.
// `kind`: "news" or "trouble".
export function announce(text, kind = "news", place = document.querySelector("main .news")) {
  hush();
  document.getElementById("status").textContent = text;
  if (!place) return;
  const note = element("p", { class: `said ${kind}` }, drawing(kind === "trouble" ? "alert" : "tick"), element("span", {}, text));
  place.append(note);
  note.scrollIntoView({ block: "nearest" });
}

// A page of one message: what happened, and what to do about it.
export function ending(mark, title, ...content) {
  document.title = title;
  return element("main", { class: "ending", id: "main" },
    element("div", { class: "card" }, mark, element("h1", { tabindex: -1 }, title), content));
}

// An image that may be shown, or its drawn stand-in: the first letter of what it stands for.
export function picture(url, name, className) {
  const letter = [...name.trim()][0]?.toUpperCase() ?? "·";
  const drawn = () => element("span", { class: `${className} drawn`, "aria-hidden": "true" }, letter);
  if (!url) return drawn();
  const image = element("img", { class: className, src: url, alt: "" });
  image.addEventListener("error", () => image.replaceWith(drawn()));
  return image;
}
