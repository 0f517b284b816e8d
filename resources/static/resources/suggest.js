/* Suggestions while somebody types: a combobox with a list, in which the reader chooses.
   https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
   The forms work whole without it. Nothing is stored, and nothing is asked for once the reader
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

  /* `list` names the list that belongs to the box, `request` gives what to fetch for the words in
     it, `take` does what a chosen option says. List and what is heard go into `place`. */
  const addSuggestions = (box, { list, request, take, place }) => {
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
      const options = holder.firstElementChild;
      const wasOpen = isOpen();
      holder.hidden = !options.childElementCount;
      box.setAttribute("aria-expanded", isOpen());
      said.textContent = options.dataset.said;
      /* A phone's screen may end, or its keyboard begin, right below the box. */
      const bottom = options.getBoundingClientRect().bottom;
      if (isOpen() && !wasOpen && bottom > visualViewport.height) place.scrollIntoView();
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
      const { address, ...options } = request(box.value);
      try {
        const answer = await fetch(address, { ...options, signal, cache: "no-store" });
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

    const takeIt = (option) => {
      close();
      take(option.dataset);
    };

    const keys = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => takeIt(chosen),
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
    box.form.addEventListener("submit", close);
    /* The box keeps the keyboard while the list is touched. */
    holder.addEventListener("mousedown", (event) => event.preventDefault());
    holder.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) takeIt(option);
    });

    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": list,
      "aria-expanded": "false",
    })) box.setAttribute(name, value);
    place.append(holder, said);
    box.dataset.suggests = "";
  };

  /* As if the reader followed a link: the page may have something to take along (`search.js`). */
  const follow = (form, address) => {
    const link = form.appendChild(element("a", { href: address, hidden: "" }));
    link.click();
    link.remove();
  };

  /* The search box: a term is looked for beside what is chosen already, an organization has a page. */
  const addToSearch = (box) => {
    const { form } = box;
    box.type = "text"; // a search field may not be a combobox (ARIA in HTML)
    box.enterKeyHint = "search";
    addSuggestions(box, {
      list: "suggestions-q",
      place: form,
      request: (q) => ({ address: `${form.dataset.suggestions}?${new URLSearchParams({ q })}` }),
      take: ({ url, before, parameter, value }) => {
        const asked = new URLSearchParams(new FormData(form));
        asked.set("q", before);
        asked.append(parameter, value);
        follow(form, url ?? `${form.action}?${asked}`);
      },
    });
  };

  /* A question about oneself: a name is put into the box. What is typed stands in no address. */
  const addToQuestion = (box) => {
    const { facet, suggestions } = box.dataset;
    addSuggestions(box, {
      list: `suggestions-${facet}`,
      place: box.parentElement,
      request: (q) => ({
        address: suggestions,
        method: "POST",
        body: new URLSearchParams({ q, facet }),
      }),
      take: ({ before, name }) => {
        box.value = [before, name].filter(Boolean).join(" ");
      },
    });
  };

  const start = () => {
    const fresh = ":not([data-suggests])";
    document.querySelectorAll(`form.ask input[name=q]${fresh}`).forEach(addToSearch);
    document.querySelectorAll(`input[data-facet]${fresh}`).forEach(addToQuestion);
  };
  start();
  document.addEventListener("htmx:load", start); // filters bring a new box
})();
