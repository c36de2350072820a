// Builds elements. Text becomes text nodes only, so nothing of a record is ever read as markup.

export type Child = Node|string|null|undefined|false|Child[];

type Properties = {
  [name: string]: string|number|boolean|null|undefined|((event: never) => void)
};

/**
 * An element with attributes, listeners (names that begin with "on") and children. `true` sets an empty attribute;
 * `false`, `null` and `undefined` set none.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag, properties: Properties = {}, ...children: Child[]): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function")
      element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(parent: Node, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child))
      append(parent, child);
    else if (child || child === "")
      parent.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
  }
}

export function fill(parent: Element, ...children: Child[]): void {
  parent.textContent = "";
  append(parent, children);
}

/** A link that may stand in the page, or nothing: http and https only. */
export function link(address: string, text: string): HTMLAnchorElement|null {
  const safe = safeAddress(address);
  return safe === null ? null : h("a", {href: safe, rel: "noopener noreferrer", target: "_blank"}, text);
}

export function safeAddress(address: string): string|null {
  try {
    const parsed = new URL(address);
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
  } catch {
    return null;
  }
}

/** The address of a DOI, however it is written; null if it is none. */
export function doiAddress(doi: string): string|null {
  const bare = doi.trim().replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/i, "");
  return /^10\.\d{4,}\//.test(bare) ? "https://doi.org/" + bare.split("/").map(encodeURIComponent).join("/") : null;
}
