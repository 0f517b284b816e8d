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

  /* What was said of a person stands in no address: every way on through the results takes it
     along by POST, before htmx hears of it. Without scripts it is said once more. */
  const carried = () => {
    const form = document.getElementById("fit");
    const said = [...(form?.querySelectorAll("input[type=text]") ?? [])].some((box) => box.value);
    return form && (said || "carried" in form.dataset) ? form : null;
  };
  const carryTo = (event, form, address) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    form.action = address;
    form.submit();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#found a[href]");
    const form = carried();
    const isPlain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey);
    const isOurs = link && link.pathname === location.pathname && !link.hash && !link.closest("#fit");
    if (form && isPlain && isOurs) carryTo(event, form, link.href);
  }, true);
  document.addEventListener("submit", (event) => {
    const form = carried();
    const sent = event.target;
    if (!form || sent.method !== "get" || !sent.closest("#found")) return;
    carryTo(event, form, `${sent.action}?${new URLSearchParams(new FormData(sent))}`);
  }, true);

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
