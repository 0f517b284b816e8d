/* Suggestions below the search box: a combobox with a list, in which the reader chooses.
   https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
   The form works whole without it. Nothing is stored, and nothing is asked for once the reader
   has left the box. */
"use strict";

(() => {
  const PAUSE = 150; // milliseconds without a key
  const SHORTEST = 2; // letters

  const element = (name, attributes) => {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    return made;
  };

  const addSuggestions = (form) => {
    const box = form.elements.q;
    const holder = element("div", { hidden: "" });
    const said = element("p", { class: "hidden", "aria-live": "polite" });
    let chosen = null; // the option that the arrow keys have reached
    let asking = new AbortController();
    let pause = 0;

    const isOpen = () => !holder.hidden;

    const choose = (option) => {
      chosen?.setAttribute("aria-selected", "false");
      chosen = option;
      chosen?.setAttribute("aria-selected", "true");
      chosen?.scrollIntoView({ block: "nearest" });
      if (chosen) box.setAttribute("aria-activedescendant", chosen.id);
      else box.removeAttribute("aria-activedescendant");
    };

    const show = (html) => {
      choose(null);
      holder.innerHTML = html;
      const list = holder.firstElementChild;
      const wasOpen = isOpen();
      holder.hidden = !list.childElementCount;
      box.setAttribute("aria-expanded", isOpen());
      said.textContent = list.dataset.said;
      /* A phone's screen may end, or its keyboard begin, right below the box. */
      const bottom = list.getBoundingClientRect().bottom;
      if (isOpen() && !wasOpen && bottom > visualViewport.height) form.scrollIntoView();
    };

    const close = () => {
      clearTimeout(pause);
      asking.abort();
      choose(null);
      holder.hidden = true;
      box.setAttribute("aria-expanded", "false");
      said.textContent = "";
    };

    /* An answer that comes after the next key, or after the reader has left, is thrown away. */
    const ask = async () => {
      if (box.value.trim().length < SHORTEST) return close();
      clearTimeout(pause);
      asking.abort();
      asking = new AbortController();
      const { signal } = asking;
      const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: box.value })}`;
      try {
        const answer = await fetch(address, { signal, cache: "no-store" });
        const html = await answer.text();
        if (answer.ok && !signal.aborted) show(html);
      } catch {
        if (!signal.aborted) close();
      }
    };

    const move = async (step) => {
      if (!isOpen()) await ask();
      if (!isOpen()) return;
      const options = [...holder.querySelectorAll("[role=option]")];
      const from = chosen ? options.indexOf(chosen) : step > 0 ? -1 : 0;
      choose(options.at((from + step) % options.length));
    };

    /* A term is looked for beside what is chosen already, an organization has a page. */
    const take = ({ dataset }) => {
      close();
      const asked = new URLSearchParams(new FormData(form));
      asked.set("q", dataset.before);
      asked.append(dataset.parameter, dataset.value);
      location.assign(dataset.url ?? `${form.action}?${asked}`);
    };

    const keys = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => take(chosen),
      Escape: () => (isOpen() ? close() : (box.value = "")),
    };

    box.addEventListener("keydown", (event) => {
      const isMeant = event.key in keys && !(event.isComposing || event.altKey || event.ctrlKey);
      if (isMeant && (event.key !== "Enter" || chosen)) {
        event.preventDefault();
        keys[event.key]();
      }
    });
    box.addEventListener("input", () => {
      choose(null);
      clearTimeout(pause);
      pause = setTimeout(ask, PAUSE);
    });
    box.addEventListener("blur", close);
    form.addEventListener("submit", close);
    /* The box keeps the keyboard while the list is touched. */
    holder.addEventListener("mousedown", (event) => event.preventDefault());
    holder.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) take(option);
    });

    box.type = "text"; // a search field may not be a combobox (ARIA in HTML)
    box.enterKeyHint = "search";
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": "suggestions",
      "aria-expanded": "false",
    })) box.setAttribute(name, value);
    form.append(holder, said);
    form.dataset.suggests = "";
  };

  const start = () => document.querySelectorAll("form.ask:not([data-suggests])").forEach(addSuggestions);
  start();
  document.addEventListener("htmx:load", start); // filters bring a new box
})();
