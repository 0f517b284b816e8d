/* The keyboard on the page of a check. The page works whole without it: the server asks how a check
   was done, here the button waits until a page was opened or another way chosen. */
"use strict";

(() => {
  const form = document.getElementById("check");
  const all = form.querySelector("button[value=all]");
  const ways = [...form.querySelectorAll("input[name=way]")];
  const ready = () => {
    if (all) all.disabled = !ways.some((way) => way.checked);
  };

  for (const link of form.querySelectorAll("a[data-page]")) {
    link.addEventListener("click", () => {
      const way = ways.find((each) => each.value === `page:${link.getAttribute("href")}`);
      if (way) way.checked = true;
      ready();
    });
  }
  form.addEventListener("change", ready);
  ready();

  const isTyping = ({ target }) => target.matches("input[type=text], input[type=number], textarea, select");
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const meant = event.key === "o"
      ? form.querySelector("a[data-page]")
      : document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (meant) {
      event.preventDefault();
      meant.click();
    }
  });
})();
