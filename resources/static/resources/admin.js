/* Small help for the curators' desk, which works without it: the boxes in which one searches as one
   types get their names for screen readers, and a refused form is read from its mistakes. */
(function () {
  "use strict";

  function labelOf(select) {
    return document.querySelector('label[for="' + select.id + '"]');
  }

  function wordsOf(label) {
    return label.textContent.replace(/:\s*$/, "").trim();
  }

  function name(select) {
    const label = labelOf(select);
    const box = select.parentElement.querySelector(".select2");
    if (!label || !box) return;
    label.id = label.id || select.id + "-label";
    box.querySelectorAll('[role="combobox"], [role="textbox"]').forEach(function (part) {
      const others = (part.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean);
      part.setAttribute("aria-labelledby", [label.id].concat(others).join(" "));
    });
    box.querySelectorAll(".select2-search__field").forEach(function (field) {
      field.setAttribute("aria-label", wordsOf(label));
    });
  }

  const $ = window.django && window.django.jQuery;
  if ($) {
    // Asked for after Django's own script asked for the same moment, so its boxes are there.
    $(function () {
      document.querySelectorAll("select.admin-autocomplete").forEach(name);
    });
    $(document).on("select2:open", function (event) {
      const label = labelOf(event.target);
      const field = document.querySelector(".select2-dropdown .select2-search__field");
      if (label && field) field.setAttribute("aria-label", wordsOf(label));
    });
  }

  // After Django's own script has put the keyboard into the first box.
  window.addEventListener("load", function () {
    const mistakes = document.getElementById("mistakes");
    if (mistakes) mistakes.focus();
  });
})();
