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

// Read out by screen readers, shown for a while.
export function announce(text) {
  const status = document.getElementById("status");
  status.textContent = text;
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => (status.textContent = ""), 6000);
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
