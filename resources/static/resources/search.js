/* Filters update in place: what htmx does not do by itself. The page works whole without it. */
"use strict";

/* htmx keeps the address of the page, search words and all, in the tab's storage. We promise to
   store nothing in the browser: it finds no storage. Must run before htmx does. */
Object.defineProperty(window, "sessionStorage", {
  configurable: true,
  get() { throw new DOMException("Nothing is stored here.", "SecurityError"); },
});

(() => {
  const opened = () => [...document.querySelectorAll("#filters details[open]")].map((facet) => facet.id);
  let before = [];

  document.addEventListener("htmx:beforeSwap", () => { before = opened(); });

  /* Filters that the reader had opened stay open. */
  document.addEventListener("htmx:afterSwap", () => {
    for (const id of before) document.getElementById(id)?.setAttribute("open", "");
  });

  /* A link that took itself away leaves the keyboard's place at the heading. */
  document.addEventListener("htmx:afterSettle", () => {
    if (document.activeElement === document.body) {
      document.getElementById("title")?.focus({ preventScroll: true });
    }
  });
})();
