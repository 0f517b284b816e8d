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
  const facetOf = (link) => link?.closest("#filters details");
  const topOf = (facet) => facet.getBoundingClientRect().top;
  let before = [];
  let place = null;

  document.addEventListener("htmx:beforeSwap", (event) => {
    const facet = facetOf(event.detail.requestConfig?.elt);
    before = opened();
    place = facet ? { id: facet.id, top: topOf(facet) } : null;
  });

  /* Filters that the reader had opened stay open, and the one just used stays where it was. */
  document.addEventListener("htmx:afterSwap", () => {
    for (const id of before) document.getElementById(id)?.setAttribute("open", "");
    const facet = place && document.getElementById(place.id);
    if (facet) window.scrollBy({ top: topOf(facet) - place.top, behavior: "instant" });
  });

  /* What took itself away leaves the keyboard's place at its filter, else at the heading. */
  document.addEventListener("htmx:afterSettle", () => {
    if (document.activeElement === document.body) {
      const filter = place && document.querySelector(`#${place.id} summary`);
      (filter ?? document.getElementById("title"))?.focus({ preventScroll: true });
    }
  });
})();
